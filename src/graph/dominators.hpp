#pragma once
// Who stands between: the dominator tree.

#include <cstdint>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

inline constexpr std::uint32_t no_vertex = UINT32_MAX;

/// Which way a search follows the edges.
enum class Way : std::uint8_t { along, against };

struct Dominators {
  /// By vertex: the last other vertex that every walk from the root to it passes; none of the root and of what it does
  /// not reach.
  std::vector<std::uint32_t> above;
  /// The root and what it reaches, each after its `above`: whoever goes through it backwards meets the parts of a
  /// subtree before its top.
  std::vector<std::uint32_t> order;
};

/// The semi-NCA algorithm (Georgiadis, Tarjan and Werneck, J. Graph Algorithms Appl. 10, 2006), without recursion.
/// Predecessors that the root does not reach count for nothing. O(edges log vertices) and, for the last step,
/// O(vertices²) at worst, though near to linear on real graphs; 20 bytes a vertex beside the result while it runs.
Dominators dominators(const Csr& graph, std::uint32_t root, Way way = Way::along);

}  // namespace tierscope::core
