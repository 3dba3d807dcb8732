#pragma once
// Who relies on which customers (definitions, section 4).

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/shares.hpp"

namespace tierscope::core {

struct SupplierDependence {
  CompanyIndex supplier = 0;
  double attributed = 0;  // Σ low w, 0..1
  double hhi_low = 0;     // 10⁴ Σ w², 0..10,000
  double hhi_high = 0;    // 10⁴ (Σ w² + r²), r = 1 − Σ w
  bool quantified = false;
  double largest_share = 0;                      // low, also of an aggregate
  std::optional<CompanyIndex> largest_customer;  // no aggregate
  std::vector<CompanyIndex> major_customers;     // low share ≥ 10 %, no aggregate: ten at most
};

struct DependenceResult {
  std::shared_ptr<const RevenueLinks> links;
  std::optional<CompanyIndex> asked;          // for one supplier only
  std::vector<SupplierDependence> suppliers;  // by largest customer's share, largest first; unquantified last
};

/// By low share, largest first; unquantified last.
std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier);

/// Of one supplier or of all. O(relations log customers). Throws BadData for shares above 100 %.
DependenceResult dependence(const Model& model, std::optional<CompanyIndex> supplier = {});

/// What a reader is told with the answer.
std::vector<std::string> dependence_notes(const Model& model, const DependenceResult& result);

}  // namespace tierscope::core
