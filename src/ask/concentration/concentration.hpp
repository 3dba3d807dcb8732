#pragma once
// Where is there only one supplier (definitions, section 6).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/concentration.hpp>

#include "model/model.hpp"

namespace tierscope::core {

using tierscope::Level;

/// What a company sells itself stays inside it.
inline bool is_sale(const Relation& relation) {
  return relation.kind == Kind::supplies && relation.from != relation.to;
}
/// The category of a purchase, else its item; empty: neither is given.
inline Text category_of(const Relation& relation) { return relation.category ? relation.category : relation.item; }

struct SupplyShare {
  CompanyIndex supplier = 0;
  Quantity share;  // sum over items, fractions of the customer's purchases of the category, with its grade; or unknown
  Quantity recorded_share;           // of recorded spend, where there is one
  Claim claim = Claim::none;         // the source's own word; of several the weakest
  std::uint32_t without_figure = 0;  // links (items) that add nothing to the share
  const Relation* stale = nullptr;   // states a share that is too old beside the purchase's newest
  std::vector<const Relation*> relations;
};

/// One customer's suppliers of one category; where a relation names no category, its item stands for it.
struct Concentration {
  CompanyIndex customer = 0;
  Text category;                        // empty: neither category nor item is given: no level, and no figure
  bool by_item = false;                 // some relation names no category
  std::vector<SupplyShare> suppliers;   // no aggregates; by low share, largest first, unknown last
  std::vector<const Relation*> beside;  // of others: not counted for their status; and aggregates ("various")
  bool aggregates = false;              // some of those beside are counted aggregates
  bool contradicted = false;            // the shares come to more than 100 %: all are unknown
  bool several_buyers = false;          // members of a group: what share of the group's purchases, nobody knows
  bool quantified = false;              // some supplier's share is known
  Quantity covered;                     // what the known shares come to, 0..1
  double top_low = 0;                   // the largest supplier's share lies between these, recorded or not; 0..1
  double top_high = 1;
  double hhi_low = 0;        // 0 where no share is known
  double hhi_high = 10'000;  // the unreported rest at one unknown supplier
  Grade grade;               // of all of these: of every share that is summed, aggregates' too
  Quantity recorded_hhi;     // of recorded spend
  Level level = Level::unknown;
};

/// Which purchases are asked for; what is not said is all.
struct PurchasesAsked {
  std::optional<CompanyIndex> customer{};
  std::optional<CompanyIndex> supplier{};  // is a recorded one
  std::string_view category{};
};

/// Purchases, none of an aggregate: most severe level first, then by proven HHI, ties in input order. The model must
/// outlive it. O(relations log relations); 4 bytes a relation and 40 a purchase.
class Purchases {
 public:
  /// Throws Question where nothing is bought of the category, and BadData where shares contradict under a strict view.
  explicit Purchases(const Model& model, const PurchasesAsked& asked = {});
  std::size_t size() const { return order_.size(); }
  /// Made when it is asked for: O(its own relations).
  Concentration operator[](std::size_t rank) const { return made(purchases_[order_[rank]]); }
  /// Is the relation, whatever its status, of one of these purchases?
  bool concern(const Relation& relation) const;
  /// A problem for each purchase whose shares contradict each other, naming rows and the view's date.
  const Problems& contradictions() const { return contradictions_; }
  const PurchasesAsked& asked() const { return asked_; }

 private:
  struct Purchase {
    CompanyIndex customer = 0;
    Text category;
    std::uint32_t first = 0, last = 0;                // in rows_
    std::uint32_t first_beside = 0, last_beside = 0;  // in aside_
    Level level = Level::unknown;
    double hhi_low = 0;
  };
  bool sold_by(const Purchase& purchase, CompanyIndex supplier) const;
  /// Its contradiction and the low share of aggregates are told where somebody asks.
  Concentration made(const Purchase& purchase, Problems* contradictions = nullptr, double* aggregates = nullptr) const;

  const Model& model_;
  PurchasesAsked asked_;
  std::vector<std::uint32_t> rows_;                                // purchase by purchase
  std::vector<std::pair<std::uint64_t, const Relation*>> inside_;  // of groups, from their own members, by purchase
  std::vector<const Relation*> aside_;                             // by customer, then category, then row
  std::vector<Purchase> purchases_;                                // by customer, then category
  std::vector<std::uint32_t> order_;                               // by rank
  Problems contradictions_;
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

/// `sole source`, `partly recorded`, `high concentration`, `concentration unknown`.
std::string_view level_words(Level level);

/// What a reader is told with the answer.
std::vector<std::string> concentration_notes(const Model& model, const Purchases& purchases);

}  // namespace tierscope::core
