#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include <tierscope/check.hpp>

#include "ask/answered.hpp"
#include "ask/check/check.hpp"
#include "ask/check/check_rules.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"

namespace tierscope::core {
namespace {

using Findings = std::shared_ptr<const Problems>;

std::string place_of(const Problem& problem) {
  return problem.line == 0 ? problem.file : fmt::format("{}:{}", problem.file, problem.line);
}

std::string_view severity_of(const Problem& problem) {
  return problem.severity == Severity::error ? "error" : "warning";
}

void fill(const Problem& problem, Finding& row) {
  row.severity = severity_of(problem);
  row.kind = problem.kind;
  row.place = place_of(problem);
  row.file = problem.file;
  if (problem.line != 0) row.line = problem.line;
  row.attribute = problem.attribute;
  row.what = problem.what;
  row.remedy = problem.remedy;
}

Table<FindingKind> kinds_of(const Findings& findings) {
  std::vector<FindingKind> kinds;
  std::unordered_map<std::string_view, std::size_t> place_of_kind;
  for (const Problem& problem : *findings) {
    const auto [found, fresh] = place_of_kind.try_emplace(problem.kind, kinds.size());
    if (fresh) kinds.push_back({severity_of(problem), problem.kind, 0, place_of(problem), problem.what});
    ++kinds[found->second].count;
  }
  return rows_of<FindingKind>(kinds.size(), [findings, kinds](std::size_t i, auto& row) { row = kinds[i]; });
}

struct Size {
  std::size_t companies = 0;
  std::size_t relations = 0;
};

std::string verdict(const Check& answer) {
  return (answer.errors == 0 ? "No errors" : counted(answer.errors, "error")) + ", " +
         counted(answer.warnings, "warning");
}

Check answer(const Model& view, Problems of_data, const Size& size, const CheckOptions& options) {
  for (Problem& problem : check_view(view)) of_data.push_back(std::move(problem));
  std::stable_sort(of_data.begin(), of_data.end(),
                   [](const Problem& a, const Problem& b) { return a.severity < b.severity; });
  const Findings findings = std::make_shared<const Problems>(std::move(of_data));
  Check answer;
  answer.results =
      rows_of<Finding>(findings->size(), [findings](std::size_t i, auto& row) { fill((*findings)[i], row); });
  answer.kinds = kinds_of(findings);
  for (const Problem& problem : *findings) ++(problem.severity == Severity::error ? answer.errors : answer.warnings);
  answer.companies = size.companies;
  answer.relations = size.relations;
  answer.source_count = view.sources().size();
  answer.separate_deals = separate_deals(Inspected(view));
  About& about = answer.about;
  about.title =
      fmt::format("{}: {} compan{}, {}, {}", verdict(answer), answer.companies, answer.companies == 1 ? "y" : "ies",
                  counted(answer.relations, "relation"), counted(answer.source_count, "source"));
  about.noun = "finding";
  about.shown = 0;
  about.in_short = "kinds";
  if (answer.separate_deals != 0)
    about.notes.push_back(
        fmt::format("{} are summed with others of the same link, as they are of different days or "
                    "bear different names (deal).",
                    counted(answer.separate_deals, "deal")));
  if (answer.errors != 0)
    about.gate = verdict(answer);
  else if (options.fail_on_warning && answer.warnings != 0)
    about.gate = counted(answer.warnings, "warning");
  return answer;
}

}  // namespace

extern const Inquiry check_inquiry = inquiry<CheckOptions, Check, tierscope::check>(
    "check", "is the data sound? a line for each kind of problem; every one with --limit 0",
    StatusSet::of(Status::active),
    "Cells that cannot be read go to standard error and leave no answer. Rows that contradict each other are errors in "
    "the answer. Both exit 1; warnings do with --fail-on-warning.\n"
    "Example: tierscope check graphs/bytedance --limit 0");

}  // namespace tierscope::core

namespace tierscope {

Result<Check> check(Model model, const CheckOptions& options) {
  View view = options.view;
  view.consolidate = false;
  view.strict = false;
  Problems of_data = core::check_data(*model.inside());
  const core::Size size{model.inside()->company_count(), model.inside()->relation_count()};
  return core::answered<Check>(core::check_inquiry, std::move(model), view, [&](const auto& seen) {
    return core::answer(*seen, std::move(of_data), size, options);
  });
}

}  // namespace tierscope
