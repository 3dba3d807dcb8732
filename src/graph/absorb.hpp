#pragma once
// Absorption probabilities of a sparse Markov chain with leaks: the linear algebra behind `exposure`.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace tierscope::core {

/// From each state to others, by rows: row v's steps lie in [first[v], first[v + 1]). Weights are > 0 and sum, with the
/// row's two leaks (≥ 0), to 1; what they lack to it is taken for rounding, and shared out. A row without any keeps
/// everything. 12 bytes a step.
struct AbsorbingSystem {
  std::vector<std::size_t> first{0};
  std::vector<std::uint32_t> to;
  std::vector<double> weight;
  std::vector<std::array<double, 2>> leak;

  std::size_t states() const { return leak.size(); }
  void step(std::uint32_t state, double share) {
    to.push_back(state);
    weight.push_back(share);
  }
  /// Ends the row whose steps were given since the last row.
  void end_row(double first_leak, double second_leak) {
    first.push_back(to.size());
    leak.push_back({first_leak, second_leak});
  }
};

inline constexpr double told_rounding = 1e-9;

struct Absorption {
  /// Of each state: the probability to reach the target, to leave by the first leak, by the second leak, before
  /// anything else, and to circle for ever. Of the target itself 1, 0, 0, 0.
  std::vector<std::array<double, 4>> x;
  bool converged = true;  // false: a huge, hardly leaking loop stopped at the limit of work
  double error = 0;       // each x lies at most so far from the solution, beside rounding
  /// Of each state: so much may come of the figures' 17th digit, as it sells to a loop that hardly leaks. Empty: of
  /// none as much as `told_rounding`.
  std::vector<double> rounding;
};

/// Of one component.
struct WorkLimits {
  double sweep_steps = 2e10;                    // of sweeps, minutes
  std::size_t multiplications = 4'000'000'000;  // of an elimination, seconds
  std::size_t entries = 20'000'000;             // of an elimination, 400 MB
};

/// Solves one system for any number of targets. The least non-negative solution: states that can reach neither a leak
/// nor the target circle for ever.
///
/// Strongly connected components are solved downstream first: alone by division, up to 64 states by elimination
/// (eliminate.hpp), larger ones by Gauss–Seidel from zero, customers first, with the states that lag gone over more
/// often. That rises towards the solution; and since all parts together come to 1, what their sum still lacks bounds
/// the error of each. It ends below 1e-10. Where 200 sweeps do not bring that, the component is eliminated if that
/// takes less than 4e9 multiplications and 2e7 entries, as for rings and other sparse loops of any size; else the
/// sweeps go on for `most_steps`, and the error is told. O(states + steps) for the order, once; then for each target
/// O(states + steps) beside the components' own cost: steps × sweeps. Of 10,000 states or more, the parts of one target
/// are shared among two threads, and so are many targets, eight in a batch: fetching a step costs more than using it.
class Absorber {
 public:
  explicit Absorber(const AbsorbingSystem& system, const WorkLimits& limits = {});
  ~Absorber();
  Absorber(const Absorber&) = delete;
  Absorber& operator=(const Absorber&) = delete;

  /// Calls `take` with the index of each target and its solution, in order. 72 bytes a state for one target, 550
  /// for more, while it runs.
  void solve(std::span<const std::uint32_t> targets,
             const std::function<void(std::size_t, const Absorption&)>& take) const;
  Absorption solve(std::uint32_t target) const;

 private:
  std::unique_ptr<const struct Ordered> system_;
};

}  // namespace tierscope::core
