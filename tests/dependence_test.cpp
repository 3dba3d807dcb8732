// Definitions, section 4: revenue dependence.

#include "ask/dependence/dependence.hpp"

#include <doctest/doctest.h>

#include "model/names.hpp"
#include "model_of.hpp"

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
