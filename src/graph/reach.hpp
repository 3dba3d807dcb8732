#pragma once
// Which edge comes first on any way to a target: the weakest figure, or the oldest, that a number rests on.

#include <cstdint>
#include <span>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

inline constexpr std::uint32_t no_edge = UINT32_MAX;

/// What walks may use. A walk ends at the target and does not pass it before; it begins anywhere else, may come by a
/// vertex or an edge several times, and passes no vertex that is blocked, though it may begin or end at one.
struct Walks {
  std::uint32_t target = 0;
  std::vector<bool> edges;    // by edge index: which count; empty: all
  std::vector<bool> blocked;  // by vertex; empty: none
};

/// By vertex: the first edge of `order` (edge indices; those that do not count are passed over) that lies on some walk
/// from it to the target; none of the target, and where no edge of `order` lies on a walk. O(vertices + edges + order
/// log vertices).
std::vector<std::uint32_t> first_on_walks(const Csr& graph, const Walks& walks, std::span<const std::uint32_t> order);

}  // namespace tierscope::core
