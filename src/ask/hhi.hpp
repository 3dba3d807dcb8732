#pragma once
// The Herfindahl-Hirschman index of shares that are intervals and need not be all (definitions, sections 4 and 6).

#include <algorithm>
#include <span>
#include <vector>

#include "base/quantity.hpp"

namespace tierscope::core {

struct Hhi {
  double low = 0;               // 10⁴ Σ low², 0..10,000
  double high = 1e4;            // 10⁴ (Σ clipped² + r²), r = 1 − Σ low: an upper bound, not always reached
  double rest = 1;              // r
  std::vector<double> clipped;  // of each share: its high, cut so that it leaves the others their low
};

/// Of companies' known shares; `aggregates`: what goes to aggregates at least, which are no companies.
inline Hhi hhi_of(std::span<const Quantity> shares, double aggregates) {
  Hhi hhi;
  double sum = 0;
  double low_squares = 0;
  double high_squares = 0;
  for (const Quantity& share : shares) sum += share.low;
  for (const Quantity& share : shares) {
    const double left = 1 - (sum - share.low) - aggregates;
    const double high = std::max(share.low, std::min(share.high, left));
    hhi.clipped.push_back(high);
    low_squares += share.low * share.low;
    high_squares += high * high;
  }
  hhi.rest = std::max(0.0, 1 - sum);
  hhi.low = std::min(1e4, 1e4 * low_squares);
  hhi.high = std::max(hhi.low, std::min(1e4, 1e4 * (high_squares + hhi.rest * hhi.rest)));
  return hhi;
}

}  // namespace tierscope::core
