#pragma once
// Who relies on which customers (definitions, section 4).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/pass.hpp"
#include "ask/shares.hpp"

namespace tierscope::core {

struct DependenceParams {
  std::string supplier;    // one supplier only; empty = all
  double fail_above = -1;  // a fraction: exit 1 where a customer's share is above it; negative = no gate
};

struct SupplierDependence {
  CompanyIndex supplier = 0;
  double attributed = 0;  // Σ low w, 0..1
  double hhi_low = 0;     // 10⁴ Σ w², 0..10,000
  double hhi_high = 0;    // 10⁴ (Σ w² + r²), r = 1 − Σ w
  bool quantified = false;
  double largest_share = 0;                      // low, also of an aggregate
  std::optional<CompanyIndex> largest_customer;  // no aggregate
  std::vector<CompanyIndex> major_customers;     // low share ≥ 10 %, no aggregate
};

struct DependenceResult {
  std::shared_ptr<const RevenueLinks> links;
  std::vector<SupplierDependence> suppliers;  // by largest customer's share, largest first; unquantified last
};

/// By low share, largest first; unquantified last.
std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier);

/// O(relations log customers). Throws BadData for shares above 100 %, Question for an unknown supplier.
DependenceResult dependence(const Model& model, const DependenceParams& params);

Report report(const Model& model, const std::shared_ptr<const DependenceResult>& result,
              const DependenceParams& params);

extern const Pass dependence_pass;

}  // namespace tierscope::core
