#include <doctest/doctest.h>
#include <unistd.h>

#include <sstream>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "app/cli.hpp"
#include "ask/cycles/circularity.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/cycles/loop_dates.hpp"
#include "graph/null_model.hpp"
#include "memory_files.hpp"
#include "model_of.hpp"

namespace tierscope::core {
namespace {

CyclesResult loops(const Model& model, CyclesParams params = {}) { return cycles(model, params); }

Csr random_digraph(std::uint32_t size, std::size_t edges, std::mt19937& random) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t i = 0; i < edges; ++i) pairs.emplace_back(random() % size, random() % size);
  return simple_graph(size, std::move(pairs));
}

TEST_CASE("circularity: the largest circulation the amounts allow, over all amounts") {
  // Money: a -> b 10 (invests), b -> a 6 (b buys from a), b -> c 4 (invests), c -> a 5 (c buys from a); d -> a 15.
  // Round a-b-a 6, and a-b-c-a with the 4 that a -> b has left: 6 * 2 + 4 * 3 = 24, of 10 + 6 + 4 + 5 + 15 = 40.
  const Model model = model_of(
      "from,to,kind,value\n"
      "a,b,invests,10 USD\n"
      "a,b,supplies,6 USD\n"
      "b,c,invests,4 USD\n"
      "a,c,supplies,5 USD\n"
      "d,a,invests,15 USD\n");
  const CyclesResult result = loops(model);
  REQUIRE(result.circularity.has_value());
  CHECK(result.circularity->circulation == 24);
  CHECK(result.circularity->total == 40);
  CHECK(result.circularity->index.low == doctest::Approx(.6));
  REQUIRE(result.circularity->carriers.size() == 4);
  CHECK(result.circularity->carriers.front().flow == 10);
}

TEST_CASE("circularity: an unknown amount carries nothing, several currencies are not added") {
  CHECK(loops(model_of("from,to,kind,value\na,b,invests,10 USD\na,b,supplies,\n")).circularity->index.low == 0);
  CHECK(!loops(model_of("from,to,kind,value\na,b,invests,10 USD\na,c,supplies,3 EUR\n")).circularity.has_value());
  CHECK(!loops(model_of("from,to,kind\na,b,invests\n")).circularity.has_value());
  // What an aggregate pays goes round nowhere, and is one of all amounts: 2 · 10 of 10 + 10 + 20 + 20. About, and
  // estimated.
  const CyclesResult beside = loops(model_of(
      "from,to,kind,value,confidence\na,b,invests,10 USD,\na,b,supplies,~10 USD,\nvarious,a,lends,20 USD,estimated\n"
      "a,various,lends,20 USD,\n",
      "id,aggregate\nvarious,true\n"));
  CHECK(beside.circularity->index.low == doctest::Approx(20.0 / 60));
  CHECK(beside.circularity->index.approximate);
  CHECK(beside.circularity->index.confidence == Confidence::estimated);
}

TEST_CASE("circularity on random flows: conserved, within the amounts, and no smaller than any one loop") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::string rows = "from,to,kind,value\n";
    for (int i = 0; i < 14; ++i) {
      const auto a = random() % 6;
      const auto b = random() % 6;
      rows += "c" + std::to_string(a) + ",c" + std::to_string(b) + ",invests," + std::to_string(1 + random() % 20) +
              " USD\n";
    }
    const Model model = model_of(rows);
    const CyclesResult result = loops(model);
    if (!result.circularity) continue;
    std::map<std::uint32_t, double> balance;
    for (const auto& carrier : result.circularity->carriers) {
      balance[carrier.from] -= carrier.flow;
      balance[carrier.to] += carrier.flow;
      CHECK(carrier.flow <= result.flow->amount(result.flow->hop(carrier.from, carrier.to)).amount.low);
    }
    for (const auto& [rank, left] : balance) CHECK(left == 0);
    for (const Cycle& cycle : result.cycles)
      CHECK(result.circularity->circulation >= cycle.amount.low * static_cast<double>(cycle.ranks.size()));
  }
}

TEST_CASE("through: exactly the loops that pass all the companies") {
  std::mt19937 random(3);
  for (int round = 0; round < 40; ++round) {
    std::string rows = "from,to,kind\n";
    for (int i = 0; i < 22; ++i)
      rows += "c" + std::to_string(random() % 8) + ",c" + std::to_string(random() % 8) + ",invests\n";
    const Model model = model_of(rows + "c0,c1,invests\nc1,c0,invests\n");
    CyclesParams params;
    params.listed = params.longest = round % 2 == 0 ? 0 : 4;
    const CyclesResult all = loops(model, params);
    params.through = {"c3", "c1"};
    try {
      const CyclesResult some = loops(model, params);
      std::set<std::vector<std::uint32_t>> expected;
      for (const Cycle& cycle : all.cycles) {
        const auto has = [&](const char* id) {
          return std::any_of(cycle.ranks.begin(), cycle.ranks.end(),
                             [&](std::uint32_t rank) { return model.id(all.flow->company(rank)) == id; });
        };
        if (has("c1") && has("c3")) expected.insert(cycle.ranks);
      }
      std::set<std::vector<std::uint32_t>> found;
      for (const Cycle& cycle : some.cycles) found.insert(cycle.ranks);
      CHECK(found.size() == some.cycles.size());
      CHECK((found == expected));
    } catch (const Question&) {  // c3 is not drawn into every graph
      CHECK(rows.find("c3") == std::string::npos);
    }
  }
}

TEST_CASE("counting keeps nothing and counts the same") {
  const Model model = model_of("from,to,kind\na,b,invests\na,b,supplies\nb,c,invests\na,c,supplies\n");
  CyclesParams params;
  const CyclesResult kept = loops(model, params);
  params.count = true;
  const CyclesResult counted = loops(model, params);
  CHECK(counted.count == 2);
  CHECK(counted.cycles.empty());
  CHECK((counted.by_length == kept.by_length));

  MemoryFiles files;
  files.files["g/relations.csv"] = "from,to,kind\na,b,invests\na,b,supplies\nb,c,invests\na,c,supplies\n";
  std::ostringstream out;
  std::ostringstream err;
  CHECK(run({"cycles", "g", "--count", "--quiet", "--table", "by_length", "--format", "csv"}, files, {}, out, err) ==
        0);
  CHECK(out.str() ==
        "length,loops,circular_deal,reciprocal_trade,trade_loop,cross_financing\n"
        "2,1,1,0,0,0\n"
        "3,1,1,0,0,0\n");
}

TEST_CASE("one instrument entered both ways is said to be a possible duplicate") {
  const auto notes = [](const std::string& second) {
    MemoryFiles files;
    files.files["g/relations.csv"] = "from,to,kind,value,restates\na,b,lends,2B USD,\n" + second + "\n";
    std::ostringstream out;
    std::ostringstream err;
    CHECK(run({"cycles", "g", "--format", "json"}, files, {}, out, err) == 0);
    return out.str();
  };
  CHECK(notes("b,a,invests,2B USD,")
            .find("Possible duplicate: a's loan to b and b's investment in a are both 2B USD: "
                  "one instrument entered both ways?") != std::string::npos);
  CHECK(notes("b,a,invests,3B USD,").find("Possible duplicate") == std::string::npos);
  CHECK(notes("b,a,invests,2B USD,true").find("Possible duplicate") == std::string::npos);
}

TEST_CASE("which relation's end would end how many loops") {
  // a-b-a by two investments of a, a-b-c-a: the sale a -> b is the only leg b -> a, the sale a -> c the only c -> a.
  const Model model = model_of(
      "from,to,kind,item\na,b,invests,one\na,b,invests,two\na,b,supplies,chips\nb,c,invests,\na,c,supplies,\n");
  const CyclesResult result = loops(model);
  REQUIRE(result.count == 2);
  const auto gone = [&](std::size_t row) {
    for (const Bearing& bearing : result.relations)
      if (bearing.relation->row == row) return bearing.gone;
    return std::size_t{99};
  };
  CHECK(gone(0) == 0);  // the other investment still closes both
  CHECK(gone(2) == 1);
  CHECK(gone(3) == 1);
  CHECK(result.companies.front().loops == 2);
  CHECK(model.id(result.companies.front().company) == "a");
}

TEST_CASE("durations") {
  // From 31 January 2024 (19,753 days after 1970): a month ends with February, two years are 731 days for 29 February.
  const auto days = [](const char* text) { return later(19'753, *parse_duration(text)) - 19'753; };
  CHECK(days("90d") == 90);
  CHECK(days("6w") == 42);
  CHECK(days("1m") == 29);
  CHECK(days("24m") == 731);
  CHECK(days("2y") == 731);
  CHECK(days("0d") == 0);
  for (const char* const wrong : {"", "m", "-3m", "3", "3 m", "3q", "1e3d", "99999999999d"})
    CHECK(!parse_duration(wrong));
}

TEST_CASE("a window takes one dated relation for each hop; order starts at a financing leg") {
  const auto ask = [](const std::string& rows, const std::string& window) {
    CyclesParams params;
    params.window = window;
    const CyclesResult result = loops(model_of("from,to,kind,since,as_of\n" + rows), params);
    return result.count == 0                     ? 0
           : !result.cycles.front().time_ordered ? 3
           : *result.cycles.front().time_ordered ? 2
                                                 : 1;
  };
  // Invested on 1 January, ordered on 31 January: 30 days apart, in order.
  CHECK(ask("a,b,invests,2025-01-01,\na,b,supplies,2025-01-31,\n", "30d") == 2);
  CHECK(ask("a,b,invests,2025-01-01,\na,b,supplies,2025-01-31,\n", "29d") == 0);
  // The order came first.
  CHECK(ask("a,b,invests,2025-01-31,\na,b,supplies,2025-01-01,\n", "30d") == 1);
  // A second, later order makes both possible; as_of stands for a missing since.
  CHECK(ask("a,b,invests,2025-01-31,\na,b,supplies,2025-01-01,\na,b,supplies,,2025-02-20\n", "30d") == 2);
  // An undated leg is within no window, and proves no order.
  CHECK(ask("a,b,invests,2025-01-31,\na,b,supplies,,\n", "30d") == 0);
  CHECK(ask("a,b,invests,2025-01-31,\na,b,supplies,,\n", "") == 3);
}

TEST_CASE("null model: the same seed the same numbers, and a loop that degrees force is no surprise") {
  std::mt19937 random(11);
  const Csr graph = random_digraph(30, 90, random);
  const NullModel one = null_model(graph, 3, 50, 1, {});
  const NullModel again = null_model(graph, 3, 50, 1, {});
  const NullModel other = null_model(graph, 3, 50, 2, {});
  CHECK(one.runs == 50);
  CHECK(one.by_length.at(3).mean == again.by_length.at(3).mean);
  CHECK(one.by_length.at(3).mean != other.by_length.at(3).mean);
  std::size_t observed = 0;
  elementary_cycles(graph, 3, [&](std::span<const std::uint32_t> loop) {
    observed += loop.size() == 3 ? 1 : 0;
    return true;
  });
  CHECK(one.by_length.at(3).observed == observed);
  // Two vertices that pay each other: every shuffle is the graph itself. p = (1 + 20) / (1 + 20), no z.
  const NullModel forced = null_model(simple_graph(2, {{0, 1}, {1, 0}}), 2, 20, 1, {});
  CHECK(forced.by_length.at(2).mean == 1);
  CHECK(forced.by_length.at(2).p == 1);
  CHECK(!forced.by_length.at(2).z.has_value());
}

TEST_CASE("null model: what no shuffle reaches has the least p, which is not 0") {
  // Twenty pairs that pay each other; a shuffle joins each payer with any of 40, so some half a pair is left of 20.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t v = 0; v < 40; ++v) pairs.emplace_back(v, v ^ 1U);
  const NullModel found = null_model(simple_graph(40, pairs), 2, 20, 1, {});
  CHECK(found.by_length.at(2).observed == 20);
  CHECK(found.by_length.at(2).mean < 5);
  CHECK(found.by_length.at(2).p == doctest::Approx(1.0 / 21));  // (1 + 0) / (1 + 20)
}

TEST_CASE("null model: a length beyond all loops costs nothing") {
  // 0 → 1 → 2 → 0: loops are of three companies at most, whatever is asked for.
  const NullModel found = null_model(simple_graph(3, {{0, 1}, {1, 2}, {2, 0}}), 1'000'000'000, 10, 1, {});
  CHECK(found.runs == 10);
  REQUIRE(found.by_length.size() == 2);
  CHECK(found.by_length.at(2).observed == 0);
  CHECK(found.by_length.at(3).observed == 1);
  // Nothing comes in to 0 and nothing goes out of 2, so no shuffle makes a loop.
  CHECK(null_model(simple_graph(3, {{0, 1}, {1, 2}, {0, 2}}), 1'000'000'000, 10, 1, {}).by_length.empty());
}

TEST_CASE("a search that is asked to stop says what it has and that it is not complete") {
  // K12 has more than 10^7 loops.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t a = 0; a < 12; ++a)
    for (std::uint32_t b = 0; b < 12; ++b) pairs.emplace_back(a, b);
  int asked = 0;
  std::size_t found = 0;
  const bool complete = elementary_cycles(simple_graph(12, pairs), CycleSearch{0, {}, [&] { return ++asked == 3; }},
                                          [&](std::span<const std::uint32_t>, auto) {
                                            ++found;
                                            return true;
                                          });
  CHECK(!complete);
  CHECK(found > 0);
  CHECK(found < 100'000);
}

TEST_CASE("threads share the search of a long count, and the counts are the same") {
  // Some 3 million steps: above the million after which others are asked to help.
  std::mt19937 random(7);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (int i = 0; i < 4000; ++i)
    pairs.emplace_back(static_cast<std::uint32_t>(random() % 500), static_cast<std::uint32_t>(random() % 500));
  const Csr graph = simple_graph(500, pairs);
  std::vector<std::uint8_t> marks;
  for (std::size_t i = 0; i < graph.edge_count(); ++i) marks.push_back(static_cast<std::uint8_t>(1 + i % 3));
  CycleCounts alone;
  CycleCounts together;
  CycleSearch search{7, {}, {}};
  CHECK(count_cycles(graph, search, marks, alone));
  search.threads = 4;
  CHECK(count_cycles(graph, search, marks, together));
  CHECK(alone == together);
  CHECK(alone[7][3] > 100'000);
}

TEST_CASE("Ctrl-C: the program prints what it found, says that it is not all, and exits 130") {
  // K30 has some 10^31 loops.
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tierscope-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  {
    std::ofstream table(folder / "relations.csv");
    table << "from,to,kind\n";
    for (int from = 0; from < 30; ++from)
      for (int to = 0; to < 30; ++to)
        if (from != to) table << 'c' << from << ",c" << to << ",invests\n";
  }
  std::FILE* const pipe = popen(("timeout --preserve-status -s INT 1 " TIERSCOPE_PROGRAM " cycles " + folder.string() +
                                 " --max-length all --count --quiet --format json 2>/dev/null; echo \"exit $?\"")
                                    .c_str(),
                                "r");
  REQUIRE(pipe != nullptr);
  std::string said;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
  pclose(pipe);
  std::filesystem::remove_all(folder);
  CHECK(said.ends_with("exit 130\n"));
  CHECK(said.find("\"complete\": false") != std::string::npos);
  CHECK(said.find("\"interrupted\": true") != std::string::npos);
  CHECK(said.find("\"length\":30") != std::string::npos);
}

}  // namespace
}  // namespace tierscope::core
