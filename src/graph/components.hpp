#pragma once
// Strongly connected components: one search for all.

#include <cstdint>
#include <span>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

/// Components are numbered downstream first: an edge leads into its own component or one of a smaller number.
struct Components {
  std::vector<std::uint32_t> of;        // by vertex: its component
  std::vector<std::uint32_t> vertices;  // component by component
  std::vector<std::uint32_t> first{0};  // where each component begins in `vertices`, and the end

  std::uint32_t count() const { return static_cast<std::uint32_t>(first.size() - 1); }
  std::span<const std::uint32_t> members(std::uint32_t c) const {
    return std::span(vertices).subspan(first[c], first[c + 1] - first[c]);
  }
};

/// Tarjan's algorithm (SIAM J. Comput. 1, 1972) as Boost has it, on a stack of its own: paths and rings of millions do
/// no harm. Members of a component stand in the reverse order of their discovery: a vertex after those that the search
/// went on to from it. O(vertices + edges).
Components strong_components(const Csr& graph);

/// Those of more than one vertex; members rise, components by their first member.
std::vector<std::vector<std::uint32_t>> strong_components_of(const Csr& graph);

}  // namespace tierscope::core
