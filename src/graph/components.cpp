#include "graph/components.hpp"

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <numeric>

#include "graph/csr_boost.hpp"

namespace tierscope::core {

Components strong_components(const Csr& graph) {
  Components found;
  found.of.resize(graph.size());
  std::vector<std::uint32_t> discovered(graph.size());
  const auto by_vertex = [&](std::vector<std::uint32_t>& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
  };
  // Boost numbers a component when the search leaves it, which is downstream first.
  const auto count =
      boost::strong_components(graph, by_vertex(found.of), boost::discover_time_map(by_vertex(discovered)));
  std::vector<std::uint32_t> order(graph.size());
  for (std::uint32_t v = 0; v < graph.size(); ++v) order[graph.size() - 1 - discovered[v]] = v;
  found.first.assign(count + 1, 0);
  for (const std::uint32_t c : found.of) ++found.first[c + 1];
  std::partial_sum(found.first.begin(), found.first.end(), found.first.begin());
  std::vector<std::uint32_t> place(found.first.begin(), found.first.end() - 1);
  found.vertices.resize(graph.size());
  for (const std::uint32_t v : order) found.vertices[place[found.of[v]]++] = v;
  return found;
}

std::vector<std::vector<std::uint32_t>> strong_components_of(const Csr& graph) {
  const Components found = strong_components(graph);
  std::vector<std::vector<std::uint32_t>> components;
  for (std::uint32_t c = 0; c < found.count(); ++c) {
    const auto members = found.members(c);
    if (members.size() < 2) continue;
    auto& rising = components.emplace_back(members.begin(), members.end());
    std::sort(rising.begin(), rising.end());
  }
  std::sort(components.begin(), components.end());
  return components;
}

}  // namespace tierscope::core
