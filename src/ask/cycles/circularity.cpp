#include "ask/cycles/circularity.hpp"

#include <algorithm>
#include <cmath>

namespace tierscope::core {

std::optional<Circularity> circularity(const MoneyFlow& flow, const std::vector<Quantity>& amounts) {
  Circularity result;
  const auto hops = flow.hops();
  std::vector<double> capacities;
  capacities.reserve(hops.size());
  for (const Quantity& amount : amounts) {
    capacities.push_back(amount ? amount.low : 0);
    result.total += capacities.back();
  }
  if (result.total <= 0 || !std::isfinite(result.total)) return {};
  const auto largest = largest_circulation(flow.graph(), capacities);
  if (!largest) return {};
  result.circulation = largest->total;
  result.error = largest->error;
  for (std::size_t i = 0; i < hops.size(); ++i)
    if (largest->flow[i] > 0) result.carriers.push_back({hops[i].from, hops[i].to, largest->flow[i]});
  std::stable_sort(result.carriers.begin(), result.carriers.end(),
                   [](const auto& a, const auto& b) { return a.flow > b.flow; });
  result.index = result.circulation / result.total;
  return result;
}

}  // namespace tierscope::core
