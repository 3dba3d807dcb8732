#pragma once
// Elementary directed cycles of a plain digraph: the search behind `cycles`, knowing nothing of companies.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace tierscope::core {

/// Vertices 0..n−1; `to[first[v]] .. to[first[v + 1]]` are v's successors, rising, without repetition or self-loops.
struct Digraph {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> to;
  std::uint32_t size() const { return static_cast<std::uint32_t>(first.size()) - 1; }
};

/// Duplicates and self-loops are dropped. Pairs must be below `size`.
Digraph digraph_of(std::uint32_t size, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs);

/// The strongly connected components of more than one vertex; members rise, components by their first member.
std::vector<std::vector<std::uint32_t>> strong_components_of(const Digraph& graph);

/// Calls `visit` once for each elementary cycle of at most `max_length` (0 = no bound) edges, vertices from the
/// smallest on; stops early when it returns false. Returns whether the search was complete.
///
/// One search from each vertex, those with most ways through first, within what is left of its component, pruned by
/// barriers: a lower bound of each vertex's distance back to the start, first by breadth-first search to half the bound
/// (the search meets it from the other side), raised when a vertex fails, lowered along predecessors when it leaves the
/// path after a success (BC-DFS: Peng et al., PVLDB 13, 2019; without a bound it acts as Johnson's blocking, SIAM J.
/// Comput. 4, 1975). Delay between two cycles is polynomial, O(max_length · edges); memory O(vertices + edges).
///
/// `through`: only cycles that pass this vertex, by one search from it over its whole component. `stop` is asked every
/// few thousand steps; true ends the search, which is then not complete.
struct CycleSearch {
  std::size_t max_length = 0;
  std::optional<std::uint32_t> through;
  std::function<bool()> stop;
  unsigned threads = 1;  // that count_cycles may use where the search is long
};
/// `visit` is called with the vertices and with the edges from each of them on, as positions in Digraph::to.
using CycleVisitor = std::function<bool(std::span<const std::uint32_t> vertices, std::span<const std::uint32_t> edges)>;
bool elementary_cycles(const Digraph& graph, const CycleSearch& search, const CycleVisitor& visit);
/// Counts instead: counts[length][the marks of its edges, or-ed]; marks, one an edge, are below 4. Constant time a
/// cycle beside the search. Counts hold where the search ended when it is not complete. The searches from each start
/// are shared among threads; each thread needs O(vertices · max_length) for itself. `stop` is asked by one at a time.
using CycleCounts = std::vector<std::array<std::uint64_t, 4>>;
bool count_cycles(const Digraph& graph, const CycleSearch& search, const std::vector<std::uint8_t>& marks,
                  CycleCounts& counts);
/// The same for those who need no edges.
bool elementary_cycles(const Digraph& graph, std::size_t max_length,
                       const std::function<bool(std::span<const std::uint32_t>)>& visit);

}  // namespace tierscope::core
