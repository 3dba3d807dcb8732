#include "ask/dependence/dependence.hpp"

#include <algorithm>

namespace tierscope::core {
namespace {

constexpr double major_customer = 0.1;  // ASC 280-10-50-42

std::vector<RevenueShare> sorted_shares(const RevenueLinks& links, CompanyIndex supplier) {
  const auto input = links.shares_of(supplier);
  std::vector<RevenueShare> shares(input.begin(), input.end());
  std::stable_sort(shares.begin(), shares.end(), [](const RevenueShare& a, const RevenueShare& b) {
    return a.known != b.known ? a.known : a.low > b.low;
  });
  return shares;
}

SupplierDependence of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex supplier) {
  SupplierDependence row;
  row.supplier = supplier;
  row.attributed = links.attributed(supplier);
  row.quantified = links.quantified(supplier);
  double squares = 0;
  for (const RevenueShare& share : sorted_shares(links, supplier)) {
    squares += share.low * share.low;
    row.largest_share = std::max(row.largest_share, share.low);
    if (!share.known || model.company(share.customer).aggregate) continue;
    if (!row.largest_customer) row.largest_customer = share.customer;
    if (share.low >= major_customer - share_slack) row.major_customers.push_back(share.customer);
  }
  const double rest = std::max(0.0, 1 - row.attributed);
  row.hhi_low = std::min(1e4, 1e4 * squares);
  row.hhi_high = std::min(1e4, 1e4 * (squares + rest * rest));
  return row;
}

}  // namespace

std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier) {
  std::vector<RevenueLink> customers;
  for (const RevenueShare& share : sorted_shares(links, supplier)) customers.push_back(links.link(share));
  return customers;
}

DependenceResult dependence(const Model& model, std::optional<CompanyIndex> supplier) {
  const auto kept = std::make_shared<const RevenueLinks>(model);
  const RevenueLinks& links = *kept;
  DependenceResult result;
  result.links = kept;
  result.asked = supplier;
  if (supplier) {
    result.suppliers.push_back(of_supplier(model, links, *supplier));
    return result;
  }
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (!links.shares_of(v).empty()) result.suppliers.push_back(of_supplier(model, links, v));
  std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                   [](const SupplierDependence& a, const SupplierDependence& b) {
                     if (a.quantified != b.quantified) return a.quantified;
                     return a.largest_share > b.largest_share;
                   });
  return result;
}

}  // namespace tierscope::core
