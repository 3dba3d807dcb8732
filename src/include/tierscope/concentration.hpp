#pragma once
// Where there is only one supplier (definitions, section 6).

#include <tierscope/model.hpp>

namespace tierscope {

/// From the most severe on; none: a purchase that names neither category nor item.
enum class Level : std::uint8_t {
  sole_source,
  single_source,
  dominant,
  partly_recorded,
  high,
  moderate,
  low,
  unknown,
  none
};
std::string_view to_string(Level level);

struct ConcentrationOptions {
  View view;
  std::string customer;    // one customer only: by id, name or ticker; empty = all
  std::string supplier;    // purchases in which it is a recorded supplier only; empty = all
  std::string category;    // one category only; empty = all
  double fail_above = -1;  // an HHI: the gate closes where a proven (low) HHI is above it; negative = no gate

  static constexpr void describe(const auto& field) {
    using O = ConcentrationOptions;
    field("customer", &O::customer, "one customer only", Metavar{"COMPANY"});
    field("supplier", &O::supplier, "for whom is it the only one: purchases in which it is a recorded supplier",
          Metavar{"COMPANY"});
    field("category", &O::category, "one category only", Metavar{"CATEGORY"});
    field("fail-above", &O::fail_above, "exit 1 if an HHI (its low bound) is above it", Unit::hhi, Between{0, 1e4});
  }
};

/// A supplier that counts, with the sum of its shares; or one relation that stands beside, and why.
struct SupplierRow {
  Company supplier;
  Quantity share;
  Quantity recorded_share;
  std::string_view claim;
  std::string_view status;
  bool counted = false;
  std::string why;
  Date as_of;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = SupplierRow;
    field("supplier", &R::supplier, "who sells", key);
    field("share", &R::share, "of the customer's purchases of the category; null: unknown", Unit::share);
    field("recorded_share", &R::recorded_share,
          "of recorded spend, where the purchase has recorded_hhi; it says nothing about what is not recorded",
          Unit::share, Label{"of recorded spend"}, Show::if_any);
    field("supplier_claim", &R::claim, "what the source itself calls the supplier: sole, primary, major or named",
          Label{"source says"}, Show::if_any);
    field("status", &R::status, "of its first relation", Show::never);
    field("counted", &R::counted, "false: a relation that stands beside, in no figure of the purchase", Show::never);
    field("why", &R::why,
          "it is not counted (aggregate: not one company; or its status), or a share that is stated does not count",
          Label{"beside"}, Show::if_any);
    field("as_of", &R::as_of, "the newest date of the relations behind it", Show::never);
    field("confidence", &R::confidence,
          "the weakest of the figures behind the share, without one of the relations; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
  }
};
static_assert(all_described<SupplierRow>);

/// One customer's purchases of one category; where a relation names no category, its item stands for it. Where no
/// supplier's share is known, the HHI lies between 0 and 10,000, and the largest share between 0 and 100 %. A purchase
/// that names neither has no level and no figure: its suppliers may sell different things.
struct ConcentrationRow {
  Company customer;
  std::string_view category;
  std::string_view by;
  std::size_t count = 0;
  Quantity covered;
  Quantity hhi;
  Level level = Level::unknown;
  std::string_view claim;
  Quantity top_share;
  Quantity effective_suppliers;
  Quantity recorded_hhi;
  Date oldest, newest;
  std::vector<SupplierRow> suppliers;  // counted ones by low share, largest first, unknown last; then those beside

  static constexpr void describe(const auto& field) {
    using R = ConcentrationRow;
    field("customer", &R::customer, "who buys", key);
    field("category", &R::category, "what is bought, else the item; null: neither is given", key);
    field("by", &R::by, "item: named by its item, for want of a category", Show::if_any);
    field("count", &R::count, "of recorded suppliers that count", Unit::count, Label{"recorded"});
    field("covered", &R::covered, "what the known shares come to; null: no share is known", Unit::share);
    field("hhi", &R::hhi, "of the suppliers' shares, from what is reported to what is possible", Unit::hhi,
          Label{"HHI"});
    field("level", &R::level,
          "sole-source, single-source, dominant, partly-recorded, high, moderate, low or unknown; null: nothing says "
          "what is bought");
    field("claim", &R::claim, "what the source itself calls the only recorded supplier: sole, primary, major or named",
          Show::never);
    field("top_share", &R::top_share, "of the largest supplier, recorded or not", Unit::share, Show::never);
    field("effective_suppliers", &R::effective_suppliers, "10,000 / HHI", Unit::count, Show::never);
    field("recorded_hhi", &R::recorded_hhi,
          "of recorded spend, where all recorded suppliers have an annual amount of one year and currency; it says "
          "nothing about what is not recorded",
          Unit::hhi, Label{"HHI of recorded spend"}, Show::if_any);
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
/// Shares of one purchase that contradict each other are unknown, which a note says and a warning beside the answer.
/// O(relations log relations).
Result<Concentration> concentration(Model model, const ConcentrationOptions& options);

}  // namespace tierscope
