#include "show/page/explore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "ask/inquiry.hpp"
#include "ask/unnamed.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

std::string last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
}

// Who was joined into whom.
std::vector<PageMember> groups_of(const Model& whole, const Seen& seen) {
  std::vector<PageMember> groups;
  std::vector<std::pair<Text, CompanyIndex>> members;
  for (const Member& member : seen.model.rest().members)
    members.emplace_back(member.company.id, seen.companies[member.group]);
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (CompanyIndex v = 0; v < whole.company_count(); ++v) {
    const Text id = whole.company(v).id;
    const auto found = std::lower_bound(members.begin(), members.end(), id,
                                        [](const auto& member, Text wanted) { return member.first < wanted; });
    if (found == members.end() || !(found->first == id) || found->second == v) continue;
    groups.push_back({v, found->second});
  }
  return groups;
}

// All answers at one date, a block; it takes one of `parts` of the budget that dates share.
Block answers_at(const std::string& id, const Model& whole, ViewParams view, const ExploreParams& params,
                 std::size_t parts, std::vector<std::string>& notes) {
  const StatusSet given = view.statuses;
  const auto counting = [&](StatusSet statuses) {
    view.statuses = statuses;
    return see(whole, view);
  };
  PageAnswers page;
  {
    const Seen all = counting(StatusSet::all());
    page.state = states(whole, all);
    if (view.consolidate) page.groups = groups_of(whole, all);
  }
  const Seen sales = counting(params.statuses_given ? given : inquiry_of("dependence").statuses);
  const auto depending = std::make_shared<const DependenceResult>(dependence(sales.model));
  const RevenueLinks& links = *depending->links;
  page.dependence = page_dependence(sales, depending);
  page.exposure = page_exposure(sales, links, params.budget, parts, notes);
  page.concentration = page_concentration(sales, params.budget, notes);
  const Seen money = counting(params.statuses_given ? given : inquiry_of("cycles").statuses);
  page.cycles = page_cycles(money, params, notes);
  page.pairs = page_pairs(sales, links);
  return block(id, page);
}

PageDay page_day(const PageDate& date) {
  PageDay day{date.label, {}};
  if (date.date) {
    // A partial date means its last day.
    using namespace std::chrono;
    const year_month_day last{sys_days{days{last_day(date.date)}}};
    day.date = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(last.year()), static_cast<unsigned>(last.month()),
                           static_cast<unsigned>(last.day()));
  }
  return day;
}

}  // namespace

Exploration explore(const Model& whole, const ViewParams& view, const ExploreParams& params) {
  if (whole.relation_count() > params.budget.relations)
    throw Question(fmt::format(
        "{} relations are more than one page holds ({}); make a page of a part: draw GRAPH --focus COMPANY --depth 2 "
        "--force --output part.dot, then explore part.dot",
        whole.relation_count(), params.budget.relations));
  Exploration page;
  const std::size_t room = params.budget.dated_relations / std::max<std::size_t>(1, whole.relation_count());
  const std::vector<PageDate> dates =
      page_dates(whole, view.as_of, std::clamp<std::size_t>(room, 1, params.budget.dates), page.notes);

  PageGraph graph;
  bool older_cut = false;
  page.blocks.push_back(block("graph", graph));  // its place: what it says of the dates is known at the end
  for (const PageDate& date : dates) {
    ViewParams then = view;
    then.as_of = date.date;
    // The newest date takes half of what the dates share.
    const std::size_t parts = dates.size() == 1 ? 1 : graph.dates.empty() ? 2 : 2 * (dates.size() - 1);
    std::vector<std::string> notes;
    try {
      page.blocks.push_back(answers_at(fmt::format("at-{}", graph.dates.size()), whole, then, params, parts, notes));
    } catch (const Question& question) {
      if (&date == &dates.front()) throw;
      page.notes.push_back(date.label + " is left out: " + question.what() + ".");
      continue;
    } catch (BadData& data) {
      if (&date != &dates.front())
        for (Problem& problem : data.problems) problem.what += " (as of " + date.label + ")";
      throw;
    }
    graph.dates.push_back(page_day(date));
    if (graph.dates.size() == 1)
      page.notes.insert(page.notes.end(), notes.begin(), notes.end());
    else
      older_cut = older_cut || !notes.empty();
  }

  if (older_cut) page.notes.emplace_back("Older dates are cut by the same rules; each list says how much is left out.");
  for (const std::string& name : whole.rest().graphs) {
    graph.graphs.push_back(last_part(name));
    page.title += (page.title.empty() ? "" : " + ") + (name == "-" ? "standard input" : last_part(name));
  }
  if (!params.title.empty()) page.title = params.title;
  graph.program = params.program;
  graph.title = page.title;
  graph.options = params.options;
  graph.currency = to_string(view.currency);
  fill(whole, graph);
  for (std::string& note : unnamed_notes(whole)) page.notes.push_back(std::move(note));
  graph.notes = page.notes;
  page.blocks.front() = block("graph", graph);
  return page;
}

}  // namespace tierscope::core
