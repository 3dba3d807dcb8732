#include "pass/absorb.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <cmath>
#include <utility>

namespace tierscope {
namespace {

constexpr std::size_t largest_dense = 1000;
constexpr double most_steps = 2e10;
constexpr double smallest_error = 1e-12;
constexpr double tolerated_error = 1e-9;

using Column = std::array<double, 3>;
using Steps = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

// The states from which some leak can be reached along positive weights.
std::vector<bool> leaking(const AbsorbingSystem& system) {
  const std::size_t count = system.rows.size();
  std::vector<std::vector<std::uint32_t>> back(count);
  std::vector<bool> reached(count, false);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t v = 0; v < count; ++v) {
    for (const auto& step : system.rows[v])
      if (step.weight > 0) back[step.to].push_back(v);
    const Column& leak = system.leak[v];
    if (leak[0] > 0 || leak[1] > 0 || leak[2] > 0) {
      reached[v] = true;
      queue.push_back(v);
    }
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const std::uint32_t v : back[queue[head]]) {
      if (reached[v]) continue;
      reached[v] = true;
      queue.push_back(v);
    }
  }
  return reached;
}

// Components in the order of `component`, downstream first (Boost numbers sinks first).
std::vector<std::vector<std::uint32_t>> components_of(const AbsorbingSystem& system,
                                                      std::vector<std::uint32_t>& component) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::uint32_t v = 0; v < system.rows.size(); ++v)
    for (const auto& step : system.rows[v])
      if (step.weight > 0) pairs.emplace_back(v, step.to);
  const auto count = static_cast<std::uint32_t>(system.rows.size());
  const Steps graph(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(), count);
  component.assign(count, 0);
  const auto number = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<std::uint32_t>> members(number);
  for (std::uint32_t v = 0; v < count; ++v) members[component[v]].push_back(v);
  return members;
}

class Solver {
 public:
  explicit Solver(const AbsorbingSystem& system) : system_(system), leaking_(leaking(system)) {
    result_.x.assign(system.rows.size(), Column{});
  }

  Absorption run() {
    slot_.assign(system_.rows.size(), 0);
    for (const auto& members : components_of(system_, component_)) {
      if (!leaking_[members.front()]) continue;
      if (members.size() == 1)
        relax(members.front());
      else if (members.size() <= largest_dense)
        solve_dense(members);
      else
        iterate(members);
    }
    return std::move(result_);
  }

 private:
  // One exact step for v with all others as they are; returns the largest change.
  double relax(std::uint32_t v) {
    Column sum = system_.leak[v];
    double self = 0;
    for (const auto& [to, weight] : system_.rows[v]) {
      if (to == v) {
        self += weight;
        continue;
      }
      for (std::size_t k = 0; k < 3; ++k) sum[k] += weight * result_.x[to][k];
    }
    double change = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double next = sum[k] / (1 - self);
      change = std::max(change, std::abs(next - result_.x[v][k]));
      result_.x[v][k] = next;
    }
    return change;
  }

  void solve_dense(const std::vector<std::uint32_t>& members) {
    const auto size = static_cast<Eigen::Index>(members.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Identity(size, size);
    Eigen::MatrixXd right(size, 3);
    for (Eigen::Index i = 0; i < size; ++i) slot_[members[static_cast<std::size_t>(i)]] = i;
    for (Eigen::Index i = 0; i < size; ++i) {
      const std::uint32_t v = members[static_cast<std::size_t>(i)];
      for (Eigen::Index k = 0; k < 3; ++k) right(i, k) = system_.leak[v][static_cast<std::size_t>(k)];
      for (const auto& [to, weight] : system_.rows[v]) {
        if (component_[to] == component_[v]) {
          matrix(i, slot_[to]) -= weight;
        } else {
          for (Eigen::Index k = 0; k < 3; ++k) right(i, k) += weight * result_.x[to][static_cast<std::size_t>(k)];
        }
      }
    }
    const Eigen::MatrixXd x = matrix.partialPivLu().solve(right);
    for (Eigen::Index i = 0; i < size; ++i)
      for (Eigen::Index k = 0; k < 3; ++k)
        result_.x[members[static_cast<std::size_t>(i)]][static_cast<std::size_t>(k)] = x(i, k);
  }

  // The component alone, in flat arrays: its states' sums over the three columns and what leaks nowhere come to 1.
  struct Loop {
    using Sums = std::array<double, 4>;
    std::vector<Sums> known;  // what the rest of the system gives
    std::vector<Sums> x;
    std::vector<std::size_t> first{0};
    std::vector<AbsorbingSystem::Step> steps;
    std::vector<double> stays;  // 1 - the weight of the step to itself

    // Returns what the state lacks to 1.
    double relax(std::size_t v) {
      Sums sum = known[v];
      for (std::size_t i = first[v]; i < first[v + 1]; ++i) {
        const Sums& there = x[steps[i].to];
        for (std::size_t k = 0; k < 4; ++k) sum[k] += steps[i].weight * there[k];
      }
      for (std::size_t k = 0; k < 4; ++k) x[v][k] = sum[k] / stays[v];
      return 1 - (x[v][0] + x[v][1] + x[v][2] + x[v][3]);
    }
  };

  Loop loop_of(const std::vector<std::uint32_t>& members) {
    Loop loop;
    for (std::size_t i = 0; i < members.size(); ++i) slot_[members[i]] = static_cast<Eigen::Index>(i);
    for (const std::uint32_t v : members) {
      const Column& leak = system_.leak[v];
      Loop::Sums known{leak[0], leak[1], leak[2], 1 - leak[0] - leak[1] - leak[2]};
      double self = 0;
      for (const auto& [to, weight] : system_.rows[v]) {
        known[3] -= weight;
        if (to == v) {
          self += weight;
        } else if (component_[to] == component_[v]) {
          loop.steps.push_back({static_cast<std::uint32_t>(slot_[to]), weight});
        } else {
          const Column& there = result_.x[to];
          for (std::size_t k = 0; k < 3; ++k) known[k] += weight * there[k];
          known[3] += weight * (1 - there[0] - there[1] - there[2]);
        }
      }
      known[3] = std::max(0.0, known[3]);
      loop.known.push_back(known);
      loop.stays.push_back(1 - self);
      loop.first.push_back(loop.steps.size());
    }
    loop.x.assign(members.size(), {});
    return loop;
  }

  // Customers before their suppliers, but for the steps that close loops: as a depth-first search finishes them.
  std::vector<std::uint32_t> downstream_first(const std::vector<std::uint32_t>& members) {
    std::vector<std::uint32_t> order;
    order.reserve(members.size());
    std::vector<std::pair<std::uint32_t, std::size_t>> path;
    for (const std::uint32_t v : members) slot_[v] = 0;
    for (const std::uint32_t root : members) {
      if (slot_[root] != 0) continue;
      slot_[root] = 1;
      path.emplace_back(root, 0);
      while (!path.empty()) {
        auto& [v, next] = path.back();
        if (next == system_.rows[v].size()) {
          order.push_back(v);
          path.pop_back();
          continue;
        }
        const std::uint32_t to = system_.rows[v][next++].to;
        if (component_[to] != component_[v] || slot_[to] != 0) continue;
        slot_[to] = 1;
        path.emplace_back(to, 0);
      }
    }
    return order;
  }

  void iterate(const std::vector<std::uint32_t>& unordered) {
    const std::vector<std::uint32_t> members = downstream_first(unordered);
    Loop loop = loop_of(members);
    const double sweeps = std::max(100.0, most_steps / static_cast<double>(loop.steps.size() + 1));
    double error = 1;
    int still = 0;  // sweeps that brought nothing: what is left is rounding
    for (double sweep = 0; error > smallest_error && sweep < sweeps && still < 10; ++sweep) {
      const double before = std::exchange(error, 0);
      for (std::size_t v = 0; v < members.size(); ++v) error = std::max(error, loop.relax(v));
      still = error < before ? 0 : still + 1;
    }
    for (std::size_t i = 0; i < members.size(); ++i) std::copy_n(loop.x[i].begin(), 3, result_.x[members[i]].begin());
    result_.error = std::max(result_.error, error);
    result_.converged &= error <= tolerated_error;
  }

  const AbsorbingSystem& system_;
  std::vector<bool> leaking_;
  std::vector<std::uint32_t> component_;
  std::vector<Eigen::Index> slot_;
  Absorption result_;
};

}  // namespace

Absorption absorb(const AbsorbingSystem& system) { return Solver(system).run(); }

}  // namespace tierscope
