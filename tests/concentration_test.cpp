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
  CHECK(group.covered.low == doctest::Approx(0.7));
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

TEST_CASE("an aggregate is no supplier: its share counts as unreported, and what it has no other can have") {
  // a 30 % to 100 %, various 20 %: a has .8 at most. Low .3² = .09; high .8² + (1 − .3)² = .64 + .49, cut at 1.
  // Largest .3 to .8. a cannot have all: partly recorded, not sole; without a share of various nothing decides.
  const auto group = [](const char* various) {
    const Model seen = active(model_of(
        "from,to,kind,category,supply_share\na,t,supplies,x,>=30%\nvarious,t,supplies,x," + std::string(various) + "\n",
        "id,aggregate\nvarious,true\n"));
    return concentration(seen).groups.front();
  };
  CHECK(group("20%").hhi_low == doctest::Approx(900));
  CHECK(group("20%").hhi_high == 10'000);
  CHECK(group("20%").top_low == 0.3);
  CHECK(group("20%").top_high == doctest::Approx(0.8));
  CHECK(group("20%").suppliers.size() == 1);
  CHECK(group("20%").covered.low == 0.3);
  CHECK(group("20%").level == Level::partly_recorded);
  CHECK(group("").level == Level::unknown);
}

TEST_CASE("what an aggregate buys is no purchase, but proof that its supplier is not the only one") {
  const Model seen =
      active(model_of("from,to,kind,category\na,t,supplies,x\nb,clouds,supplies,x\n", "id,aggregate\nclouds,true\n"));
  const ConcentrationResult result = concentration(seen);
  REQUIRE(result.groups.size() == 1);
  CHECK(result.groups.front().level == Level::single_source);
}

TEST_CASE("one recorded supplier: the first level that holds") {
  const auto level = [](const char* share, const char* others = "") {
    const Model seen = active(
        model_of(std::string("from,to,kind,category,supply_share,status\na,t,supplies,x,") + share + ",\n" + others));
    return concentration(seen).groups.front().level;
  };
  CHECK(level("") == Level::sole_source);
  CHECK(level("100%") == Level::sole_source);
  CHECK(level(">85%") == Level::sole_source);  // it can be 100 %
  CHECK(level(">85%", "b,u,supplies,x,,rumoured\n") == Level::single_source);
  CHECK(level(">85%", "b,u,supplies,x,,ended\n") == Level::sole_source);  // who has stopped is no other
  CHECK(level("99%") == Level::dominant);
  CHECK(level("49%") == Level::partly_recorded);
  CHECK(level("<100%") == Level::partly_recorded);
  CHECK(level("", "b,t,supplies,x,,testing\n") == Level::single_source);
}

TEST_CASE("shares that contradict each other are unknown, said, and silence this purchase alone") {
  const std::string relations =
      "from,to,kind,category,supply_share,as_of\na,t,supplies,x,70%,2024\nb,t,supplies,x,60%,2024\n"
      "a,u,supplies,x,60%,2024\nb,u,supplies,x,40.3%,2024\n";  // 100.3 %: half a percent and .05 are allowed
  const auto answer = asked(relations);
  REQUIRE(answer);
  REQUIRE(answer->results.size() == 2);
  std::string words;
  for (const ConcentrationRow& row : answer->results) {
    words += fmt::format("{} {} {:.0f}-{:.0f}", row.customer.id, to_string(row.level), row.hhi.low, row.hhi.high);
    for (const SupplierRow& supplier : row.suppliers)
      words += fmt::format(" {}={:.4f}{}", supplier.supplier.id, supplier.share.low, supplier.why);
    words += "; ";
  }
  // u: .6/1.003 = .5982, .403/1.003 = .4018; squares 3578.5 + 1614.4 = 5193.
  CHECK(words ==
        "u dominant 5193-5193 a=0.5982 b=0.4018; "
        "t unknown 0-10000 a=0.0000shares contradict each other b=0.0000shares contradict each other; ");
  REQUIRE(answer.problems().size() == 1);
  CHECK(answer.problems().front().severity == Severity::warning);
  CHECK(
      answer.problems().front().what ==
      "the suppliers of 'x' to 't' make up 130 % of it as of 2024-12-31: 70 % from 'a' (g/relations.csv:2), 60 % from "
      "'b' (g/relations.csv:3)");
  bool said = false;
  for (const std::string& note : answer->about.notes)
    said |= note.starts_with("Shares taken as unknown: the suppliers");
  CHECK(said);
  ConcentrationOptions strict;
  strict.view.strict = true;
  CHECK(!asked(relations, strict));
  strict.customer = "u";
  CHECK(asked(relations, strict));
}

TEST_CASE("a share whose period ended a year before the newest one's is stale: named, not summed") {
  // 40 % of 2022 and 30 % of 2024: .3² = 900, high .09 + .7² = .58. With three years both: .16 + .09 = 2500, + .3² =
  // 3400.
  const std::string relations =
      "from,to,kind,category,supply_share,as_of\nm,t,supplies,x,40%,2022\nn,t,supplies,x,30%,2024\n";
  const auto words = [&](const std::string& max_age) {
    ConcentrationOptions options;
    options.view.max_age = max_age;
    const auto answer = asked(relations, options);
    REQUIRE(answer);
    const ConcentrationRow row = *answer->results.begin();
    std::string text = fmt::format("{:.0f}-{:.0f}", row.hhi.low, row.hhi.high);
    for (const SupplierRow& s : row.suppliers)
      text += fmt::format(" {}{}[{}]", s.supplier.id, s.share.known ? "" : "?", s.why);
    return text;
  };
  CHECK(words("") == "900-5800 n[] m?[40 % of 2022 is too old]");
  CHECK(words("3y") == "2500-3400 m[] n[]");
}

TEST_CASE("recorded spend: of annual amounts of one year and currency") {
  // 40 and 60 of 100: .16 + .36 = 5200. Of an interval 40..60 beside 40: 40/80..60/100; the other 40/100..40/80:
  // low .25 + .16 = 4100, high .36 + .25 = 6100.
  const auto spend = [](const char* first, const char* second) {
    const auto answer = asked(std::string("from,to,kind,category,value,value_basis,as_of\na,t,supplies,x,") + first +
                              "\nb,t,supplies,x," + second + "\n");
    REQUIRE(answer);
    const ConcentrationRow row = *answer->results.begin();
    if (!row.recorded_hhi) return std::string("none");
    return fmt::format("{:.0f}-{:.0f} {:.2f}", row.recorded_hhi.low, row.recorded_hhi.high,
                       row.suppliers.front().recorded_share.low);
  };
  CHECK(spend("40M USD,annual,2024", "60M USD,annual,2024-06") == "5200-5200 0.40");
  CHECK(spend("40M..60M USD,annual,2024", "40M USD,annual,2024") == "4100-6100 0.50");
  CHECK(spend("40M USD,annual,2024", "60M USD,annual,2023") == "none");
  CHECK(spend("40M USD,annual,2024", "60M EUR,annual,2024") == "none");
  CHECK(spend("40M USD,annual,2024", "60M USD,order,2024") == "none");
  CHECK(spend("40M USD,annual,", "60M USD,annual,") == "none");
}

TEST_CASE("for whom is a supplier the only one") {
  const std::string relations =
      "from,to,kind,category,item,claim\na,t,supplies,x,,sole\na,u,supplies,x,,\nb,u,supplies,x,,\nb,v,supplies,y,,\n"
      "a,v,supplies,,gears,\na,v,supplies,,,\n";
  ConcentrationOptions options;
  options.supplier = "a";
  const auto answer = asked(relations, options);
  REQUIRE(answer);
  CHECK(answer->about.title ==
        "4 purchases in which a is a recorded supplier: the only recorded one in 2, 0 from a dominant one; no share is "
        "known");
  std::string words;
  for (const ConcentrationRow& row : answer->results)
    words += fmt::format("{} {} {}{}{}; ", row.customer.id, row.category, to_string(row.level),
                         row.by.empty() ? "" : " by item", row.claim.empty() ? "" : ", says the source");
  // gears are sold by a alone; x by b too, to u. What names neither has no level.
  CHECK(words == "v gears sole-source by item; t x single-source, says the source; u x unknown; v  ; ");
  options.customer = "u";
  CHECK((*asked(relations, options)).about.title ==
        "x of u: concentration unknown, 2 recorded suppliers of an unknown share");
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
    words += fmt::format("{}={} ", seen.id(supplier.supplier), to_string(supplier.share.confidence));
  CHECK(words == "a= b=reported c= ");
}

TEST_CASE("an answer says all of a purchase: who counts, who stands beside and why") {
  // .5² + .2² = .29; nobody reported .3: .29 + .09 = .38. Effective: 1/.38 to 1/.29 suppliers. Shares of all years.
  ConcentrationOptions options;
  options.view.max_age = "all";
  const auto answer = asked(
      "from,to,kind,category,item,supply_share,status,as_of,confidence,source\n"
      "b,t,supplies,x,,20%,,2024,disclosed,s1\n"
      "a,t,supplies,x,i,~40%,,2022,disclosed,s2\n"
      "a,t,supplies,x,j,10%,,2025-03,estimated,s1; s3\n"
      "c,t,supplies,x,,,,2023,disclosed,s4\n"
      "various,t,supplies,x,,25%,,2020,reported,s5\n"
      "d,t,supplies,x,,5%,testing,2026,reported,s6\n"
      "e,t,supplies,x,,,ended,2025,reported,s7\n",
      options, "id,aggregate\nvarious,true\n");
  REQUIRE(answer);
  CHECK(answer->about.title == "x of t: dominant source, 3 recorded suppliers of about 70 % (estimated)");
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
  CHECK(t.covered.low == doctest::Approx(0.7));
  CHECK(t.covered.approximate);
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
        "d 0.05 testing beside [testing] 2026 reported: s6\n"
        "e -1 ended beside [ended] 2025 reported: s7\n");
  // Every source that a row names is listed; dates are those of what counts.
  words.clear();
  for (const auto& source : answer->about.sources) words += std::string(source.id) + " ";
  CHECK(words == "s2 s1 s3 s4 s5 s6 s7 ");
  CHECK(answer->about.notes[2] == "Relations not counted: 1 testing, 1 ended.");
  CHECK(answer->about.notes[3] == "Figures as of 2022 to 2025-03.");
}

TEST_CASE("where no share is known anything is possible") {
  const auto answer = asked("from,to,kind,category\na,t,supplies,x\nb,t,supplies,x\n");
  REQUIRE(answer);
  const ConcentrationRow t = *answer->results.begin();
  CHECK(!t.covered.known);
  CHECK(t.hhi.low == 0);
  CHECK(t.hhi.high == 10'000);
  CHECK(t.top_share.low == 0);
  CHECK(t.top_share.high == 1);
  CHECK(t.effective_suppliers.low == 1);
  CHECK(t.effective_suppliers.high == tierscope::unbounded);
  CHECK(t.level == Level::unknown);
  CHECK(answer->about.notes[1] == "1 purchase has no known share: HHI 0 to 10,000.");
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
  CHECK(one->about.title == "Racks of t: sole source, 1 recorded supplier of an unknown share");
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
