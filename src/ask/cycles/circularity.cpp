#include "ask/cycles/circularity.hpp"

#include <algorithm>
#include <cmath>

namespace tierscope::core {

std::optional<Circularity> circularity(const MoneyFlow& flow, const std::vector<AmountSum>& amounts,
                                       const std::vector<AmountSum>& beside) {
  Circularity result;
  const auto hops = flow.hops();
  std::vector<double> capacities;
  capacities.reserve(hops.size());
  Grade grade;
  const auto add = [&](const Quantity& amount) {
    if (amount) grade.add(amount);
    result.total += amount.low;
  };
  for (const AmountSum& hop : amounts) {
    capacities.push_back(hop.amount.low);
    add(hop.amount);
  }
  for (const AmountSum& hop : beside) add(hop.amount);
  if (result.total <= 0 || !std::isfinite(result.total)) return {};
  const auto largest = largest_circulation(flow.graph(), capacities);
  if (!largest) return {};
  result.circulation = largest->total;
  result.error = largest->error;
  for (std::size_t i = 0; i < hops.size(); ++i)
    if (largest->flow[i] > 0) result.carriers.push_back({hops[i].from, hops[i].to, largest->flow[i]});
  std::stable_sort(result.carriers.begin(), result.carriers.end(),
                   [](const auto& a, const auto& b) { return a.flow > b.flow; });
  result.index = grade.mark(exactly(result.circulation / result.total));
  return result;
}

}  // namespace tierscope::core
