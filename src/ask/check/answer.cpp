#include <fmt/format.h>

#include <unordered_map>

#include <tierscope/check.hpp>

#include "ask/answered.hpp"
#include "ask/check/check.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"

namespace tierscope::core {
namespace {

using Findings = std::shared_ptr<const Problems>;

std::string place_of(const Problem& problem) {
  return problem.line == 0 ? problem.file : fmt::format("{}:{}", problem.file, problem.line);
}

void fill(const Problem& problem, Finding& row) {
  row.severity = problem.severity == Severity::error ? "error" : "warning";
  row.kind = problem.kind;
  row.place = place_of(problem);
  row.file = problem.file;
  if (problem.line != 0) row.line = problem.line;
  row.attribute = problem.attribute;
  row.what = problem.what;
  row.remedy = problem.remedy;
}

std::vector<FindingKind> kinds_of(const Problems& findings) {
  std::vector<FindingKind> kinds;
  std::unordered_map<std::string_view, std::size_t> place_of_kind;
  for (const Problem& problem : findings) {
    const auto [found, fresh] = place_of_kind.try_emplace(problem.kind, kinds.size());
    if (fresh) kinds.push_back({problem.kind, 0, place_of(problem)});
    ++kinds[found->second].count;
  }
  return kinds;
}

Check answer(const std::shared_ptr<const Model>& model, const CheckOptions& options) {
  const Findings findings = std::make_shared<const Problems>(check(*model));
  Check answer;
  answer.results =
      rows_of<Finding>(findings->size(), [findings](std::size_t i, auto& row) { fill((*findings)[i], row); });
  answer.kinds = kinds_of(*findings);
  answer.warnings = findings->size();
  answer.companies = model->company_count();
  answer.relations = model->relation_count() + model->set_aside().size();
  answer.source_count = model->sources().size();
  About& about = answer.about;
  about.title = fmt::format("No errors, {}: {} compan{}, {}, {}", counted(answer.warnings, "warning"), answer.companies,
                            answer.companies == 1 ? "y" : "ies", counted(answer.relations, "relation"),
                            counted(answer.source_count, "source"));
  about.noun = "warning";
  about.shown = 0;
  if (options.fail_on_warning && !findings->empty()) about.gate = counted(findings->size(), "warning");
  return answer;
}

}  // namespace

extern const Inquiry check_inquiry = inquiry<CheckOptions, Check, tierscope::check>(
    "check", "is the data sound? every problem with its place and remedy", StatusSet::of(Status::active),
    "Errors go to standard error and exit 1; warnings are the answer.\n"
    "Example: tierscope check graphs/bytedance --fail-on-warning");

}  // namespace tierscope::core

namespace tierscope {

Result<Check> check(Model model, const CheckOptions& options) {
  return core::answered<Check>(core::check_inquiry, std::move(model), options.view,
                               [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
