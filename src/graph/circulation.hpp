#pragma once
// How much can go round at once.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

struct Circulation {
  std::vector<double> flow;  // by edge; every vertex passes on what it gets
  double total = 0;          // Σ flow
  double error = 0;          // the largest circulation is at most so much larger than `total`
  std::uint32_t rounds = 0;  // distances at which something was sent back
};

/// Bounds above which nothing is given: edges within strong components, and these times the rounds. A random network
/// of 100,000 edges needs 10 rounds, a second; a ring of 4,000 with 8,000 chords 877, which are 3 seconds.
inline constexpr std::uint32_t most_circulating_edges = 100'000;
inline constexpr std::uint64_t most_circulating_work = 50'000'000;

/// One of possibly several circulations of the largest total, with capacities ≥ 0 by edge index, whose sum is
/// finite.
///
/// The largest circulation is what is left of all capacities when as little as possible is taken away that leaves every
/// vertex in balance: a flow of least cost, 1 a unit and edge, from where more goes out than comes in. That is found by
/// growing distances (primal-dual: Ford and Fulkerson, 1962): Dijkstra's distances with potentials, then all that can
/// flow along shortest ways at once, by push–relabel (both Boost's). At most one round for each distance that occurs,
/// so O(vertices) rounds whatever the capacities are, of O(edges log vertices) and one maximum flow.
///
/// Flows are counted in whole multiples of a power of two, at most 2⁻⁵¹ of the sum of the capacities on loops: exact
/// for whole numbers that sum to less than 2⁵², 4.5e15. Else `error` is at most vertices × edges × 2⁻⁵¹ of that sum.
///
/// Nothing above the two bounds.
std::optional<Circulation> largest_circulation(const Csr& graph, std::span<const double> capacities);

}  // namespace tierscope::core
