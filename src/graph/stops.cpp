#include "graph/stops.hpp"

#include <numeric>

namespace tierscope::core {

std::uint32_t StopSearch::need(std::uint32_t of, std::span<const std::uint32_t> sources) {
  const auto number = static_cast<std::uint32_t>(of_.size());
  of_.push_back(of);
  left_.push_back(static_cast<std::uint32_t>(sources.size()));
  source_.insert(source_.end(), sources.begin(), sources.end());
  named_.resize(source_.size(), number);
  first_.clear();
  return number;
}

// A stable counting sort by source.
void StopSearch::settle() {
  first_.assign(std::size_t{vertices_} + 1, 0);
  for (const std::uint32_t v : source_) ++first_[v + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  needs_.resize(source_.size());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < source_.size(); ++i) needs_[next[source_[i]]++] = named_[i];
  stopped_.assign(vertices_, false);
}

Stopped StopSearch::from(std::uint32_t vertex, std::uint32_t target) {
  if (first_.empty()) settle();
  Stopped found;
  found.vertices.push_back(vertex);
  stopped_[vertex] = true;
  for (std::size_t head = 0; head < found.vertices.size(); ++head) {
    const std::uint32_t v = found.vertices[head];
    for (std::uint32_t i = first_[v]; i < first_[v + 1]; ++i) {
      const std::uint32_t need = needs_[i];
      if (--left_[need] != 0) continue;
      const std::uint32_t of = of_[need];
      if (of == target) {
        found.lost.push_back(need);
      } else if (!stopped_[of]) {
        stopped_[of] = true;
        found.vertices.push_back(of);
      }
    }
  }
  for (const std::uint32_t v : found.vertices) {
    stopped_[v] = false;
    for (std::uint32_t i = first_[v]; i < first_[v + 1]; ++i) ++left_[needs_[i]];
  }
  return found;
}

}  // namespace tierscope::core
