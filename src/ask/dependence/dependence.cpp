#include "ask/dependence/dependence.hpp"

#include <algorithm>

#include "ask/hhi.hpp"
#include "ask/pair_amount.hpp"

namespace tierscope::core {
namespace {

constexpr double major_customer = 0.1;  // ASC 280-10-50-42

std::vector<RevenueShare> sorted_shares(const Model& model, const RevenueLinks& links, CompanyIndex supplier) {
  const auto input = links.shares_of(supplier);
  std::vector<RevenueShare> shares(input.begin(), input.end());
  std::stable_sort(shares.begin(), shares.end(), [&](const RevenueShare& a, const RevenueShare& b) {
    if (a.known != b.known) return a.known;
    return a.low != b.low ? a.low > b.low : model.id(a.customer) < model.id(b.customer);
  });
  return shares;
}

SupplierDependence of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex supplier) {
  SupplierDependence row;
  row.supplier = supplier;
  row.attributed = links.attributed(supplier);
  row.quantified = links.quantified(supplier);
  std::vector<Quantity> shares;
  double aggregates = 0;
  for (const RevenueShare& share : sorted_shares(model, links, supplier)) {
    row.largest_share = std::max(row.largest_share, share.low);
    if (!share.known) continue;
    if (model.company(share.customer).aggregate) {
      aggregates += share.low;
      continue;
    }
    shares.push_back(between(share.low, share.high));
    if (!row.largest_customer) row.largest_customer = share.customer;
    if (share.low >= major_customer - share_slack) row.major_customers.push_back(share.customer);
  }
  const Hhi hhi = hhi_of(shares, aggregates);
  row.hhi_low = hhi.low;
  row.hhi_high = hhi.high;
  return row;
}

}  // namespace

std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier) {
  std::vector<RevenueLink> customers;
  for (const RevenueShare& share : sorted_shares(links.model(), links, supplier))
    customers.push_back(links.link(share));
  return customers;
}

DependenceResult dependence(const Model& model, std::optional<CompanyIndex> supplier) {
  const auto kept = std::make_shared<const RevenueLinks>(model);
  const RevenueLinks& links = *kept;
  DependenceResult result;
  result.links = kept;
  result.asked = supplier;
  for (CompanyIndex v = supplier.value_or(0); v < (supplier ? *supplier + 1 : model.company_count()); ++v)
    if (!model.company(v).aggregate && !links.shares_of(v).empty())
      result.suppliers.push_back(of_supplier(model, links, v));
  if (model.rest().currency)  // what no rate converts is refused here, not where a row is read
    for (const SupplierDependence& row : result.suppliers)
      for (const RevenueShare& share : links.shares_of(row.supplier)) amount_of(model, links.link(share));
  std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                   [](const SupplierDependence& a, const SupplierDependence& b) {
                     if (a.quantified != b.quantified) return a.quantified;
                     return a.largest_share > b.largest_share;
                   });
  return result;
}

}  // namespace tierscope::core
