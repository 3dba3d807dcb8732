#pragma once
// The blocks `at-0`, `at-1` … of a page: the answers at one date. Shares are fractions, an HHI is 0 to 10,000.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "show/page/graph_block.hpp"

namespace tierscope::core {

/// Of a row whose numbers are no quantities.
inline constexpr std::string_view page_marks = "what stands around its numbers: ~ before, est. behind";

struct PageRange {
  double low = 0;
  std::optional<double> high;

  static constexpr void describe(const auto& field) {
    field("low", &PageRange::low, "at least");
    field("high", &PageRange::high, "at most; null: no upper bound");
  }
};
static_assert(all_described<PageRange>);

/// One end of a link between a supplier and a customer.
struct PageCustomer {
  CompanyPlace customer = 0;
  api::Quantity share, amount;
  std::string reason;
  std::vector<RelationPlace> rows;

  static constexpr void describe(const auto& field) {
    field("customer", &PageCustomer::customer, "who pays", company_place);
    field("share", &PageCustomer::share, "of the supplier's revenue", Unit::share);
    field("amount", &PageCustomer::amount, "paid in a year; null: unknown", Unit::money);
    field("reason", &PageCustomer::reason, "why the share is unknown");
    field("rows", &PageCustomer::rows, "that say so", relation_place);
  }
};
static_assert(all_described<PageCustomer>);

struct PageDependence {
  CompanyPlace supplier = 0;
  double attributed = 0;
  PageRange hhi;
  std::string_view marks;
  bool quantified = false;
  std::optional<CompanyPlace> largest;
  std::vector<CompanyPlace> major;
  std::vector<PageCustomer> customers;

  static constexpr void describe(const auto& field) {
    using R = PageDependence;
    field("supplier", &R::supplier, "who sells", company_place);
    field("attributed", &R::attributed, "to recorded customers", Unit::share);
    field("hhi", &R::hhi, "of the customers' shares", Unit::hhi);
    field("marks", &R::marks, page_marks);
    field("quantified", &R::quantified, "some share is known");
    field("largest", &R::largest, "customer, no aggregate", company_place);
    field("major", &R::major, "customers with at least 10 %", company_place);
    field("customers", &R::customers, "largest share first, unknown last");
  }
};
static_assert(all_described<PageDependence>);

struct PageDependences {
  std::vector<PageDependence> results;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    field("results", &PageDependences::results, "largest customer's share first");
    field("notes", &PageDependences::notes, "how to read them");
  }
};
static_assert(all_described<PageDependences>);

struct PageChain {
  double share = 0;
  std::vector<CompanyPlace> companies;

  static constexpr void describe(const auto& field) {
    field("share", &PageChain::share, "product of the low shares along it", Unit::share);
    field("companies", &PageChain::companies, "from the supplier to the customer", company_place);
  }
};
static_assert(all_described<PageChain>);

struct PageExposure {
  CompanyPlace supplier = 0;
  std::optional<double> direct;
  double indirect = 0, total = 0, other = 0, unattributed = 0, trapped = 0;
  std::string_view marks;
  api::Quantity amount;
  std::vector<PageChain> chains;

  static constexpr void describe(const auto& field) {
    using R = PageExposure;
    field("supplier", &R::supplier, "who sells", company_place);
    field("direct", &R::direct, "paid by the customer itself; null: a direct link without a figure", Unit::share);
    field("indirect", &R::indirect, "paid by it through other companies", Unit::share);
    field("total", &R::total, "direct and indirect, the least that the figures add up to", Unit::share);
    field("other", &R::other, "ends at companies with no recorded customer", Unit::share);
    field("unattributed", &R::unattributed, "nobody reported whose it is", Unit::share);
    field("trapped", &R::trapped, "circles for ever in a closed loop", Unit::share);
    field("marks", &R::marks, page_marks);
    field("amount", &R::amount, "the total of the supplier's revenue, at least; null: unknown", Unit::money);
    field("chains", &R::chains, "the strongest; of the first suppliers alone");
  }
};
static_assert(all_described<PageExposure>);

struct PageTarget {
  CompanyPlace target = 0;
  std::vector<PageExposure> suppliers;
  std::size_t zero = 0, left_out = 0;
  std::vector<CompanyPlace> unquantified;
  std::size_t unquantified_left_out = 0;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    using R = PageTarget;
    field("target", &R::target, "the customer that the revenue comes from", company_place);
    field("suppliers", &R::suppliers, "largest total first");
    field("zero", &R::zero, "how many suppliers have figures, of which nothing adds up here");
    field("left_out", &R::left_out, "how many suppliers are left out for size");
    field("unquantified", &R::unquantified,
          "suppliers of whom a chain is recorded, but no share, or not the direct one", company_place);
    field("unquantified_left_out", &R::unquantified_left_out, "how many of these are left out for size");
    field("notes", &R::notes, "of this target alone");
  }
};
static_assert(all_described<PageTarget>);

struct PageExposures {
  std::vector<PageTarget> results;
  std::vector<CompanyPlace> left_out;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    field("results", &PageExposures::results, "customers with most suppliers first");
    field("left_out", &PageExposures::left_out, "customers without an answer here, for size", company_place);
    field("notes", &PageExposures::notes, "of all of them");
  }
};
static_assert(all_described<PageExposures>);

struct PageSupplier {
  CompanyPlace supplier = 0;
  api::Quantity share;
  std::vector<RelationPlace> rows;

  static constexpr void describe(const auto& field) {
    field("supplier", &PageSupplier::supplier, "who sells", company_place);
    field("share", &PageSupplier::share, "of the customer's purchases of the category", Unit::share);
    field("rows", &PageSupplier::rows, "that say so", relation_place);
  }
};
static_assert(all_described<PageSupplier>);

struct PagePurchase {
  CompanyPlace customer = 0;
  std::string_view category;
  std::uint8_t level = 0;
  PageRange hhi;
  std::optional<PageRange> top;
  api::Quantity covered;
  PageRange effective;
  std::string_view marks;
  std::vector<PageSupplier> suppliers;
  std::vector<RelationPlace> beside;

  static constexpr void describe(const auto& field) {
    using R = PagePurchase;
    field("customer", &R::customer, "who buys", company_place);
    field("category", &R::category, "or the item where none is given");
    field("level", &R::level, "index into levels");
    field("hhi", &R::hhi, "of the suppliers' shares; 0 to 10,000 where none is known", Unit::hhi);
    field("top", &R::top, "the largest supplier's share lies between; null: nothing says what is bought", Unit::share);
    field("covered", &R::covered, "what the known shares come to; null: no share is known", Unit::share);
    field("effective", &R::effective, "number of suppliers, 10,000 / HHI");
    field("marks", &R::marks, page_marks);
    field("suppliers", &R::suppliers, "largest share first, unknown last");
    field("beside", &R::beside, "not counted: for their status, or of aggregates", relation_place);
  }
};
static_assert(all_described<PagePurchase>);

struct PageConcentrations {
  std::vector<PagePurchase> results;
  std::size_t left_out = 0;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    field("results", &PageConcentrations::results, "most severe first");
    field("left_out", &PageConcentrations::left_out, "how many are left out for size");
    field("notes", &PageConcentrations::notes, "how to read them");
  }
};
static_assert(all_described<PageConcentrations>);

struct PageHop {
  CompanyPlace from = 0, to = 0;
  api::Quantity amount;
  std::vector<RelationPlace> rows;

  static constexpr void describe(const auto& field) {
    field("from", &PageHop::from, "who pays", company_place);
    field("to", &PageHop::to, "who is paid", company_place);
    field("amount", &PageHop::amount, "what the known cash comes to", Unit::money);
    field("rows", &PageHop::rows, "its legs", relation_place);
  }
};
static_assert(all_described<PageHop>);

struct PageLoop {
  std::vector<CompanyPlace> companies;
  std::vector<std::uint32_t> hops;
  std::uint8_t loop_class = 0;
  api::Quantity amount, amount_in_force;
  std::string amount_reason;
  bool contingent = false, hinges_on_contingent = false;
  std::optional<bool> time_ordered;

  static constexpr void describe(const auto& field) {
    using R = PageLoop;
    field("companies", &R::companies, "in the order of the money, from the smallest id", company_place);
    field("hops", &R::hops, "indices into hops, that from companies[i] at i");
    field("class", &R::loop_class, "index into classes");
    field("amount", &R::amount, "that circulates: the least of its hops", Unit::money);
    field("amount_in_force", &R::amount_in_force, "the same of active legs", Unit::money);
    field("amount_reason", &R::amount_reason, "why there is none");
    field("contingent", &R::contingent, "some leg is a guarantee or a grant");
    field("hinges_on_contingent", &R::hinges_on_contingent, "a hop has no other legs");
    field("time_ordered", &R::time_ordered,
          "financing first, and never back in time; null: no leg is financing, or a hop has no date");
  }
};
static_assert(all_described<PageLoop>);

struct PageLength {
  std::size_t length = 0;
  std::vector<std::size_t> classes;

  static constexpr void describe(const auto& field) {
    field("length", &PageLength::length, "in hops");
    field("classes", &PageLength::classes, "how many loops of each class, in the order of classes");
  }
};
static_assert(all_described<PageLength>);

struct PageCycles {
  std::size_t count = 0;
  bool complete = true;
  std::size_t pairs = 0, triples = 0, longer = 0;
  std::size_t complete_to = 0, listed_to = 0, max_length = 0;
  std::vector<PageLength> by_length;
  std::vector<PageHop> hops;
  std::vector<PageLoop> results;
  std::size_t left_out = 0;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    using B = PageCycles;
    field("count", &B::count, "how many loops were found");
    field("complete", &B::complete, "false: the search was stopped");
    field("pairs", &B::pairs, "of them, loops of two companies");
    field("triples", &B::triples, "of three");
    field("longer", &B::longer, "of more: chains that close");
    field("complete_to", &B::complete_to, "all loops of up to so many companies were found; 0: all");
    field("listed_to", &B::listed_to, "loops of up to so many companies are listed, longer ones counted; 0: all");
    field("max_length", &B::max_length, "of the loops that were searched, in hops; 0: all");
    field("by_length", &B::by_length, "shortest first");
    field("hops", &B::hops, "of the loops listed, each once");
    field("results", &B::results, "shortest first, then by amount");
    field("left_out", &B::left_out, "how many that would be listed are not, for the page's size");
    field("notes", &B::notes, "how to read them");
  }
};
static_assert(all_described<PageCycles>);

struct PagePair {
  CompanyPlace from = 0, to = 0;
  api::Quantity amount, share;
  std::vector<RelationPlace> rows;

  static constexpr void describe(const auto& field) {
    field("from", &PagePair::from, "who sells", company_place);
    field("to", &PagePair::to, "who pays", company_place);
    field("amount", &PagePair::amount, "sum where it is of one currency, without rows that restate others",
          Unit::money);
    field("share", &PagePair::share, "of the supplier's revenue", Unit::share);
    field("rows", &PagePair::rows, "that count", relation_place);
  }
};
static_assert(all_described<PagePair>);

struct PageMember {
  CompanyPlace company = 0, parent = 0;

  static constexpr void describe(const auto& field) {
    field("company", &PageMember::company, "that was joined into a group", company_place);
    field("parent", &PageMember::parent, "that answers for it", company_place);
  }
};
static_assert(all_described<PageMember>);

struct PageAnswers {
  std::string state;
  PageDependences dependence;
  PageExposures exposure;
  PageConcentrations concentration;
  PageCycles cycles;
  std::vector<PagePair> pairs;
  std::vector<PageMember> groups;

  static constexpr void describe(const auto& field) {
    using B = PageAnswers;
    field("state", &B::state,
          "a letter a relation: l live and the newest of its link, s superseded, n not live, g inside a group");
    field("dependence", &B::dependence, "who relies on which customers");
    field("exposure", &B::exposure, "how much of a supplier's revenue a customer pays over all tiers");
    field("concentration", &B::concentration, "where there are few suppliers");
    field("cycles", &B::cycles, "which deals go round in a circle");
    field("pairs", &B::pairs, "each supplier and customer with supplies that count");
    field("groups", &B::groups, "with --consolidate alone");
  }
};
static_assert(all_described<PageAnswers>);

}  // namespace tierscope::core
