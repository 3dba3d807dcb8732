#include "pass/elementary.hpp"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <utility>

namespace tierscope {
namespace {

constexpr std::uint32_t far = UINT32_MAX / 2;  // no way back at all; far + 1 must not wrap

class Search {
 public:
  Search(const Digraph& graph, const CycleSearch& search, const CycleVisitor& visit)
      : graph_(graph),
        back_(reversed(graph)),
        search_(search),
        visit_(visit),
        component_(graph.size(), UINT32_MAX),
        barrier_(graph.size(), far),
        on_path_(graph.size(), false) {}

  bool run() {
    const auto components = strong_components_of(graph_);
    for (std::uint32_t number = 0; number < components.size(); ++number)
      for (const std::uint32_t v : components[number]) component_[v] = number;
    for (const auto& members : components) {
      bound_ = static_cast<std::uint32_t>(members.size());
      unbounded_ = search_.max_length == 0 || search_.max_length >= bound_;
      if (!unbounded_) bound_ = static_cast<std::uint32_t>(search_.max_length);
      step_ = unbounded_ ? 0 : 1;
      if (search_.through) {
        if (component_[*search_.through] == component_[members.front()]) return from(*search_.through);
        continue;
      }
      for (const std::uint32_t start : members)
        if (!from(start)) return false;
    }
    return true;
  }

 private:
  struct Frame {
    std::uint32_t next = 0;   // position in graph_.to
    std::uint32_t found = 0;  // least number of edges back to the start seen below; far = none
  };

  static Digraph reversed(const Digraph& graph) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    pairs.reserve(graph.to.size());
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      for (std::uint32_t i = graph.first[v]; i < graph.first[v + 1]; ++i) pairs.emplace_back(graph.to[i], v);
    return digraph_of(graph.size(), std::move(pairs));
  }

  // Every cycle is found from its smallest vertex, unless all are wanted through one.
  bool inside(std::uint32_t v, std::uint32_t start) const {
    return (v > start || (search_.through && v != start)) && component_[v] == component_[start];
  }

  // Distances back to the start, only as deep as the bound can use.
  void measure(std::uint32_t start) {
    for (const std::uint32_t v : touched_) barrier_[v] = far;
    touched_.clear();
    queue_.assign(1, start);
    barrier_[start] = 0;
    touched_.push_back(start);
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      const std::uint32_t v = queue_[head];
      if (!unbounded_ && barrier_[v] + 1 >= bound_) break;
      for (std::uint32_t i = back_.first[v]; i < back_.first[v + 1]; ++i) {
        const std::uint32_t u = back_.to[i];
        if (!inside(u, start) || barrier_[u] != far) continue;
        barrier_[u] = barrier_[v] + step_;
        touched_.push_back(u);
        queue_.push_back(u);
      }
    }
  }

  // v left the path and reaches the start in `distance`: what it barred on others no longer holds. Restores, for every
  // vertex off the path, barrier <= 1 + barrier of each successor off the path, which is what makes pruning safe.
  void release(std::uint32_t v, std::uint32_t distance, std::uint32_t start) {
    barrier_[v] = distance;
    queue_.assign(1, v);
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      const std::uint32_t w = queue_[head];
      const std::uint32_t next = barrier_[w] + step_;
      for (std::uint32_t i = back_.first[w]; i < back_.first[w + 1]; ++i) {
        const std::uint32_t u = back_.to[i];
        if (!inside(u, start) || on_path_[u] || barrier_[u] <= next) continue;
        // Under a bound, far means beyond it even with an empty path: no release changes that.
        if (!unbounded_ && barrier_[u] == far) continue;
        barrier_[u] = next;
        queue_.push_back(u);
      }
    }
  }

  void enter(std::uint32_t v) {
    path_.push_back(v);
    frames_.push_back({graph_.first[v], far});
    on_path_[v] = true;
  }

  // Leaves the last vertex of the path and hands what it found to the one before.
  void leave(std::uint32_t start) {
    const std::uint32_t v = path_.back();
    const std::uint32_t found = frames_.back().found;
    const auto length = static_cast<std::uint32_t>(path_.size()) - 1;
    path_.pop_back();
    frames_.pop_back();
    on_path_[v] = false;
    if (found == far) {
      barrier_[v] = unbounded_ ? far : bound_ - length + 1;
      return;
    }
    release(v, found, start);
    if (!frames_.empty()) frames_.back().found = std::min(frames_.back().found, found + step_);
  }

  bool has_successor(std::uint32_t start) const {
    for (std::uint32_t i = graph_.first[start]; i < graph_.first[start + 1]; ++i)
      if (inside(graph_.to[i], start)) return true;
    return false;
  }

  bool emit() {
    edges_.clear();
    for (const Frame& frame : frames_) edges_.push_back(frame.next - 1);
    if (!search_.through) return visit_(path_, edges_);
    const auto smallest = std::min_element(path_.begin(), path_.end()) - path_.begin();
    rotated_ = path_;
    std::rotate(rotated_.begin(), rotated_.begin() + smallest, rotated_.end());
    std::rotate(edges_.begin(), edges_.begin() + smallest, edges_.end());
    return visit_(rotated_, edges_);
  }

  bool from(std::uint32_t start) {
    // What is left of a long ring is a chain: nothing to measure, or the whole would be quadratic.
    if (!has_successor(start)) return true;
    measure(start);
    enter(start);
    while (!frames_.empty()) {
      if (search_.stop && (++steps_ & 0xfff) == 0 && search_.stop()) return false;
      Frame& frame = frames_.back();
      const std::uint32_t v = path_.back();
      if (frame.next == graph_.first[v + 1]) {
        leave(start);
        continue;
      }
      const std::uint32_t u = graph_.to[frame.next++];
      if (u == start) {
        frame.found = std::min(frame.found, step_);
        if (!emit()) return false;
        continue;
      }
      // path_.size() edges lead to u once it is entered, and at least barrier_[u] more back to the start. Without a
      // bound every barrier is 0 or far: open or blocked.
      if (!inside(u, start) || on_path_[u] || path_.size() + barrier_[u] > bound_) continue;
      enter(u);
    }
    return true;
  }

  const Digraph& graph_;
  Digraph back_;
  const CycleSearch& search_;
  const CycleVisitor& visit_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> barrier_;
  std::vector<bool> on_path_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> path_;
  std::vector<std::uint32_t> rotated_;
  std::vector<std::uint32_t> edges_;
  std::uint64_t steps_ = 0;
  std::vector<Frame> frames_;
  std::uint32_t bound_ = 0;
  std::uint32_t step_ = 1;  // what an edge adds to a barrier
  bool unbounded_ = false;
};

}  // namespace

Digraph digraph_of(std::uint32_t size, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  Digraph graph;
  graph.first.assign(size + 1, 0);
  for (const auto& [from, to] : pairs)
    if (from != to) ++graph.first[from + 1];
  for (std::uint32_t v = 0; v < size; ++v) graph.first[v + 1] += graph.first[v];
  graph.to.reserve(pairs.size());
  for (const auto& [from, to] : pairs)
    if (from != to) graph.to.push_back(to);
  return graph;
}

std::vector<std::vector<std::uint32_t>> strong_components_of(const Digraph& graph) {
  using Plain = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                   boost::no_property, std::uint32_t, std::uint32_t>;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  pairs.reserve(graph.to.size());
  for (std::uint32_t v = 0; v < graph.size(); ++v)
    for (std::uint32_t i = graph.first[v]; i < graph.first[v + 1]; ++i) pairs.emplace_back(v, graph.to[i]);
  const Plain plain(boost::edges_are_sorted, pairs.begin(), pairs.end(), graph.size());
  std::vector<std::uint32_t> number(graph.size());
  const auto count = boost::strong_components(
      plain, boost::make_iterator_property_map(number.begin(), boost::get(boost::vertex_index, plain)));
  std::vector<std::vector<std::uint32_t>> members(count);
  for (std::uint32_t v = 0; v < graph.size(); ++v) members[number[v]].push_back(v);
  std::erase_if(members, [](const auto& component) { return component.size() < 2; });
  std::sort(members.begin(), members.end());
  return members;
}

bool elementary_cycles(const Digraph& graph, const CycleSearch& search, const CycleVisitor& visit) {
  return graph.size() == 0 || Search(graph, search, visit).run();
}

bool elementary_cycles(const Digraph& graph, std::size_t max_length,
                       const std::function<bool(std::span<const std::uint32_t>)>& visit) {
  return elementary_cycles(graph, CycleSearch{max_length, {}, {}},
                           [&](std::span<const std::uint32_t> vertices, auto) { return visit(vertices); });
}

}  // namespace tierscope
