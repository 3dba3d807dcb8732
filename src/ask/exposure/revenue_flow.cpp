#include "ask/exposure/revenue_flow.hpp"

#include <algorithm>

namespace tierscope::core {

RevenueFlow::RevenueFlow(const Model& model, const RevenueLinks& links)
    : companies_(static_cast<std::uint32_t>(model.company_count())) {
  for (CompanyIndex s = 0; s < companies_; ++s) {
    if (!model.company(s).aggregate) {
      add(links, s);
      continue;
    }
    const bool sells = !links.shares_of(s).empty();
    system_.end_row(sells ? 0 : 1, sells ? 1 : 0);
    if (sells) selling_aggregates_.push_back(s);
  }
  for (const CompanyIndex s : selling_aggregates_) add(links, s);
}

std::uint32_t RevenueFlow::state_of(CompanyIndex company) const {
  const auto found = std::lower_bound(selling_aggregates_.begin(), selling_aggregates_.end(), company);
  if (found == selling_aggregates_.end() || *found != company) return company;
  return companies_ + static_cast<std::uint32_t>(found - selling_aggregates_.begin());
}

void RevenueFlow::add(const RevenueLinks& links, CompanyIndex supplier) {
  const auto shares = links.shares_of(supplier);
  if (shares.empty()) return system_.end_row(1, 0);
  double sum = 0;
  for (const RevenueShare& share : shares) sum += share.low;
  // A loop would amplify the rounding that shares_above_one lets pass.
  for (const RevenueShare& share : shares)
    if (share.low > 0) system_.step(share.customer, share.low / std::max(1.0, sum));
  const double rest = 1 - links.attributed(supplier);
  system_.end_row(0, rest > share_slack ? rest : 0);
}

}  // namespace tierscope::core
