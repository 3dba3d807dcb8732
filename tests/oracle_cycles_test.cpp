// A search of loops as plain as can be, against which the clever one is held.

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "graph/elementary.hpp"
#include "oracle.hpp"

namespace tierscope::core {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Loop = std::vector<std::uint32_t>;

std::map<std::size_t, std::size_t> count_by_length(const Csr& graph, std::size_t bound) {
  std::map<std::size_t, std::size_t> count;
  CHECK(elementary_cycles(graph, bound, [&](std::span<const std::uint32_t> loop) {
    ++count[loop.size()];
    return true;
  }));
  return count;
}

Csr complete(std::uint32_t size) {
  Pairs pairs;
  for (std::uint32_t u = 0; u < size; ++u)
    for (std::uint32_t v = 0; v < size; ++v) pairs.emplace_back(u, v);
  return simple_graph(size, pairs);
}

Csr oracle_graph(const std::string& name) {
  if (name == "K10") return complete(10);
  std::ifstream file(std::string(TIERSCOPE_SOURCE_DIR) + "/tests/oracle/" + name + ".edges");
  REQUIRE(file);
  Pairs pairs;
  std::uint32_t size = 0;
  for (std::uint32_t u = 0, v = 0; file >> u >> v;) {
    pairs.emplace_back(u, v);
    size = std::max({size, u + 1, v + 1});
  }
  return simple_graph(size, pairs);
}

// Every simple path from the loop's first vertex over greater ones, without any pruning.
void naive_cycles(const std::vector<std::vector<bool>>& edge, std::size_t bound, Loop& path, std::set<Loop>& found) {
  if (edge[path.back()][path.front()] && path.size() > 1) found.insert(path);
  if (path.size() == bound) return;
  for (std::uint32_t v = path.front() + 1; v < edge.size(); ++v) {
    if (!edge[path.back()][v] || std::find(path.begin(), path.end(), v) != path.end()) continue;
    path.push_back(v);
    naive_cycles(edge, bound, path, found);
    path.pop_back();
  }
}

// Joints 0..t, and two ways from each joint to the next; the last joint leads to the first.
Pairs ring_of_diamonds(std::uint32_t t) {
  Pairs pairs;
  for (std::uint32_t i = 0; i < t; ++i) {
    for (const std::uint32_t side : {t + 1 + 2 * i, t + 2 + 2 * i}) {
      pairs.emplace_back(i, side);
      pairs.emplace_back(side, i + 1);
    }
  }
  pairs.emplace_back(t, 0);
  return pairs;
}

std::size_t visits(const Csr& graph, std::size_t bound, std::size_t stop_after = SIZE_MAX) {
  std::size_t count = 0;
  elementary_cycles(graph, bound, [&](std::span<const std::uint32_t>) { return ++count < stop_after; });
  return count;
}

Pairs chain_of(std::uint32_t size) {
  Pairs pairs;
  for (std::uint32_t v = 0; v + 1 < size; ++v) pairs.emplace_back(v, v + 1);
  return pairs;
}

}  // namespace

TEST_CASE("elementary_cycles finds as many cycles of each length as the oracle" * doctest::test_suite("long")) {
  std::ifstream file(std::string(TIERSCOPE_SOURCE_DIR) + "/tests/oracle/cycle-counts.tsv");
  REQUIRE(file);
  std::string line;
  std::getline(file, line);
  std::size_t graphs = 0;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name;
    std::string bound;
    std::string counts;
    std::getline(fields, name, '\t');
    std::getline(fields, bound, '\t');
    std::getline(fields, counts, '\t');
    CAPTURE(name);
    std::map<std::size_t, std::size_t> expected;
    std::size_t total = 0;
    std::istringstream list(counts);
    for (std::string entry; list >> entry;) {
      const std::size_t colon = entry.find(':');
      total += expected[std::stoul(entry.substr(0, colon))] = std::stoul(entry.substr(colon + 1));
    }
    std::size_t total_given = 0;
    fields >> total_given;
    CHECK(total == total_given);
    CHECK(count_by_length(oracle_graph(name), bound == "inf" ? 0 : std::stoul(bound)) == expected);
    ++graphs;
  }
  CHECK(graphs == 7);
}

TEST_CASE("elementary_cycles visits what a plain recursion finds, once, from the smallest vertex on, at every bound") {
  Dice dice(1);
  std::size_t cycles = 0;
  for (int i = 0; i < 400; ++i) {
    const auto size = static_cast<std::uint32_t>(1 + dice.below(i % 10 == 0 ? 9 : 8));
    const std::size_t density = i % 10 == 0 ? 30 : 5 + dice.below(60);
    Pairs pairs;
    std::vector<std::vector<bool>> edge(size, std::vector<bool>(size, false));
    for (std::uint32_t u = 0; u < size; ++u)
      for (std::uint32_t v = 0; v < size; ++v)
        if (dice.percent(density)) {
          pairs.insert(pairs.end(), 1 + dice.below(2), {u, v});  // repeated edges and self-loops do not count
          edge[u][v] = true;
        }
    dice.shuffle(pairs);
    const Csr graph = simple_graph(size, pairs);
    CAPTURE(i);
    for (std::size_t bound = 0; bound <= size + 1; ++bound) {
      CAPTURE(bound);
      std::set<Loop> expected;
      for (std::uint32_t v = 0; v < size; ++v) {
        Loop path{v};
        naive_cycles(edge, bound == 0 ? size : bound, path, expected);
      }
      std::set<Loop> found;
      bool once = true;
      bool complete = elementary_cycles(graph, bound, [&](std::span<const std::uint32_t> loop) {
        once &= found.insert(Loop(loop.begin(), loop.end())).second;
        return true;
      });
      CHECK(complete);
      CHECK(once);
      CHECK(found == expected);
      cycles += found.size();
      if (expected.empty()) continue;
      const std::size_t stop = 1 + dice.below(expected.size());
      std::size_t seen = 0;
      complete = elementary_cycles(graph, bound, [&](std::span<const std::uint32_t>) { return ++seen < stop; });
      CHECK_FALSE(complete);
      CHECK(seen == stop);
    }
  }
  CHECK(cycles > 50'000);
}

TEST_CASE("a bound below the shortest cycle of a ring of diamonds visits nothing, at once") {
  for (const std::uint32_t t : {1U, 2U, 10U}) {
    const Csr ring = simple_graph(3 * t + 1, ring_of_diamonds(t));
    CHECK(count_by_length(ring, 0) == std::map<std::size_t, std::size_t>{{2 * t + 1, std::size_t{1} << t}});
    CHECK(visits(ring, 2 * t + 1) == std::size_t{1} << t);
    CHECK(visits(ring, 2 * t) == 0);
  }
  for (const std::uint32_t t : {30U, 1000U}) {
    const Csr ring = simple_graph(3 * t + 1, ring_of_diamonds(t));
    CHECK(visits(ring, 2 * t) == 0);
    CHECK(visits(ring, 2 * t + 1, 5) == 5);
    CHECK(visits(ring, 0, 5) == 5);
  }
}

TEST_CASE("diamonds that lead back to the path alone are not tried in every combination") {
  // Vertex 0 and 1 pay each other; from 1 on, a ring of diamonds comes back to 1: nothing of it closes at 0.
  constexpr std::uint32_t t = 40;
  Pairs pairs{{0, 1}, {1, 0}};
  for (const auto& [u, v] : ring_of_diamonds(t)) pairs.emplace_back(u + 1, v + 1);
  const Csr graph = simple_graph(3 * t + 2, pairs);
  CHECK(visits(graph, 2 * t) == 1);
  CHECK(visits(graph, 2 * t + 1, 5) == 5);
  CHECK(visits(graph, 0, 5) == 5);
}

TEST_CASE("a chain and a ring of a million vertices are searched without recursion" * doctest::test_suite("long")) {
  constexpr std::uint32_t size = 1'000'000;
  Pairs pairs = chain_of(size);
  const Csr chain = simple_graph(size, pairs);
  CHECK(visits(chain, 0) == 0);
  pairs.emplace_back(size - 1, 0);
  const Csr ring = simple_graph(size, std::move(pairs));
  CHECK(visits(ring, 0) == 1);
  CHECK(visits(ring, size - 1) == 0);
}

struct Bounds {
  double low = 0;
  double high = 0;
};

bool level(const Relation& r) {
  if (r.basis == Basis::annual || r.basis == Basis::plan) return true;
  const bool plain = r.basis == Basis::none || (r.basis == Basis::contract && !r.since && r.kind == Kind::supplies);
  return r.kind == Kind::supplies && !r.deal && plain;
}

// Are the amounts of two rows of one link statements of the same thing? Found by comparing each row with each.
bool same_thing(const Relation& a, const Relation& b) {
  if (level(a) || level(b)) return level(a) && level(b);
  if (a.since && b.since) return first_day(a.since) == first_day(b.since);
  if (a.since || b.since || bool(a.as_of) != bool(b.as_of)) return false;
  return !a.as_of || last_day(a.as_of) == last_day(b.as_of);
}

// What the rows of one link with an amount come to; random graphs name no deals.
Bounds link_bounds(const Model& model, const std::vector<const Relation*>& rows) {
  Bounds levels;
  Bounds dated;
  Bounds undated;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Bounds largest;
    bool first = true;
    for (std::size_t j = 0; j < rows.size(); ++j) {
      if (!same_thing(*rows[i], *rows[j])) continue;
      first &= j >= i;
      const Quantity amount = in_wanted_currency(model, rows[j]->value);
      largest = {std::max(largest.low, amount.low), std::max(largest.high, amount.high)};
    }
    if (!first) continue;  // told with the first of its kind
    if (level(*rows[i]))
      levels = largest;
    else if (rows[i]->since)
      dated = {dated.low + largest.low, dated.high + largest.high};
    else
      undated = {std::max(undated.low, largest.low), undated.high + largest.high};
  }
  return {levels.low + std::max(dated.low, undated.low), levels.high + dated.high + undated.high};
}

TEST_CASE("cycles have the class and the amount that trying every leg gives") {
  std::size_t loops = 0;
  const bool held = holds([&](const Draw& draw) {
    const Model model = viewed(draw, inquiry_of("cycles").statuses);
    CyclesParams params;
    params.listed = params.longest = 0;
    const CyclesResult result = cycles(model, params);
    for (const Cycle& cycle : result.cycles) {
      ++loops;
      // Which sets of classes can be chosen: bit 1 commercial, bit 2 financing.
      std::set<unsigned> choices{0};
      double low = unbounded;
      double high = unbounded;
      for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
        const CompanyIndex u = result.flow->company(cycle.ranks[i]);
        const CompanyIndex v = result.flow->company(cycle.ranks[(i + 1) % cycle.ranks.size()]);
        RC_ASSERT(!model.company(u).aggregate);
        std::set<unsigned> next;
        using Link = std::tuple<CompanyIndex, CompanyIndex, Kind, std::uint32_t, std::uint32_t>;
        std::map<Link, std::vector<const Relation*>> known;  // by link, also where none is
        std::set<Link> open;
        for (std::size_t row = 0; row < model.relation_count(); ++row) {
          const Relation& r = model.relation(row);
          if (r.kind == Kind::owns) continue;
          const bool sold = r.kind == Kind::supplies;
          if ((sold ? r.to : r.from) != u || (sold ? r.from : r.to) != v) continue;
          for (const unsigned choice : choices) next.insert(choice | (sold || r.kind == Kind::pays ? 1U : 2U));
          if (r.kind == Kind::guarantees || r.kind == Kind::grants || r.restates) continue;
          const Origin origin = model.origin(row);
          const Link link(origin.from, origin.to, r.kind, r.category.id, r.item.id);
          if (r.value)
            known[link].push_back(&r);
          else if (!r.stake || r.revenue_share || r.supply_share)
            open.insert(link);
        }
        choices = next;
        Bounds hop;
        for (const auto& [link, rows] : known) {
          const Bounds of = link_bounds(model, rows);
          hop = {hop.low + of.low, hop.high + of.high};
          open.erase(link);
        }
        low = std::min(low, hop.low);
        high = std::min(high, known.empty() || !open.empty() ? unbounded : hop.high);
      }
      RC_ASSERT(!choices.empty());
      const CycleClass expected = choices.contains(3)       ? CycleClass::circular_deal
                                  : !choices.contains(1)    ? CycleClass::cross_financing
                                  : cycle.ranks.size() == 2 ? CycleClass::reciprocal_trade
                                                            : CycleClass::trade_loop;
      RC_ASSERT(to_string(cycle.cycle_class) == to_string(expected));
      const double cycle_low = cycle.amount ? cycle.amount.low : 0;
      const double cycle_high = cycle.amount ? cycle.amount.high : unbounded;
      RC_ASSERT(std::abs(cycle_low - low) <= 1e-9 * low);
      RC_ASSERT((cycle_high == high || std::abs(cycle_high - high) <= 1e-9 * high));
    }
  });
  CHECK(held);
  CHECK(loops > 1'000);
}

}  // namespace tierscope::core
