#pragma once
// Who stands between, whose loss stops a company, and which second source is none (definitions, section 8.1).

#include <optional>
#include <string>

#include <tierscope/model.hpp>

namespace tierscope {

struct ChokepointsOptions {
  View view;
  std::string to;            // the company that is supplied: by id, name or ticker
  std::string category;      // of its purchases this one only; empty = all
  std::string company;       // this one upstream only; empty = all
  std::size_t top = 50;      // of large graphs: how many companies' loss is followed
  bool fail_if_any = false;  // the gate closes where a company's loss takes a category

  static constexpr void describe(const auto& field) {
    using O = ChokepointsOptions;
    field("to", &O::to, "the company that is supplied", Metavar{"COMPANY"}, required);
    field("category", &O::category, "of its purchases this one only", Metavar{"CATEGORY"});
    field("company", &O::company, "this one upstream only", Metavar{"COMPANY"});
    field("top", &O::top,
          "above 20,000 relations: of how many companies, those that reach most, the loss is followed (50)",
          Between{1, 100'000});
    field("fail-if-any", &O::fail_if_any, "exit 1 if the loss of one company would take a category");
  }
};

/// A company's sale on the way to the one that is supplied.
struct ChokepointSale {
  Company buyer;
  std::string_view what;
  Quantity share;
  Date as_of;
  Confidence confidence = Confidence::none;
  std::vector<std::string_view> sources;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = ChokepointSale;
    field("buyer", &R::buyer, "who buys, on the way or at its end", key);
    field("what", &R::what, "the category, else the item; null: neither is given");
    field("supply_share", &R::share, "of the customer's purchases of it; null: unknown", Unit::share);
    field("as_of", &R::as_of, "of the relation");
    field("confidence", &R::confidence, "of the relation; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<ChokepointSale>);

/// What a company is to one of the purchases of the one that is supplied, which has several direct suppliers.
struct SharedSupplier {
  Company who;
  std::string_view category;
  std::size_t reaches = 0, of = 0;
  std::optional<std::size_t> needed_by;
  std::string_view level;

  static constexpr void describe(const auto& field) {
    using R = SharedSupplier;
    field("who", &R::who, "the company upstream");
    field("category", &R::category, "what is bought", key);
    field("reaches", &R::reaches, "direct suppliers of it upstream of which the company is, or which it is",
          Unit::count);
    field("of", &R::of, "recorded direct suppliers of it", Unit::count);
    field("needed_by", &R::needed_by,
          "direct suppliers that its loss would stop, itself among them; null: not followed", Unit::count);
    field("level", &R::level, "waist: needed by all of them; shared: it reaches all; partly: two or more");
  }
};
static_assert(all_described<SharedSupplier>);

struct ChokepointRow {
  Company company, customer;
  std::size_t tier = 0;
  std::vector<std::string_view> categories_lost;
  std::optional<std::size_t> stopped;
  std::vector<Company> stops;
  std::size_t dominated = 0;
  std::vector<Company> behind;
  std::vector<SharedSupplier> shared;
  Date newest;
  std::vector<std::string_view> sources;
  std::vector<ChokepointSale> sales;

  static constexpr void describe(const auto& field) {
    using R = ChokepointRow;
    field("company", &R::company, "who is upstream", key);
    field("customer", &R::customer, "the company that is supplied", key);
    field("tier", &R::tier, "supply links to the company that is supplied, by the shortest chain", Unit::count);
    field("categories_lost", &R::categories_lost,
          "of the purchases: those of which no recorded supplier would be left without it", Label{"would be lost"});
    field("stopped", &R::stopped,
          "how many others would stop with it, as nothing recorded replaces it; null: not followed", Unit::count,
          Label{"stops"});
    field("stops", &R::stops, "who they are, upstream or not; the first 1,000", Show::never);
    field("dominated", &R::dominated, "how many companies upstream reach the one that is supplied through it alone",
          Unit::count, Label{"stands before"});
    field("behind", &R::behind, "who they are; the first 1,000", Show::never);
    field("shared", &R::shared, "purchases with several direct suppliers behind two or more of which it stands",
          Show::table, Called{"shared"}, Label{"Behind several direct suppliers"});
    field("as_of", &R::newest, "the newest date of its sales on the way", Show::never);
    field("sources", &R::sources, "ids of sources, of its sales on the way", Unit::sources, Show::never);
    field("sales", &R::sales, "its sales to the company that is supplied, or on the way to it", Show::never,
          Called{"sales"});
  }
};
static_assert(all_described<ChokepointRow>);

struct Chokepoints {
  About about;
  // By categories lost, companies stopped, companies behind (most first), tier, id.
  Table<ChokepointRow> results;
  Table<RelationRow> not_counted;

  static constexpr void describe(const auto& field) {
    using A = Chokepoints;
    field("results", &A::results, "the companies upstream", Called{"companies"});
    field("not_counted", &A::not_counted, "relations of other statuses", Label{"Not counted"});
  }
};

/// What is recorded decides: a supplier who is not in the data would soften every row. Aggregates are left out first.
/// Up to 20,000 relations each company's loss is followed: O(companies × relations) at worst. Above, that of `top`:
/// those that reach most companies, by an estimate from 32 samples a company; O(top × relations).
Result<Chokepoints> chokepoints(Model model, const ChokepointsOptions& options);

}  // namespace tierscope
