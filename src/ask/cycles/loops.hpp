#pragma once
// A loop as it is found: its class and what can circulate on it.

#include <span>
#include <vector>

#include "ask/cycles/cycles.hpp"

namespace tierscope::core {

/// The sums of hops, each made when it is first asked for.
class HopAmounts {
 public:
  explicit HopAmounts(const MoneyFlow& flow)
      : flow_(flow), all_(flow.hops().size()), active_(flow.hops().size()), made_(flow.hops().size(), false) {}
  /// Throws as MoneyFlow::amount does.
  const AmountSum& of(std::uint32_t edge) { return make(edge), all_[edge]; }
  const AmountSum& in_force(std::uint32_t edge) { return make(edge), active_[edge]; }
  /// By edge; unknown for hops that nobody asked for.
  std::vector<AmountSum> take() && { return std::move(all_); }

 private:
  void make(std::uint32_t edge) {
    if (made_[edge]) return;
    all_[edge] = flow_.amount(flow_.hops()[edge]);
    active_[edge] = flow_.amount(flow_.hops()[edge], true);
    made_[edge] = true;
  }

  const MoneyFlow& flow_;
  std::vector<AmountSum> all_, active_;
  std::vector<bool> made_;
};

/// Of a loop of so many hops, some of which have a commercial, some a financing leg.
CycleClass class_of(bool commercial, bool financing, std::size_t length);

/// All but the class.
Cycle cycle_of(const MoneyFlow& flow, HopAmounts& amounts, std::span<const std::uint32_t> ranks,
               std::span<const std::uint32_t> edges, std::optional<Duration> window);

}  // namespace tierscope::core
