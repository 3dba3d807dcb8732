#pragma once
// Absorption probabilities of a sparse Markov chain with leaks: the linear algebra behind `exposure`.

#include <array>
#include <cstdint>
#include <vector>

namespace tierscope {

/// x = b + W x for three right-hand sides at once, W given by rows. Row v's weights are ≥ 0 and sum, with its b, to at
/// most 1.
struct AbsorbingSystem {
  struct Step {
    std::uint32_t to = 0;
    double weight = 0;
  };
  std::vector<std::vector<Step>> rows;
  std::vector<std::array<double, 3>> leak;  // b, ≥ 0
};

struct Absorption {
  std::vector<std::array<double, 3>> x;
  bool converged = true;  // false: a huge, hardly leaking loop stopped at the iteration limit
};

/// The least non-negative solution. States that cannot reach a leak are 0: what enters them circles for ever.
/// Strongly connected components are solved downstream first: alone by division, up to 1,000 states by LU with partial
/// pivoting (Eigen), larger ones by Gauss–Seidel until the largest change is below 1e-15.
/// O(states + steps) beside the components' own cost: cubic in a component's size by LU, steps × sweeps by
/// Gauss–Seidel.
Absorption absorb(const AbsorbingSystem& system);

}  // namespace tierscope
