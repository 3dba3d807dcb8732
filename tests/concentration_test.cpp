// Definitions, section 6: single-supplier concentration.

#include "ask/concentration/concentration.hpp"

#include <doctest/doctest.h>

#include "model_of.hpp"

using namespace tierscope::core;

namespace {

Concentration group_of(const Model& model, const ConcentrationResult& result, const char* customer,
                       const char* category) {
  for (const Concentration& group : result.groups)
    if (model.id(group.customer) == customer && model.text(group.category) == category) return group;
  FAIL("no group " << customer << ", " << category);
  return {};
}

}  // namespace

TEST_CASE("HHI from what is reported to what is possible") {
  // Low: .5² + .2² = .29. High: the unreported .3 at one unknown supplier adds .09.
  const Model seen =
      active(model_of("from,to,kind,category,supply_share\na,t,supplies,x,50%\nb,t,supplies,x,20%\nc,t,supplies,x,\n"));
  const Concentration group = group_of(seen, concentration(seen, {}), "t", "x");
  CHECK(group.suppliers.size() == 3);
  CHECK(group.covered == doctest::Approx(0.7));
  CHECK(group.hhi_low == doctest::Approx(2900));
  CHECK(group.hhi_high == doctest::Approx(3800));
  CHECK(group.level == Level::dominant);
}

TEST_CASE("a high bound is cut so that no supplier exceeds what the others leave") {
  // a is >60 % but b has 30 %: a has .7 at most. High: .7² + .3² + (1 − .9)² = .49 + .09 + .01.
  const Model seen = active(model_of("from,to,kind,category,supply_share\na,t,supplies,x,>60%\nb,t,supplies,x,30%\n"));
  const Concentration group = group_of(seen, concentration(seen, {}), "t", "x");
  CHECK(group.hhi_low == doctest::Approx(4500));
  CHECK(group.hhi_high == doctest::Approx(5900));
  CHECK(group.top_high == doctest::Approx(0.7));
}

TEST_CASE("items of one supplier are one share, and the item stands for a missing category") {
  const Model seen =
      active(model_of("from,to,kind,category,item,supply_share\na,t,supplies,x,i,20%\na,t,supplies,x,j,25%\nb,t,"
                      "supplies,,gears,10%\n"));
  const ConcentrationResult result = concentration(seen, {});
  CHECK(group_of(seen, result, "t", "x").hhi_low == doctest::Approx(2025));
  CHECK(group_of(seen, result, "t", "gears").suppliers.size() == 1);
}

TEST_CASE("various suppliers at 100 % are no monopoly") {
  const Model seen = active(
      model_of("from,to,kind,category,supply_share\nvarious,t,supplies,x,100%\n", "id,aggregate\nvarious,true\n"));
  const Concentration group = group_of(seen, concentration(seen, {}), "t", "x");
  CHECK(group.suppliers.empty());
  CHECK(group.level == Level::unknown);
  CHECK(group.hhi_low == 0);
  CHECK(group.hhi_high == 10'000);
  CHECK(group.beside.size() == 1);
}

TEST_CASE(
    "sole source if nobody else is recorded for the category, single source if others are, even if not yet active") {
  const Model seen =
      active(model_of("from,to,kind,category,status\na,t,supplies,x,\nb,u,supplies,y,\nc,v,supplies,y,\nd,t,supplies,z,"
                      "\ne,t,supplies,z,testing\n"));
  const ConcentrationResult result = concentration(seen, {});
  CHECK(group_of(seen, result, "t", "x").level == Level::sole_source);
  CHECK(group_of(seen, result, "u", "y").level == Level::single_source);
  CHECK(group_of(seen, result, "t", "z").level == Level::single_source);
  CHECK(group_of(seen, result, "t", "z").beside.size() == 1);  // e, in testing, is listed beside
}

TEST_CASE("levels follow the 2023 merger guidelines where the whole range lies within one") {
  // 2 × 45 %: low 4050 high 4150: high. 8 × 12.5 %: 1250: moderate. 12 × 8 % and .04 rest: 768..784: low.
  const auto level = [](int suppliers, const char* share) {
    std::string csv = "from,to,kind,category,supply_share\n";
    for (int i = 0; i < suppliers; ++i) csv += "s" + std::to_string(i) + ",t,supplies,x," + share + "\n";
    const Model seen = active(model_of(csv));
    return concentration(seen, {}).groups.front().level;
  };
  CHECK(level(2, "45%") == Level::high);
  CHECK(level(8, "12.5%") == Level::moderate);
  CHECK(level(12, "8%") == Level::low);
  CHECK(level(3, "20%") == Level::unknown);  // 1200..2800
  CHECK(level(2, "") == Level::unknown);
}
