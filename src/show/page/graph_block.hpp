#pragma once
// The block `graph` of a page: the whole graph in input order, which the other blocks point into.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "show/page/block.hpp"

namespace tierscope::core {

/// An index into the companies, relations or sources of the graph block.
using CompanyPlace = std::uint32_t;
using RelationPlace = std::uint32_t;
using SourcePlace = std::uint32_t;
inline constexpr Named company_place{"CompanyPlace"};
inline constexpr Named relation_place{"RelationPlace"};
inline constexpr Named source_place{"SourcePlace"};

struct PageCompany {
  std::string_view id, name, local, sector, country, ticker;
  api::Quantity revenue;
  std::string_view period;
  std::uint8_t aggregate = 0;
  std::vector<SourcePlace> sources;

  static constexpr void describe(const auto& field) {
    using R = PageCompany;
    field("id", &R::id, "as relations name it");
    field("name", &R::name, "the id where none is given");
    field("local", &R::local, "name in the company's own language");
    field("sector", &R::sector, "its sector");
    field("country", &R::country, "its country");
    field("ticker", &R::ticker, "where it is listed");
    field("revenue", &R::revenue, "of the period", Unit::money);
    field("period", &R::period, "of the revenue");
    field("aggregate", &R::aggregate, "1: not one company");
    field("sources", &R::sources, "cited for it", source_place);
  }
};
static_assert(all_described<PageCompany>);

struct PageRelation {
  CompanyPlace from = 0, to = 0;
  std::uint8_t kind = 0, status = 0;
  std::string_view category, item;
  api::Quantity value;
  int basis = -1;
  api::Quantity revenue_share, supply_share, stake;
  Date since, until, as_of;
  std::uint8_t restates = 0;
  int confidence = -1;
  std::vector<SourcePlace> sources;
  std::string_view note;
  std::string place;

  static constexpr void describe(const auto& field) {
    using R = PageRelation;
    field("from", &R::from, "supplier, investor, lender, guarantor, issuer or parent", company_place);
    field("to", &R::to, "customer, investee, borrower, beneficiary, holder or subsidiary", company_place);
    field("kind", &R::kind, "index into kinds");
    field("status", &R::status, "index into statuses");
    field("category", &R::category, "what is bought, a controlled word");
    field("item", &R::item, "the product");
    field("value", &R::value, "the amount, as reported", Unit::money);
    field("basis", &R::basis, "index into bases; -1: not stated");
    field("revenue_share", &R::revenue_share, "of the supplier's revenue", Unit::share);
    field("supply_share", &R::supply_share, "of the customer's purchases of the category", Unit::share);
    field("stake", &R::stake, "of the subsidiary", Unit::share);
    field("since", &R::since, "when it began");
    field("until", &R::until, "when it ended or will");
    field("as_of", &R::as_of, "the date that the figures describe");
    field("restates", &R::restates, "1: the amount is contained in another relation");
    field("confidence", &R::confidence, "index into confidences; -1: not stated");
    field("sources", &R::sources, "cited for it", source_place);
    field("note", &R::note, "the compiler's");
    field("place", &R::place, "file and line, without folders");
  }
};
static_assert(all_described<PageRelation>);

struct PageSource {
  std::string_view id, title, publisher, date, url, language;

  static constexpr void describe(const auto& field) {
    using R = PageSource;
    field("id", &R::id, "all that is known of a source that is cited but not listed");
    field("title", &R::title, "of the article or filing");
    field("publisher", &R::publisher, "who published it");
    field("date", &R::date, "as the publisher prints it");
    field("url", &R::url, "http(s) alone: what a click may open");
    field("language", &R::language, "its language");
  }
};
static_assert(all_described<PageSource>);

struct PageDay {
  std::string label, date;

  static constexpr void describe(const auto& field) {
    field("label", &PageDay::label, "latest, the date as typed, or a year");
    field("date", &PageDay::date, "its last day; empty: no limit");
  }
};
static_assert(all_described<PageDay>);

struct PageGraph {
  int format = 1;
  std::string program, title;
  std::vector<std::string> graphs;
  std::string options;
  std::string_view currency;
  std::vector<std::string_view> kinds, statuses, bases, confidences, classes, levels;
  Columns<PageCompany> companies;
  Columns<PageRelation> relations;
  Columns<PageSource> sources;
  std::vector<PageDay> dates;
  std::vector<std::string> notes;

  static constexpr void describe(const auto& field) {
    using B = PageGraph;
    field("format", &B::format, "of these blocks");
    field("program", &B::program, "version of the program");
    field("title", &B::title, "of the page");
    field("graphs", &B::graphs, "names of the graphs, without folders");
    field("options", &B::options, "of the view, as typed: shown with the commands that answer alike");
    field("currency", &B::currency, "that amounts are converted to; empty: none");
    field("kinds", &B::kinds, "the words that numbers of relations point at");
    field("statuses", &B::statuses, "likewise");
    field("bases", &B::bases, "likewise");
    field("confidences", &B::confidences, "likewise");
    field("classes", &B::classes, "of loops");
    field("levels", &B::levels, "of concentration");
    field("companies", &B::companies, "in input order");
    field("relations", &B::relations, "in input order");
    field("sources", &B::sources, "in input order; those that are only cited stand at the end");
    field("dates", &B::dates,
          "newest first; block at-i belongs to dates[i]; a year that holds the same as the next one "
          "has none");
    field("notes", &B::notes, "what was left out of the page for its size, and who is taken as no company");
  }
};
static_assert(all_described<PageGraph>);

}  // namespace tierscope::core
