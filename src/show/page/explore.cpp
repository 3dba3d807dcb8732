#include "show/page/explore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "ask/inquiry.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

std::string last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
}

// Who was joined into whom: [member, ultimate parent] by place in the whole model.
Value groups_value(const Model& whole, const Seen& seen) {
  Value::List groups;
  std::vector<CompanyIndex> parent(whole.company_count(), UINT32_MAX);
  std::vector<std::pair<Text, CompanyIndex>> members;
  for (const Member& member : seen.model.rest().members)
    members.emplace_back(member.company.id, seen.companies[member.group]);
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (CompanyIndex v = 0; v < whole.company_count(); ++v) {
    const Text id = whole.company(v).id;
    const auto found = std::lower_bound(members.begin(), members.end(), id,
                                        [](const auto& member, Text wanted) { return member.first < wanted; });
    if (found == members.end() || !(found->first == id) || found->second == v) continue;
    groups.emplace_back(Value::List{std::size_t{v}, std::size_t{found->second}});
  }
  return groups;
}

// All answers at one date, which takes one of `parts` of the budget that dates share.
Value answers_at(const Model& whole, ViewParams view, const ExploreParams& params, std::size_t parts,
                 std::vector<std::string>& notes) {
  const StatusSet given = view.statuses;
  const auto counting = [&](StatusSet statuses) {
    view.statuses = statuses;
    return see(whole, view);
  };
  Value::Members block;
  {
    const Seen all = counting(StatusSet::all());
    block.emplace_back("state", states(whole, all));
    if (view.consolidate) block.emplace_back("groups", groups_value(whole, all));
  }
  const Seen sales = counting(params.statuses_given ? given : dependence_inquiry.statuses);
  const auto depending = std::make_shared<const DependenceResult>(dependence(sales.model));
  const RevenueLinks& links = *depending->links;
  block.emplace_back("dependence", dependence_block(sales, depending));
  block.emplace_back("exposure", exposure_block(sales, links, params.budget, parts, notes));
  block.emplace_back("concentration", concentration_block(sales, params.budget, notes));
  const Seen money = counting(params.statuses_given ? given : cycles_inquiry.statuses);
  block.emplace_back("cycles", cycles_block(money, params, notes));
  block.emplace_back("pairs", pairs_block(sales, links));
  return block;
}

Value date_entry(const PageDate& date) {
  Value day;
  if (date.date) {
    // A partial date means its last day.
    using namespace std::chrono;
    const year_month_day last{sys_days{days{last_day(date.date)}}};
    day = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(last.year()), static_cast<unsigned>(last.month()),
                      static_cast<unsigned>(last.day()));
  }
  return Value::Members{{"label", date.label}, {"date", day}};
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

  Value::List entries;
  bool older_cut = false;
  page.blocks.emplace_back("graph", Value());
  for (const PageDate& date : dates) {
    ViewParams then = view;
    then.as_of = date.date;
    // The newest date takes half of what the dates share.
    const std::size_t parts = dates.size() == 1 ? 1 : entries.empty() ? 2 : 2 * (dates.size() - 1);
    std::vector<std::string> notes;
    try {
      Value block = answers_at(whole, then, params, parts, notes);
      page.blocks.emplace_back(fmt::format("at-{}", entries.size()), std::move(block));
    } catch (const Question& question) {
      if (&date == &dates.front()) throw;
      page.notes.push_back(date.label + " is left out: " + question.what() + ".");
      continue;
    } catch (BadData& data) {
      if (&date != &dates.front())
        for (Problem& problem : data.problems) problem.what += " (as of " + date.label + ")";
      throw;
    }
    entries.push_back(date_entry(date));
    if (entries.size() == 1)
      page.notes.insert(page.notes.end(), notes.begin(), notes.end());
    else
      older_cut = older_cut || !notes.empty();
  }

  if (older_cut) page.notes.emplace_back("Older dates are cut by the same rules; each list says how much is left out.");
  Value::List graphs;
  for (const std::string& graph : whole.rest().graphs) {
    graphs.emplace_back(last_part(graph));
    page.title += (page.title.empty() ? "" : " + ") + (graph == "-" ? "standard input" : last_part(graph));
  }
  if (!params.title.empty()) page.title = params.title;
  Value::Members graph{{"format", std::size_t{1}},  {"program", params.program},
                       {"title", page.title},       {"graphs", std::move(graphs)},
                       {"options", params.options}, {"currency", text_value(to_string(view.currency))}};
  for (auto& table : graph_tables(whole)) graph.push_back(std::move(table));
  graph.emplace_back("dates", std::move(entries));
  graph.emplace_back("notes", strings_value(page.notes));
  page.blocks.front().second = std::move(graph);
  return page;
}

}  // namespace tierscope::core
