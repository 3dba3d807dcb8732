#include "ask/cycles/circularity.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/cycle_canceling.hpp>
#include <cmath>

namespace tierscope::core {

std::optional<Circularity> circularity(const MoneyFlow& flow, const std::vector<Quantity>& amounts) {
  using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
  using Network = boost::adjacency_list<
      boost::vecS, boost::vecS, boost::directedS, boost::no_property,
      boost::property<boost::edge_capacity_t, std::int64_t,
                      boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                      boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                                      boost::property<boost::edge_weight_t, std::int64_t>>>>>;
  constexpr double largest = 9e15;  // sums stay whole numbers
  Circularity result;
  std::vector<std::size_t> component(flow.graph().size(), SIZE_MAX);
  const auto components = strong_components_of(flow.graph());
  std::vector<std::uint32_t> place(flow.graph().size(), 0);
  std::uint32_t companies = 0;
  for (std::size_t c = 0; c < components.size(); ++c)
    for (const std::uint32_t v : components[c]) {
      component[v] = c;
      place[v] = companies++;
    }
  Network network(companies);
  struct Arc {
    std::size_t hop;
    Traits::edge_descriptor edge;
  };
  std::vector<Arc> arcs;
  const auto hops = flow.hops();
  for (std::size_t i = 0; i < hops.size(); ++i) {
    const double low = amounts[i] ? amounts[i].low : 0;
    result.total += low;
    const Hop& hop = hops[i];
    if (low < 1 || component[hop.from] == SIZE_MAX || component[hop.from] != component[hop.to]) continue;
    if (low > largest || arcs.size() >= most_hops) return {};
    const auto units = static_cast<std::int64_t>(std::floor(low));
    const auto forward = boost::add_edge(place[hop.from], place[hop.to], network).first;
    const auto backward = boost::add_edge(place[hop.to], place[hop.from], network).first;
    boost::put(boost::edge_capacity, network, forward, units);
    boost::put(boost::edge_capacity, network, backward, 0);
    boost::put(boost::edge_residual_capacity, network, forward, units);
    boost::put(boost::edge_residual_capacity, network, backward, 0);
    boost::put(boost::edge_weight, network, forward, -1);
    boost::put(boost::edge_weight, network, backward, 1);
    boost::put(boost::edge_reverse, network, forward, backward);
    boost::put(boost::edge_reverse, network, backward, forward);
    arcs.push_back({i, forward});
  }
  if (result.total <= 0) return {};
  if (!arcs.empty()) boost::cycle_canceling(network);
  for (const Arc& arc : arcs) {
    const std::int64_t units = boost::get(boost::edge_capacity, network, arc.edge) -
                               boost::get(boost::edge_residual_capacity, network, arc.edge);
    if (units <= 0) continue;
    result.circulation += static_cast<double>(units);
    result.carriers.push_back({hops[arc.hop].from, hops[arc.hop].to, static_cast<double>(units)});
  }
  std::stable_sort(result.carriers.begin(), result.carriers.end(),
                   [](const auto& a, const auto& b) { return a.flow > b.flow; });
  result.index = result.circulation / result.total;
  return result;
}

}  // namespace tierscope::core
