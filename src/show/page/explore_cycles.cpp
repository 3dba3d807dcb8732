#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// The hops of listed loops, each once, in the order of their first use.
class Hops {
 public:
  Hops(const Seen& seen, const MoneyFlow& flow) : seen_(seen), flow_(flow) {}
  std::uint32_t place_of(const Hop& hop) {
    const auto [found, fresh] = places_.try_emplace(&hop, static_cast<std::uint32_t>(list_.size()));
    if (fresh)
      list_.push_back({seen_.company(flow_.company(hop.from)), seen_.company(flow_.company(hop.to)),
                       quantity_row(seen_.model, flow_.amount(hop).amount), seen_.rows_of(hop.legs)});
    return found->second;
  }
  std::vector<PageHop> list() && { return std::move(list_); }

 private:
  const Seen& seen_;
  const MoneyFlow& flow_;
  std::map<const Hop*, std::uint32_t> places_;
  std::vector<PageHop> list_;
};

PageLoop page_loop(const Seen& seen, const MoneyFlow& flow, const Cycle& cycle, Hops& hops) {
  PageLoop loop;
  for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
    loop.companies.push_back(seen.company(flow.company(cycle.ranks[i])));
    loop.hops.push_back(hops.place_of(flow.hop(cycle.ranks[i], cycle.ranks[(i + 1) % cycle.ranks.size()])));
  }
  loop.loop_class = static_cast<std::uint8_t>(cycle.cycle_class);
  loop.amount = circulating(seen.model, cycle.amount);
  loop.amount_in_force = circulating(seen.model, cycle.in_force);
  if (cycle.other) loop.amount_reason = not_comparable(cycle.currency, cycle.other);
  loop.contingent = cycle.contingent;
  loop.hinges_on_contingent = cycle.hinges_on_contingent;
  loop.time_ordered = cycle.time_ordered;
  return loop;
}

}  // namespace

PageCycles page_cycles(const Seen& seen, const ExploreParams& params, std::vector<std::string>& notes) {
  CyclesParams search;
  search.circularity = seen.model.relation_count() <= params.budget.circularity;
  if (params.max_length != 0) search.listed = search.longest = params.max_length;
  search.stop_after = params.budget.loops_found;
  const CyclesResult result = cycles(seen.model, search);
  Hops hops(seen, *result.flow);
  PageCycles page;
  for (const Cycle& cycle : result.cycles) {
    if (page.results.size() == params.budget.loops) break;
    page.results.push_back(page_loop(seen, *result.flow, cycle, hops));
  }
  page.count = result.count;
  page.complete = result.complete;
  page.pairs = result.loops(2, 2);
  page.triples = result.loops(3, 3);
  page.longer = result.loops(4, SIZE_MAX);
  page.complete_to = result.complete ? result.longest : result.complete_to;
  page.listed_to = result.listed;
  page.max_length = result.longest;
  for (const auto& [length, classes] : result.by_length)
    page.by_length.push_back({length, {classes.begin(), classes.end()}});
  page.hops = std::move(hops).list();
  page.left_out = result.cycles.size() - page.results.size();
  if (page.left_out != 0)
    notes.push_back(fmt::format("Loops: the first {} of their order are in this page; {} others are counted alone.",
                                page.results.size(), page.left_out));
  if (!result.complete)
    notes.push_back(
        fmt::format("Loops: the search stopped after {} and is not complete; none of {} companies or "
                    "fewer is missing.",
                    result.count, result.complete_to));
  page.notes = cycles_notes(seen.model, result, search);
  return page;
}

}  // namespace tierscope::core
