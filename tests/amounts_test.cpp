// Definitions, sections 3 and 7: what rows of one direction come to.

#include "ask/amounts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "ask/inquiry.hpp"
#include "model_of.hpp"

namespace tierscope::core {
namespace {

/// Of all rows of the graph, which lie between one payer and one payee, at the newest date.
AmountSum come_to(const std::string& rows, const std::string& currency = "", bool only_active = false) {
  ViewParams params;
  params.statuses = inquiry_of("cycles").statuses;
  params.currency = parse_currency(currency);
  std::string table;
  std::istringstream lines("from,to,kind,item,value,value_basis,status,since,as_of,deal,stake,restates,confidence\n" +
                           rows);
  for (std::string line; std::getline(lines, line);)
    table += line + std::string(static_cast<std::size_t>(12 - std::count(line.begin(), line.end(), ',')), ',') + "\n";
  const Model seen = view(model_of(table, "", "from,to,rate\nUSD,CNY,7\n"), params);
  std::vector<const Relation*> all;
  for (std::size_t row = 0; row < seen.relation_count(); ++row) all.push_back(&seen.relation(row));
  return sum_of_amounts(seen, all, only_active);
}

void check(const std::string& rows, double low, double high) {
  CAPTURE(rows);
  const AmountSum sum = come_to(rows);
  REQUIRE(sum.amount.known);
  CHECK(sum.amount.low == low);
  CHECK(sum.amount.high == high);
}

}  // namespace

TEST_CASE("amounts: a level is its largest statement, deals of different days add up") {
  check("a,b,supplies,,10 USD,annual,,,2024\na,b,supplies,,12 USD,plan,announced,,2024\n", 12, 12);
  // Of two intervals the largest low and the largest high.
  check("a,b,supplies,,10..14 USD,annual,,,2024\na,b,supplies,,12 USD,plan,announced,,2024\n", 12, 14);
  check("a,b,invests,,2 USD,,,2023,2024\na,b,invests,,3 USD,,,2024-01,2024\n", 5, 5);
  // The day is the first of the period: one deal, of which the newest row counts.
  check("a,b,invests,,2 USD,,,2023-05-01,2023\na,b,invests,,3 USD,,,2023-05,2024\n", 3, 3);
  // A level of 8 and an order of 1 beside.
  check("a,b,supplies,,8 USD,annual,,,2024\na,b,supplies,,1 USD,order,,2024-03,2024\n", 9, 9);
  // In force 8, announced 10 of the same day: one deal; in force it is 8.
  const std::string both = "a,b,invests,,8 USD,,,2024-01,2023\na,b,invests,,10 USD,,announced,2024-01,2024\n";
  check(both, 10, 10);
  CHECK(come_to(both, "", true).amount.high == 8);
}

TEST_CASE("amounts: a deal with a name is one on all its links, and is no link without an amount") {
  check("a,b,invests,x,2 USD,,,2023,2023,series\na,b,invests,y,3 USD,,announced,2024,2024,series\n", 3, 3);
  check("a,b,invests,x,2 USD,,,2023,2023,one\na,b,invests,x,3 USD,,,2023,2024,two\n", 5, 5);
  // The same name of another kind is another deal.
  check("a,b,invests,x,2 USD,,,2023,2023,series\na,b,lends,x,3 USD,,,2023,2023,series\n", 5, 5);
}

TEST_CASE("amounts: what nobody dated is one deal or several") {
  check("a,b,invests,,4 USD,,,,2023\na,b,invests,,6 USD,,,,2024\n", 6, 10);
  check("a,b,invests,,4 USD,,,,2024\na,b,invests,,6 USD,,,,2024\n", 6, 6);  // of one as_of: the later row
  // Beside a dated 5 an undated 4 may be the same deal, or another: 5 to 9.
  check("a,b,invests,,5 USD,,,2023,2023\na,b,invests,,4 USD,,,,2024\n", 5, 9);
}

TEST_CASE("amounts: a link that carries cash without an amount leaves the sum open; some rows open nothing") {
  check("a,b,invests,x,2 USD,,,2023,\na,b,lends,,,,,,\n", 2, unbounded);
  check("a,b,invests,x,2 USD,,,2023,\na,b,guarantees,,,,,,\n", 2, 2);
  check("a,b,invests,x,2 USD,,,2023,\na,b,invests,y,,,,,,,10%\n", 2, 2);
  check("a,b,invests,x,2 USD,,,2023,\na,b,invests,y,1 USD,,,,,,,true\n", 2, 2);
  // The link has an amount, whatever its other row says.
  check("a,b,invests,x,2 USD,,,2023,2023\na,b,invests,x,,,,,2024\n", 2, 2);
  CHECK(!come_to("a,b,invests,,,,,,\n").amount.known);
  CHECK(!come_to("a,b,guarantees,,5 USD,,,,\n").amount.known);
  CHECK(come_to("a,b,invests,,5 USD,,announced,,\n", "", true).none);
}

TEST_CASE("amounts: currencies are compared only where they are converted; every figure lends its grade") {
  const std::string two = "a,b,invests,x,7 CNY,,,2023,,,,,disclosed\na,b,lends,,2 USD,,,2023,,,,,estimated\n";
  CHECK(!come_to(two).amount.known);
  CHECK(!come_to(two).comparable());
  CHECK(not_comparable(come_to(two).currency, come_to(two).other) == "not comparable: CNY and USD");
  const AmountSum sum = come_to(two, "USD");
  CHECK(sum.amount.low == doctest::Approx(3));  // 7 / 7 + 2
  CHECK(sum.amount.confidence == Confidence::estimated);
  CHECK(sum.financing == doctest::Approx(3));
  CHECK_THROWS_WITH(come_to("a,b,invests,x,7 EUR,,,,\n", "USD"),
                    "no exchange rate from EUR to USD; add one to rates.csv or give --rate EUR/USD=NUMBER");
  CHECK(come_to("a,b,invests,x,~7 EUR,,,2023,\na,b,supplies,,1 EUR,annual,,,\n").amount.approximate);
  CHECK(come_to("a,b,invests,x,~7 EUR,,,2023,\nb,a,supplies,,1 EUR,annual,,,\n").financing == 7);
}

}  // namespace tierscope::core
