// Definitions, section 5: exposure of a supplier to one customer.

#include "ask/exposure/exposure.hpp"
#include "exposed.hpp"

#include <doctest/doctest.h>

#include "ask/exposure/behind.hpp"
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
  CHECK(*a.direct == doctest::Approx(0.2));
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
  // a sells half to t and half into the closed loop b ⇄ c; that b sells t something too is no figure.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,t,supplies,50%\na,b,supplies,50%\nb,c,supplies,100%\nc,b,supplies,100%\n"
               "b,t,supplies,\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "a").total == 0.5);
  CHECK(row_of(seen, result, "a").trapped == 0.5);
  CHECK(row_of(seen, result, "b").trapped == 1);
  CHECK(row_of(seen, result, "b").total == 0);
}

// a keeps 1e-13 of its revenue out of a loop with b: half of it comes from t, half from nobody reported. 1 - 1e-13 is
// known to 1.1e-16, a thousandth of it: so much of the total is not proven, and said to be nobody's.
TEST_CASE("what the rounding of a figure may have made of a total is unattributed, and said") {
  const auto answer = [](const std::string& most, const std::string& least) {
    const Model seen = active(model_of("from,to,kind,revenue_share\na,b,supplies," + most + "\na,t,supplies," + least +
                                       "\nb,a,supplies,100%\n"));
    ExposureResult result = exposed_to(seen, "t");
    for (const SupplierExposure& row : result.suppliers) {
      CHECK(row.total + row.other + row.unattributed + row.trapped == doctest::Approx(1).epsilon(1e-15));
      CHECK(row.trapped == 0);
      CHECK(row.total <= .5);
    }
    return result;
  };
  const ExposureResult some = answer("99.999999999990%", "0.000000000005%");
  CHECK(some.suppliers.front().total > .45);
  CHECK(some.precision.rounding == doctest::Approx(11 * 2.3e-16 / 1e-13).epsilon(.01));
  CHECK(precision_notes(some.precision).front() ==
        "A loop hardly leaks: the shares of its companies would have to be known to more than 16 digits. Of a "
        "supplier's revenue up to 2.53 % is unattributed for that.");
  // With 1e-15 left, nothing is known but what t pays itself.
  const ExposureResult none = answer("99.9999999999999%", "0.00000000000005%");
  CHECK(none.suppliers.front().total == 5e-16);
  CHECK(none.suppliers.front().indirect == 0);
}

TEST_CASE("customers without any figure make the revenue unattributed, no customers make it other") {
  // d sells e and f half each; e has no customer, f sells t without a figure.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,b,supplies,100%\nb,t,supplies,\nd,e,supplies,50%\nd,f,supplies,50%\n"
               "f,t,supplies,\ng,e,supplies,100%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "a").unattributed == 1);
  CHECK(row_of(seen, result, "d").other == 0.5);
  CHECK(row_of(seen, result, "d").unattributed == 0.5);
  // No chain leads from g to t, and b and f have no figure at all.
  CHECK(result.suppliers.size() == 2);
  // a, b, d and f reach t, but no figure says how much; each with the first unknown link, else the first.
  std::string ids;
  for (const UnquantifiedChain& u : result.unquantified)
    ids += std::string(seen.id(u.supplier)) + std::string(seen.id(u.sells_to)) + " ";
  CHECK(ids == "ab bt df ft ");
  CHECK(recorded_without(result) == 4);
}

TEST_CASE("a direct link without a figure is unknown, not zero, and is listed") {
  // h sells t without a figure and i 60 %; i sells t 50 %: indirect .6 · .5 = .3, unattributed .4 + .6 · .5 = .7.
  const Model seen =
      active(model_of("from,to,kind,revenue_share\nh,t,supplies,\nh,i,supplies,60%\ni,t,supplies,50%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  const SupplierExposure h = row_of(seen, result, "h");
  CHECK(!h.direct);
  CHECK(h.indirect == doctest::Approx(0.3));
  CHECK(h.total == doctest::Approx(0.3));
  CHECK(h.unattributed == doctest::Approx(0.7));
  CHECK(*row_of(seen, result, "i").direct == doctest::Approx(0.5));
  REQUIRE(result.unquantified.size() == 1);
  CHECK(seen.id(result.unquantified[0].sells_to) == "t");
  CHECK(recorded_without(result) == 0);  // it has a chain of figures
}

TEST_CASE("a share from 0 is a figure, and its supplier has a row from 0") {
  // f sells g 50 %, g sells t <10 %: unattributed of g 1, of f .5 + .5 · 1.
  const Model seen = active(model_of("from,to,kind,revenue_share\nf,g,supplies,50%\ng,t,supplies,<10%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  CHECK(row_of(seen, result, "f").total == 0);
  CHECK(row_of(seen, result, "f").unattributed == 1);
  CHECK(result.unquantified.empty());
  CHECK(result.by_figures[find_company(seen, "f")]);
}

TEST_CASE("rows come by total, then by what the figures allow, then by id") {
  // All .2; b leaves .8 unattributed, a and c are known to sell the rest to x, who sells to nobody recorded.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\nc,t,supplies,20%\nc,x,supplies,80%\nb,t,supplies,20%\na,t,supplies,20%\n"
               "a,x,supplies,80%\nd,t,supplies,30%\nd,x,supplies,70%\n"));
  std::string ids;
  for (const SupplierExposure& row : exposed_to(seen, "t").suppliers) ids += seen.id(row.supplier);
  CHECK(ids == "dbac");
}

TEST_CASE("who contradicts himself is unknown, and everybody else is answered") {
  // a: .8 + .6 = 1.4. b sells a half to a, whose revenue is nobody's: .5 + .5 · 1 − .3 at t.
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,t,supplies,80%\na,c,supplies,60%\nb,a,supplies,50%\nb,t,supplies,30%\n"));
  const ExposureResult result = exposed_to(seen, "t");
  REQUIRE(result.suppliers.size() == 1);
  CHECK(result.suppliers[0].total == doctest::Approx(0.3));
  CHECK(result.suppliers[0].unattributed == doctest::Approx(0.7));  // .2 + .5
  REQUIRE(result.unquantified.size() == 1);
  CHECK(seen.id(result.unquantified[0].supplier) == "a");
  const RevenueLinks links(seen);
  const std::vector<std::string> notes = links.contradiction_notes([](CompanyIndex) { return true; });
  REQUIRE(notes.size() == 1);
  CHECK(notes[0] ==
        "A contradiction, so none of these shares counts: the customers of 'a' make up 140 % of its revenue: 80 % from "
        "'t' (g/relations.csv:2), 60 % from 'c' (g/relations.csv:3).");
}

TEST_CASE("nothing passes through an aggregate") {
  // What reaches v or w is unattributed, whether they sell on or not: nobody knows whose demand it is. .3 + .2
  const Model seen = active(
      model_of("from,to,kind,revenue_share\na,v,supplies,30%\na,w,supplies,20%\na,b,supplies,50%\nb,t,supplies,100%\n"
               "v,t,supplies,100%\n",
               "id,aggregate\nv,true\nw,true\n"));
  const ExposureResult result = exposed_to(seen, "t");
  const SupplierExposure a = row_of(seen, result, "a");
  CHECK(a.total == doctest::Approx(0.5));
  CHECK(a.unattributed == doctest::Approx(0.5));
  CHECK(a.other == 0);
  CHECK(result.suppliers.size() == 2);  // none of v
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

TEST_CASE("the amount of a total is at least that part of the revenue, if all is of one year") {
  // 20 % to t and 50 % to b, of which 40 % go to t: at least 40 % of 100M USD are 40M; 20 % of ~10M are ~2M. All of
  // f's revenue is 10M..20M.
  const Model seen =
      active(model_of("from,to,kind,revenue_share,as_of,confidence\na,t,supplies,20%,2024,disclosed\n"
                      "a,b,supplies,50%,2024-09,disclosed\nb,t,supplies,40%,2024,reported\nc,t,supplies,20%,2024,\n"
                      "d,t,supplies,50%,2023,\ne,t,supplies,50%,,\nf,t,supplies,100%,2024,\ng,d,supplies,50%,2024,\n",
                      "id,revenue,revenue_period\na,100M..150M USD,FY2024\nb,,\nc,~10M USD,2024\nd,10M USD,2024\n"
                      "e,10M USD,2024\nf,10M..20M USD,2024\ng,10M USD,2024\nt,,\n"));
  const RevenueLinks links(seen);
  const ExposureResult result = exposed_to(seen, "t");
  const std::vector<Behind> behind = Figures(seen, links).to(find_company(seen, "t"));
  const auto amount = [&](const char* id) {
    return amount_of(seen, row_of(seen, result, id), behind[find_company(seen, id)]);
  };
  const Quantity a = amount("a");
  CHECK(a.low == doctest::Approx(40e6));
  CHECK(a.high == unbounded);
  CHECK(a.confidence == tierscope::Confidence::reported);
  CHECK(to_string(a.currency) == "USD");
  CHECK(!amount("b").known);  // no revenue
  CHECK(amount("c").low == doctest::Approx(2e6));
  CHECK(amount("c").approximate);
  CHECK(!amount("d").known);  // a share of 2023, a revenue of 2024
  CHECK(!amount("e").known);  // a share of no year
  CHECK(!amount("g").known);  // the share of 2024 rests on one of 2023
  CHECK(amount("f").low == doctest::Approx(10e6));
  CHECK(amount("f").high == doctest::Approx(20e6));
}

TEST_CASE("a total is as weak as the weakest figure on its chains, low 0 too, and as no other") {
  // a: t 20 % disclosed; through b, whose share of t is <10 %, estimated. c sells beside to x, estimated: not on a
  // chain.
  const Model seen =
      active(model_of("from,to,kind,revenue_share,confidence\na,t,supplies,20%,disclosed\na,b,supplies,~50%,disclosed\n"
                      "b,t,supplies,<10%,estimated\nc,t,supplies,30%,disclosed\nc,x,supplies,~40%,estimated\n"));
  const std::vector<Behind> behind = Figures(seen, RevenueLinks(seen)).to(find_company(seen, "t"));
  const Behind& a = behind[find_company(seen, "a")];
  CHECK(a.confidence == tierscope::Confidence::estimated);
  CHECK(a.approximate);
  CHECK(earns("a", graded(0.2, a), false, "t") == "a earns about 20 % (estimated) of its revenue from t");
  const Behind& c = behind[find_company(seen, "c")];
  CHECK(c.confidence == tierscope::Confidence::disclosed);
  CHECK(!c.approximate);
  CHECK(earns("c", graded(0.3, c), true, "t") ==
        "c earns at least 30 % of its revenue from t, over all tiers (estimate)");
}

TEST_CASE("a supplier cannot be its own customer, and a miss says what was meant") {
  const Model seen = active(model_of("from,to,kind,revenue_share\ncambricon,t,supplies,10%\n"));
  const CompanyIndex t = find_company(seen, "T");
  CHECK_THROWS_WITH(exposed_to(seen, t, t), "the supplier and the customer are the same company: t");
  CHECK_THROWS_WITH(find_company(seen, "cambricn"), "no company 'cambricn' in the graph; did you mean 'cambricon'?");
}
