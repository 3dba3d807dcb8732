#include "ask/cycles/loops.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ask/cycles/loop_dates.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// An unknown hop is [0, ∞): it brings the low bound to 0 and leaves the high bound to the others.
void narrow(Quantity& least, const Quantity& hop, bool first) {
  if (!hop) {
    least.low = 0;
    return;
  }
  if (!least.known) {
    least = between(first ? hop.low : 0, hop.high, hop.currency);
    least.approximate = hop.approximate;
    return;
  }
  if (!(least.currency == hop.currency))
    throw Question(fmt::format("{0} and {1} amounts meet in one loop; give --currency {0} or --currency {1}",
                               to_string(least.currency), to_string(hop.currency)));
  least.low = std::min(least.low, hop.low);
  least.high = std::min(least.high, hop.high);
  least.approximate |= hop.approximate;
}

bool all_dated(std::span<const Hop* const> hops) {
  return std::all_of(hops.begin(), hops.end(), [](const Hop* hop) {
    return std::all_of(hop->legs.begin(), hop->legs.end(), [](const Relation* r) { return leg_day(*r).has_value(); });
  });
}

}  // namespace

CycleClass class_of(bool commercial, bool financing, std::size_t length) {
  // With two hops or more, a financing and a commercial leg can always be taken from different hops: every hop has a
  // leg of one class or the other, so the hop that offers both leaves the other choice to its neighbour.
  if (commercial && financing) return CycleClass::circular_deal;
  if (financing) return CycleClass::cross_financing;
  return length == 2 ? CycleClass::reciprocal_trade : CycleClass::trade_loop;
}

Cycle cycle_of(const MoneyFlow& flow, HopAmounts& amounts, std::span<const std::uint32_t> ranks,
               std::span<const std::uint32_t> edges, std::optional<Duration> window) {
  Cycle cycle;
  cycle.ranks.assign(ranks.begin(), ranks.end());
  std::vector<const Hop*> hops;
  hops.reserve(edges.size());
  double most = unbounded;  // that the hops without a leg of unknown amount let through
  for (const std::uint32_t edge : edges) {
    const Hop& hop = flow.hops()[edge];
    const Quantity& amount = amounts.of(edge);
    narrow(cycle.amount, amount, hops.empty());
    if (amount && !hop.has_unknown_cash) most = std::min(most, amount.high);
    cycle.contingent |= hop.has_contingent;
    cycle.hinges_on_contingent |= hop.only_contingent;
    hops.push_back(&hop);
  }
  cycle.at_least = cycle.amount && most > cycle.amount.high;
  if (time_ordered(hops, window))
    cycle.time_ordered = true;
  else if (all_dated(hops))
    cycle.time_ordered = false;
  return cycle;
}

std::string_view to_string(CycleClass cycle_class) {
  constexpr std::string_view names[] = {"circular-deal", "reciprocal-trade", "trade-loop", "cross-financing"};
  return names[static_cast<std::size_t>(cycle_class)];
}

}  // namespace tierscope::core
