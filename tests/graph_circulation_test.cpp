#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/circulation.hpp"
#include "graph_of.hpp"

namespace tierscope::core {
namespace {

/// The largest circulation by cancelling cycles that gain: from any flow, as long as some way round gains a unit for
/// each edge that it goes along, and loses one for each edge that it goes back (Klein 1967; Bellman and Ford).
std::int64_t by_cancelling(const Csr& g, const Pairs& pairs, const std::vector<double>& capacities) {
  struct Arc {
    std::uint32_t from, to;
    std::int64_t room, gain;
  };
  std::vector<Arc> arcs;  // there and back
  for (std::uint32_t edge = 0; edge < g.edge_count(); ++edge) {
    const auto [from, to] = pairs[g.row(edge)];
    arcs.push_back({from, to, static_cast<std::int64_t>(capacities[edge]), 1});
    arcs.push_back({to, from, 0, -1});
  }
  for (;;) {
    std::vector<std::int64_t> gained(g.size(), 0);
    std::vector<std::size_t> by(g.size(), SIZE_MAX);
    std::uint32_t last = UINT32_MAX;
    for (std::uint32_t round = 0; round <= g.size(); ++round) {
      last = UINT32_MAX;
      for (std::size_t a = 0; a < arcs.size(); ++a) {
        if (arcs[a].room == 0 || gained[arcs[a].from] + arcs[a].gain <= gained[arcs[a].to]) continue;
        gained[arcs[a].to] = gained[arcs[a].from] + arcs[a].gain;
        by[arcs[a].to] = a;
        last = arcs[a].to;
      }
    }
    if (last == UINT32_MAX) break;
    for (std::uint32_t i = 0; i < g.size(); ++i) last = arcs[by[last]].from;  // now on the cycle
    std::int64_t room = INT64_MAX;
    for (std::uint32_t v = last;;) {
      room = std::min(room, arcs[by[v]].room);
      v = arcs[by[v]].from;
      if (v == last) break;
    }
    for (std::uint32_t v = last;;) {
      const std::size_t a = by[v];
      arcs[a].room -= room;
      arcs[a ^ 1].room += room;
      v = arcs[a].from;
      if (v == last) break;
    }
  }
  std::int64_t total = 0;
  for (std::size_t a = 1; a < arcs.size(); a += 2) total += arcs[a].room;
  return total;
}

/// Within the capacities, and every vertex passes on what it gets.
void check_sound(const Csr& g, const Pairs& pairs, const std::vector<double>& capacities, const Circulation& found,
                 double slack) {
  std::vector<double> balance(g.size(), 0);
  double total = 0;
  for (std::uint32_t edge = 0; edge < g.edge_count(); ++edge) {
    CHECK(found.flow[edge] >= 0);
    CHECK(found.flow[edge] <= capacities[edge]);
    balance[pairs[g.row(edge)].first] -= found.flow[edge];
    balance[pairs[g.row(edge)].second] += found.flow[edge];
    total += found.flow[edge];
  }
  for (const double left : balance) CHECK(std::abs(left) <= slack);
  CHECK(std::abs(total - found.total) <= slack);
}

}  // namespace

TEST_CASE("the largest circulation of two loops that share an edge") {
  // 0→1 of 10 feeds 1→0 of 4 and 1→2→0 of 8 and 7. The long loop carries its 7 on three edges, the short one the
  // other 3 on two: 3·7 + 2·3 = 27; the short one first would give 2·4 + 3·6 = 26. Edge 3→0 is on no loop.
  const Pairs pairs{{0, 1}, {1, 0}, {1, 2}, {2, 0}, {3, 0}};
  const auto found = largest_circulation(csr_of(4, pairs), std::vector<double>{10, 4, 8, 7, 100});
  REQUIRE(found.has_value());
  CHECK(found->total == 27);
  CHECK(found->flow == std::vector<double>{10, 3, 7, 7, 0});
  CHECK(found->error == 0);
}

TEST_CASE("a loop of one vertex circulates by itself, parallel edges each, and without capacity nothing does") {
  const auto found = largest_circulation(csr_of(2, {{0, 0}, {0, 1}, {0, 1}, {1, 0}}), std::vector<double>{5, 1, 2, 4});
  CHECK(found->flow == std::vector<double>{5, 1, 2, 3});
  CHECK(largest_circulation(csr_of(2, {{0, 1}, {1, 0}}), std::vector<double>{0, 3})->total == 0);
  CHECK(largest_circulation(Csr(), {})->total == 0);
}

TEST_CASE("the largest circulation is what cancelling cycles ends with, on random graphs") {
  RandomGraphs random(7);
  std::size_t turning = 0;
  for (int round = 0; round < 2'000; ++round) {
    const std::uint32_t size = 1 + random.below(7);
    const Pairs pairs = random.pairs(size, random.below(16));
    const Csr g = csr_of(size, pairs);
    std::vector<double> capacities;
    for (std::uint32_t e = 0; e < g.edge_count(); ++e) capacities.push_back(random.below(round % 2 == 0 ? 4 : 1000));
    const auto found = largest_circulation(g, capacities);
    REQUIRE(found.has_value());
    CHECK(found->error == 0);
    CHECK(found->total == static_cast<double>(by_cancelling(g, pairs, capacities)));
    check_sound(g, pairs, capacities, *found, 0);
    turning += found->total > 0;
  }
  CHECK(turning > 1'000);
}

TEST_CASE("a circulation scales with its capacities, from thousandths to beyond all whole numbers") {
  RandomGraphs random(8);
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t size = 2 + random.below(6);
    const Pairs pairs = random.pairs(size, random.below(16));
    const Csr g = csr_of(size, pairs);
    std::vector<double> capacities;
    for (std::uint32_t e = 0; e < g.edge_count(); ++e) capacities.push_back(random.below(1000));
    const double whole = largest_circulation(g, capacities)->total;
    for (const double scale : {1e-3, 9.1e15, 1e300}) {
      std::vector<double> scaled;
      for (const double capacity : capacities) scaled.push_back(capacity * scale);
      const auto found = largest_circulation(g, scaled);
      const double sum = std::accumulate(scaled.begin(), scaled.end(), 0.0);
      CHECK(found->error <= sum * g.size() * g.edge_count() * std::ldexp(1.0, -51));
      CHECK(found->total <= whole * scale * (1 + 1e-14));
      CHECK(found->total + found->error >= whole * scale * (1 - 1e-14));
      check_sound(g, pairs, scaled, *found, sum * 1e-14);
    }
  }
}

TEST_CASE("a circulation of 1,000 vertices and 10,000 edges is no matter of minutes") {
  RandomGraphs random(9);
  const Pairs pairs = random.pairs(1'000, 10'000);
  const Csr g = csr_of(1'000, pairs);
  std::vector<double> capacities;
  for (std::uint32_t e = 0; e < g.edge_count(); ++e) capacities.push_back(1 + random.below(1'000'000'000));
  const auto found = largest_circulation(g, capacities);
  REQUIRE(found.has_value());
  check_sound(g, pairs, capacities, *found, 0);
  const double sum = std::accumulate(capacities.begin(), capacities.end(), 0.0);
  CHECK(found->total > sum / 2);
  CHECK(found->rounds <= 100);  // distances that occur; a random network is no wider
}

TEST_CASE("no circulation above the bound, and edges on no loop do not count") {
  const auto ring = [](std::uint32_t v) { return std::pair(v, v ^ 1U); };
  constexpr std::uint32_t too_many = most_circulating_edges + 2;
  CHECK(!largest_circulation(Csr(too_many, too_many, ring), std::vector<double>(too_many, 1.0)).has_value());
  const auto path = [](std::uint32_t v) { return std::pair(v, v + 1); };
  CHECK(largest_circulation(Csr(too_many + 1, too_many, path), std::vector<double>(too_many, 1.0))->total == 0);
}

}  // namespace tierscope::core
