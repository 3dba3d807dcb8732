#include <doctest/doctest.h>

#include <algorithm>

#include "graph/dominators.hpp"
#include "graph_of.hpp"

namespace tierscope::core {
namespace {

std::vector<bool> reached(const Csr& g, std::uint32_t root, std::uint32_t removed) {
  std::vector<bool> seen(g.size(), false);
  std::vector<std::uint32_t> queue;
  const auto see = [&](std::uint32_t v) {
    if (v == removed || seen[v]) return;
    seen[v] = true;
    queue.push_back(v);
  };
  see(root);
  while (!queue.empty()) {
    const std::uint32_t v = queue.back();
    queue.pop_back();
    for (const std::uint32_t to : g.targets(v)) see(to);
  }
  return seen;
}

/// x dominates v where v is reached, and no more without x. Those of one vertex lie on one line, so the nearest is the
/// one that has most above itself.
std::vector<std::uint32_t> naive(const Csr& g, std::uint32_t root) {
  const std::vector<bool> all = reached(g, root, no_vertex);
  std::vector<std::vector<bool>> dominates;
  for (std::uint32_t x = 0; x < g.size(); ++x) {
    std::vector<bool> row = reached(g, root, x);
    for (std::uint32_t v = 0; v < g.size(); ++v) row[v] = all[v] && !row[v] && v != x;
    dominates.push_back(std::move(row));
  }
  const auto depth = [&](std::uint32_t v) {
    return std::count_if(dominates.begin(), dominates.end(), [&](const auto& row) { return row[v]; });
  };
  std::vector<std::uint32_t> above(g.size(), no_vertex);
  for (std::uint32_t v = 0; v < g.size(); ++v)
    for (std::uint32_t x = 0; x < g.size(); ++x)
      if (all[x] && dominates[x][v] && (above[v] == no_vertex || depth(x) > depth(above[v]))) above[v] = x;
  return above;
}

Csr reversed(const Pairs& pairs, std::uint32_t size) {
  Pairs back;
  for (const auto& [from, to] : pairs) back.emplace_back(to, from);
  return csr_of(size, back);
}

}  // namespace

TEST_CASE("dominators: every walk from the root passes them") {
  // 0→1, 0→2, 1→3, 2→3, 3→4, 4→3, and 5→4 from where the root does not reach.
  const Pairs pairs{{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 3}, {5, 4}};
  const Dominators found = dominators(csr_of(6, pairs), 0);
  // 3 is reached by 1 and by 2, so only 0 stands before it; 4 only by 3.
  CHECK(found.above == std::vector<std::uint32_t>{no_vertex, 0, 0, 0, 3, no_vertex});
  CHECK(found.order == std::vector<std::uint32_t>{0, 1, 3, 4, 2});
  // Against the edges 4 comes from 3 and 5, 3 from 1, 2 and 4, and 0 from 1 and 2.
  CHECK(dominators(csr_of(6, pairs), 4, Way::against).above == std::vector<std::uint32_t>{3, 3, 3, 4, no_vertex, 4});
  CHECK(dominators(csr_of(1, {{0, 0}}), 0).above == std::vector<std::uint32_t>{no_vertex});
}

TEST_CASE("dominators are those whose removal cuts off, on random graphs") {
  RandomGraphs random(3);
  std::size_t cut_off = 0;  // graphs where a reached vertex has a predecessor that is not
  for (int round = 0; round < 3'000; ++round) {
    const std::uint32_t size = 2 + random.below(11);
    const Pairs pairs = random.pairs(size, random.below(3 * size));
    const Csr g = csr_of(size, pairs);
    const std::uint32_t root = random.below(size);
    const Dominators found = dominators(g, root);
    CHECK(found.above == naive(g, root));
    CHECK(dominators(reversed(pairs, size), root, Way::against).above == found.above);
    const std::vector<bool> all = reached(g, root, no_vertex);
    CHECK(static_cast<std::ptrdiff_t>(found.order.size()) == std::count(all.begin(), all.end(), true));
    std::vector<bool> met(size, false);
    for (const std::uint32_t v : found.order) {
      CHECK(all[v]);
      CHECK(!met[v]);
      met[v] = true;
      if (v != root) CHECK(met[found.above[v]]);
    }
    cut_off += std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return all[p.second] && !all[p.first]; });
  }
  CHECK(cut_off > 1'000);
}

TEST_CASE("dominators of a long ring and of a long path do not exhaust the stack") {
  constexpr std::uint32_t ring = 300'000;
  // 0 enters the ring 1 … ring at 1; the edge that closes it goes back to 1, so each stands behind the one before.
  const Dominators round =
      dominators(Csr(ring + 1, ring + 1, [](std::uint32_t v) { return std::pair(v, v == ring ? 1 : v + 1); }), 0);
  const Dominators line = dominators(Csr(1'000'000, 999'999, [](std::uint32_t v) { return std::pair(v, v + 1); }), 0);
  CHECK(round.above[0] == no_vertex);
  bool one_behind_the_other = true;
  for (std::uint32_t v = 1; v <= ring; ++v) one_behind_the_other &= round.above[v] == v - 1;
  for (std::uint32_t v = 1; v < 1'000'000; ++v) one_behind_the_other &= line.above[v] == v - 1;
  CHECK(one_behind_the_other);
}

}  // namespace tierscope::core
