// The rules of `check`: what they find, and what it costs where one pair of companies has most rows.

#include <doctest/doctest.h>

#include "allocations.hpp"
#include "ask/check/check_rules.hpp"
#include "growth.hpp"
#include "model_of.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

std::string found(Rule rule, const Model& model) {
  Problems problems;
  rule(model, problems);
  std::string text;
  for (const Problem& problem : problems) text += to_string(problem) + "\n";
  return text;
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
  CHECK(growth(2'000, [&](std::size_t count) {
          const Model many = model(count);
          return seconds_of([&] { found(find_parts_with_total, many); });
        }) < 8);
}

TEST_CASE("twice the rows of one pair of companies take twice the time to check") {
  const auto model = [](std::size_t count) {
    std::string rows = "from,to,kind,item,value,supply_share,revenue_share,as_of\n";
    for (std::size_t i = 0; i < count; ++i)
      rows += row("", i / 2, std::to_string(1 + i % 7) + " USD,0.01%,0.01%," + std::to_string(2020 + i % 2));
    return active(model_of(rows));
  };
  for (const Rule rule : {find_contradictions, find_duplicates, find_parts_with_total, find_supply_above_one,
                          find_missing_sources, find_old_beside_new, find_self_relations, find_misplaced}) {
    CHECK(growth(2'000, [&](std::size_t count) {
            const Model many = model(count);
            return seconds_of([&] { found(rule, many); });
          }) < 8);
  }
}
