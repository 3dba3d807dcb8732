#pragma once
// Where is there only one supplier (definitions, section 6).

#include <cstdint>
#include <string>
#include <vector>

#include "ask/pass.hpp"

namespace tierscope::core {

struct ConcentrationParams {
  std::string customer;    // one customer only; empty = all
  std::string category;    // one category only; empty = all
  double fail_above = -1;  // an HHI: exit 1 where the proven (low) HHI is above it; negative = no gate
};

enum class Level : std::uint8_t { sole_source, single_source, dominant, high, moderate, low, unknown };
std::string_view to_string(Level level);

struct SupplyShare {
  CompanyIndex supplier = 0;
  Quantity share;  // sum over items, fractions of the customer's purchases of the category; unknown if none is reported
  std::vector<const Relation*> relations;
};

/// One customer's suppliers of one category; where a relation names no category, its item stands for it.
struct Concentration {
  CompanyIndex customer = 0;
  Text category;                        // empty: neither category nor item is given
  std::vector<SupplyShare> suppliers;   // no aggregates; by low share, largest first, unknown last
  std::vector<const Relation*> beside;  // not counted for their status, nor ended; and aggregates ("various")
  double covered = 0;                   // Σ low over the suppliers, 0..1
  double top_low = 0;                   // the largest supplier's share lies between these; 0..1
  double top_high = 1;
  double hhi_low = 0;        // 0 where no share is known
  double hhi_high = 10'000;  // the unreported rest at one unknown supplier
  Level level = Level::unknown;
};

struct ConcentrationResult {
  std::vector<Concentration> groups;  // most severe level first, then by proven HHI, ties in input order
};

/// O(relations log relations). HHI bounds and levels: definitions, section 6 (2023 US merger guidelines).
ConcentrationResult concentration(const Model& model, const ConcentrationParams& params);

/// The effective number of suppliers, 10⁴ / HHI: from `low` to `high`, which is infinite where no share is known.
struct EffectiveSuppliers {
  double low = 0;
  double high = 0;
};
EffectiveSuppliers effective_suppliers(const Concentration& group);
/// Does the largest supplier's share lie between known bounds?
bool top_share_known(const Concentration& group);

Report report(const Model& model, const ConcentrationParams& params);

extern const Pass concentration_pass;

}  // namespace tierscope::core
