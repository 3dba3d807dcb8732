#pragma once
// The first simple paths from one vertex to another, in a stated order.

#include <cstdint>
#include <functional>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

enum class PathOrder : std::uint8_t { hops, product };

struct PathsWanted {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::size_t count = 5;
  std::uint32_t most_hops = 6;  // at most 32
  PathOrder order = PathOrder::hops;
  std::size_t most_steps = 2'000'000;  // partial paths that are looked at
};

struct SimplePath {
  std::vector<std::uint32_t> vertices;
  bool unknown = false;  // some edge has no weight
  double product = 1;    // of the known weights
};

struct SimplePaths {
  std::vector<SimplePath> paths;
  bool complete = true;  // false: the search was stopped, and may have missed some
};

/// By hops: fewest hops; then paths without an unknown weight; then the larger product of the known ones; then
/// `before`, an order of vertices, along the path. By product: those two, then hops, then `before` (definitions,
/// section 8.2). `weights` by edge, in (0, 1] or below 0 where unknown; of parallel edges the best counts. Best first,
/// guided by the best walk that is left, which is no worse than any path: O(most_hops × edges) and then a step for each
/// partial path that could be among the first. 24 bytes a vertex and hop.
SimplePaths simple_paths(const Csr& graph, const std::vector<double>& weights, const PathsWanted& wanted,
                         const std::function<bool(std::uint32_t, std::uint32_t)>& before);

/// Links of the shortest walk; 0 where there is none. O(edges).
std::uint32_t hops_between(const Csr& graph, std::uint32_t from, std::uint32_t to);

}  // namespace tierscope::core
