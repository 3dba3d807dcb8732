#pragma once
// What is in a graph: its companies, sources, categories and kinds of relations, counted.

#include <tierscope/model.hpp>

namespace tierscope {

struct ListOptions {
  View view;
  std::string what;                             // the table that the command line shows alone; empty: the companies
  std::vector<std::string> sectors, countries;  // companies of one of them, and relations with such a company
  std::vector<std::string> kinds;               // relations of one of them, and companies with such a relation

  static constexpr void describe(const auto& field) {
    using O = ListOptions;
    field("what", &O::what, "companies, sources, categories or kinds, alone", Metavar{"WHAT"});
    field("sector", &O::sectors, "companies of this sector", Metavar{"SECTOR"});
    field("country", &O::countries, "companies of this country", Metavar{"COUNTRY"});
    field("kind", &O::kinds, "relations of these kinds", Metavar{"LIST"});
  }
};

struct ListedCompany {
  Company company;
  std::size_t as_supplier = 0, as_customer = 0, other = 0;
  std::string_view name_local, sector, country, ticker, lei;
  std::vector<std::string_view> aliases;
  Quantity revenue;
  std::string_view revenue_period, revenue_scope;
  bool aggregate = false;
  Date oldest, newest;
  std::vector<std::string_view> sources;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = ListedCompany;
    field("company", &R::company, "the company", key);
    field("as_supplier", &R::as_supplier, "relations in which it supplies", Unit::count);
    field("as_customer", &R::as_customer, "relations in which it is supplied", Unit::count);
    field("other", &R::other, "its other relations: financing and ownership, either way", Unit::count);
    field("name_local", &R::name_local, "its name in its own language", Label{"local name"}, Show::if_any);
    field("sector", &R::sector, "its sector", Show::if_any);
    field("country", &R::country, "its country", Show::if_any);
    field("ticker", &R::ticker, "where it is listed", Show::if_any);
    field("lei", &R::lei, "its legal entity identifier", Show::never);
    field("aliases", &R::aliases, "other names", Show::never);
    field("revenue", &R::revenue, "of the period", Unit::money, Show::if_any);
    field("revenue_period", &R::revenue_period, "the period of the revenue", Label{"period"}, Show::if_any);
    field("revenue_scope", &R::revenue_scope, "consolidated: it holds the subsidiaries' revenue", Show::never);
    field("aggregate", &R::aggregate, "not one company", Show::if_any);
    field("oldest", &R::oldest, "the oldest date of its relations", Show::never);
    field("as_of", &R::newest, "the newest date of its relations", Show::never);
    field("sources", &R::sources, "ids of its own sources, then of its relations'", Unit::sources, Show::never);
    field("place", &R::place, "file and line; null: known only from a relation", Show::never);
  }
};
static_assert(all_described<ListedCompany>);

struct ListedSource {
  std::string_view id;
  std::size_t relations = 0, companies = 0, rates = 0;
  std::string_view title, publisher, date, url, language;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = ListedSource;
    field("id", &R::id, "as relations and companies name it", key);
    field("relations", &R::relations, "relations that cite it", Unit::count);
    field("companies", &R::companies, "companies that cite it", Unit::count);
    field("rates", &R::rates, "exchange rates that cite it", Unit::count, Show::if_any);
    field("title", &R::title, "of the article or filing; null: not listed among the sources");
    field("publisher", &R::publisher, "who published it", Show::if_any);
    field("date", &R::date, "as the publisher prints it", Show::if_any);
    field("url", &R::url, "where it can be read", Unit::address, Show::linked);
    field("language", &R::language, "its language", Show::if_any);
    field("place", &R::place, "file and line", Show::never);
  }
};
static_assert(all_described<ListedSource>);

struct ListedCategory {
  std::string_view category;
  std::size_t purchases = 0, suppliers = 0, customers = 0;
  Date oldest, newest;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = ListedCategory;
    field("category", &R::category, "what is bought, a controlled word; null: not stated", key);
    field("purchases", &R::purchases, "relations in which it is supplied", Unit::count);
    field("suppliers", &R::suppliers, "companies that supply it", Unit::count);
    field("customers", &R::customers, "companies that are supplied with it", Unit::count);
    field("oldest", &R::oldest, "the oldest date of these relations", Show::never);
    field("as_of", &R::newest, "the newest date of these relations");
    field("sources", &R::sources, "ids of sources", Unit::sources, Show::never);
  }
};
static_assert(all_described<ListedCategory>);

struct ListedKind {
  std::string_view kind;
  std::size_t relations = 0, rumoured = 0, planned = 0, announced = 0, testing = 0, active = 0, ended = 0;
  Date oldest, newest;
  std::vector<std::string_view> sources;

  static constexpr void describe(const auto& field) {
    using R = ListedKind;
    field("kind", &R::kind, "supplies, pays, invests, lends, guarantees, grants or owns", key);
    field("relations", &R::relations, "of this kind", Unit::count);
    field("rumoured", &R::rumoured, "of them", Unit::count, Show::if_any);
    field("planned", &R::planned, "of them", Unit::count, Show::if_any);
    field("announced", &R::announced, "of them", Unit::count, Show::if_any);
    field("testing", &R::testing, "of them", Unit::count, Show::if_any);
    field("active", &R::active, "of them", Unit::count, Show::if_any);
    field("ended", &R::ended, "of them", Unit::count, Show::if_any);
    field("oldest", &R::oldest, "the oldest date of these relations", Show::never);
    field("as_of", &R::newest, "the newest date of these relations");
    field("sources", &R::sources, "ids of sources", Unit::sources, Show::never);
  }
};
static_assert(all_described<ListedKind>);

/// Largest numbers first, ties in input order. Its table of sources stands for the sources that other answers cite.
struct Listing {
  About about;
  Table<ListedCompany> results;      // by all relations
  Table<ListedSource> sources;       // by all rows that cite it; without filters also those that none cites
  Table<ListedCategory> categories;  // by purchases
  Table<ListedKind> kinds;           // in the order of the list of kinds

  static constexpr void describe(const auto& field) {
    using A = Listing;
    field("results", &A::results, "companies and how many relations they have", Called{"companies"});
    field("sources", &A::sources, "sources and how many rows cite them", Show::never);
    field("categories", &A::categories, "what is bought, from how many and by how many", Show::never);
    field("kinds", &A::kinds, "kinds of relations by status", Show::never);
  }
};

/// The newest observation of each link, of any status unless the view says otherwise. O(companies + relations log
/// relations); rows are made as they are read.
Result<Listing> list(Model model, const ListOptions& options);

}  // namespace tierscope
