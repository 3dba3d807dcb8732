// What is in a graph, counted.

#include <doctest/doctest.h>

#include <sstream>

#include <tierscope/list.hpp>
#include <tierscope/write.hpp>

#include "allocations.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

using namespace tierscope::core;
using tierscope::Listing;
using tierscope::ListOptions;
using tierscope::Result;

namespace {

tierscope::Model graph(const std::string& relations, const std::string& companies = "", const std::string& sources = "",
                       const std::string& rates = "") {
  MemoryFiles files;
  files.files["g/relations.csv"] = relations;
  if (!companies.empty()) files.files["g/companies.csv"] = companies;
  if (!sources.empty()) files.files["g/sources.csv"] = sources;
  if (!rates.empty()) files.files["g/rates.csv"] = rates;
  Records records;
  read_graph(files, "g", records);
  std::optional<Model> model = build(records);
  REQUIRE_MESSAGE(model.has_value(), problems_of(records));
  return tierscope::Model(std::make_shared<Model>(std::move(*model)));
}

std::string companies(const Listing& listing) {
  std::string text;
  for (const auto& row : listing.results)
    text += std::string(row.company.id) + " " + std::to_string(row.as_supplier) + " " +
            std::to_string(row.as_customer) + " " + std::to_string(row.other) + "\n";
  return text;
}

std::string sources(const Listing& listing) {
  std::string text;
  for (const auto& row : listing.sources)
    text += std::string(row.id) + " " + std::to_string(row.relations) + " " + std::to_string(row.companies) + " " +
            std::to_string(row.rates) + " " + std::string(row.title) + "\n";
  return text;
}

std::string categories(const Listing& listing) {
  std::string text;
  for (const auto& row : listing.categories)
    text += std::string(row.category) + " " + std::to_string(row.purchases) + " " + std::to_string(row.suppliers) +
            " " + std::to_string(row.customers) + " " + to_string(row.newest) + "\n";
  return text;
}

std::string kinds(const Listing& listing) {
  std::string text;
  for (const auto& row : listing.kinds)
    text += std::string(row.kind) + " " + std::to_string(row.relations) + ": " + std::to_string(row.rumoured) + " " +
            std::to_string(row.planned) + " " + std::to_string(row.announced) + " " + std::to_string(row.testing) +
            " " + std::to_string(row.active) + " " + std::to_string(row.ended) + "\n";
  return text;
}

std::string errors(const tierscope::Problems& problems) {
  std::string text;
  for (const tierscope::Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
}

const std::string relations =
    "from,to,kind,category,status,as_of,source\n"
    "a,b,supplies,chips,active,2023,s1\n"
    "a,c,supplies,chips,planned,2025,s1;s2\n"
    "d,b,supplies,chips,active,2024,\n"
    "c,b,supplies,power,ended,2022,s3\n"
    "b,a,invests,,rumoured,2021,s2\n"
    "c,c,owns,,active,2020,\n";
const std::string who =
    "id,name,sector,country,revenue,revenue_period,source\na,A,Chip,CN,7 CNY,2025,s2\nb,B,web,US,,,\nc,C,ＷＥＢ,CN,,,\n"
    "e,E,,,,,\n";
const std::string cited = "id,title\ns0,Zero\ns1,One\ns2,Two\n";

}  // namespace

TEST_CASE("companies by the number of their relations, ties in input order") {
  // a: supplies b and c, gets b's investment = 3; b: supplied by a, d and c, invests in a = 4; c: supplies b, supplied
  // by a, owns itself = 3, a relation with itself counted once; e has none.
  const Result<Listing> listing = list(graph(relations, who, cited), {});
  REQUIRE(listing);
  CHECK(companies(*listing) == "b 0 3 1\na 2 0 1\nc 1 1 1\nd 1 0 0\ne 0 0 0\n");
  CHECK(listing->about.title == "5 companies, 6 relations, 4 sources");
  for (const auto& row : listing->results)
    if (row.company.id == "a") {
      CHECK(to_string(row.oldest) == "2021");
      CHECK(to_string(row.newest) == "2025");
      CHECK(row.sources == std::vector<std::string_view>{"s2", "s1"});  // its own, then of its relations
    }
}

TEST_CASE("sources by the rows that cite them, also those that are not listed and those that none cites") {
  // s2: two relations and company a; s1: two relations; s3 is not listed; s0 is cited by the rate alone.
  const Result<Listing> listing =
      list(graph(relations, who, cited + "s8,Eight\n", "from,to,rate,source\nUSD,CNY,7,s0\n"), {});
  REQUIRE(listing);
  CHECK(sources(*listing) == "s2 2 1 0 Two\ns1 2 0 0 One\ns0 0 0 1 Zero\ns3 1 0 0 \ns8 0 0 0 Eight\n");
}

TEST_CASE("categories by their purchases, kinds by status") {
  // chips: a→b, a→c, d→b: suppliers a and d, customers b and c.
  const Result<Listing> listing = list(graph(relations, who, cited), {});
  REQUIRE(listing);
  CHECK(categories(*listing) == "chips 3 2 2 2025\npower 1 1 1 2022\n");
  CHECK(kinds(*listing) == "supplies 4: 0 1 0 0 2 1\ninvests 1: 1 0 0 0 0 0\nowns 1: 0 0 0 0 1 0\n");
}

TEST_CASE("filters choose companies, and relations with one of them") {
  ListOptions options;
  options.sectors = {"web"};  // b, and c in full width
  options.kinds = {"supplies"};
  Result<Listing> listing = list(graph(relations, who, cited), options);
  REQUIRE(listing);
  CHECK(companies(*listing) == "b 0 3 0\nc 1 1 0\n");
  CHECK(kinds(*listing) == "supplies 4: 0 1 0 0 2 1\n");
  CHECK(sources(*listing) == "s1 2 0 0 One\ns2 1 0 0 Two\ns3 1 0 0 \n");
  CHECK(listing->about.title == "2 companies, 4 relations, 3 sources of 5 companies in all");
  options = {};
  options.countries = {"cn", "us"};
  options.sectors = {"chip"};
  options.kinds = {"invests", "owns"};
  listing = list(graph(relations, who, cited), options);
  REQUIRE(listing);
  CHECK(companies(*listing) == "a 0 0 1\n");
}

TEST_CASE("a word that nothing bears is refused with the nearest one") {
  ListOptions options;
  options.sectors = {"chp"};
  CHECK(errors(list(graph(relations, who), options).problems()) ==
        "no company has the sector 'chp'; did you mean 'Chip'?\n");
  options = {};
  options.countries = {"CN", "XY"};
  CHECK(errors(list(graph(relations, who), options).problems()) == "no company has the country 'XY'\n");
  options = {};
  options.kinds = {"buys"};
  CHECK(errors(list(graph(relations, who), options).problems()) ==
        "--kind: 'buys' is none of supplies, pays, invests, lends, guarantees, grants, owns\n");
}

TEST_CASE("revenue in the currency that was asked for, refused before any row where no rate leads there") {
  ListOptions options;
  options.view.currency = "USD";
  CHECK(errors(list(graph(relations, who), options).problems()) ==
        "no exchange rate from CNY to USD; add one to rates.csv or give --rate CNY/USD=NUMBER\n");
  options.view.rates = {"USD/CNY=7"};
  const Result<Listing> listing = list(graph(relations, who), options);
  REQUIRE(listing);
  for (const auto& row : listing->results)
    if (row.company.id == "a") {
      CHECK(row.revenue.low == doctest::Approx(1));
      CHECK(row.revenue.currency == "USD");
      CHECK(row.revenue.reported == "7 CNY");
    }
}

TEST_CASE("rows are read twice at once, after the model's handle is gone") {
  const Result<Listing> listing = list(graph(relations, who, cited), {});
  REQUIRE(listing);
  check_read_twice(listing->results);
  check_read_twice(listing->sources);
  check_read_twice(listing->categories);
  check_read_twice(listing->kinds);
}

TEST_CASE("one company, category and source that all rows are of cost in proportion") {
  const auto cost = [](std::size_t rows) {
    std::string text = "from,to,kind,category,item,as_of,source\n";
    for (std::size_t i = 0; i < rows; ++i) {
      const std::string n = std::to_string(i);
      text += "a,c" + n + ",supplies,chips,i" + n + ",2025,s;s" + n + "\n";
    }
    const tierscope::Model model = graph(text);
    return allocations_of([&] {
      const Result<Listing> listing = list(model, {});
      REQUIRE(listing);
      std::ostringstream out;
      write(*tierscope::any(*listing), "json", {}, out);
    });
  };
  const std::size_t one = cost(1'000);
  CHECK(static_cast<double>(cost(4'000)) < 4.5 * static_cast<double>(one));
}
