#include "graph/circulation.hpp"

#include <algorithm>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/graph/relax.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <cmath>
#include <limits>
#include <utility>

#include "graph/components.hpp"
#include "graph/csr_boost.hpp"

namespace tierscope::core {
namespace {

constexpr std::int64_t unreached = std::numeric_limits<std::int64_t>::max();

/// A network that sends all that its source gives to its sink at the least cost. Costs are 0 or more.
///
/// Four edges an arc: there, back to take again what was sent, and beside each its reverse without capacity, which
/// push–relabel wants for itself.
class Network {
 public:
  explicit Network(std::uint32_t vertices) : vertices_(vertices) {}

  /// An arc is known by its number, from 0.
  void arc(std::uint32_t from, std::uint32_t to, std::int64_t capacity, std::int64_t cost) {
    const std::pair there(from, to);
    const std::pair back(to, from);
    ends_.insert(ends_.end(), {there, back, back, there});
    room_.insert(room_.end(), {capacity, 0, 0, 0});
    cost_.insert(cost_.end(), {cost, 0, -cost, 0});
  }

  /// Returns the number of rounds; nothing where it would need more than `most_rounds`.
  std::optional<std::uint32_t> send(std::uint32_t source, std::uint32_t sink, std::uint64_t most_rounds) {
    graph_ = Csr(vertices_, static_cast<std::uint32_t>(ends_.size()), [&](std::uint32_t row) { return ends_[row]; });
    edge_.resize(ends_.size());
    for (auto [edge, end] = edges(graph_); edge != end; ++edge) edge_[row(*edge)] = *edge;
    reverse_.resize(ends_.size());
    for (std::uint32_t row = 0; row < ends_.size(); ++row) reverse_[edge_[row].index] = edge_[row ^ 1U];
    potential_.assign(vertices_, 0);
    std::uint32_t rounds = 0;
    for (; measure(source, sink); ++rounds) {
      if (rounds == most_rounds) return {};
      push(source, sink);
    }
    return rounds;
  }
  std::int64_t flow(std::size_t arc) const { return room_[4 * arc + 2]; }

 private:
  std::uint32_t row(const CsrEdge& edge) const { return graph_.row(edge.index); }
  std::int64_t reduced_cost(const CsrEdge& edge) const {
    return cost_[row(edge)] + potential_[edge.from] - potential_[edge.to];
  }

  // Makes the cost of every edge of a shortest way to the sink 0, of others with room no less. Is there a way?
  bool measure(std::uint32_t source, std::uint32_t sink) {
    std::vector<std::int64_t> distance(vertices_);
    const auto length = boost::make_function_property_map<CsrEdge, std::int64_t>(
        [this](const CsrEdge& edge) { return room_[row(edge)] > 0 ? reduced_cost(edge) : unreached; });
    boost::dijkstra_shortest_paths(
        graph_, source,
        boost::weight_map(length)
            .distance_map(boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, graph_)))
            .distance_inf(unreached)
            .distance_combine(boost::closed_plus<std::int64_t>(unreached)));
    if (distance[sink] == unreached) return false;
    for (std::uint32_t v = 0; v < vertices_; ++v) potential_[v] += std::min(distance[v], distance[sink]);
    return true;
  }

  // As much as can flow over edges of cost 0.
  void push(std::uint32_t source, std::uint32_t sink) {
    std::vector<std::int64_t> capacity(room_.size(), 0);
    for (std::size_t there = 0; there < room_.size(); there += 2)
      if (reduced_cost(edge_[there]) == 0) capacity[edge_[there].index] = room_[there];
    std::vector<std::int64_t> left(room_.size(), 0);
    const auto by_edge = [](auto& values) { return boost::make_iterator_property_map(values.begin(), CsrEdgeIndex()); };
    boost::push_relabel_max_flow(graph_, source, sink, by_edge(capacity), by_edge(left), by_edge(reverse_),
                                 get(boost::vertex_index, graph_));
    const auto sent = [&](std::size_t row) { return capacity[edge_[row].index] - left[edge_[row].index]; };
    for (std::size_t there = 0; there < room_.size(); there += 4) {
      const std::int64_t more = sent(there) - sent(there + 2);
      room_[there] -= more;
      room_[there + 2] += more;
    }
  }

  std::uint32_t vertices_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends_;  // by row: those of arc a are 4a to 4a + 3
  std::vector<std::int64_t> room_;                             // what can still be sent, by row
  std::vector<std::int64_t> cost_;
  Csr graph_;
  std::vector<CsrEdge> edge_;     // by row
  std::vector<CsrEdge> reverse_;  // by edge index
  std::vector<std::int64_t> potential_;
};

}  // namespace

std::optional<Circulation> largest_circulation(const Csr& graph, std::span<const double> capacities) {
  Circulation result;
  result.flow.assign(graph.edge_count(), 0);
  const Components components = strong_components(graph);
  struct Carrier {
    std::uint32_t edge, from, to;
  };
  std::vector<Carrier> carriers;
  double sum = 0;
  for (std::uint32_t v = 0; v < graph.size(); ++v)
    for (std::uint32_t edge = graph.first_out(v); edge < graph.first_out(v + 1); ++edge) {
      const std::uint32_t to = graph.target(edge);
      if (capacities[edge] <= 0 || components.of[to] != components.of[v]) continue;
      carriers.push_back({edge, v, to});
      sum += capacities[edge];
    }
  if (carriers.size() > most_circulating_edges) return {};
  if (carriers.empty()) return result;
  int unit = 0;
  std::frexp(sum, &unit);
  unit -= 52;  // the sum is below 2^52 units
  const auto source = graph.size();
  const auto sink = source + 1;
  Network network(graph.size() + 2);
  std::vector<std::int64_t> units;
  std::vector<std::int64_t> surplus(graph.size(), 0);  // what goes out, less what comes in, where all is full
  for (const Carrier& carrier : carriers) {
    const double exact = std::ldexp(capacities[carrier.edge], -unit);
    units.push_back(static_cast<std::int64_t>(exact));
    result.error += exact - std::floor(exact);
    surplus[carrier.from] += units.back();
    surplus[carrier.to] -= units.back();
    network.arc(carrier.from, carrier.to, units.back(), 1);
  }
  for (std::uint32_t v = 0; v < graph.size(); ++v) {
    if (surplus[v] > 0) network.arc(source, v, surplus[v], 0);
    if (surplus[v] < 0) network.arc(v, sink, -surplus[v], 0);
  }
  const auto rounds = network.send(source, sink, most_circulating_work / carriers.size());
  if (!rounds) return {};
  result.rounds = *rounds;
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    const double flow = std::ldexp(static_cast<double>(units[i] - network.flow(i)), unit);
    result.flow[carriers[i].edge] = flow;
    result.total += flow;
  }
  // A unit less on an edge takes one from each edge of at most one loop.
  result.error = std::ldexp(result.error, unit) * graph.size();
  return result;
}

}  // namespace tierscope::core
