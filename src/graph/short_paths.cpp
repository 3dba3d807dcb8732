#include "graph/short_paths.hpp"

#include <algorithm>
#include <queue>

namespace tierscope::core {
namespace {

/// The best walk to the goal: without an unknown weight (below 0: there is none), and any.
struct Best {
  double known = -1;
  double any = -1;
};

class PathSearch {
 public:
  PathSearch(const Csr& graph, const std::vector<double>& weights, const PathsWanted& wanted,
             const std::function<bool(std::uint32_t, std::uint32_t)>& before)
      : graph_(graph), weights_(weights), wanted_(wanted), before_(before), on_path_(graph.size(), false) {
    // Row by row of hops left; by product the best of up to so many.
    best_.emplace_back(graph.size());
    best_[0][wanted.to] = {1, 1};
  }

  SimplePaths run() {
    SimplePaths found;
    if (wanted_.order == PathOrder::product) {
      search(wanted_.most_hops, found);
    } else {
      for (std::uint32_t hops = 1; hops <= wanted_.most_hops && found.complete; ++hops)
        if (found.paths.size() < wanted_.count) search(hops, found);
    }
    return found;
  }

 private:
  struct Node {
    std::uint32_t vertex = 0;
    std::uint32_t parent = 0;
    std::uint32_t hops = 0;
    bool unknown = false;
    double product = 1;
    bool bound_unknown = false;
    double bound = 1;
  };

  const std::vector<Best>& best(std::uint32_t hops) {
    while (best_.size() <= hops) {
      const std::vector<Best>& last = best_.back();
      std::vector<Best> next(graph_.size());
      if (wanted_.order == PathOrder::product) next = last;
      for (std::uint32_t v = 0; v < graph_.size(); ++v) {
        if (v == wanted_.to) continue;
        for (std::uint32_t e = graph_.first_out(v); e < graph_.first_out(v + 1); ++e) {
          const Best& there = last[graph_.target(e)];
          if (there.any < 0) continue;
          const bool known = weights_[e] >= 0;
          next[v].any = std::max(next[v].any, (known ? weights_[e] : 1) * there.any);
          if (known && there.known >= 0) next[v].known = std::max(next[v].known, weights_[e] * there.known);
        }
      }
      best_.push_back(std::move(next));
    }
    return best_[hops];
  }

  std::vector<std::uint32_t> path_of(std::uint32_t node) const {
    std::vector<std::uint32_t> path;
    for (; nodes_[node].hops != 0; node = nodes_[node].parent) path.push_back(nodes_[node].vertex);
    path.push_back(wanted_.from);
    std::reverse(path.begin(), path.end());
    return path;
  }

  /// Does b come before a? As a queue has it.
  bool after(std::uint32_t a, std::uint32_t b) const {
    const Node& x = nodes_[a];
    const Node& y = nodes_[b];
    if (x.bound_unknown != y.bound_unknown) return x.bound_unknown;
    if (x.bound != y.bound) return x.bound < y.bound;
    // By product, fewer hops; a partial path has at least one more.
    const auto hops = [&](const Node& n) { return n.hops + (n.vertex == wanted_.to ? 0U : 1U); };
    if (wanted_.order == PathOrder::product && hops(x) != hops(y)) return hops(x) > hops(y);
    const std::vector<std::uint32_t> p = path_of(a);
    const std::vector<std::uint32_t> q = path_of(b);
    return std::lexicographical_compare(q.begin(), q.end(), p.begin(), p.end(), before_);
  }

  void push(Node node, std::uint32_t most, auto& queue) {
    const Best& left = best(most - node.hops)[node.vertex];
    if (left.any < 0) return;
    node.bound_unknown = node.unknown || left.known < 0;
    node.bound = node.product * (node.bound_unknown ? left.any : left.known);
    nodes_.push_back(node);
    queue.push(static_cast<std::uint32_t>(nodes_.size() - 1));
  }

  /// Paths of just so many hops; by product, of up to so many.
  void search(std::uint32_t most, SimplePaths& found) {
    best(most);
    nodes_.clear();
    const auto later = [this](std::uint32_t a, std::uint32_t b) { return after(a, b); };
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, decltype(later)> queue(later);
    push({wanted_.from, 0, 0, false, 1, false, 1}, most, queue);
    while (!queue.empty() && found.paths.size() < wanted_.count) {
      if (++steps_ > wanted_.most_steps) {
        found.complete = false;
        return;
      }
      const std::uint32_t at = queue.top();
      queue.pop();
      const Node node = nodes_[at];
      const std::vector<std::uint32_t> path = path_of(at);
      if (node.vertex == wanted_.to) {
        found.paths.push_back({path, node.unknown, node.product});
        continue;
      }
      if (node.hops == most) continue;
      for (const std::uint32_t v : path) on_path_[v] = true;
      extend(at, node, most, queue);
      for (const std::uint32_t v : path) on_path_[v] = false;
    }
  }

  // Of parallel edges the best: a known weight, the largest.
  void extend(std::uint32_t at, const Node& node, std::uint32_t most, auto& queue) {
    std::vector<std::pair<std::uint32_t, double>> ways;
    for (std::uint32_t e = graph_.first_out(node.vertex); e < graph_.first_out(node.vertex + 1); ++e)
      if (!on_path_[graph_.target(e)]) ways.emplace_back(graph_.target(e), weights_[e]);
    std::sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    });
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const auto [v, weight] = ways[i];
      if (i != 0 && ways[i - 1].first == v) continue;
      const bool known = weight >= 0;
      push({v, at, node.hops + 1, node.unknown || !known, known ? node.product * weight : node.product, false, 1}, most,
           queue);
    }
  }

  const Csr& graph_;
  const std::vector<double>& weights_;
  const PathsWanted& wanted_;
  const std::function<bool(std::uint32_t, std::uint32_t)>& before_;
  std::vector<std::vector<Best>> best_;  // by hops left, then vertex
  std::vector<bool> on_path_;
  std::vector<Node> nodes_;
  std::size_t steps_ = 0;
};

}  // namespace

SimplePaths simple_paths(const Csr& graph, const std::vector<double>& weights, const PathsWanted& wanted,
                         const std::function<bool(std::uint32_t, std::uint32_t)>& before) {
  return PathSearch(graph, weights, wanted, before).run();
}

std::uint32_t hops_between(const Csr& graph, std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> hops(graph.size(), 0);
  std::vector<std::uint32_t> queue{from};
  for (std::size_t head = 0; head < queue.size(); ++head)
    for (const std::uint32_t v : graph.targets(queue[head]))
      if (v != from && hops[v] == 0) {
        hops[v] = hops[queue[head]] + 1;
        if (v == to) return hops[v];
        queue.push_back(v);
      }
  return 0;
}

}  // namespace tierscope::core
