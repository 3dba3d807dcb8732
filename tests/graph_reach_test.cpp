#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "graph/reach.hpp"
#include "graph_of.hpp"

namespace tierscope::core {
namespace {

/// Is there a walk from `start` to the target over `edge`? Each vertex is visited with the edge still to come, and
/// with the edge behind.
bool on_a_walk(const Csr& g, const Walks& walks, std::uint32_t start, std::uint32_t edge) {
  std::vector<bool> seen(2 * std::size_t{g.size()}, false);
  std::vector<std::pair<std::uint32_t, bool>> queue{{start, false}};
  bool first = true;
  while (!queue.empty()) {
    const auto [v, behind] = queue.back();
    queue.pop_back();
    if (!first && v == walks.target) {
      if (behind) return true;
      continue;
    }
    if (!first && walks.blocked[v]) continue;
    first = false;
    for (std::uint32_t e = g.first_out(v); e < g.first_out(v + 1); ++e) {
      const bool now = behind || e == edge;
      if (!walks.edges[e] || seen[2 * g.target(e) + now]) continue;
      seen[2 * g.target(e) + now] = true;
      queue.emplace_back(g.target(e), now);
    }
  }
  return false;
}

}  // namespace

TEST_CASE("the first edge on a walk to the target") {
  // Rows and edges: 0: 0→1, 1: 0→3, 2: 1→2, 3: 2→1, 4: 3→4, 5: 4→0; the target is 3.
  const Csr g = csr_of(6, {{0, 1}, {0, 3}, {1, 2}, {2, 1}, {3, 4}, {4, 0}});
  Walks walks;
  walks.target = 3;
  const std::vector<std::uint32_t> order{2, 4, 0, 5, 1};
  // 0 reaches 3 by edge 1 alone: 1 and 2 turn in a circle that does not arrive, so 2 and 0 do not count. Edge 4 leaves
  // the target. 4 arrives by 5 and 1, and 5 comes first.
  CHECK(first_on_walks(g, walks, order) == std::vector<std::uint32_t>{1, no_edge, no_edge, no_edge, 5, no_edge});
  walks.blocked = {true, false, false, false, false, false};  // 0 may begin a walk, but not be passed
  CHECK(first_on_walks(g, walks, order) == std::vector<std::uint32_t>{1, no_edge, no_edge, no_edge, no_edge, no_edge});
  walks.blocked.clear();
  walks.edges = {true, false, true, true, true, true};
  CHECK(first_on_walks(g, walks, order) == std::vector<std::uint32_t>(6, no_edge));
}

TEST_CASE("a loop on the way lends its edges to all before it") {
  // Edges: 0: 0→1, 1: 1→2, 2: 1→3, 3: 2→1. From 0 to 3 one may turn in the circle 1 → 2 → 1.
  const Csr g = csr_of(4, {{0, 1}, {1, 2}, {1, 3}, {2, 1}});
  CHECK(first_on_walks(g, {3, {}, {}}, std::vector<std::uint32_t>{3, 0, 1, 2}) ==
        std::vector<std::uint32_t>{3, 3, 3, no_edge});
}

TEST_CASE("the first edges on walks agree with searching every walk for every edge") {
  RandomGraphs random(5);
  std::size_t labelled = 0;
  for (int round = 0; round < 3'000; ++round) {
    const std::uint32_t size = 1 + random.below(8);
    const Csr g = csr_of(size, random.pairs(size, random.below(18)));
    Walks walks;
    walks.target = random.below(size);
    for (std::uint32_t v = 0; v < size; ++v) walks.blocked.push_back(random.below(5) == 0);
    for (std::uint32_t e = 0; e < g.edge_count(); ++e) walks.edges.push_back(random.below(6) != 0);
    std::vector<std::uint32_t> order(g.edge_count());
    std::iota(order.begin(), order.end(), 0U);
    for (std::uint32_t i = 1; i < order.size(); ++i) std::swap(order[i], order[random.below(i + 1)]);
    order.resize(order.size() - order.size() / 4);  // some have no place in it, but may be walked
    const std::vector<std::uint32_t> found = first_on_walks(g, walks, order);
    for (std::uint32_t s = 0; s < size; ++s) {
      const auto first = std::find_if(order.begin(), order.end(), [&](std::uint32_t edge) {
        return s != walks.target && on_a_walk(g, walks, s, edge);
      });
      CHECK(found[s] == (first == order.end() ? no_edge : *first));
      labelled += found[s] != no_edge;
    }
  }
  CHECK(labelled > 2'000);
}

}  // namespace tierscope::core
