#pragma once
// The strongest simple paths to one vertex: those of the largest product of weights.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

struct StrongPath {
  std::vector<std::uint32_t> vertices;  // from the start to the target, each once
  std::vector<std::uint32_t> edges;     // between them: of parallel ones the strongest
  double weight = 1;                    // their product
};

/// Yen's algorithm for k loopless paths (Management Science 17, 1971), each spur found by A* with the exact weight of
/// the best way on to the target as its guide. Products of weights in [0, 1] instead of sums of their logarithms:
/// nothing is rounded that a reader could multiply himself.
class StrongestPaths {
 public:
  /// `weights` by edge index, in [0, 1]; an edge of weight 0 is none. No path passes a vertex that is `blocked` (by
  /// vertex; empty: none), though it may begin or end there. Dijkstra's algorithm backwards from the target (Boost's),
  /// and the ways on from each vertex in order of their weights: O(edges log edges). The graph must outlive it.
  StrongestPaths(const Csr& graph, std::vector<double> weights, std::uint32_t target,
                 const std::vector<bool>& blocked = {});

  /// At most `count` paths, the largest weight first; of equal ones the direct one, then that which is first by its
  /// vertices, where A* has a choice. Where a path has more than 100 vertices, others that leave it later are not
  /// looked for. Of the ways on from a vertex only the next best is looked at, so a vertex of many costs no more than
  /// one of few: O(count · length) searches, each of `length` steps where the best way on is free. `steps` is told how
  /// many ways on were looked at.
  std::vector<StrongPath> from(std::uint32_t start, std::size_t count, std::uint64_t* steps = nullptr) const;

  /// The largest product from a vertex to the target; 0: there is no path.
  double best(std::uint32_t vertex) const { return best_[vertex]; }

 private:
  struct WayOn {
    double best;  // of a path that goes this way: weight × best(to)
    std::uint32_t to;
    std::uint32_t edge;
  };
  bool best_path(const std::vector<std::uint32_t>& root, const std::vector<std::uint32_t>& barred_next,
                 std::vector<std::uint32_t>& edges, std::uint64_t& steps) const;

  const Csr* graph_;
  std::vector<double> weights_;
  std::uint32_t target_;
  std::vector<double> best_;
  std::vector<std::size_t> first_;  // of each vertex in ways_
  std::vector<WayOn> ways_;         // of each vertex: the best first, of equal ones the target, then by number
};

}  // namespace tierscope::core
