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
      : flow_(flow), amounts_(flow.hops().size()), made_(flow.hops().size(), false) {}
  /// Throws as MoneyFlow::amount does.
  const Quantity& of(std::uint32_t edge) {
    if (!made_[edge]) amounts_[edge] = flow_.amount(flow_.hops()[edge]);
    made_[edge] = true;
    return amounts_[edge];
  }
  /// By edge; unknown for hops that nobody asked for.
  std::vector<Quantity> take() && { return std::move(amounts_); }

 private:
  const MoneyFlow& flow_;
  std::vector<Quantity> amounts_;
  std::vector<bool> made_;
};

/// Of a loop of so many hops, some of which have a commercial, some a financing leg.
CycleClass class_of(bool commercial, bool financing, std::size_t length);

/// All but the class. Throws Question where amounts of two currencies meet.
Cycle cycle_of(const MoneyFlow& flow, HopAmounts& amounts, std::span<const std::uint32_t> ranks,
               std::span<const std::uint32_t> edges, std::optional<Duration> window);

}  // namespace tierscope::core
