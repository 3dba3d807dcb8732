// Definitions, section 7: cycles and circular deals.

#include "ask/cycles/cycles.hpp"

#include <doctest/doctest.h>

#include "ask/inquiry.hpp"
#include "model_of.hpp"

using namespace tierscope::core;

namespace {

Model money(const Model& model) {
  ViewParams params;
  params.always = true;
  params.statuses = inquiry_of("cycles").statuses;
  return view(model, params);
}

std::string loop(const Model& model, const CyclesResult& result, std::size_t i) {
  std::string text;
  for (const std::uint32_t rank : result.cycles[i].ranks)
    text += (text.empty() ? "" : " ") + std::string(model.id(result.flow->company(rank)));
  return text;
}

}  // namespace

TEST_CASE("worked example: Nvidia and CoreWeave") {
  const Model seen =
      money(model_of("from,to,kind\nnvidia,coreweave,invests\nnvidia,coreweave,supplies\ncoreweave,nvidia,supplies\n"
                     "coreweave,meta,supplies\ncoreweave,openai,supplies\n"));
  const CyclesResult result = cycles(seen, {});
  REQUIRE(result.cycles.size() == 1);
  CHECK(loop(seen, result, 0) == "coreweave nvidia");
  CHECK(result.cycles[0].cycle_class == CycleClass::circular_deal);
  CHECK(!result.cycles[0].amount.known);
  CHECK(result.complete);
  REQUIRE(result.components.size() == 1);
  CHECK(result.components[0].size() == 2);
}

TEST_CASE("each class has its loop; parallel relations make no second loop; nobody loops with itself") {
  const Model seen =
      money(model_of("from,to,kind,item\n"
                     "a,b,supplies,i\nb,a,supplies,j\nb,a,supplies,k\n"  // reciprocal trade
                     "c,d,supplies,\nd,e,supplies,\ne,c,supplies,\n"     // trade loop
                     "f,g,invests,\ng,f,lends,\n"                        // cross-financing
                     "h,i,invests,\nh,i,supplies,\n"                     // pays and is paid: circular
                     "k,k,supplies,\nk,k,invests,\nl,m,owns,\nm,l,supplies,\n"));
  const CyclesResult result = cycles(seen, {});
  REQUIRE(result.cycles.size() == 4);
  std::string found;
  for (std::size_t i = 0; i < 4; ++i)
    found += loop(seen, result, i) + ": " + std::string(to_string(result.cycles[i].cycle_class)) + "; ";
  CHECK(found == "a b: reciprocal-trade; f g: cross-financing; h i: circular-deal; c e d: trade-loop; ");
}

TEST_CASE("the circulating amount is the interval minimum of the hops' sums") {
  // a pays b: invests 5B + up to 3B = 5B..8B; b pays a: buys for 7B (restated rows and grants add nothing).
  const Model seen =
      money(model_of("from,to,kind,item,value,restates\n"
                     "a,b,invests,i,5B USD,\na,b,invests,j,up to 3B USD,\n"
                     "a,b,supplies,i,7B USD,\na,b,supplies,j,100B USD,true\nb,a,grants,i,9B USD,\n"));
  const CyclesResult result = cycles(seen, {});
  REQUIRE(result.cycles.size() == 1);
  CHECK(result.cycles[0].amount.low == 5e9);
  CHECK(result.cycles[0].amount.high == 7e9);
  CHECK(result.cycles[0].contingent);
  CHECK(!result.cycles[0].hinges_on_contingent);
}

TEST_CASE("a hop that rests on a guarantee alone is unknown, and the loop hinges on it") {
  const Model seen = money(model_of("from,to,kind,value\na,b,guarantees,6B USD\na,b,supplies,2B USD\n"));
  const CyclesResult result = cycles(seen, {});
  REQUIRE(result.cycles.size() == 1);
  CHECK(result.cycles[0].hinges_on_contingent);
  CHECK(result.cycles[0].amount.low == 0);
  CHECK(result.cycles[0].amount.high == 2e9);
}

TEST_CASE("no loop passes through an aggregate, and rumoured and ended deals close none") {
  const Model seen =
      money(model_of("from,to,kind,status\na,various,invests,\nvarious,a,invests,\nb,c,invests,rumoured\nc,b,invests,\n"
                     "d,e,invests,ended\ne,d,invests,\nf,g,invests,planned\ng,f,invests,announced\n",
                     "id,aggregate\nvarious,true\n"));
  const CyclesResult result = cycles(seen, {});
  REQUIRE(result.cycles.size() == 1);
  CHECK(loop(seen, result, 0) == "f g");
}

TEST_CASE("loops are ordered by amount, known financing, high and ids; unknown is nothing to infinity") {
  // e f and g h are 0 at least: of e f nothing is known, g h has 2B of known financing and no more than that.
  const Model seen =
      money(model_of("from,to,kind,value\n"
                     "a,b,invests,1B USD\nb,a,invests,1B USD\n"
                     "c,d,invests,>1B USD\nd,c,invests,>1B USD\n"
                     "e,f,invests,\nf,e,invests,\n"
                     "g,h,invests,\nh,g,invests,2B USD\n"));
  const CyclesResult result = cycles(seen, {});
  std::string order;
  for (std::size_t i = 0; i < result.cycles.size(); ++i) order += loop(seen, result, i) + "; ";
  CHECK(order == "c d; a b; g h; e f; ");
}

TEST_CASE("a loop is time-ordered where no date goes back, not even by a day") {
  // a finances b on 10 March; b buys from c and c from a: the money comes back on the last date.
  const auto ordered = [](const std::string& b_to_c, const std::string& c_to_a) {
    const Model seen = money(model_of("from,to,kind,since,as_of\na,b,invests,2025-03-10,\nc,b,supplies," + b_to_c +
                                      ",\na,c,supplies,," + c_to_a + "\n"));
    return cycles(seen, {}).cycles.at(0).time_ordered;
  };
  CHECK(ordered("2025-03-10", "2025-03-10") == true);
  CHECK(ordered("2025-03-11", "2025-04-01") == true);
  CHECK(ordered("2025-03-09", "2025-04-01") == false);
  CHECK(ordered("2025-03-12", "2025-03-11") == false);
  CHECK(ordered("2025-03-12", "") == std::nullopt);
  // Without financing there is nothing that could go out first.
  CHECK(cycles(money(model_of("from,to,kind,since\na,b,supplies,2025\nb,a,supplies,2025\n")), {})
            .cycles.at(0)
            .time_ordered == std::nullopt);
}

TEST_CASE("a bound on length leaves the longer loops out") {
  const Model seen = money(model_of("from,to,kind\na,b,invests\nb,a,invests\nb,c,invests\nc,a,invests\n"));
  CHECK(cycles(seen, {}).cycles.size() == 2);
  CyclesParams params;
  params.listed = params.longest = 2;
  CHECK(cycles(seen, params).cycles.size() == 1);
  params = {};
  params.min_length = 3;
  CHECK(loop(seen, cycles(seen, params), 0) == "a b c");
  params = {};
  params.classes = {"circular-deal"};
  CHECK(cycles(seen, params).count == 0);
  params.classes = {"round-trip"};
  CHECK_THROWS_WITH(cycles(seen, params),
                    "--class: 'round-trip' is none of circular-deal, reciprocal-trade, trade-loop, cross-financing");
}

TEST_CASE("three companies are listed, up to six counted, and what ends the search comes after the short loops") {
  // K7, all investments: C(7, n) · (n − 1)! loops of n companies: 21, 70, 210, 504, 840, 720.
  std::string rows = "from,to,kind\n";
  for (char a = 'a'; a <= 'g'; ++a)
    for (char b = 'a'; b <= 'g'; ++b)
      if (a != b) rows += std::string(1, a) + "," + b + ",invests\n";
  const Model seen = money(model_of(rows));
  const CyclesResult result = cycles(seen, {});
  CHECK(result.complete);
  CHECK(result.cycles.size() == 21 + 70);
  CHECK(result.loops(2, 2) == 21);
  CHECK(result.loops(4, SIZE_MAX) == 210 + 504 + 840);
  CHECK(
      cycles_title(seen, result, {}) ==
      "21 loops of payments between two companies and 70 among three, 0 of them circular deals; 1554 chains of 4 to 6 "
      "companies close");

  // 400 are all of up to four companies (301), and 99 of five.
  CyclesParams params;
  params.listed = params.longest = 0;
  params.stop_after = 400;
  const CyclesResult stopped = cycles(seen, params);
  CHECK(!stopped.complete);
  CHECK(stopped.complete_to == 4);
  CHECK(stopped.loops(2, 4) == 301);
  CHECK(stopped.loops(5, 5) == 99);
  CHECK(stopped.count == 400);
  CHECK(stopped.cycles.size() == 400);
  CHECK(cycles_title(seen, stopped, params).starts_with("At least 21 loops of payments between two companies"));
  CHECK(cycles_title(seen, stopped, params).ends_with("at least 309 chains of 4 companies or more close"));
  // As many as there are is no stop.
  params.stop_after = 21 + 70 + 210 + 504 + 840 + 720;
  CHECK(cycles(seen, params).complete);
  // The first 12 are all of two companies.
  params.stop_after = 12;
  const CyclesResult few = cycles(seen, params);
  CHECK(few.complete_to == 1);
  CHECK(few.loops(2, 2) == 12);
}

TEST_CASE("what is in force is said apart; a hop without active legs is nothing") {
  const auto amounts = [](const std::string& rows) {
    const CyclesResult result = cycles(money(model_of("from,to,kind,value,status,item\n" + rows)), {});
    const Cycle& cycle = result.cycles.at(0);
    return std::array{cycle.amount.low, cycle.in_force.low, cycle.in_force.high};
  };
  CHECK(amounts("a,b,invests,3 USD,,x\na,b,invests,4 USD,announced,y\na,b,supplies,9 USD,,\n") ==
        std::array{7.0, 3.0, 3.0});
  CHECK(amounts("a,b,invests,4 USD,announced,y\na,b,supplies,9 USD,,\n") == std::array{4.0, 0.0, 0.0});
}
