#include "model/revenue_share.hpp"

#include <algorithm>
#include <cmath>

namespace tierscope::core {

Quantity revenue_share(const TextPool& pool, const Company& supplier, const Relation& relation) {
  if (relation.restates) return {};
  if (relation.revenue_share) return relation.revenue_share;
  if (relation.basis != Basis::annual || !relation.value || !relation.as_of) return {};
  const Quantity& revenue = supplier.revenue;
  if (!revenue || revenue.high <= 0 || !(revenue.currency == relation.value.currency)) return {};
  if (year_of_period(pool.view(supplier.revenue_period)) != relation.as_of.year) return {};
  const double low = std::isinf(revenue.high) ? 0 : relation.value.low / revenue.high;
  const double high = revenue.low > 0 ? relation.value.high / revenue.low : 1;
  Quantity share = between(low, std::max(low, std::min(1.0, high)));
  share.approximate = relation.value.approximate || revenue.approximate;
  return share;
}

}  // namespace tierscope::core
