#pragma once
// Who relies on which customers (definitions, section 4).

#include <optional>
#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct DependenceOptions {
  View view;
  std::string supplier;    // one supplier only: by id, name or ticker; empty = all
  double fail_above = -1;  // a fraction: the gate closes where a customer's share is above it; negative = no gate

  static constexpr void describe(const auto& field) {
    using O = DependenceOptions;
    field("supplier", &O::supplier, "one supplier only", Metavar{"COMPANY"});
    field("fail-above", &O::fail_above, "exit 1 if a customer's share is above it, as in 50%", Unit::share);
  }
};

struct CustomerRow {
  Company customer;
  Quantity share;
  Quantity amount;
  std::string reason;
  bool major = false;
  Date as_of;
  Confidence confidence = Confidence::none;
  std::size_t relations_without_figure = 0;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = CustomerRow;
    field("customer", &R::customer, "who buys", key);
    field("share", &R::share, "of the supplier's revenue; null: unquantified", Unit::share);
    field("amount", &R::amount, "paid in a year: as the rows report, else share and revenue of one year; null: unknown",
          Unit::money, Show::if_any);
    field("reason", &R::reason, "why the share is unknown; null: it is known", Show::if_any);
    field("major", &R::major, "it has 10 % or more at least, and is no aggregate");
    field("as_of", &R::as_of, "the newest date of the figures behind the share, without one of the relations");
    field("confidence", &R::confidence,
          "the weakest of the figures behind the share, without one of the relations; null: not stated", Show::never);
    field("relations_without_figure", &R::relations_without_figure, "links of items that add nothing to the share",
          Unit::count, Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
  }
};
static_assert(all_described<CustomerRow>);

struct DependenceRow {
  Company supplier;
  std::optional<double> attributed;  // none: no customer is quantified
  double unattributed = 1;
  Quantity hhi;
  std::optional<Company> largest_customer;
  std::vector<Company> major_customers;
  Date oldest, newest;
  std::vector<CustomerRow> customers;  // by low share, largest first, then by id; unquantified last

  static constexpr void describe(const auto& field) {
    using R = DependenceRow;
    field("supplier", &R::supplier, "who sells", key);
    field("attributed", &R::attributed, "sum of the low shares; null: no customer is quantified", Unit::share);
    field("unattributed", &R::unattributed, "the rest of the revenue: nobody reported whose it is", Unit::share,
          Show::never);
    field("hhi", &R::hhi,
          "of the customers' shares, from what is reported to what is possible; an aggregate is no customer", Unit::hhi,
          Label{"HHI"});
    field("largest_customer", &R::largest_customer, "with the largest low share, no aggregate", Show::never);
    field("major_customers", &R::major_customers, "with 10 % or more, no aggregates", Show::never);
    field("oldest", &R::oldest, "the oldest date of the figures behind it", Show::never);
    field("newest", &R::newest, "the newest date of the figures behind it", Show::never);
    field("customers", &R::customers, "its customers, largest share first", Show::rows);
  }
};
static_assert(all_described<DependenceRow>);

struct Dependence {
  About about;
  Table<DependenceRow> results;  // by the largest customer's share, largest first; unquantified last
  Table<RelationRow> not_counted;
  std::size_t unquantified_links = 0;

  static constexpr void describe(const auto& field) {
    using A = Dependence;
    field("results", &A::results, "the suppliers and what share of their revenue each customer pays",
          Called{"customers"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
    field("unquantified_links", &A::unquantified_links,
          "links without a share and without an annual amount of a year whose revenue is known, and those whose "
          "figures are too old or contradict each other",
          Unit::count);
  }
};

/// Counts `active` relations unless the view says otherwise. Of a supplier whose shares contradict each other none is
/// known, and a note names the rows; under a strict view that is a problem. An aggregate has no row. O(relations log
/// customers).
Result<Dependence> dependence(Model model, const DependenceOptions& options);

}  // namespace tierscope
