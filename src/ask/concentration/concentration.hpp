#pragma once
// Where is there only one supplier (definitions, section 6).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <tierscope/concentration.hpp>

#include "model/model.hpp"

namespace tierscope::core {

using tierscope::Level;

struct SupplyShare {
  CompanyIndex supplier = 0;
  Quantity share;  // sum over items, fractions of the customer's purchases of the category; unknown if none is reported
  Confidence confidence = Confidence::none;  // the weakest of the figures that make up the share
  std::vector<const Relation*> relations;
};

/// One customer's suppliers of one category; where a relation names no category, its item stands for it.
struct Concentration {
  CompanyIndex customer = 0;
  Text category;                        // empty: neither category nor item is given
  std::vector<SupplyShare> suppliers;   // no aggregates; by low share, largest first, unknown last
  std::vector<const Relation*> beside;  // not counted for their status, nor ended; and aggregates ("various")
  bool quantified = false;              // some supplier's share is known
  double covered = 0;                   // Σ low over the suppliers, 0..1
  double top_low = 0;                   // the largest supplier's share lies between these, recorded or not; 0..1
  double top_high = 1;
  double hhi_low = 0;        // 0 where no share is known
  double hhi_high = 10'000;  // the unreported rest at one unknown supplier
  Level level = Level::unknown;
};

/// The purchases of one customer or all, of one category or all: most severe level first, then by proven HHI, ties in
/// input order. The model must outlive it. O(relations log relations); 4 bytes a relation and 40 a purchase.
class Purchases {
 public:
  /// Throws Question where nothing is bought of the category.
  explicit Purchases(const Model& model, std::optional<CompanyIndex> customer = {}, std::string_view category = {});
  std::size_t size() const { return order_.size(); }
  /// Made when it is asked for: O(its own relations).
  Concentration operator[](std::size_t rank) const { return made(purchases_[order_[rank]]); }
  /// Is the relation, whatever its status, of one of these purchases?
  bool concern(const Relation& relation) const;

 private:
  struct Purchase {
    CompanyIndex customer = 0;
    Text category;
    std::uint32_t first = 0, last = 0;                // in rows_
    std::uint32_t first_beside = 0, last_beside = 0;  // in aside_
    Level level = Level::unknown;
    double hhi_low = 0;
  };
  Concentration made(const Purchase& purchase) const;

  const Model& model_;
  std::vector<std::uint32_t> rows_;     // purchase by purchase
  std::vector<const Relation*> aside_;  // by customer, then category, then row
  std::vector<Purchase> purchases_;     // by customer, then category
  std::vector<std::uint32_t> order_;    // by rank
};

struct ConcentrationResult {
  std::vector<Concentration> groups;  // in the order of Purchases
};

/// All of them at once. HHI bounds and levels: definitions, section 6 (2023 US merger guidelines).
ConcentrationResult concentration(const Model& model, std::optional<CompanyIndex> customer = {});

/// The effective number of suppliers, 10⁴ / HHI: from `low` to `high`, which is infinite where no share is known.
struct EffectiveSuppliers {
  double low = 0;
  double high = 0;
};
EffectiveSuppliers effective_suppliers(const Concentration& group);

/// What a reader is told with the answer.
std::vector<std::string> concentration_notes(const Model& model, const Purchases& purchases);

}  // namespace tierscope::core
