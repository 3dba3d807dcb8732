#include <algorithm>
#include <numeric>

#include "show/picture/body.hpp"

namespace tierscope::core {

std::vector<bool> against_tiers(const Diagram& diagram) {
  std::vector<std::vector<std::size_t>> next(diagram.companies.size());
  std::vector<int> surplus(next.size(), 0);
  for (const DrawnLine& line : diagram.lines) {
    if (!line.tiers) continue;
    next[line.from].push_back(line.to);
    ++surplus[line.from];
    --surplus[line.to];
  }
  // What feeds the others comes first; finished last means furthest left.
  std::vector<std::size_t> order(next.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return surplus[a] > surplus[b]; });
  std::vector<bool> seen(next.size(), false);
  std::vector<std::size_t> finished(next.size(), 0);
  std::size_t clock = 0;
  std::vector<std::pair<std::size_t, std::size_t>> stack;  // company, how many of its lines are done
  for (const std::size_t start : order) {
    if (seen[start]) continue;
    seen[start] = true;
    stack.emplace_back(start, 0);
    while (!stack.empty()) {
      const auto [company, done] = stack.back();
      if (done == next[company].size()) {
        finished[company] = ++clock;
        stack.pop_back();
        continue;
      }
      ++stack.back().second;
      const std::size_t to = next[company][done];
      if (seen[to]) continue;
      seen[to] = true;
      stack.emplace_back(to, 0);
    }
  }
  std::vector<bool> against;
  for (const DrawnLine& line : diagram.lines) against.push_back(finished[line.from] < finished[line.to]);
  return against;
}

}  // namespace tierscope::core
