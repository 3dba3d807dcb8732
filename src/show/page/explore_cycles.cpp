#include <fmt/format.h>

#include <map>

#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// Are there at most `budget.loops_found` loops of this length at most, and found with bounded work?
bool few_loops(const MoneyFlow& flow, std::size_t max_length, const ExploreBudget& budget) {
  std::size_t asked = 0;
  std::size_t found = 0;
  CycleSearch search;
  search.max_length = max_length;
  search.stop = [&] { return ++asked > budget.loop_work; };
  return elementary_cycles(flow.graph(), search, [&](std::span<const std::uint32_t>, std::span<const std::uint32_t>) {
    return ++found <= budget.loops_found;
  });
}

// The longest bound (0 = none) under which the loops are few enough to choose the largest from; at least 2.
std::size_t searchable_length(const Model& model, const ExploreBudget& budget) {
  const MoneyFlow flow(model);
  if (few_loops(flow, 0, budget)) return 0;
  std::size_t length = 2;
  while (few_loops(flow, length + 1, budget)) ++length;
  return length;
}

// The hops of listed loops, each once, in the order of their first use.
class Hops {
 public:
  Hops(const Seen& seen, const MoneyFlow& flow) : seen_(seen), flow_(flow) {}
  Value place_of(const Hop& hop) {
    const auto [found, fresh] = places_.try_emplace(&hop, list_.size());
    if (fresh)
      list_.emplace_back(Value::Members{{"from", seen_.company(flow_.company(hop.from))},
                                        {"to", seen_.company(flow_.company(hop.to))},
                                        {"amount", quantity_value(seen_.model, flow_.amount(hop))},
                                        {"rows", seen_.rows_of(hop.legs)}});
    return found->second;
  }
  Value value() && { return std::move(list_); }

 private:
  const Seen& seen_;
  const MoneyFlow& flow_;
  std::map<const Hop*, std::size_t> places_;
  Value::List list_;
};

Value loop_value(const Seen& seen, const MoneyFlow& flow, const Cycle& cycle, Hops& hops) {
  Value::List companies;
  Value::List places;
  for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
    companies.push_back(seen.company(flow.company(cycle.ranks[i])));
    places.push_back(hops.place_of(flow.hop(cycle.ranks[i], cycle.ranks[(i + 1) % cycle.ranks.size()])));
  }
  return Value::Members{{"companies", std::move(companies)},
                        {"hops", std::move(places)},
                        {"class", static_cast<std::int64_t>(cycle.cycle_class)},
                        {"amount", quantity_value(seen.model, cycle.amount)},
                        {"contingent", cycle.contingent},
                        {"hinges_on_contingent", cycle.hinges_on_contingent},
                        {"at_least", cycle.at_least},
                        {"time_ordered", cycle.time_ordered ? Value(*cycle.time_ordered) : Value()}};
}

Value lengths_value(const CyclesResult& result) {
  Value::Members lengths;
  for (const auto& [length, classes] : result.by_length)
    lengths.emplace_back(std::to_string(length), Value::List(classes.begin(), classes.end()));
  return lengths;
}

}  // namespace

Value cycles_block(const Seen& seen, const ExploreParams& params, std::vector<std::string>& notes) {
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
  Value::List results;
  for (const Cycle& cycle : result.cycles) {
    if (results.size() == params.budget.loops) break;
    results.push_back(loop_value(seen, *result.flow, cycle, hops));
  }
  const std::size_t left_out = result.count - results.size();
  if (left_out != 0)
    notes.push_back(fmt::format("Loops: the {} with the largest amounts; {} others are counted, not listed.",
                                results.size(), left_out));
  if (!result.complete)
    notes.push_back(fmt::format("Loops: the search stopped after {} and is not complete.", result.count));
  return Value::Members{{"count", result.count},
                        {"complete", result.complete},
                        {"max_length", search.max_length},
                        {"by_length", lengths_value(result)},
                        {"hops", std::move(hops).value()},
                        {"results", std::move(results)},
                        {"left_out", left_out},
                        {"notes", strings_value(cycles_notes(seen.model, result, search))}};
}

}  // namespace tierscope::core
