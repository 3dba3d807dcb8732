#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "graph/shortest.hpp"
#include "graph_of.hpp"

namespace tierscope::core {
namespace {

using Vertices = std::vector<std::uint32_t>;

/// Every simple path, with the strongest of parallel edges, by going on everywhere.
void all_paths(const Csr& g, const std::vector<double>& weights, std::uint32_t target, const std::vector<bool>& blocked,
               Vertices& path, double weight, std::vector<std::pair<double, Vertices>>& found) {
  if (path.size() > 1 && path.back() == target) return found.emplace_back(weight, path), void();
  if (path.size() > 1 && blocked[path.back()]) return;
  std::vector<double> to(g.size(), 0);
  for (std::uint32_t e = g.first_out(path.back()); e < g.first_out(path.back() + 1); ++e)
    to[g.target(e)] = std::max(to[g.target(e)], weights[e]);
  for (std::uint32_t v = 0; v < g.size(); ++v) {
    if (to[v] <= 0 || std::find(path.begin(), path.end(), v) != path.end()) continue;
    path.push_back(v);
    all_paths(g, weights, target, blocked, path, weight * to[v], found);
    path.pop_back();
  }
}

}  // namespace

TEST_CASE("the strongest paths, equal ones by their vertices") {
  // Edges: 0: 0→1 .5, 1: 0→2 .5, 2: 0→3 .2, 3: 1→3 .5, 4: 2→3 .5, 5: 2→3 .1 beside it; the target is 3.
  const Csr g = csr_of(4, {{0, 1}, {0, 2}, {0, 3}, {1, 3}, {2, 3}, {2, 3}});
  const StrongestPaths paths(g, {.5, .5, .2, .5, .5, .1}, 3);
  const std::vector<StrongPath> found = paths.from(0, 9);
  REQUIRE(found.size() == 3);
  CHECK(found[0].vertices == Vertices{0, 1, 3});  // .5 · .5 = .25, as the next
  CHECK(found[0].edges == Vertices{0, 3});
  CHECK(found[1].vertices == Vertices{0, 2, 3});
  CHECK(found[1].edges == Vertices{1, 4});
  CHECK(found[1].weight == .25);
  CHECK(found[2].vertices == Vertices{0, 3});
  CHECK(found[2].weight == .2);
  CHECK(paths.best(0) == .25);
  CHECK(paths.from(3, 9).empty());
  // 2 may be the start, but is not passed.
  const StrongestPaths without(g, {.5, .5, .2, .5, .5, .1}, 3, {false, false, true, false});
  CHECK(without.from(0, 9).size() == 2);
  CHECK(without.from(2, 9).size() == 1);
}

TEST_CASE("of paths of equal weight the direct one comes first") {
  // 0→1→2 .5 · .5, 0→2 .25
  const Csr g = csr_of(3, {{0, 1}, {1, 2}, {0, 2}});  // edges: 0: 0→1, 1: 0→2, 2: 1→2
  const std::vector<StrongPath> found = StrongestPaths(g, {.5, .25, .5}, 2).from(0, 2);
  REQUIRE(found.size() == 2);
  CHECK(found[0].vertices == Vertices{0, 2});
  CHECK(found[1].vertices == Vertices{0, 1, 2});
}

TEST_CASE("the strongest paths are the largest products over all simple paths of random graphs") {
  RandomGraphs random(4);
  std::size_t paths = 0;
  for (int round = 0; round < 1'500; ++round) {
    const std::uint32_t size = 2 + random.below(6);
    const Csr g = csr_of(size, random.pairs(size, random.below(22)));
    std::vector<double> weights;
    for (std::uint32_t e = 0; e < g.edge_count(); ++e) weights.push_back(random.below(5) / 4.0);
    std::vector<bool> blocked;
    for (std::uint32_t v = 0; v < size; ++v) blocked.push_back(random.below(6) == 0);
    const std::uint32_t target = random.below(size);
    const StrongestPaths strongest(g, weights, target, blocked);
    for (std::uint32_t start = 0; start < size; ++start) {
      std::vector<std::pair<double, Vertices>> all;
      Vertices path{start};
      if (start != target) all_paths(g, weights, target, blocked, path, 1, all);
      std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
      for (const std::size_t count : {1U, 3U, 20U}) {
        const std::vector<StrongPath> found = strongest.from(start, count);
        REQUIRE(found.size() == std::min(count, all.size()));
        std::set<Vertices> distinct;
        for (std::size_t i = 0; i < found.size(); ++i, ++paths) {
          CHECK(found[i].weight == all[i].first);  // products of quarters are exact
          CHECK(std::find(all.begin(), all.end(), std::pair(found[i].weight, found[i].vertices)) != all.end());
          CHECK(distinct.insert(found[i].vertices).second);
          double product = 1;
          for (std::size_t e = 0; e < found[i].edges.size(); ++e) {
            product *= weights[found[i].edges[e]];
            CHECK(g.source(found[i].edges[e]) == found[i].vertices[e]);
            CHECK(g.target(found[i].edges[e]) == found[i].vertices[e + 1]);
          }
          CHECK(product == found[i].weight);
        }
      }
    }
  }
  CHECK(paths > 5'000);
}

TEST_CASE("a hub's customers are not walked anew for each of its suppliers") {
  // n suppliers sell to a hub, which sells to n customers, which all sell to the target.
  const auto steps_for = [](std::uint32_t n, bool alike) {
    const std::uint32_t hub = 0;
    const std::uint32_t target = 2 * n + 1;
    Pairs pairs;
    for (std::uint32_t i = 1; i <= n; ++i) {
      pairs.emplace_back(i, hub);
      pairs.emplace_back(hub, n + i);
      pairs.emplace_back(n + i, target);
    }
    const Csr g = csr_of(2 * n + 2, pairs);
    std::vector<double> weights;
    for (std::uint32_t e = 0; e < g.edge_count(); ++e) weights.push_back(alike ? .7 : 1.0 / (3 + e % 7));
    const StrongestPaths paths(g, weights, target);
    std::uint64_t steps = 0;
    for (std::uint32_t i = 1; i <= n; ++i) CHECK(paths.from(i, 3, &steps).size() == 3);
    return steps;
  };
  for (const bool alike : {false, true}) {
    const std::uint64_t once = steps_for(200, alike);
    CHECK(once < 200 * 50);
    CHECK(steps_for(400, alike) < 2.2 * static_cast<double>(once));
  }
}

}  // namespace tierscope::core
