// Absorption by plain iteration, against which the solver is held.

#include <doctest/doctest.h>

#include <numeric>

#include "graph/absorb.hpp"
#include "random_graph.hpp"

namespace tierscope::core {
namespace {

// Absorbed by the target, the first and the second leak.
std::vector<std::array<double, 3>> iterated(const AbsorbingSystem& system, std::uint32_t target) {
  std::vector<std::array<double, 3>> x(system.states(), {0, 0, 0});
  for (double change = 1; change > 1e-15;) {
    change = 0;
    auto next = x;
    for (std::size_t v = 0; v < x.size(); ++v) {
      next[v] = {0, system.leak[v][0], system.leak[v][1]};
      for (std::size_t i = system.first[v]; i < system.first[v + 1]; ++i)
        for (std::size_t k = 0; k < 3; ++k) next[v][k] += system.weight[i] * x[system.to[i]][k];
      if (v == target) next[v] = {1, 0, 0};
      for (std::size_t k = 0; k < 3; ++k) change = std::max(change, std::abs(next[v][k] - x[v][k]));
    }
    x = std::move(next);
  }
  return x;
}

struct RandomSystem {
  std::size_t count = 0;          // states; the last one is the target
  std::size_t closed = SIZE_MAX;  // from here on, all but the target keep everything among themselves
  double damping = 1;             // what is lost goes to the next state
};

AbsorbingSystem random_system(Dice& dice, const RandomSystem& wanted) {
  AbsorbingSystem system;
  const std::size_t closed = std::min(wanted.closed, wanted.count - 1);
  for (std::size_t v = 0; v + 1 < wanted.count; ++v) {
    std::vector<double> chances(1 + dice.below(5));
    for (double& chance : chances) chance = dice.fraction() + .01;
    const double sum = std::accumulate(chances.begin(), chances.end(), 0.0);
    const bool leaks = v < closed && dice.percent(70);
    const double kept = wanted.damping * (leaks ? .9 * dice.fraction() : 1);
    const std::array leak{dice.fraction(), dice.fraction(), dice.fraction() + .1};
    const double lost = leaks ? (wanted.damping - kept) / (leak[0] + leak[1] + leak[2]) : 0;
    for (const double chance : chances) {
      const std::size_t to = v < closed ? dice.below(wanted.count - 1) : closed + dice.below(wanted.count - 1 - closed);
      system.step(static_cast<std::uint32_t>(to), chance / sum * kept);
    }
    if (lost > 0) system.step(static_cast<std::uint32_t>(wanted.count - 1), lost * leak[0]);
    if (wanted.damping < 1) system.step(static_cast<std::uint32_t>((v + 1) % (wanted.count - 1)), 1 - wanted.damping);
    system.end_row(lost * leak[1], lost * leak[2]);
  }
  system.end_row(.5, 0);  // what the target does itself makes no difference
  return system;
}

double largest_error(const Absorption& solved, const std::vector<std::array<double, 3>>& expected) {
  double error = 0;
  for (std::size_t v = 0; v < expected.size(); ++v)
    for (std::size_t k = 0; k < 3; ++k) {
      const double difference = std::abs(solved.x[v][k] - expected[v][k]);
      if (!(difference <= error)) error = difference;  // also where it is not a number
      if (std::isnan(error)) return error;
    }
  return error;
}

}  // namespace

TEST_CASE("absorption agrees with plain iteration from zero") {
  Dice dice(2);
  for (int i = 0; i < 300; ++i) {
    RandomSystem wanted;
    wanted.count = 3 + dice.below(40);
    if (dice.percent(50)) wanted.closed = std::max<std::size_t>(1, wanted.count - 1 - dice.below(6));
    const AbsorbingSystem system = random_system(dice, wanted);
    const auto target = static_cast<std::uint32_t>(wanted.count - 1);
    const Absorption solved = Absorber(system).solve(target);
    CAPTURE(i);
    CHECK(solved.converged);
    CHECK(largest_error(solved, iterated(system, target)) < 1e-9);
    for (std::size_t v = wanted.closed; v < target; ++v) CHECK(solved.x[v] == std::array{0.0, 0.0, 0.0, 1.0});
    for (const auto& x : solved.x) CHECK(x[0] + x[1] + x[2] + x[3] == doctest::Approx(1));
  }
}

TEST_CASE("many targets are absorbed as each alone, also where only they end a loop" * doctest::test_suite("long")) {
  Dice dice(7);
  for (int i = 0; i < 24; ++i) {
    RandomSystem wanted;
    wanted.count = i % 4 == 0 ? 10'000 + dice.below(2'000) : 5 + dice.below(40);  // large enough to be shared
    if (dice.percent(60)) wanted.closed = std::max<std::size_t>(1, wanted.count - 1 - dice.below(6));
    const AbsorbingSystem system = random_system(dice, wanted);
    const Absorber absorber(system);
    std::vector<std::uint32_t> targets;
    const std::size_t asked = 2 + dice.below(40);
    while (targets.size() < asked) targets.push_back(static_cast<std::uint32_t>(dice.below(wanted.count)));
    std::size_t next = 0;
    absorber.solve(targets, [&](std::size_t k, const Absorption& solved) {
      CAPTURE(i);
      CHECK(k == next++);
      CHECK(solved.converged);
      CHECK(largest_error(solved, iterated(system, targets[k])) < 1e-9);
      const Absorption alone = absorber.solve(targets[k]);
      double difference = 0;
      for (std::size_t v = 0; v < solved.x.size(); ++v)
        for (std::size_t part = 0; part < 4; ++part)
          difference = std::max(difference, std::abs(solved.x[v][part] - alone.x[v][part]));
      CHECK(difference < 1e-9);
    });
    CHECK(next == targets.size());
  }
}

TEST_CASE("absorption agrees with plain iteration on a component too large for LU") {
  Dice dice(3);
  const AbsorbingSystem system = random_system(dice, {1'500, SIZE_MAX, .9});
  const Absorption solved = Absorber(system).solve(1'499);
  CHECK(solved.converged);
  CHECK(solved.error <= 1e-10);
  CHECK(largest_error(solved, iterated(system, 1'499)) < 1e-9);
}

// Two thousand companies in a ring that sell all but one millionth to the next: after n steps (1 - 1e-6)^n is still
// under way, so sweeps alone, which solve a ring once around each, take some 10,000 of them.
TEST_CASE("a large loop that hardly leaks converges, or says how far it is off") {
  constexpr std::uint32_t count = 2'000;
  for (const double steps : {2e10, 1e7}) {
    constexpr double leak = 1e-6;
    AbsorbingSystem system;
    for (std::uint32_t v = 0; v < count; ++v) {
      system.step((v + 1) % count, 1 - leak);
      if (v == 0) system.step(count, leak / 2);
      system.end_row(v == 0 ? leak / 2 : leak, 0);
    }
    system.end_row(1, 0);
    const Absorption solved = Absorber(system, steps).solve(count);
    // x(0) = leak / 2 + (1 - leak)^count x(0)
    const double expected = leak / 2 / -std::expm1(count * std::log1p(-leak));
    CHECK(solved.converged == (steps > 1e9));
    CHECK(solved.x[0][0] <= expected + 1e-12);
    CHECK(expected - solved.x[0][0] <= solved.error + 1e-12);
    CHECK((solved.error <= 1e-9) == solved.converged);
  }
}

TEST_CASE("absorption along a chain of a million states") {
  constexpr std::uint32_t count = 1'000'000;
  AbsorbingSystem system;
  for (std::uint32_t v = 0; v + 1 < count; ++v) {
    system.step(v + 1, 1);
    system.end_row(0, 0);
  }
  system.step(count, .25);
  system.end_row(.75, 0);
  system.end_row(1, 0);
  CHECK(Absorber(system).solve(count).x[0] == std::array{.25, .75, 0.0, 0.0});
}

}  // namespace tierscope::core
