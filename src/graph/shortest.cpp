#include "graph/shortest.hpp"

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <functional>
#include <queue>
#include <set>
#include <unordered_set>
#include <utility>

#include "graph/csr_boost.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t longest_root = 100;

struct Stronger {
  bool operator()(const StrongPath& a, const StrongPath& b) const {
    return a.weight != b.weight ? a.weight > b.weight : a.vertices < b.vertices;
  }
};

}  // namespace

StrongestPaths::StrongestPaths(const Csr& graph, std::vector<double> weights, std::uint32_t target,
                               const std::vector<bool>& blocked)
    : graph_(&graph), weights_(std::move(weights)), target_(target), best_(graph.size(), 0), first_{0} {
  const auto weight = [&](std::uint32_t edge, std::uint32_t to) {
    return !blocked.empty() && blocked[to] && to != target ? 0 : weights_[edge];
  };
  const auto backwards = boost::make_reverse_graph(graph);
  using Step = boost::graph_traits<decltype(backwards)>::edge_descriptor;
  boost::dijkstra_shortest_paths(
      backwards, target,
      boost::weight_map(boost::make_function_property_map<Step, double>([&](const Step& step) {
        return weight(step.underlying_descx.index, step.underlying_descx.to);
      }))
          .distance_map(boost::make_iterator_property_map(best_.begin(), get(boost::vertex_index, graph)))
          .vertex_index_map(get(boost::vertex_index, graph))
          .distance_compare(std::greater<>())
          .distance_combine(std::multiplies<>())
          .distance_inf(0.0)
          .distance_zero(1.0));
  first_.reserve(std::size_t{graph.size()} + 1);
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    for (std::uint32_t edge = graph.first_out(v); edge < graph.first_out(v + 1); ++edge) {
      const std::uint32_t to = graph.target(edge);
      const double through = weight(edge, to) * best_[to];
      if (through > 0 && to != v) ways_.push_back({through, to, edge});
    }
    std::sort(ways_.begin() + static_cast<std::ptrdiff_t>(first_.back()), ways_.end(),
              [&](const WayOn& a, const WayOn& b) {
                if (a.best != b.best) return a.best > b.best;
                if (a.to != b.to) return a.to == target || (b.to != target && a.to < b.to);
                return a.edge < b.edge;
              });
    first_.push_back(ways_.size());
  }
}

// The edges of the strongest simple way from the end of `root` to the target, which goes on to none of `barred_next`.
bool StrongestPaths::best_path(const std::vector<std::uint32_t>& root, const std::vector<std::uint32_t>& barred_next,
                               std::vector<std::uint32_t>& edges, std::uint64_t& steps) const {
  struct Closed {
    std::uint32_t vertex;
    std::uint32_t from;  // index of the one before
    std::uint32_t edge;
    double bound;      // of all paths through it
    std::size_t next;  // in ways_
  };
  struct Open {
    double bound;
    std::uint32_t from;  // index of a closed one, whose next way it is
    bool operator<(const Open& other) const {
      return bound != other.bound ? bound < other.bound : from < other.from;  // of equal ones where the search is now
    }
  };
  std::vector<Closed> closed;
  std::priority_queue<Open> queue;
  std::unordered_set<std::uint32_t> gone(root.begin(), root.end());
  // The best way on is as good as all; others are as much weaker as what they lead to.
  const auto offer = [&](std::uint32_t index) {
    const Closed& at = closed[index];
    const std::size_t first = first_[at.vertex];
    if (at.next == first_[at.vertex + 1]) return;
    queue.push({at.bound * (ways_[at.next].best / ways_[first].best), index});
  };
  const auto close = [&](std::uint32_t vertex, std::uint32_t from, std::uint32_t edge, double bound) {
    closed.push_back({vertex, from, edge, bound, first_[vertex]});
    offer(static_cast<std::uint32_t>(closed.size()) - 1);
  };
  close(root.back(), 0, 0, best_[root.back()]);
  while (!queue.empty()) {
    const Open open = queue.top();
    queue.pop();
    ++steps;
    const WayOn& way = ways_[closed[open.from].next++];
    offer(open.from);
    if (open.from == 0 && std::find(barred_next.begin(), barred_next.end(), way.to) != barred_next.end()) continue;
    if (!gone.insert(way.to).second) continue;
    if (way.to != target_) {
      close(way.to, open.from, way.edge, open.bound);
      continue;
    }
    edges.assign(1, way.edge);
    for (std::uint32_t i = open.from; i != 0; i = closed[i].from) edges.push_back(closed[i].edge);
    std::reverse(edges.begin(), edges.end());
    return true;
  }
  return false;
}

std::vector<StrongPath> StrongestPaths::from(std::uint32_t start, std::size_t count, std::uint64_t* steps) const {
  std::vector<StrongPath> found;
  if (count == 0 || start == target_ || best_[start] <= 0) return found;
  std::uint64_t looked_at = 0;
  std::set<StrongPath, Stronger> candidates;
  std::vector<std::uint32_t> tail;
  const auto look_on = [&](const StrongPath& from, std::size_t spur, const std::vector<std::uint32_t>& barred_next) {
    const auto length = static_cast<std::ptrdiff_t>(spur);
    const std::vector<std::uint32_t> root(from.vertices.begin(), from.vertices.begin() + length + 1);
    if (!best_path(root, barred_next, tail, looked_at)) return;
    StrongPath path;
    path.vertices = root;
    path.edges.assign(from.edges.begin(), from.edges.begin() + length);
    path.edges.insert(path.edges.end(), tail.begin(), tail.end());
    for (const std::uint32_t edge : tail) path.vertices.push_back(graph_->target(edge));
    for (const std::uint32_t edge : path.edges) path.weight *= weights_[edge];
    candidates.insert(std::move(path));
  };
  look_on({{start}, {}, 1}, 0, {});
  while (!candidates.empty()) {
    found.push_back(std::move(candidates.extract(candidates.begin()).value()));
    if (found.size() == count) break;
    const StrongPath last = found.back();
    std::vector<const StrongPath*> alike;  // that have the same vertices up to the spur
    alike.reserve(found.size());
    for (const StrongPath& other : found) alike.push_back(&other);
    for (std::size_t spur = 0; spur + 1 < last.vertices.size() && spur < longest_root; ++spur) {
      std::erase_if(alike, [&](const StrongPath* other) {
        return other->vertices.size() <= spur + 1 || other->vertices[spur] != last.vertices[spur];
      });
      std::vector<std::uint32_t> barred_next;
      barred_next.reserve(alike.size());
      for (const StrongPath* other : alike) barred_next.push_back(other->vertices[spur + 1]);
      look_on(last, spur, barred_next);
    }
  }
  if (steps != nullptr) *steps += looked_at;
  return found;
}

}  // namespace tierscope::core
