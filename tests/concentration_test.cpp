// Definitions, section 6: single-supplier concentration.

#include "ask/concentration/concentration.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "allocations.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

namespace tierscope::core {
namespace {

// The public answer, which must outlive the handle on the model.
tierscope::Result<tierscope::Concentration> asked(const std::string& relations,
                                                  const ConcentrationOptions& options = {},
                                                  const std::string& companies = "") {
  return tierscope::concentration(tierscope::Model(std::make_shared<Model>(model_of(relations, companies))), options);
}

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
  const Concentration group = group_of(seen, concentration(seen), "t", "x");
  CHECK(group.suppliers.size() == 3);
  CHECK(group.covered == doctest::Approx(0.7));
  CHECK(group.hhi_low == doctest::Approx(2900));
  CHECK(group.hhi_high == doctest::Approx(3800));
  CHECK(group.level == Level::dominant);
}

TEST_CASE("a high bound is cut so that no supplier exceeds what the others leave") {
  // a is >60 % but b has 30 %: a has .7 at most. High: .7² + .3² + (1 − .9)² = .49 + .09 + .01.
  const Model seen = active(model_of("from,to,kind,category,supply_share\na,t,supplies,x,>60%\nb,t,supplies,x,30%\n"));
  const Concentration group = group_of(seen, concentration(seen), "t", "x");
  CHECK(group.hhi_low == doctest::Approx(4500));
  CHECK(group.hhi_high == doctest::Approx(5900));
  CHECK(group.top_high == doctest::Approx(0.7));
}

TEST_CASE("items of one supplier are one share, and the item stands for a missing category") {
  const Model seen =
      active(model_of("from,to,kind,category,item,supply_share\na,t,supplies,x,i,20%\na,t,supplies,x,j,25%\nb,t,"
                      "supplies,,gears,10%\n"));
  const ConcentrationResult result = concentration(seen);
  CHECK(group_of(seen, result, "t", "x").hhi_low == doctest::Approx(2025));
  CHECK(group_of(seen, result, "t", "gears").suppliers.size() == 1);
}

TEST_CASE("various suppliers at 100 % are no monopoly") {
  const Model seen = active(
      model_of("from,to,kind,category,supply_share\nvarious,t,supplies,x,100%\n", "id,aggregate\nvarious,true\n"));
  const Concentration group = group_of(seen, concentration(seen), "t", "x");
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
  const ConcentrationResult result = concentration(seen);
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
    return concentration(seen).groups.front().level;
  };
  CHECK(level(2, "45%") == Level::high);
  CHECK(level(8, "12.5%") == Level::moderate);
  CHECK(level(12, "8%") == Level::low);
  CHECK(level(3, "20%") == Level::unknown);  // 1200..2800
  CHECK(level(2, "") == Level::unknown);
}

TEST_CASE("the largest share may be of who reported nothing") {
  const auto top = [](const std::string& rows) {
    const Model seen = active(model_of("from,to,kind,category,supply_share\n" + rows));
    const Concentration group = group_of(seen, concentration(seen), "t", "x");
    return fmt::format("{:.2f} to {:.2f}", group.top_low, group.top_high);
  };
  CHECK(top("a,t,supplies,x,10%\nb,t,supplies,x,\n") == "0.10 to 0.90");  // b may have all that is left
  CHECK(top("a,t,supplies,x,60%\nb,t,supplies,x,\n") == "0.60 to 0.60");  // b has .4 at most
  CHECK(top("a,t,supplies,x,10%\n") == "0.10 to 0.90");                   // somebody who is not in the data
  CHECK(top("a,t,supplies,x,\nb,t,supplies,x,\n") == "0.00 to 1.00");
}

TEST_CASE("a supplier's confidence is the weakest of its figures") {
  const Model seen = active(
      model_of("from,to,kind,category,item,supply_share,confidence,restates\n"
               "a,t,supplies,x,i,20%,disclosed,\na,t,supplies,x,j,25%,,\na,t,supplies,x,k,,estimated,\n"
               "b,t,supplies,x,i,10%,disclosed,\nb,t,supplies,x,j,5%,reported,\nb,t,supplies,x,k,9%,estimated,true\n"
               "c,t,supplies,x,i,,disclosed,\n"));
  std::string words;
  for (const SupplyShare& supplier : group_of(seen, concentration(seen), "t", "x").suppliers)
    words += fmt::format("{}={} ", seen.id(supplier.supplier), to_string(supplier.confidence));
  CHECK(words == "a= b=reported c= ");
}

TEST_CASE("an answer says all of a purchase: who counts, who stands beside and why") {
  // .5² + .2² = .29; nobody reported .3: .29 + .09 = .38. Effective: 1/.38 to 1/.29 suppliers.
  const auto answer = asked(
      "from,to,kind,category,item,supply_share,status,as_of,confidence,source\n"
      "b,t,supplies,x,,20%,,2024,disclosed,s1\n"
      "a,t,supplies,x,i,~40%,,2022,disclosed,s2\n"
      "a,t,supplies,x,j,10%,,2025-03,estimated,s1; s3\n"
      "c,t,supplies,x,,,,2023,disclosed,s4\n"
      "various,t,supplies,x,,25%,,2020,reported,s5\n"
      "d,t,supplies,x,,5%,testing,2026,reported,s6\n"
      "e,t,supplies,x,,,ended,2026,reported,s7\n",
      {}, "id,aggregate\nvarious,true\n");
  REQUIRE(answer);
  CHECK(answer->about.title == "1 purchase: 0 from one recorded supplier, 1 from a dominant one");
  REQUIRE(answer->results.size() == 1);
  const ConcentrationRow t = *answer->results.begin();
  CHECK(t.customer.id == "t");
  CHECK(t.category == "x");
  CHECK(t.count == 3);
  CHECK(t.level == Level::dominant);
  CHECK(t.hhi.low == doctest::Approx(2900));
  CHECK(t.hhi.high == doctest::Approx(3800));
  CHECK(t.hhi.approximate);
  CHECK(t.hhi.confidence == Confidence::estimated);
  CHECK(t.top_share.low == 0.5);
  CHECK(t.top_share.high == 0.5);
  CHECK(t.covered == doctest::Approx(0.7));
  CHECK(t.effective_suppliers.low == doctest::Approx(1 / 0.38));
  CHECK(t.effective_suppliers.high == doctest::Approx(1 / 0.29));
  CHECK(to_string(t.oldest) == "2022");
  CHECK(to_string(t.newest) == "2025-03");
  std::string words;
  for (const SupplierRow& row : t.suppliers) {
    words += fmt::format("{} {} {} {} [{}] {} {}:", row.supplier.id, row.share.known ? row.share.low : -1, row.status,
                         row.counted ? "counted" : "beside", row.why, to_string(row.as_of), to_string(row.confidence));
    for (const std::string_view id : row.sources) words += " " + std::string(id);
    words += "\n";
  }
  CHECK(words ==
        "a 0.5 active counted [] 2025-03 estimated: s2 s1 s3\n"
        "b 0.2 active counted [] 2024 disclosed: s1\n"
        "c -1 active counted [] 2023 disclosed: s4\n"
        "various 0.25 active beside [aggregate] 2020 reported: s5\n"
        "d 0.05 testing beside [testing] 2026 reported: s6\n");
  // Every source that a row names is listed; dates are those of what counts.
  words.clear();
  for (const auto& source : answer->about.sources) words += std::string(source.id) + " ";
  CHECK(words == "s2 s1 s3 s4 s5 s6 ");
  CHECK(answer->about.notes[2] == "Relations not counted: 1 testing, 1 ended.");
  CHECK(answer->about.notes[3] == "Figures as of 2022 to 2025-03.");
}

TEST_CASE("an answer gives no figure of a purchase without one") {
  const auto answer = asked("from,to,kind,category\na,t,supplies,x\nb,t,supplies,x\n");
  REQUIRE(answer);
  const ConcentrationRow t = *answer->results.begin();
  CHECK(!t.hhi.known);
  CHECK(!t.top_share.known);
  CHECK(!t.effective_suppliers.known);
  CHECK(t.level == Level::unknown);
  CHECK(answer->about.notes[2] == "1 purchase has no reported share: HHI unknown.");
}

TEST_CASE("one customer or category alone; another purchase's relations are not told of") {
  const std::string relations =
      "from,to,kind,category,status\na,t,supplies,Racks,\nb,t,supplies,cpu,\nc,u,supplies,racks,\n"
      "d,t,supplies,cpu,planned\ne,t,supplies,racks,testing\n";
  ConcentrationOptions options;
  options.category = "RACKS";
  const auto racks = asked(relations, options);
  REQUIRE(racks);
  CHECK(racks->results.size() == 2);
  options.customer = "t";
  const auto one = asked(relations, options);
  REQUIRE(one);
  CHECK(one->about.title == "1 purchase of t: 1 from one recorded supplier, 0 from a dominant one");
  options.category = "cpu";
  CHECK((*asked(relations, options)).about.notes[3] == "Relations not counted: 1 planned.");
  options.category = "rack";
  const auto wrong = asked(relations, options);
  REQUIRE(!wrong);
  CHECK(to_string(wrong.problems().front()) == "no counted purchase of category 'rack'; did you mean 'Racks'?");
}

TEST_CASE("the gate closes above the largest proven HHI") {
  const std::string relations = "from,to,kind,category,supply_share\na,t,supplies,x,50%\nb,u,supplies,x,60%\n";
  ConcentrationOptions options;
  options.fail_above = 3600;
  CHECK((*asked(relations, options)).about.gate.empty());
  options.fail_above = 2000;
  CHECK((*asked(relations, options)).about.gate == "the suppliers of x to u have an HHI of at least 3600");
}

TEST_CASE("rows of concentration are read by two at once when the handle on the model is gone") {
  std::string relations = "from,to,kind,category,supply_share,source,status\n";
  for (int i = 0; i < 60; ++i)
    relations +=
        fmt::format("s{},c{},supplies,x{},{}%,q{},{}\n", i, i % 7, i % 3, i % 9, i, i % 5 == 0 ? "planned" : "");
  const auto answer = asked(relations);
  REQUIRE(answer);
  CHECK(answer->results.size() == 21);
  check_read_twice(answer->results);
}

TEST_CASE("work grows with the rows: n purchases of one customer, n suppliers, n relations of one supplier") {
  const auto work = [](int n, const char* supplier, const char* category) {
    std::string relations = "from,to,kind,category,item,supply_share,source,status\n";
    for (int i = 0; i < n; ++i)
      relations += fmt::format("{},t,supplies,{},i{},0.01%,q{},{}\n", fmt::format(fmt::runtime(supplier), i),
                               fmt::format(fmt::runtime(category), i / 2), i, i, i % 4 == 1 ? "planned" : "");
    const tierscope::Model model(std::make_shared<Model>(model_of(relations)));
    return static_cast<double>(allocations_of([&] {
      const auto answer = tierscope::concentration(model, {});
      REQUIRE(answer);
      for (const ConcentrationRow& row : answer->results) CHECK(!row.suppliers.empty());
    }));
  };
  CHECK(work(2000, "s", "x{}") <= 4.5 * work(500, "s", "x{}"));
  CHECK(work(2000, "s{}", "x") <= 4.5 * work(500, "s{}", "x"));
  CHECK(work(2000, "s", "x") <= 4.5 * work(500, "s", "x"));
}

}  // namespace tierscope::core
