#include "ask/cycles/loops.hpp"

#include <algorithm>

#include "ask/cycles/loop_dates.hpp"

namespace tierscope::core {
namespace {

/// The interval minimum over hops. An unknown hop is [0, ∞): it brings the low bound to 0 and leaves the high bound to
/// the others.
class Least {
 public:
  void add(const AmountSum& hop) {
    add_currency(hop.currency);
    add_currency(hop.other);
    known_ |= hop.none || hop.amount.known;
    low_ = std::min(low_, hop.none ? 0 : hop.amount.low);
    high_ = std::min(high_, hop.none ? 0 : hop.amount ? hop.amount.high : unbounded);
    if (hop.amount) grade_.add(hop.amount);
  }
  Currency currency() const { return currency_; }
  Currency other() const { return other_; }
  /// In its currency, else in `otherwise`.
  Quantity amount(Currency otherwise = {}) const {
    if (!known_ || other_) return {};
    return grade_.mark(between(low_, high_, currency_ ? currency_ : otherwise));
  }

 private:
  void add_currency(Currency currency) {
    if (!currency_) currency_ = currency;
    if (currency && !(currency == currency_)) other_ = currency;
  }

  double low_ = unbounded;
  double high_ = unbounded;
  bool known_ = false;
  Currency currency_, other_;
  Grade grade_;
};

bool dated(const Hop& hop) {
  return std::any_of(hop.legs.begin(), hop.legs.end(), [](const Relation* r) { return leg_day(*r).has_value(); });
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
  Least all;
  Least in_force;
  bool has_financing = false;
  bool all_dated = true;
  for (const std::uint32_t edge : edges) {
    const Hop& hop = flow.hops()[edge];
    all.add(amounts.of(edge));
    in_force.add(amounts.in_force(edge));
    cycle.financing += amounts.of(edge).financing;
    cycle.contingent |= hop.has_contingent;
    cycle.hinges_on_contingent |= hop.only_contingent;
    has_financing |= hop.has_financing;
    all_dated &= dated(hop);
    hops.push_back(&hop);
  }
  cycle.amount = all.amount();
  cycle.in_force = in_force.amount(all.currency());
  cycle.currency = all.currency();
  cycle.other = all.other();
  if (cycle.other) cycle.financing = 0;
  if (has_financing && all_dated) cycle.time_ordered = time_ordered(hops, window);
  return cycle;
}

std::string_view to_string(CycleClass cycle_class) {
  constexpr std::string_view names[] = {"circular-deal", "reciprocal-trade", "trade-loop", "cross-financing"};
  return names[static_cast<std::size_t>(cycle_class)];
}

}  // namespace tierscope::core
