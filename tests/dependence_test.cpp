// Definitions, section 4: revenue dependence.

#include "ask/dependence/dependence.hpp"

#include <doctest/doctest.h>

#include "ask/check/check_rules.hpp"
#include "model/names.hpp"
#include "model_of.hpp"

using namespace tierscope;
using namespace tierscope::core;

TEST_CASE("items of one customer are one share") {
  const Model seen =
      active(model_of("from,to,kind,item,revenue_share\n"
                      "a,x,supplies,i,20%\n"
                      "a,x,supplies,j,30%\n"
                      "a,y,supplies,i,10%\n"
                      "a,z,supplies,i,\n"));
  const DependenceResult result = dependence(seen, {});
  REQUIRE(result.suppliers.size() == 1);
  const SupplierDependence& a = result.suppliers.front();
  CHECK(a.attributed == doctest::Approx(0.6));
  // Σ w² = .25 + .01 = .26; the rest .4 at one unknown customer adds .16.
  CHECK(a.hhi_low == doctest::Approx(2600));
  CHECK(a.hhi_high == doctest::Approx(4200));
  CHECK(seen.id(*a.largest_customer) == "x");
  CHECK(a.major_customers.size() == 2);  // y has exactly 10 %
  const std::vector<RevenueLink> customers = customers_of(*result.links, a.supplier);
  REQUIRE(customers.size() == 3);
  CHECK(!customers.back().share.known);
}

TEST_CASE("an annual amount over the revenue of the same year and currency is a share") {
  const char* const companies = "id,revenue,revenue_period\ns,200M USD,2024\n";
  const auto share = [&](const std::string& row) {
    const Model seen = active(model_of("from,to,kind,value,value_basis,as_of,restates\n" + row + "\n", companies));
    return RevenueLinks(seen).of(find_company(seen, "s")).front().share;
  };
  CHECK(share("s,c,supplies,50M USD,annual,2024-12,").low == 0.25);
  CHECK(!share("s,c,supplies,50M USD,annual,2023,").known);      // another year
  CHECK(!share("s,c,supplies,50M CNY,annual,2024,").known);      // another currency
  CHECK(!share("s,c,supplies,50M USD,contract,2024,").known);    // no annual figure
  CHECK(!share("s,c,supplies,50M USD,annual,,").known);          // no year
  CHECK(!share("s,c,supplies,50M USD,annual,2024,true").known);  // contained in another row
  CHECK(share("s,c,supplies,up to 50M USD,annual,2024,").low == 0);
  CHECK(share("s,c,supplies,up to 50M USD,annual,2024,").high == 0.25);
}

TEST_CASE("from strong to weak: disclosed, reported, not stated, estimated") {
  const Confidence strong_first[] = {Confidence::disclosed, Confidence::reported, Confidence::none,
                                     Confidence::estimated};
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = 0; b < 4; ++b) CHECK(weaker(strong_first[a], strong_first[b]) == strong_first[std::max(a, b)]);
}

TEST_CASE("a link's confidence is the weakest of its figures") {
  const Model seen =
      active(model_of("from,to,kind,item,revenue_share,confidence\n"
                      "a,x,supplies,i,10%,disclosed\na,x,supplies,j,30%,\n"
                      "a,y,supplies,i,10%,disclosed\na,y,supplies,j,9%,reported\na,y,supplies,k,8%,disclosed\n"
                      "a,z,supplies,i,5%,\na,z,supplies,j,0%,estimated\n"
                      "a,u,supplies,i,4%,disclosed\na,u,supplies,j,,estimated\n"  // what has no figure makes none weak
                      "a,v,supplies,i,,disclosed\n"));
  const DependenceResult result = dependence(seen, {});
  std::string words;
  for (const RevenueLink& link : customers_of(*result.links, find_company(seen, "a")))
    words += std::string(seen.id(link.customer)) + "=" + std::string(to_string(link.confidence)) + " ";
  CHECK(words == "x= y=reported z=estimated u=disclosed v= ");
}

TEST_CASE("an aggregate counts in sums but is no major and no largest customer") {
  const Model seen = active(model_of("from,to,kind,revenue_share\na,various,supplies,60%\na,b,supplies,20%\n",
                                     "id,aggregate\nvarious,true\n"));
  const SupplierDependence a = dependence(seen, {}).suppliers.front();
  CHECK(a.attributed == doctest::Approx(0.8));
  CHECK(seen.id(*a.largest_customer) == "b");
  REQUIRE(a.major_customers.size() == 1);
  CHECK(seen.id(a.major_customers.front()) == "b");
}

TEST_CASE("a supplier without any figure is unknown, not zero") {
  const SupplierDependence a = dependence(active(model_of("from,to,kind\na,b,supplies\n")), {}).suppliers.front();
  CHECK(!a.quantified);
  CHECK(!a.largest_customer);
  CHECK(a.attributed == 0);
  CHECK(a.hhi_low == 0);
  CHECK(a.hhi_high == 10'000);
}

TEST_CASE("shares that are just above 100 % are not said to be 100 %") {
  // 3 · 33.3333334 % = 100.0000002 %; of purchases 2 · 50.00001 % = 100.00002 %.
  const Model seen =
      active(model_of("from,to,kind,revenue_share\na,b,supplies,33.3333334%\na,c,supplies,33.3333334%\n"
                      "a,d,supplies,33.3333334%\n"));
  const Problems problems = shares_above_one(seen);
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().what ==
        "the customers of 'a' make up 100.0000002 % of its revenue: 33.33 % from 'b' (g/relations.csv:2), 33.33 % from "
        "'c' (g/relations.csv:3), 33.33 % from 'd' (g/relations.csv:4)");
  Problems found;
  find_supply_above_one(
      active(model_of("from,to,kind,item,supply_share\na,t,supplies,x,50.00001%\nb,t,supplies,x,50.00001%\n")), found);
  REQUIRE(found.size() == 1);
  CHECK(found.front().what ==
        "the suppliers of 'x' to 't' make up 100.00002 %: 50 % (g/relations.csv:2), 50 % (g/relations.csv:3)");
}

TEST_CASE("shares above 100 % are an error that names the rows") {
  const Model seen = active(model_of("from,to,kind,revenue_share\na,b,supplies,80%\na,c,supplies,60%\n"));
  try {
    dependence(seen, {});
    FAIL("shares of 140 % were taken");
  } catch (const BadData& data) {
    REQUIRE(data.problems.size() == 1);
    CHECK(to_string(data.problems.front()) ==
          "g/relations.csv:3: revenue_share: the customers of 'a' make up 140 % of its revenue: 80 % from 'b' "
          "(g/relations.csv:2), "
          "60 % from 'c' (g/relations.csv:3); shares of one supplier may sum to 100 % at most; correct a share, end an "
          "old one "
          "(until), or mark a part (restates)");
  }
}
