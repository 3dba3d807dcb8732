#include "ask/check/check.hpp"

#include <fmt/format.h>

#include <memory>

#include "ask/check/check_rules.hpp"
#include "ask/shares.hpp"

namespace tierscope::core {
namespace {

constexpr Rule rules[] = {find_contradictions,   find_duplicates,      find_parts_with_total,
                          find_supply_above_one, find_missing_sources, find_old_beside_new,
                          find_spellings,        find_self_relations,  find_misplaced};

std::string place_of(const Problem& problem) {
  return problem.line == 0 ? problem.file : fmt::format("{}:{}", problem.file, problem.line);
}

Report report(const Model& model, const CheckParams& params) {
  const auto result = std::make_shared<CheckResult>(check(model, params));
  Report report;
  report.command = "check";
  const std::size_t count = result->findings.size();
  const auto counted = [](std::size_t n, const char* one, const char* many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
  };
  report.title = fmt::format("No errors, {}: {}, {}, {}", counted(count, "warning", "warnings"),
                             counted(model.company_count(), "company", "companies"),
                             counted(model.relation_count() + model.set_aside().size(), "relation", "relations"),
                             counted(model.sources().size(), "source", "sources"));
  report.results.count = count;
  report.results.noun = "warning";
  report.results.columns = {{"place"}, {"attribute"}, {"warning"}, {"remedy"}};
  report.results.value = [result](std::size_t i) {
    const Problem& p = result->findings[i];
    return Value::Members{{"severity", "warning"},
                          {"file", p.file},
                          {"line", p.line == 0 ? Value() : Value(std::size_t{p.line})},
                          {"attribute", text_value(p.attribute)},
                          {"what", p.what},
                          {"remedy", text_value(p.remedy)}};
  };
  report.results.rows = [result](std::size_t i) {
    const Problem& p = result->findings[i];
    return std::vector<std::vector<Cell>>{{place_of(p), p.attribute, p.what, p.remedy}};
  };
  report.beside = {{"errors", std::size_t{0}},
                   {"warnings", count},
                   {"companies", model.company_count()},
                   {"relations", model.relation_count() + model.set_aside().size()},
                   {"source_count", model.sources().size()}};
  if (params.fail_on_warning && count != 0) report.gate = fmt::format("{} warning{}", count, count == 1 ? "" : "s");
  return report;
}

Answer bind(Options& options) {
  const auto params = std::make_shared<CheckParams>();
  options.flag("--fail-on-warning", params->fail_on_warning, "exit 1 if there is any warning");
  return [params](const Model& model, std::optional<std::size_t>) { return report(model, *params); };
}

}  // namespace

CheckResult check(const Model& model, const CheckParams&) {
  // A check sees every row, whatever the view left aside: only the sums of shares are of the view.
  if (Problems problems = shares_above_one(model); !problems.empty()) throw BadData(std::move(problems));
  CheckResult result{model.rest().warnings};
  for (const Rule rule : rules) rule(model, result.findings);
  return result;
}

const Pass check_pass{"check", "is the data sound? every problem with its place and remedy",
                      "Errors go to standard error and exit 1; warnings are the answer.\n"
                      "Example: tierscope check graphs/bytedance --fail-on-warning",
                      StatusSet::of(Status::active), bind};

}  // namespace tierscope::core
