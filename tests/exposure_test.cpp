// Definitions, section 5: exposure of a supplier to one customer.

#include "ask/exposure/exposure.hpp"
#include "exposed.hpp"

#include <doctest/doctest.h>

#include "ask/exposure/chains.hpp"
#include "model_of.hpp"

using namespace tierscope::core;

namespace {

SupplierExposure row_of(const Model& model, const ExposureResult& result, const char* id) {
  for (const SupplierExposure& row : result.suppliers)
    if (model.id(row.supplier) == id) return row;
  FAIL("no row for " << id);
  return {};
}

ExposureResult exposed_to(const Model& model, const char* target) {
  return exposed_to(model, find_company(model, target));
}

}  // namespace

TEST_CASE("worked example: a chain") {
  // E(b)=.4, O(b)=.6; E(a)=.2+.5·.4=.4, O(a)=.5·.6=.3, U(a)=.3.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,b,supplies,50%\na,t,supplies,20%\nb,t,supplies,40%\nb,c,supplies,60%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  const SupplierExposure a = row_of(seen, result, "a");
  CHECK(a.direct == doctest::Approx(0.2));
  CHECK(a.indirect == doctest::Approx(0.2));
  CHECK(a.total == doctest::Approx(0.4));
  CHECK(a.other == doctest::Approx(0.3));
  CHECK(a.unattributed == doctest::Approx(0.3));
  CHECK(a.trapped == 0);
  const SupplierExposure b = row_of(seen, result, "b");
  CHECK(b.total == doctest::Approx(0.4));
  CHECK(b.other == doctest::Approx(0.6));
  CHECK(result.suppliers.size() == 2);
}

TEST_CASE("worked example: a loop is solved, not unrolled") {
  // E(b)=.5+.5·E(a), E(a)=.5·E(b) ⇒ E(b)=2/3, E(a)=1/3; U(a)=1−.5+.5·U(b), U(b)=.5·U(a) ⇒ U(a)=2/3, U(b)=1/3.
  const Model seen =
      active(model_of("from,to,kind,revenue_share\na,b,supplies,50%\nb,a,supplies,50%\nb,t,supplies,50%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "a").total == doctest::Approx(1.0 / 3));
  CHECK(row_of(seen, result, "b").total == doctest::Approx(2.0 / 3));
  CHECK(row_of(seen, result, "a").unattributed == doctest::Approx(2.0 / 3));
  CHECK(row_of(seen, result, "b").unattributed == doctest::Approx(1.0 / 3));
  CHECK(row_of(seen, result, "a").trapped == 0);
}

TEST_CASE("revenue that circles for ever is trapped") {
  // a sells half to t and half into the closed loop b ⇄ c.
  const Model seen = active(model_of(
      "from,to,kind,revenue_share\na,t,supplies,50%\na,b,supplies,50%\nb,c,supplies,100%\nc,b,supplies,100%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "a").total == 0.5);
  CHECK(row_of(seen, result, "a").trapped == 0.5);
  CHECK(row_of(seen, result, "b").trapped == 1);
  CHECK(row_of(seen, result, "b").total == 0);
}

TEST_CASE("customers without any figure make the revenue unattributed, no customers make it other") {
  const Model seen =
      active(model_of("from,to,kind,revenue_share\na,b,supplies,100%\nb,t,supplies,\nd,e,supplies,100%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "a").unattributed == 1);
  CHECK(row_of(seen, result, "d").other == 1);
  // b reaches t, and a through b, but no figure says how much.
  std::string ids;
  for (const CompanyIndex v : result.unquantified) ids += seen.id(v);
  CHECK(ids == "ab");
}

TEST_CASE("nothing passes through an aggregate") {
  // What reaches v is unattributed (v has customers), what reaches w is other (w has none).
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,v,supplies,30%\na,w,supplies,20%\na,b,supplies,50%\nb,t,supplies,100%\n"
               "v,t,supplies,100%\n",
               "id,aggregate\nv,true\nw,true\n"));
  const ExposureResult result = exposed_to(seen, "t");
  const SupplierExposure a = row_of(seen, result, "a");
  CHECK(a.total == doctest::Approx(0.5));
  CHECK(a.unattributed == doctest::Approx(0.3));
  CHECK(a.other == doctest::Approx(0.2));
  CHECK(row_of(seen, result, "v").total == 1);  // a chain may begin at one
  // a 30 % share of an aggregate target counts: the chain ends there.
  CHECK(row_of(seen, exposed_to(seen, "v"), "a").total == doctest::Approx(0.3));
}

TEST_CASE("the strongest chains come first, each company once, and sum to the total at most") {
  // a→t .1; a→b→t .5·.4=.2; a→b→c→t .5·.5·.8=.2; a→c→t .3·.8=.24
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,t,supplies,10%\na,b,supplies,50%\na,c,supplies,30%\nb,t,supplies,40%\n"
               "b,c,supplies,50%\nc,t,supplies,80%\nc,b,supplies,10%\n"));
  const RevenueLinks links(seen);
  const ChainFinder finder(seen, links, find_company(seen, "t"));
  const std::vector<Chain> chains = finder.strongest(find_company(seen, "a"), 10);
  REQUIRE(chains.size() == 5);
  CHECK(chains[0].share == doctest::Approx(0.24));
  CHECK(chains[1].share == doctest::Approx(0.2));
  CHECK(chains[2].share == doctest::Approx(0.2));
  CHECK(chains[3].share == doctest::Approx(0.1));
  CHECK(chains[4].share == doctest::Approx(0.012));  // a→c→b→t .3·.1·.4
  double sum = 0;
  for (const Chain& chain : chains) sum += chain.share;
  CHECK(sum <= row_of(seen, exposed_to(seen, "t"), "a").total + 1e-12);
}

TEST_CASE("the value of a total is that part of all that the revenue may be") {
  // 20 % to t and 50 % to b, of which 40 % go to t: 40 % of 100M..150M USD are 40M..60M; 20 % of ~10M are ~2M.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,t,supplies,20%\na,b,supplies,50%\nb,t,supplies,40%\nc,t,supplies,20%\n"
               "d,t,supplies,50%\n",
               "id,revenue,revenue_period\na,100M..150M USD,2024\nb,,\nc,~10M USD,2024\nd,>10M USD,2024\nt,,\n"));
  const ExposureResult result = exposed_to(seen, "t");
  const Quantity a = row_of(seen, result, "a").value;
  CHECK(a.low == doctest::Approx(40e6));
  CHECK(a.high == doctest::Approx(60e6));
  CHECK(to_string(a.currency) == "USD");
  CHECK(!row_of(seen, result, "b").value.known);
  CHECK(row_of(seen, result, "c").value.low == doctest::Approx(2e6));
  CHECK(row_of(seen, result, "c").value.approximate);
  CHECK(row_of(seen, result, "d").value.low == doctest::Approx(5e6));
  CHECK(row_of(seen, result, "d").value.high == unbounded);
}

TEST_CASE("a supplier cannot be its own customer, and a miss says what was meant") {
  const Model seen = active(model_of("from,to,kind,revenue_share\ncambricon,t,supplies,10%\n"));
  const CompanyIndex t = find_company(seen, "T");
  CHECK_THROWS_WITH(exposed_to(seen, t, t), "the supplier and the customer are the same company: t");
  CHECK_THROWS_WITH(find_company(seen, "cambricn"), "no company 'cambricn' in the graph; did you mean 'cambricon'?");
}
