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
  bool converged = true;  // false: a huge, hardly leaking loop stopped at the limit of work
  double error = 0;       // x lies at most so far below the solution, beside rounding
};

/// The least non-negative solution. States that cannot reach a leak are 0: what enters them circles for ever.
/// Strongly connected components are solved downstream first: alone by division, up to 1,000 states by LU with partial
/// pivoting (Eigen), larger ones by Gauss–Seidel from zero, customers first. That rises towards the solution; and since
/// what is absorbed anywhere sums to 1 for each state, what a state still lacks to 1 bounds its error. It ends below
/// 1e-12, or after 2e10 steps, with the error told. O(states + steps) beside the components' own cost: cubic in a
/// component's size by LU, steps × sweeps by Gauss–Seidel.
Absorption absorb(const AbsorbingSystem& system);

}  // namespace tierscope
