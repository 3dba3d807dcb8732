#include "graph/dominators.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace tierscope::core {
namespace {

/// A depth-first search; afterwards vertices go by their numbers in the order of discovery, the root by 0.
struct Numbered {
  std::vector<std::uint32_t> number;  // by vertex; none: not reached
  std::vector<std::uint32_t> vertex;  // by number
  std::vector<std::uint32_t> parent;  // by number: a number, smaller but for the root's

  template <typename Successors>
  Numbered(std::uint32_t vertices, std::uint32_t root, const Successors& successors) : number(vertices, no_vertex) {
    std::vector<std::uint32_t> next;  // by number: how many successors are done
    const auto discover = [&](std::uint32_t v, std::uint32_t from) {
      number[v] = static_cast<std::uint32_t>(vertex.size());
      vertex.push_back(v);
      parent.push_back(from);
      next.push_back(0);
    };
    discover(root, 0);
    for (std::uint32_t at = 0;;) {
      const std::span<const std::uint32_t> to = successors(vertex[at]);
      if (next[at] < to.size()) {
        const std::uint32_t v = to[next[at]++];
        if (number[v] != no_vertex) continue;
        discover(v, at);
        at = number[v];
      } else if (at == 0) {
        break;
      } else {
        at = parent[at];
      }
    }
  }
};

}  // namespace

Dominators dominators(const Csr& graph, std::uint32_t root, Way way) {
  const auto successors = [&](std::uint32_t v) { return way == Way::along ? graph.targets(v) : graph.sources(v); };
  const auto predecessors = [&](std::uint32_t v) { return way == Way::along ? graph.sources(v) : graph.targets(v); };
  Numbered found(graph.size(), root, successors);
  const auto count = static_cast<std::uint32_t>(found.vertex.size());
  std::vector<std::uint32_t> above = found.parent;
  // A forest of the vertices whose semidominators are known: `ancestor` is a way up in it that path compression
  // shortens, `least` the least semidominator on what was skipped.
  std::vector<std::uint32_t>& ancestor = found.parent;
  std::vector<std::uint32_t> semi(count);
  std::vector<std::uint32_t> least(count);
  std::vector<std::uint32_t> path;
  const auto least_above = [&](std::uint32_t v, std::uint32_t done) {  // those behind `done` are in the forest
    for (; ancestor[v] > done; v = ancestor[v]) path.push_back(v);
    for (; !path.empty(); path.pop_back()) {
      const std::uint32_t below = path.back();
      least[below] = std::min(least[below], least[v]);
      ancestor[below] = ancestor[v];
      v = below;
    }
    return least[v];
  };
  for (std::uint32_t w = count - 1; w > 0; --w) {
    semi[w] = above[w];
    for (const std::uint32_t v : predecessors(found.vertex[w])) {
      const std::uint32_t u = found.number[v];
      if (u == no_vertex) continue;
      semi[w] = std::min(semi[w], u <= w ? u : least_above(u, w));
    }
    least[w] = semi[w];
  }
  // The immediate dominator is the nearest one at or above the semidominator.
  for (std::uint32_t w = 1; w < count; ++w)
    while (above[w] > semi[w]) above[w] = above[above[w]];
  Dominators result;
  result.above = std::move(found.number);
  for (std::uint32_t w = 1; w < count; ++w) result.above[found.vertex[w]] = found.vertex[above[w]];
  result.above[root] = no_vertex;
  result.order = std::move(found.vertex);
  return result;
}

}  // namespace tierscope::core
