// Definitions, section 7: cycles and circular deals.

#include "ask/cycles/cycles.hpp"

#include <doctest/doctest.h>

#include "ask/inquiry.hpp"
#include "model_of.hpp"

using namespace tierscope::core;

namespace {

Model money(const Model& model) {
  ViewParams params;
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

TEST_CASE("loops are ordered by amount, then length, then ids; unknown is nothing to infinity") {
  const Model seen =
      money(model_of("from,to,kind,value\n"
                     "a,b,invests,1B USD\nb,a,invests,1B USD\n"
                     "c,d,invests,>1B USD\nd,c,invests,>1B USD\n"
                     "e,f,invests,\nf,e,invests,\n"
                     "g,h,invests,\nh,g,invests,2B USD\n"));
  const CyclesResult result = cycles(seen, {});
  std::string order;
  for (std::size_t i = 0; i < result.cycles.size(); ++i) order += loop(seen, result, i) + "; ";
  CHECK(order == "c d; a b; e f; g h; ");
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
}

TEST_CASE("a bound on length leaves the longer loops out") {
  const Model seen = money(model_of("from,to,kind\na,b,invests\nb,a,invests\nb,c,invests\nc,a,invests\n"));
  CHECK(cycles(seen, {}).cycles.size() == 2);
  CyclesParams params;
  params.max_length = 2;
  CHECK(cycles(seen, params).cycles.size() == 1);
}
