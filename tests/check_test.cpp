// The rules of `check`: what they find, and what it costs where one pair of companies has most rows.

#include <doctest/doctest.h>

#include <tierscope/check.hpp>

#include "allocations.hpp"
#include "ask/check/check_rules.hpp"
#include "model_of.hpp"
#include "read_twice.hpp"

using namespace tierscope::core;
using tierscope::Problem;
using tierscope::Problems;

namespace {

std::string found(Rule rule, const Model& model) {
  Problems problems;
  rule(Inspected(model), problems);
  std::string text;
  for (const Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
}

/// How often the rule looks at a relation.
std::uint64_t looks(Rule rule, const Model& model) {
  const Inspected inspected(model);
  Problems problems;
  rule(inspected, problems);
  return inspected.steps();
}

tierscope::Result<tierscope::Check> checked(const std::string& relations, const tierscope::CheckOptions& options = {}) {
  return tierscope::check(tierscope::Model(std::make_shared<Model>(model_of(relations))), options);
}

std::string row(const std::string& pair, std::size_t item, const std::string& rest) {
  return "a" + pair + ",b,supplies,i" + std::to_string(item) + "," + rest + "\n";
}

}  // namespace

TEST_CASE("a total beside its parts is found, each with the first parts that make it up") {
  // 60 = 10 + 20 + 30 and 30 = 10 + 20 of lines 2 to 5; 45 of line 6 is no sum; 60 CNY is another currency.
  const Model seen =
      active(model_of("from,to,kind,item,value\na,b,supplies,i,10 USD\na,b,supplies,j,20 USD\na,b,supplies,k,30 USD\n"
                      "a,b,supplies,l,60 USD\na,b,supplies,m,45 USD\na,b,supplies,n,60 CNY\n"));
  CHECK(found(find_parts_with_total, seen) ==
        "g/relations.csv:4: warning: value: '30 USD' is the sum of g/relations.csv:2, g/relations.csv:3: a total "
        "counted beside its parts; mark the total or its parts restates=true\n"
        "g/relations.csv:5: warning: value: '60 USD' is the sum of g/relations.csv:2, g/relations.csv:3, "
        "g/relations.csv:4: a total counted beside its parts; mark the total or its parts restates=true\n");
}

TEST_CASE("a total is looked for without a word being written, and what was not found costs no memory") {
  const auto cost = [](std::size_t pairs) {
    std::string rows = "from,to,kind,item,value\n";
    for (std::size_t pair = 0; pair < pairs; ++pair)  // 1001, 1003, 1007 …: no two of 1,000 or more make a third
      for (std::size_t i = 0; i < 12; ++i)
        rows += row(std::to_string(pair), i, std::to_string(1001 + i * (i + 1)) + " USD");
    const Model seen = active(model_of(rows));
    return allocations_of([&] { CHECK(found(find_parts_with_total, seen) == ""); });
  };
  const std::size_t one = cost(10);
  CHECK(cost(20) - one < 10 * 20);  // some vectors a pair, no text
}

TEST_CASE("a restating row that supersedes a figure is found at once among many of the same two companies") {
  const auto model = [](std::size_t count) {
    std::string rows = "from,to,kind,item,value,restates,as_of\n";
    for (std::size_t i = 0; i < count; ++i) {
      rows += row("", i, "5 USD,,2023");
      rows += row("", i, i == 0 ? "5 USD,true,2024" : "5 USD,,2024");
    }
    return active(model_of(rows));
  };
  CHECK(found(find_parts_with_total, model(3)) ==
        "g/relations.csv:3: warning: restates: it supersedes g/relations.csv:2, so neither is summed; give the "
        "restating row an item of its own\n");
  // Of 2 · 500 rows half are superseded. Comparing each of those with each that is not takes 250,000.
  CHECK(looks(find_parts_with_total, model(500)) < 20'000);
}

TEST_CASE("no rule compares each row of one pair of companies with each other") {
  const auto model = [](std::size_t count) {
    std::string rows = "from,to,kind,item,value,supply_share,revenue_share,as_of\n";
    for (std::size_t i = 0; i < count; ++i)
      rows += row("", i / 2, std::to_string(1 + i % 7) + " USD,0.01%,0.01%," + std::to_string(2020 + i % 2));
    return active(model_of(rows));
  };
  const Model one = model(500);
  const Model four = model(2'000);
  for (const Rule rule : {find_contradictions, find_duplicates, find_parts_with_total, find_supply_above_one,
                          find_missing_sources, find_old_beside_new, find_self_relations, find_misplaced})
    // Four times the rows are 4 times the looks, and sorted 4 · log 2000 / log 500 = 4.9 times; each with each, 16.
    CHECK(looks(rule, four) < 6 * looks(rule, one));
}

TEST_CASE("a finding says its rule in a machine's word, its place, and what would be right") {
  const auto answer = checked(
      "from,to,kind,category,item,value,revenue_share,supply_share,stake,as_of,source\n"
      "a,b,supplies,x,i,,10%,,,2024,s\n"  // contradicted by the next
      "a,b,supplies,x,i,,20%,,,2024,s\n"
      "c,d,invests,,one,5 USD,,,,2024,s\n"  // its amount again in the next, and from d to c
      "c,d,invests,,two,5 USD,,,,2024,s\n"
      "d,c,supplies,,z,5 USD,,,,2024,s\n"
      "e,f,supplies,,p,1 USD,,,,2024,s\n"  // 1 + 2 = 3
      "e,f,supplies,,q,2 USD,,,,2024,s\n"
      "e,f,supplies,,r,3 USD,,,,2024,s\n"
      "g,h,supplies,y,,,,60%,,2020,s\n"  // 60 % + 70 %, of 2020 and 2024
      "i,h,supplies,y,,,,70%,,2024,s\n"
      "j,j,supplies,,,,,,,2024,\n"  // itself, without a source
      "k,l,supplies,,其中 u,,,,9%,2024,s\n"
      "m,n,supplies,v,,,,,,2024,s\n"
      "m,n,supplies,v,,,,,,2024,s\n");
  REQUIRE(answer);
  std::string kinds;
  for (const auto& kind : answer->kinds)
    kinds += std::string(kind.kind) + " " + std::to_string(kind.count) + " " + kind.first + "\n";
  CHECK(kinds ==
        "unknown-company 1 g/relations.csv:2\n"
        "unknown-source 1 g/relations.csv:2\n"
        "contradicting-figures 1 g/relations.csv:3\n"
        "duplicate-amount 1 g/relations.csv:5\n"
        "duplicate-row 1 g/relations.csv:15\n"
        "instrument-twice 1 g/relations.csv:6\n"
        "parts-with-total 1 g/relations.csv:9\n"
        "unmarked-part 1 g/relations.csv:13\n"
        "supply-above-one 1 g/relations.csv:11\n"
        "no-source 1 g/relations.csv:12\n"
        "old-beside-new 1 g/relations.csv:10\n"
        "self-relation 1 g/relations.csv:12\n"
        "misplaced-attribute 1 g/relations.csv:13\n");
  CHECK(answer->warnings == 13);
  CHECK(answer->about.title == "No errors, 13 warnings: 14 companies, 14 relations, 0 sources");
  CHECK(answer->about.gate.empty());
  for (const auto& finding : answer->results) {
    if (finding.kind != "self-relation") continue;
    CHECK(finding.severity == "warning");
    CHECK(finding.place == "g/relations.csv:12");
    CHECK(finding.file == "g/relations.csv");
    CHECK(finding.line == 12);
    CHECK(finding.attribute == "to");
    CHECK(finding.what == "'j' supplies itself");
    CHECK(finding.remedy == "it is no cycle; name the other company, or delete the row");
  }
  check_read_twice(answer->results);
  check_read_twice(answer->kinds);
}

TEST_CASE("every finding has a rule's word") {
  const auto answer =
      checked("from,to,kind,restates,value,as_of\na,b,supplies,,5 USD,2024\na,b,supplies,true,5 USD,2025\n");
  REQUIRE(answer);
  bool restated = false;
  for (const auto& finding : answer->results) {
    CHECK(finding.kind != "");
    restated |= finding.kind == "restated-supersedes";
  }
  CHECK(restated);
}

TEST_CASE("shares above one leave no answer, and a warning closes the gate where it is asked to") {
  CHECK(
      to_string(checked("from,to,kind,revenue_share,source\na,b,supplies,60%,s\na,c,supplies,50%,s\n").problems()[0]) ==
      "g/relations.csv:3: revenue_share: the customers of 'a' make up 110 % of its revenue: 60 % from 'b' "
      "(g/relations.csv:2), 50 % from 'c' (g/relations.csv:3); shares of one supplier may sum to 100 % at most; "
      "correct "
      "a share, end an old one (until), or mark a part (restates)");
  tierscope::CheckOptions options;
  options.fail_on_warning = true;
  CHECK((*checked("from,to,kind\na,b,supplies\n", options)).about.gate == "2 warnings");
}
