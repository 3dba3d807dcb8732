#include "graph/reach.hpp"

namespace tierscope::core {

std::vector<std::uint32_t> first_on_walks(const Csr& graph, const Walks& walks, std::span<const std::uint32_t> order) {
  const auto counts = [&](std::uint32_t edge) { return walks.edges.empty() || walks.edges[edge]; };
  const auto passes = [&](std::uint32_t v) {
    return v != walks.target && (walks.blocked.empty() || !walks.blocked[v]);
  };
  std::vector<std::uint32_t> queue;
  // Hands `take` each vertex but the target from which an edge that counts leads to a vertex of the queue.
  const auto backwards = [&](const auto& take) {
    while (!queue.empty()) {
      const std::uint32_t v = queue.back();
      queue.pop_back();
      const auto sources = graph.sources(v);
      const auto incoming = graph.incoming(v);
      for (std::size_t i = 0; i < sources.size(); ++i)
        if (sources[i] != walks.target && counts(incoming[i])) take(sources[i]);
    }
  };
  std::vector<bool> arrives(graph.size(), false);
  std::size_t left = 0;  // vertices that arrive and have no edge yet
  queue.push_back(walks.target);
  backwards([&](std::uint32_t v) {
    if (arrives[v]) return;
    arrives[v] = true;
    ++left;
    if (passes(v)) queue.push_back(v);
  });
  std::vector<std::uint32_t> first(graph.size(), no_edge);
  const auto label = [&](std::uint32_t v, std::uint32_t edge) {
    if (first[v] != no_edge) return;
    first[v] = edge;
    --left;
    if (passes(v)) queue.push_back(v);
  };
  for (const std::uint32_t edge : order) {
    if (left == 0) break;
    const std::uint32_t to = graph.target(edge);
    if (!counts(edge) || (to != walks.target && !(passes(to) && arrives[to]))) continue;
    const std::uint32_t from = graph.source(edge);
    if (from == walks.target) continue;
    label(from, edge);
    backwards([&](std::uint32_t v) { label(v, edge); });
  }
  return first;
}

}  // namespace tierscope::core
