#pragma once
// Elementary directed cycles of a plain digraph: the search behind `cycles`, knowing nothing of companies.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "graph/components.hpp"
#include "graph/csr.hpp"

namespace tierscope::core {

/// A graph whose targets rise: duplicates and self-loops are dropped. Pairs must be below `size`.
Csr simple_graph(std::uint32_t size, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs);

/// `graph` has no parallel edges and no loops. Calls `visit` once for each elementary cycle of at most `max_length` (0
/// = no bound) edges, vertices from the smallest on; stops early when it returns false. Returns whether the search was
/// complete.
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
/// `visit` is called with the vertices and with the edges from each of them on, by their indices.
using CycleVisitor = std::function<bool(std::span<const std::uint32_t> vertices, std::span<const std::uint32_t> edges)>;
bool elementary_cycles(const Csr& graph, const CycleSearch& search, const CycleVisitor& visit);
/// Counts instead: counts[length][the marks of its edges, or-ed]; marks, one an edge, are below 4. Constant time a
/// cycle beside the search. Counts hold where the search ended when it is not complete. The searches from each start
/// are shared among threads; each thread needs O(vertices · max_length) for itself. `stop` is asked by one at a time.
using CycleCounts = std::vector<std::array<std::uint64_t, 4>>;
bool count_cycles(const Csr& graph, const CycleSearch& search, const std::vector<std::uint8_t>& marks,
                  CycleCounts& counts);
/// The same for those who need no edges.
bool elementary_cycles(const Csr& graph, std::size_t max_length,
                       const std::function<bool(std::span<const std::uint32_t>)>& visit);

}  // namespace tierscope::core
