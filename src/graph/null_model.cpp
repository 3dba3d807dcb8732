#include "graph/null_model.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <unordered_set>
#include <vector>

namespace tierscope::core {
namespace {

using Counts = std::vector<std::uint64_t>;  // by length

bool count_loops(const Csr& graph, std::size_t max_length, const std::function<bool()>& stop, Counts& counts) {
  counts.assign(max_length + 1, 0);
  return elementary_cycles(graph, {max_length, {}, stop}, [&](std::span<const std::uint32_t> loop, auto) {
    ++counts[loop.size()];
    return true;
  });
}

// No loop is longer than there are vertices with edges both in and out, whatever is shuffled.
std::size_t longest_loop(const Csr& graph) {
  std::size_t through = 0;
  for (std::uint32_t v = 0; v < graph.size(); ++v) through += !graph.targets(v).empty() && !graph.sources(v).empty();
  return through;
}

// Below `limit`, without bias; std::uniform_int_distribution differs between libraries.
std::uint64_t below(std::mt19937_64& random, std::uint64_t limit) {
  const std::uint64_t fair = UINT64_MAX - UINT64_MAX % limit;
  std::uint64_t value = random();
  while (value >= fair) value = random();
  return value % limit;
}

}  // namespace

NullModel null_model(const Csr& graph, std::size_t max_length, std::size_t runs, std::uint64_t seed,
                     const std::function<bool()>& stop) {
  NullModel result;
  max_length = std::min(max_length, longest_loop(graph));
  Counts observed;
  if (!count_loops(graph, max_length, stop, observed)) return result;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::unordered_set<std::uint64_t> present;
  const auto key = [](std::uint32_t from, std::uint32_t to) { return std::uint64_t{from} << 32 | to; };
  for (std::uint32_t v = 0; v < graph.size(); ++v)
    for (const std::uint32_t to : graph.targets(v)) {
      edges.emplace_back(v, to);
      present.insert(key(v, to));
    }
  std::mt19937_64 random(seed);
  std::vector<double> sum(max_length + 1, 0);
  std::vector<double> squares(max_length + 1, 0);
  Counts as_many(max_length + 1, 0);
  Counts counts;
  while (result.runs < runs && !(stop && stop())) {
    for (std::size_t swap = 0; edges.size() > 1 && swap < 10 * edges.size(); ++swap) {
      auto& [a, b] = edges[below(random, edges.size())];
      auto& [c, d] = edges[below(random, edges.size())];
      if (a == d || c == b || present.contains(key(a, d)) || present.contains(key(c, b))) continue;
      present.erase(key(a, b));
      present.erase(key(c, d));
      std::swap(b, d);
      present.insert(key(a, b));
      present.insert(key(c, d));
    }
    if (!count_loops(simple_graph(graph.size(), edges), max_length, stop, counts)) break;
    ++result.runs;
    for (std::size_t length = 2; length <= max_length; ++length) {
      const auto number = static_cast<double>(counts[length]);
      sum[length] += number;
      squares[length] += number * number;
      as_many[length] += counts[length] >= observed[length] ? 1 : 0;
    }
  }
  const auto n = static_cast<double>(result.runs);
  for (std::size_t length = 2; length <= max_length; ++length) {
    NullComparison& row = result.by_length[length];
    row.observed = observed[length];
    if (result.runs == 0) continue;
    row.mean = sum[length] / n;
    row.deviation =
        result.runs < 2 ? 0 : std::sqrt(std::max(0.0, (squares[length] - n * row.mean * row.mean) / (n - 1)));
    if (row.deviation > 0) row.z = (static_cast<double>(row.observed) - row.mean) / row.deviation;
    row.p = (1 + static_cast<double>(as_many[length])) / (1 + n);
  }
  return result;
}

}  // namespace tierscope::core
