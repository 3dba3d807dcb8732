#pragma once
// How much of the money could be the same money going round (definitions, section 7).

#include <cstddef>
#include <optional>
#include <vector>

#include "ask/money_flow.hpp"

namespace tierscope::core {

struct Circularity {
  double circulation = 0;  // the largest total flow that every company passes on whole, in units of the currency
  double total = 0;        // Σ of the hops' low amounts
  double index = 0;        // circulation / total, 0..1
  struct Carrier {
    std::uint32_t from = 0;  // ranks
    std::uint32_t to = 0;
    double flow = 0;
  };
  std::vector<Carrier> carriers;  // hops with flow, largest first; one of possibly several largest circulations
};

inline constexpr std::size_t most_hops = 1'000;

/// A maximum circulation with the low amounts as capacities: minimum cost with cost −1 a unit, by cancelling negative
/// cycles (Klein 1967; boost::cycle_canceling) in whole units of the currency. `amounts`: of the hops that
/// `flow.hops()` lists, in their order, all of one currency. Nothing where no amount is above 0, or where more than
/// `most_hops` lie on loops: cancelling is O(hops² · companies) and more.
std::optional<Circularity> circularity(const MoneyFlow& flow, const std::vector<Quantity>& amounts);

}  // namespace tierscope::core
