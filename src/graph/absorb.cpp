#include "graph/absorb.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "graph/components.hpp"
#include "graph/eliminate.hpp"

namespace tierscope::core {
namespace {

constexpr std::uint32_t none = UINT32_MAX;
constexpr std::size_t always_eliminated = 64;  // states of a component
constexpr double sweeps_before_elimination = 200;
constexpr double rounding_of_a_number = 2.3e-16;
constexpr int rounds = 200;  // over the states that lack most, between two sweeps
constexpr double smallest_error = 1e-10;
constexpr double tolerated_error = 1e-9;

// What a state can be absorbed by.
enum Part : std::uint8_t { target, first_leak, second_leak, circling };
constexpr std::size_t together = 8;    // targets
constexpr std::size_t large = 10'000;  // states: below, sharing costs more than it brings

Csr steps_of(const AbsorbingSystem& system) {
  std::vector<std::uint32_t> from;
  from.reserve(system.to.size());
  for (std::uint32_t v = 0; v < system.states(); ++v) from.resize(system.first[v + 1], v);
  return {static_cast<std::uint32_t>(system.states()), static_cast<std::uint32_t>(system.to.size()),
          [&](std::uint32_t step) { return std::pair(from[step], system.to[step]); }};
}

}  // namespace

/// The system with its states numbered in the order of their components.
struct Ordered {
  std::vector<std::uint32_t> states;  // by place: the state as the user numbers it
  std::vector<std::uint32_t> places;  // the inverse
  std::vector<std::uint32_t> components;
  std::vector<std::size_t> first;
  std::vector<std::uint32_t> to;  // places
  std::vector<double> weight;
  std::vector<std::array<double, 2>> leak;
  WorkLimits limits;

  Ordered(const AbsorbingSystem& system, const WorkLimits& work_limits) : limits(work_limits) {
    Components found = strong_components(steps_of(system));
    states = std::move(found.vertices);
    components = std::move(found.first);
    places.resize(states.size());
    for (std::uint32_t place = 0; place < states.size(); ++place) places[states[place]] = place;
    first.reserve(states.size() + 1);
    to.reserve(system.to.size());
    weight.reserve(system.to.size());
    leak.reserve(states.size());
    first.push_back(0);
    constexpr std::size_t ahead = 16;  // rows, fetched from far memory before they are copied
    for (std::size_t place = 0; place < states.size(); ++place) {
      if (place + ahead < states.size()) {
        const std::size_t next = system.first[states[place + ahead]];
        __builtin_prefetch(system.to.data() + next);
        __builtin_prefetch(system.weight.data() + next);
      }
      // What a state keeps goes where the rest goes, in the end. What its row lacks to 1 is rounding, and must not be
      // taken for a leak: a loop that hardly leaks would make much of it.
      const std::uint32_t v = states[place];
      double elsewhere = system.leak[v][0] + system.leak[v][1];
      for (std::size_t i = system.first[v]; i < system.first[v + 1]; ++i)
        if (system.to[i] != v) elsewhere += system.weight[i];
      for (std::size_t i = system.first[v]; i < system.first[v + 1]; ++i) {
        if (system.to[i] == v) continue;
        to.push_back(places[system.to[i]]);
        weight.push_back(system.weight[i] / elsewhere);
      }
      first.push_back(to.size());
      leak.push_back(elsewhere > 0 ? std::array{system.leak[v][0] / elsewhere, system.leak[v][1] / elsewhere}
                                   : std::array{0.0, 0.0});
    }
  }
};

namespace {

/// Solves some lanes at once: the probabilities to hit some targets, then some of the parts, and last the sum of all
/// parts, whose solution is 1: what it lacks bounds what each lane lacks.
template <std::size_t Hits, Part... Parts>
class Batch {
 public:
  /// `end`: revenue goes no further than the one target. Else hits are counted as it passes.
  enum class Target : std::uint8_t { end, pass };

  Batch(const Ordered& system, std::span<const std::uint32_t> targets, Target kind)
      : system_(system), ends_(kind == Target::end), x_(system.states.size(), Lanes{}) {
    for (const std::uint32_t v : targets) targets_.push_back(system.places[v]);
    closed_.assign(x_.size(), false);
    for (std::size_t c = 0; c + 1 < system.components.size(); ++c) {
      solve(system.components[c], system.components[c + 1]);
      if (!rounding_.empty()) add_rounding(system.components[c], system.components[c + 1]);
    }
  }

  double error() const { return error_; }
  /// Of a state as the user numbers it.
  double rounding(std::uint32_t state) const {
    return rounding_.empty() ? 0 : std::min(1.0, rounding_[system_.places[state]]);
  }
  bool any_rounding() const { return !rounding_.empty(); }
  /// Of a state as the user numbers it: the lanes, without the sum.
  const double* of(std::uint32_t state) const { return x_[system_.places[state]].data(); }
  /// Does nothing leave the component of the state?
  bool closed(std::uint32_t state) const { return closed_[system_.places[state]]; }

 private:
  static constexpr std::array<Part, sizeof...(Parts)> leaks{Parts...};
  static constexpr std::size_t sum = Hits + leaks.size();
  using Lanes = std::array<double, sum + 1>;

  // A component whose downstream is solved.
  void solve(std::uint32_t begin, std::uint32_t end) {
    const auto inside = [&](std::uint32_t v) { return v >= begin && v < end; };
    const bool some_target = std::any_of(targets_.begin(), targets_.end(), inside);
    bool shut = !(ends_ && some_target);
    for (std::uint32_t v = begin; v < end && shut; ++v) {
      shut = system_.leak[v][0] <= 0 && system_.leak[v][1] <= 0;
      for (std::size_t i = system_.first[v]; i < system_.first[v + 1] && shut; ++i)
        shut = system_.to[i] >= begin || closed_[system_.to[i]];
    }
    if (shut) return shut_off(begin, end);
    if (some_target)
      for (std::uint32_t v = begin; v < end; ++v) hold(v);
    if (end - begin == 1) {
      step(begin, some_target);
    } else if (end - begin > always_eliminated || !solve_exactly(begin, end)) {
      double error = sweep(begin, end, some_target, sweeps_before_elimination);
      if (error > smallest_error && solve_exactly(begin, end)) return;
      const auto steps = static_cast<double>(system_.first[end] - system_.first[begin]);
      if (error > smallest_error)
        error = sweep(begin, end, some_target, std::max(100.0, system_.limits.sweep_steps / steps));
      error_ = std::max(error_, error);
    }
  }

  // A component is off by what it sells to at most, beside its own.
  void add_rounding(std::uint32_t begin, std::uint32_t end) {
    double behind = 0;
    for (std::size_t i = system_.first[begin]; i < system_.first[end]; ++i)
      if (system_.to[i] < begin) behind = std::max(behind, rounding_[system_.to[i]]);
    for (std::uint32_t v = begin; v < end; ++v) rounding_[v] += behind;
  }

  void shut_off(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t v = begin; v < end; ++v) {
      closed_[v] = true;
      for (std::size_t i = 0; i < leaks.size(); ++i) x_[v][Hits + i] = leaks[i] == circling ? 1 : 0;
      x_[v][sum] = 1;
      hold(v);
    }
  }

  // What is known of a target.
  void hold(std::uint32_t v) {
    for (std::size_t k = 0; k < targets_.size(); ++k) {
      if (v != targets_[k]) continue;
      if (ends_) {
        x_[v].fill(0);
        x_[v][sum] = 1;
      }
      if (k < Hits) x_[v][k] = 1;
    }
  }

  void add_leaks(std::uint32_t v, Lanes& lanes) const {
    const auto& leak = system_.leak[v];
    for (std::size_t i = 0; i < leaks.size(); ++i)
      if (leaks[i] != circling) lanes[Hits + i] += leak[leaks[i] - first_leak];
    lanes[sum] += leak[0] + leak[1];
  }

  // One exact step for v with all others as they are; returns what it still lacks.
  double step(std::uint32_t v, bool some_target) {
    Lanes lanes{};
    add_leaks(v, lanes);
    for (std::size_t i = system_.first[v]; i < system_.first[v + 1]; ++i) {
      const Lanes& there = x_[system_.to[i]];
      const double weight = system_.weight[i];
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) lanes[lane] += weight * there[lane];
    }
    x_[v] = lanes;
    if (some_target) hold(v);
    return 1 - x_[v][sum];
  }

  // Returns the error that it leaves. A few tight loops, such as two companies that sell nearly all to each other,
  // would hold up all others: between two sweeps the states that lack most are gone over alone until they lack no more
  // than the rest. Any order of steps rises towards the solution.
  double sweep(std::uint32_t begin, std::uint32_t end, bool some_target, double sweeps) {
    double worst = 1;
    double work = 0;  // in sweeps
    int still = 0;    // sweeps that brought nothing: what is left is rounding
    std::vector<std::uint32_t> hot;
    while (worst > smallest_error && work < sweeps && still < 10) {
      const double before = std::exchange(worst, 0);
      double all = 0;
      for (std::uint32_t v = begin; v < end; ++v) {
        const double lacking = step(v, some_target);
        worst = std::max(worst, lacking);
        all += lacking;
      }
      ++work;
      still = worst < before ? 0 : still + 1;
      const double level = std::max(smallest_error, 10 * all / (end - begin));
      if (worst <= level) continue;
      hot.clear();
      for (std::uint32_t v = begin; v < end; ++v)
        if (1 - x_[v][sum] > level) hot.push_back(v);
      double most = 1;
      for (int round = 0; round < rounds && most > level; ++round) {
        most = 0;
        for (const std::uint32_t v : hot) most = std::max(most, step(v, some_target));
        work += static_cast<double>(hot.size()) / (end - begin);
      }
    }
    return worst;
  }

  // A target that is passed changes the matrix for its own lane only.
  bool solve_exactly(std::uint32_t begin, std::uint32_t end) {
    std::vector<std::size_t> common;
    std::uint32_t fixed = none;
    for (std::size_t lane = 0; lane <= sum; ++lane) {
      const std::uint32_t v = ends_ ? targets_.front() : lane < targets_.size() && lane < Hits ? targets_[lane] : none;
      if (v < begin || v >= end)
        common.push_back(lane);
      else if (ends_)
        common.push_back(lane), fixed = v;
      else if (!solve_exactly(begin, end, {lane}, v))
        return false;
    }
    return solve_exactly(begin, end, common, fixed);
  }

  // Beside the lanes, how often a unit is rounded before it leaves: a figure is known to 16 digits.
  bool solve_exactly(std::uint32_t begin, std::uint32_t end, const std::vector<std::size_t>& lanes,
                     std::uint32_t fixed) {
    Elimination system(end - begin, lanes.size() + 1);
    for (std::uint32_t v = begin; v < end; ++v) {
      const std::uint32_t state = v - begin;
      if (v == fixed) {
        system.leave(state, 1);
        for (std::size_t i = 0; i < lanes.size(); ++i) system.right(state, i) = x_[v][lanes[i]];
        continue;
      }
      Lanes values{};
      add_leaks(v, values);
      system.leave(state, system_.leak[v][0] + system_.leak[v][1]);
      for (std::size_t i = system_.first[v]; i < system_.first[v + 1]; ++i) {
        const std::uint32_t to = system_.to[i];
        const double weight = system_.weight[i];
        if (to >= begin) {
          system.step(state, to - begin, weight);
          continue;
        }
        system.leave(state, weight);
        for (std::size_t lane = 0; lane < values.size(); ++lane) values[lane] += weight * x_[to][lane];
      }
      for (std::size_t i = 0; i < lanes.size(); ++i) system.right(state, i) = values[lanes[i]];
      system.right(state, lanes.size()) = static_cast<double>(system_.first[v + 1] - system_.first[v] + 4);
    }
    if (!system.solve(system_.limits.multiplications, system_.limits.entries)) return false;
    for (std::uint32_t v = begin; v < end; ++v)
      for (std::size_t i = 0; i < lanes.size(); ++i) x_[v][lanes[i]] = system.x(v - begin, i);
    double rounding = 0;
    for (std::uint32_t state = 0; state < end - begin; ++state)
      rounding = std::max(rounding, system.x(state, lanes.size()) * rounding_of_a_number);
    if (rounding < told_rounding) return true;
    rounding_.resize(x_.size(), 0);
    for (std::uint32_t v = begin; v < end; ++v) rounding_[v] = std::max(rounding_[v], rounding);
    return true;
  }

  const Ordered& system_;
  std::vector<std::uint32_t> targets_;  // places
  bool ends_;
  std::vector<Lanes> x_;
  std::vector<bool> closed_;
  double error_ = 0;
  std::vector<double> rounding_;  // by place; empty: none worth a word
};

using One = Batch<1>;
using Rest = Batch<0, first_leak, second_leak, circling>;
using Many = Batch<together>;

template <typename A, typename B>
Absorption absorption(std::size_t states, const A& hits, const B& rest) {
  Absorption solved;
  solved.x.resize(states);
  const double error = std::max(hits.error(), rest.error());
  solved.error = error;
  if (hits.any_rounding() || rest.any_rounding())
    for (std::uint32_t v = 0; v < states; ++v) solved.rounding.push_back(std::max(hits.rounding(v), rest.rounding(v)));
  solved.converged = error <= tolerated_error;
  return solved;
}

/// Two things at once, where they are `worth` a thread.
template <typename Here, typename There>
void share(bool worth, const Here& here, const There& there) {
  if (!worth) {
    here();
    there();
    return;
  }
  std::exception_ptr failure;
  std::thread thread([&] {
    try {
      there();
    } catch (...) {
      failure = std::current_exception();
    }
  });
  try {
    here();
  } catch (...) {
    thread.join();
    throw;
  }
  thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

Absorber::Absorber(const AbsorbingSystem& system, const WorkLimits& limits)
    : system_(std::make_unique<const Ordered>(system, limits)) {}
Absorber::~Absorber() = default;

Absorption Absorber::solve(std::uint32_t target_state) const {
  const std::span<const std::uint32_t> only(&target_state, 1);
  std::optional<One> hits;
  std::optional<Rest> rest;
  share(
      system_->states.size() >= large, [&] { hits.emplace(*system_, only, One::Target::end); },
      [&] { rest.emplace(*system_, only, Rest::Target::end); });
  Absorption solved = absorption(system_->states.size(), *hits, *rest);
  for (std::uint32_t v = 0; v < solved.x.size(); ++v) {
    const double* const other = rest->of(v);
    solved.x[v] = {hits->of(v)[0], other[0], other[1], other[2]};
  }
  return solved;
}

void Absorber::solve(std::span<const std::uint32_t> targets,
                     const std::function<void(std::size_t, const Absorption&)>& take) const {
  if (targets.size() == 1 || system_->states.size() < large) {
    for (std::size_t k = 0; k < targets.size(); ++k) take(k, solve(targets[k]));
    return;
  }
  const Rest rest(*system_, {}, Rest::Target::pass);
  for (std::size_t begin = 0; begin < targets.size(); begin += 2 * together) {
    const auto some = targets.subspan(begin, std::min(2 * together, targets.size() - begin));
    const std::array halves{some.first((some.size() + 1) / 2), some.subspan((some.size() + 1) / 2)};
    std::array<std::optional<Many>, 2> batches;
    share(
        true, [&] { batches[0].emplace(*system_, halves[0], Many::Target::pass); },
        [&] { batches[1].emplace(*system_, halves[1], Many::Target::pass); });
    for (std::size_t half = 0; half < 2; ++half)
      for (std::size_t k = 0; k < halves[half].size(); ++k) {
        const std::uint32_t t = halves[half][k];
        const std::size_t index = begin + (half == 0 ? 0 : halves[0].size()) + k;
        // No leak bounds the error where only the target ends what circles.
        if (rest.closed(t)) {
          take(index, solve(t));
          continue;
        }
        Absorption solved = absorption(system_->states.size(), *batches[half], rest);
        for (std::uint32_t v = 0; v < solved.x.size(); ++v) {
          // What leaves without a hit on the way is all that leaves, less what leaves after one.
          const double hit = batches[half]->of(v)[k];
          const auto without = [&](std::size_t lane) {
            return std::max(0.0, rest.of(v)[lane] - hit * rest.of(t)[lane]);
          };
          solved.x[v] = {hit, without(0), without(1), without(2)};
        }
        take(index, solved);
      }
  }
}

}  // namespace tierscope::core
