// Absorption by plain iteration, against which the solver is held.

#include <doctest/doctest.h>

#include <numeric>

#include "graph/absorb.hpp"
#include "graph/eliminate.hpp"
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
  system.end_row(.5, .5);  // what the target does itself makes no difference
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

TEST_CASE("absorption agrees with plain iteration on a large component") {
  Dice dice(3);
  const AbsorbingSystem system = random_system(dice, {1'500, SIZE_MAX, .9});
  const Absorption solved = Absorber(system).solve(1'499);
  CHECK(solved.converged);
  CHECK(solved.error <= 1e-10);
  CHECK(largest_error(solved, iterated(system, 1'499)) < 1e-9);
}

// Two thousand companies in a ring that sell all but one millionth to the next: after n steps (1 - 1e-6)^n is still
// under way, so sweeps alone, which solve a ring once around each, take some 10,000 of them. Elimination takes a row
// each.
TEST_CASE("a large loop that hardly leaks is eliminated, or says how far it is off") {
  constexpr std::uint32_t count = 2'000;
  for (const bool eliminated : {true, false}) {
    constexpr double leak = 1e-6;
    AbsorbingSystem system;
    for (std::uint32_t v = 0; v < count; ++v) {
      system.step((v + 1) % count, 1 - leak);
      if (v == 0) system.step(count, leak / 2);
      system.end_row(v == 0 ? leak / 2 : leak, 0);
    }
    system.end_row(1, 0);
    WorkLimits limits;
    if (!eliminated) limits = {1e7, 100, 100'000};
    const Absorption solved = Absorber(system, limits).solve(count);
    // x(0) = leak / 2 + (1 - leak)^count x(0)
    const double expected = leak / 2 / -std::expm1(count * std::log1p(-leak));
    CHECK(solved.converged == eliminated);
    CHECK(solved.x[0][0] <= expected + 1e-12);
    CHECK(expected - solved.x[0][0] <= solved.error + 1e-12);
    CHECK((solved.error <= 1e-9) == solved.converged);
    // Some million rows are passed, of one or two figures that are rounded to 16 digits.
    if (eliminated) CHECK((solved.rounding.at(0) > 1e-9 && solved.rounding[0] < 2e-9));
  }
}

// a sells 1 - e to b and e/2 to t, the rest is nobody's; b sells all to a. Of what leaves, half reaches t, however
// small e: nothing of it may be lost, or taken for revenue that circles.
TEST_CASE("half of what leaves a loop reaches the target, however little leaves") {
  for (const double e : {1e-1, 1e-6, 1e-9, 1e-13, 1e-15, 1e-30}) {
    AbsorbingSystem system;
    system.step(1, 1 - e);
    system.step(2, e / 2);
    system.end_row(0, e / 2);
    system.step(0, 1);
    system.end_row(0, 0);
    system.end_row(1, 0);
    const Absorption solved = Absorber(system).solve(2);
    CAPTURE(e);
    for (const std::uint32_t v : {0U, 1U}) {
      CHECK(solved.x[v][0] == doctest::Approx(.5).epsilon(1e-14));
      CHECK(solved.x[v][1] == 0);
      CHECK(solved.x[v][2] == doctest::Approx(.5).epsilon(1e-14));
      CHECK(solved.x[v][3] == 0);
    }
    // Each of 1/e rounds passes two rows of two steps and one.
    const double rounding = solved.rounding.empty() ? 0 : solved.rounding[0];
    CHECK(rounding == doctest::Approx(e > 1e-5 ? 0 : std::min(1.0, (6 + 5) * 2.3e-16 / e)).epsilon(.01));
  }
}

// Against plain iteration, and LU where a loop hardly leaks would be off: rings of rings, dense ones, with one leak.
TEST_CASE("elimination agrees with iteration on random systems, in any order of states") {
  Dice dice(11);
  for (int i = 0; i < 200; ++i) {
    const std::size_t count = 2 + dice.below(60);
    Elimination system(count, 1);
    std::vector<std::vector<double>> dense(count, std::vector<double>(count, 0));
    std::vector<double> right(count);
    for (std::uint32_t v = 0; v < count; ++v) {
      double left = 1;
      const auto step = [&](std::uint32_t to, double weight) {
        if (to == v || dense[v][to] > 0) return;
        dense[v][to] = weight;
        system.step(v, to, weight);
        left -= weight;
      };
      for (std::size_t k = dice.below(6); k > 0; --k)
        step(static_cast<std::uint32_t>(dice.below(count)), .15 * dice.fraction());
      step((v + 1) % static_cast<std::uint32_t>(count), .15);
      system.leave(v, left);
      right[v] = left * dice.fraction();
      system.right(v, 0) = right[v];
    }
    REQUIRE(system.solve(1'000'000, 1'000'000));
    std::vector<double> x(count, 0);
    for (int sweep = 0; sweep < 2'000; ++sweep)
      for (std::size_t v = 0; v < count; ++v)
        x[v] = right[v] + std::inner_product(dense[v].begin(), dense[v].end(), x.begin(), 0.0);
    for (std::uint32_t v = 0; v < count; ++v) CHECK(system.x(v, 0) == doctest::Approx(x[v]).epsilon(1e-12));
  }
}

// Of a ring the two neighbours of the state that goes are joined: one entry for two, whatever the size.
TEST_CASE("elimination of a ring costs a step a state, of a full graph the cube, and stops at its limits") {
  const auto ring = [](std::uint32_t count, std::size_t work) {
    Elimination system(count, 1);
    for (std::uint32_t v = 0; v < count; ++v) system.step(v, (v + 1) % count, v == 0 ? .5 : 1);
    system.leave(0, .5);
    return system.solve(work, 2 * count);
  };
  CHECK(ring(1'000, 3'000));
  CHECK(ring(100'000, 300'000));
  CHECK_FALSE(ring(100'000, 100'000));
  Elimination full(100, 1);
  for (std::uint32_t v = 0; v < 100; ++v) {
    for (std::uint32_t to = 0; to < 100; ++to)
      if (to != v) full.step(v, to, .01);
    full.leave(v, .01);
  }
  CHECK_FALSE(full.solve(300'000, 1'000'000));
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
