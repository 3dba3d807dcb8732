#include <fmt/format.h>

#include <map>

#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// The longest bound (0 = none) under which the loops are few enough to choose the largest from, and found with bounded
// work: all searches share it, and each may take half of what is left. At least 2.
std::size_t searchable_length(const Model& model, const ExploreBudget& budget) {
  const MoneyFlow flow(model);
  std::size_t left = budget.loop_work;
  const auto few_loops = [&](std::size_t max_length) {
    std::size_t mine = left - left / 2;
    std::size_t found = 0;
    CycleSearch search;
    search.max_length = max_length;
    search.stop = [&] {
      left -= left != 0;
      return mine == 0 || --mine == 0;
    };
    return elementary_cycles(flow.graph(), search, [&](auto, auto) { return ++found <= budget.loops_found; });
  };
  return few_loops(0) ? 0 : longest(2, model.company_count(), few_loops);
}

// The hops of listed loops, each once, in the order of their first use.
class Hops {
 public:
  Hops(const Seen& seen, const MoneyFlow& flow) : seen_(seen), flow_(flow) {}
  std::uint32_t place_of(const Hop& hop) {
    const auto [found, fresh] = places_.try_emplace(&hop, static_cast<std::uint32_t>(list_.size()));
    if (fresh)
      list_.push_back({seen_.company(flow_.company(hop.from)), seen_.company(flow_.company(hop.to)),
                       quantity_row(seen_.model, flow_.amount(hop)), seen_.rows_of(hop.legs)});
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
  loop.amount = quantity_row(seen.model, cycle.amount);
  loop.contingent = cycle.contingent;
  loop.hinges_on_contingent = cycle.hinges_on_contingent;
  loop.at_least = cycle.at_least;
  loop.time_ordered = cycle.time_ordered;
  return loop;
}

}  // namespace

std::size_t longest(std::size_t least, std::size_t most, const std::function<bool(std::size_t)>& searchable) {
  std::size_t good = least;
  std::size_t bad = most;
  for (std::size_t next = 2 * good; next < most; next *= 2) {
    if (!searchable(next)) {
      bad = next;
      break;
    }
    good = next;
  }
  while (good + 1 < bad) {
    const std::size_t middle = good + (bad - good) / 2;
    (searchable(middle) ? good : bad) = middle;
  }
  return good;
}

PageCycles page_cycles(const Seen& seen, const ExploreParams& params, std::vector<std::string>& notes) {
  CyclesParams search;
  search.circularity = seen.model.relation_count() <= params.budget.circularity;
  search.max_length = params.max_length;
  if (params.max_length == 0) {
    search.max_length = searchable_length(seen.model, params.budget);
    search.stop_after = params.budget.loops_found;
    if (search.max_length != 0)
      notes.push_back(fmt::format("Loops: only those of at most {} hops are searched; --max-length sets another bound.",
                                  search.max_length));
  }
  const CyclesResult result = cycles(seen.model, search);
  Hops hops(seen, *result.flow);
  PageCycles page;
  for (const Cycle& cycle : result.cycles) {
    if (page.results.size() == params.budget.loops) break;
    page.results.push_back(page_loop(seen, *result.flow, cycle, hops));
  }
  page.count = result.count;
  page.complete = result.complete;
  page.max_length = search.max_length;
  for (const auto& [length, classes] : result.by_length)
    page.by_length.push_back({length, {classes.begin(), classes.end()}});
  page.hops = std::move(hops).list();
  page.left_out = result.count - page.results.size();
  if (page.left_out != 0)
    notes.push_back(fmt::format("Loops: the {} with the largest amounts; {} others are counted, not listed.",
                                page.results.size(), page.left_out));
  if (!result.complete)
    notes.push_back(fmt::format("Loops: the search stopped after {} and is not complete.", result.count));
  page.notes = cycles_notes(seen.model, result, search);
  return page;
}

}  // namespace tierscope::core
