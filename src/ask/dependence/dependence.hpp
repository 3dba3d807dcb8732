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
  double hhi_low = 0;     // of the customers that are companies (ask/hhi.hpp)
  double hhi_high = 0;
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

/// By low share, largest first, then by id; unquantified last.
std::vector<RevenueLink> customers_of(const RevenueLinks& links, CompanyIndex supplier);

/// Of one supplier or of all: of each company, not of an aggregate, whose customers are recorded. O(relations log
/// customers). Throws Question where the view wants a currency that no rate leads to, BadData under a strict view.
DependenceResult dependence(const Model& model, std::optional<CompanyIndex> supplier = {});

/// What a reader is told with the answer.
std::vector<std::string> dependence_notes(const Model& model, const DependenceResult& result);

}  // namespace tierscope::core
