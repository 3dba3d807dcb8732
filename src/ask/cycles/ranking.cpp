#include "ask/cycles/ranking.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tierscope::core {
namespace {

// The circulating amount as an interval; unknown is [0, ∞).
std::pair<double, double> bounds(const Quantity& amount) {
  return amount ? std::pair(amount.low, amount.high) : std::pair(0.0, unbounded);
}

std::size_t place_of(const std::vector<std::string_view>& currencies, const Quantity& amount) {
  if (currencies.size() < 2) return 0;
  if (!amount) return currencies.size();
  const auto found = std::lower_bound(currencies.begin(), currencies.end(), to_string(amount.currency));
  return static_cast<std::size_t>(found - currencies.begin());
}

}  // namespace

// Amounts of different currencies cannot be compared: among loops of one length each currency's stand together, by its
// code, and those without an amount behind them.
void sort_cycles(CyclesResult& result) {
  std::set<std::string_view> codes;
  for (const Cycle& cycle : result.cycles)
    if (cycle.amount) codes.insert(to_string(cycle.amount.currency));
  result.currencies.assign(codes.begin(), codes.end());
  std::sort(result.cycles.begin(), result.cycles.end(), [&](const Cycle& a, const Cycle& b) {
    if (a.ranks.size() != b.ranks.size()) return a.ranks.size() < b.ranks.size();
    const std::size_t place_of_a = place_of(result.currencies, a.amount);
    const std::size_t place_of_b = place_of(result.currencies, b.amount);
    if (place_of_a != place_of_b) return place_of_a < place_of_b;
    const auto [low_of_a, high_of_a] = bounds(a.amount);
    const auto [low_of_b, high_of_b] = bounds(b.amount);
    if (low_of_a != low_of_b) return low_of_a > low_of_b;
    if (a.financing != b.financing) return a.financing > b.financing;
    return high_of_a != high_of_b ? high_of_a > high_of_b : a.ranks < b.ranks;
  });
}

void rank_companies(const Model& model, CyclesResult& result) {
  std::map<std::uint32_t, Passing> of;
  for (const Cycle& cycle : result.cycles) {
    for (const std::uint32_t rank : cycle.ranks) {
      Passing& passing = of[rank];
      ++passing.loops;
      passing.amounts.resize(result.currencies.size());
      if (cycle.amount) passing.amounts[place_of(result.currencies, cycle.amount)] += cycle.amount.low;
    }
  }
  for (auto& [rank, passing] : of) {
    passing.company = result.flow->company(rank);
    result.companies.push_back(std::move(passing));
  }
  std::stable_sort(result.companies.begin(), result.companies.end(), [&](const Passing& a, const Passing& b) {
    return a.loops != b.loops ? a.loops > b.loops : model.id(a.company) < model.id(b.company);
  });
}

void rank_relations(CyclesResult& result) {
  std::vector<std::size_t> loops(result.flow->hops().size(), 0);
  for (const Cycle& cycle : result.cycles)
    for (std::size_t i = 0; i < cycle.ranks.size(); ++i)
      if (const std::uint32_t edge = result.edge(cycle, i); loops[edge]++ == 0) result.hops.push_back(edge);
  for (const std::uint32_t edge : result.hops) {
    const auto& legs = result.hop(edge).legs;
    for (const Relation* r : legs) result.relations.push_back({r, loops[edge], legs.size() == 1 ? loops[edge] : 0});
  }
  std::sort(result.relations.begin(), result.relations.end(), [](const Bearing& a, const Bearing& b) {
    return std::tuple(b.gone, b.loops, a.relation->row) < std::tuple(a.gone, a.loops, b.relation->row);
  });
}

}  // namespace tierscope::core
