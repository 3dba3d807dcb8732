#pragma once
// How much of the money could be the same money going round (definitions, section 7).

#include <optional>
#include <vector>

#include "ask/money_flow.hpp"
#include "graph/circulation.hpp"

namespace tierscope::core {

struct Circularity {
  double circulation = 0;  // the largest total flow that every company passes on whole
  double total = 0;        // Σ of the hops' low amounts
  Quantity index;          // circulation / total, 0..1, graded by all amounts
  double error = 0;        // the largest circulation is at most so much larger, by rounding; 0 for whole amounts
  /// What was computed from all amounts bears their grade.
  Quantity graded(Quantity of) const {
    of.approximate = index.approximate;
    of.confidence = index.confidence;
    return of;
  }
  struct Carrier {
    std::uint32_t from = 0;  // ranks
    std::uint32_t to = 0;
    double flow = 0;
  };
  std::vector<Carrier> carriers;  // hops with flow, largest first; one of possibly several largest circulations
};

/// A largest circulation with the low amounts as capacities (graph/circulation.hpp). `amounts`: of the hops that
/// `flow.hops()` lists, in their order; `beside`: of those in the total alone; all of one currency. Nothing where no
/// amount is above 0 or their sum is beyond all numbers, or above the bounds of `largest_circulation`.
std::optional<Circularity> circularity(const MoneyFlow& flow, const std::vector<AmountSum>& amounts,
                                       const std::vector<AmountSum>& beside);

}  // namespace tierscope::core
