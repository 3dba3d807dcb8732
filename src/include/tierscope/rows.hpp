#pragma once
// The rows of the data themselves, as answers repeat them.

#include <string>
#include <string_view>
#include <vector>

#include <tierscope/fields.hpp>

namespace tierscope {

/// An observation: what a source says of a relation at a date.
struct RelationRow {
  Company from, to;
  std::string_view what;
  std::string_view kind;
  std::string_view category, item;
  Quantity value;
  std::string_view value_basis;
  Quantity revenue_share, supply_share, stake;
  std::string_view status;
  Date since, until, as_of;
  bool restates = false;
  std::string_view deal, claim;
  std::string_view confidence;
  std::vector<std::string_view> sources;
  std::string_view note;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = RelationRow;
    field("from", &R::from, "supplier, investor, lender, guarantor, issuer or parent", key);
    field("to", &R::to, "customer, investee, borrower, beneficiary, holder or subsidiary", key);
    field("what", &R::what, "the item, else the category, else the kind");
    field("kind", &R::kind, "supplies, pays, invests, lends, guarantees, grants or owns", Show::never);
    field("category", &R::category, "what is bought, a controlled word", Show::never);
    field("item", &R::item, "the product", Show::never);
    field("value", &R::value, "the amount, as reported", Unit::money, Show::never);
    field("value_basis", &R::value_basis, "annual, contract, order, investment or plan", Show::never);
    field("revenue_share", &R::revenue_share, "of the supplier's revenue", Unit::share, Show::never);
    field("supply_share", &R::supply_share, "of the customer's purchases of the category", Unit::share, Show::never);
    field("stake", &R::stake, "of the subsidiary", Unit::share, Show::never);
    field("status", &R::status, "rumoured, planned, announced, testing, active or ended");
    field("since", &R::since, "when it began", Show::never);
    field("until", &R::until, "when it ended or will", Show::never);
    field("as_of", &R::as_of, "the date that the figures describe");
    field("restates", &R::restates, "the amount is contained in another row", Show::never);
    field("deal", &R::deal, "the deal that the row is about", Show::never);
    field("claim", &R::claim, "what the source says of the supplier: sole, primary, major or named", Show::never);
    field("confidence", &R::confidence, "disclosed, reported or estimated; null: not stated", Show::never);
    field("sources", &R::sources, "ids of sources", Unit::sources);
    field("note", &R::note, "the compiler's", Show::never);
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<RelationRow>);

struct CompanyRow {
  Company company;
  std::string_view name_local, sector, country, ticker, lei;
  std::vector<std::string_view> aliases;
  Quantity revenue;
  std::string_view revenue_period, revenue_scope;
  bool aggregate = false;
  std::vector<std::string_view> sources;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = CompanyRow;
    field("company", &R::company, "the company", key);
    field("name_local", &R::name_local, "its name in its own language", Label{"local name"}, Show::if_any);
    field("sector", &R::sector, "its sector", Show::if_any);
    field("country", &R::country, "its country", Show::if_any);
    field("ticker", &R::ticker, "where it is listed", Show::if_any);
    field("lei", &R::lei, "its legal entity identifier", Label{"LEI"}, Show::if_any);
    field("aliases", &R::aliases, "other names", Show::if_any);
    field("revenue", &R::revenue, "of the period", Unit::money, Show::if_any);
    field("revenue_period", &R::revenue_period, "the period of the revenue", Label{"period"}, Show::if_any);
    field("revenue_scope", &R::revenue_scope, "consolidated: it holds the subsidiaries' revenue", Label{"scope"},
          Show::if_any);
    field("aggregate", &R::aggregate, "not one company", Show::if_any);
    field("sources", &R::sources, "ids of sources", Unit::sources);
    field("place", &R::place, "file and line; null: known only from a relation", Show::never);
  }
};
static_assert(all_described<CompanyRow>);

struct SourceRow {
  std::string_view id, title, publisher, date, url, language;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = SourceRow;
    field("id", &R::id, "as relations and companies name it", key);
    field("title", &R::title, "of the article or filing");
    field("publisher", &R::publisher, "who published it");
    field("date", &R::date, "as the publisher prints it");
    field("url", &R::url, "where it can be read");
    field("language", &R::language, "its language");
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<SourceRow>);

}  // namespace tierscope
