#pragma once
// Where there is only one supplier (definitions, section 6).

#include <tierscope/model.hpp>

namespace tierscope {

enum class Level : std::uint8_t { sole_source, single_source, dominant, high, moderate, low, unknown };
std::string_view to_string(Level level);

struct ConcentrationOptions {
  View view;
  std::string customer;    // one customer only: by id, name or ticker; empty = all
  std::string category;    // one category only; empty = all
  double fail_above = -1;  // an HHI: the gate closes where a proven (low) HHI is above it; negative = no gate

  static constexpr void describe(const auto& field) {
    using O = ConcentrationOptions;
    field("customer", &O::customer, "one customer only", Metavar{"COMPANY"});
    field("category", &O::category, "one category only", Metavar{"CATEGORY"});
    field("fail-above", &O::fail_above, "exit 1 if an HHI (its low bound) is above it", Unit::hhi, Between{0, 1e4});
  }
};

/// A supplier that counts, with the sum of its shares; or one relation that stands beside, and why.
struct SupplierRow {
  Company supplier;
  Quantity share;
  std::string_view status;
  bool counted = false;
  std::string_view why;
  Date as_of;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = SupplierRow;
    field("supplier", &R::supplier, "who sells", key);
    field("share", &R::share, "of the customer's purchases of the category; null: not reported", Unit::share);
    field("status", &R::status, "of its first relation", Show::never);
    field("counted", &R::counted, "false: a relation that stands beside, in no figure of the purchase", Show::never);
    field("why", &R::why, "it is not counted: aggregate (not one company), or its status", Label{"not counted"},
          Show::if_any);
    field("as_of", &R::as_of, "the newest date of the relations behind it", Show::never);
    field("confidence", &R::confidence,
          "the weakest of the figures behind the share, without one of the relations; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
  }
};
static_assert(all_described<SupplierRow>);

/// One customer's purchases of one category; where a relation names no category, its item stands for it. Its figures
/// are unknown where no supplier's share is reported.
struct ConcentrationRow {
  Company customer;
  std::string_view category;
  std::size_t count = 0;
  Quantity hhi;
  Level level = Level::unknown;
  Quantity top_share;
  double covered = 0;
  Quantity effective_suppliers;
  Date oldest, newest;
  std::vector<SupplierRow> suppliers;  // counted ones by low share, largest first, unknown last; then those beside

  static constexpr void describe(const auto& field) {
    using R = ConcentrationRow;
    field("customer", &R::customer, "who buys", key);
    field("category", &R::category, "what is bought, else the item; null: neither is given", key);
    field("count", &R::count, "of recorded suppliers that count", Unit::count, Show::never);
    field("hhi", &R::hhi, "of the suppliers' shares, from what is reported to what is possible", Unit::hhi,
          Label{"HHI"});
    field("level", &R::level, "sole-source, single-source, dominant, high, moderate, low or unknown");
    field("top_share", &R::top_share, "of the largest supplier, recorded or not", Unit::share, Show::never);
    field("covered", &R::covered, "sum of the low shares", Unit::share, Show::never);
    field("effective_suppliers", &R::effective_suppliers, "10,000 / HHI", Unit::count, Show::never);
    field("oldest", &R::oldest, "the oldest date of the relations that count", Show::never);
    field("newest", &R::newest, "the newest date of the relations that count", Show::never);
    field("suppliers", &R::suppliers, "those that count, then those beside", Show::rows);
  }
};
static_assert(all_described<ConcentrationRow>);

struct Concentration {
  About about;
  Table<ConcentrationRow> results;  // most severe level first, then by proven HHI, ties in input order

  static constexpr void describe(const auto& field) {
    field("results", &Concentration::results, "the purchases and their recorded suppliers", Called{"purchases"});
  }
};

/// HHI bounds and levels as in the 2023 US merger guidelines. Counts `active` relations unless the view says otherwise.
/// O(relations log relations).
Result<Concentration> concentration(Model model, const ConcentrationOptions& options);

}  // namespace tierscope
