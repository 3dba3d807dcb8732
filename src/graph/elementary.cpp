#include "graph/elementary.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

namespace tierscope::core {
namespace {

constexpr std::uint32_t far = UINT32_MAX / 2;  // no way back at all; far + 1 must not wrap

// Up to this bound distances are measured half as deep: in a small world a full measure from each start would cost more
// than the whole search. What lies beyond is met from the other side.
constexpr std::uint32_t short_bound = 16;

// Steps after which a search is called long: some milliseconds, which is many times what a thread costs.
constexpr std::uint64_t long_steps = 1U << 20;

struct Edge {
  std::uint32_t to;
  std::uint32_t number;  // index in the graph
};

// The edges within strong components, both ways: no other lies on a cycle. Vertices are numbered anew, those with most
// ways through first: each is gone once it was a start, and what is searched after the hubs is small. Were a hub with a
// million partners not first, each of them would look at all others once.
struct Field {
  explicit Field(const Csr& graph) : components(strong_components_of(graph)), label(graph.size()) {
    std::vector<std::uint32_t> component(graph.size(), UINT32_MAX);
    for (std::uint32_t c = 0; c < components.size(); ++c)
      for (const std::uint32_t v : components[c]) component[v] = c;
    const auto for_each_edge = [&](std::uint32_t v, auto use) {
      for (std::uint32_t i = graph.first_out(v); i < graph.first_out(v + 1) && component[v] != UINT32_MAX; ++i)
        if (component[graph.target(i)] == component[v]) use(graph.target(i), i);
    };
    number_by_ways(for_each_edge);
    for (auto& members : components) {
      for (std::uint32_t& v : members) v = number[v];
      std::sort(members.begin(), members.end());
    }
    first_out.assign(graph.size() + 1, 0);
    first_in.assign(graph.size() + 1, 0);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      for_each_edge(label[v], [&](std::uint32_t to, std::uint32_t edge) {
        out.push_back({number[to], edge});
        ++first_in[number[to] + 1];
      });
      first_out[v + 1] = static_cast<std::uint32_t>(out.size());
    }
    for (std::uint32_t v = 0; v < graph.size(); ++v) first_in[v + 1] += first_in[v];
    in.resize(out.size());
    std::vector<std::uint32_t> place(first_in.begin(), first_in.end() - 1);
    for (std::uint32_t v = 0; v < graph.size(); ++v)
      for (std::uint32_t i = first_out[v]; i < first_out[v + 1]; ++i) in[place[out[i].to]++] = v;
  }
  std::size_t size() const { return first_out.size() - 1; }

  std::vector<std::vector<std::uint32_t>> components;
  std::vector<std::uint32_t> label;   // the vertex as the caller numbers it
  std::vector<std::uint32_t> number;  // the inverse
  std::vector<std::uint32_t> first_out;
  std::vector<Edge> out;
  std::vector<std::uint32_t> first_in;
  std::vector<std::uint32_t> in;

 private:
  template <typename ForEachEdge>
  void number_by_ways(const ForEachEdge& for_each_edge) {
    const auto count = static_cast<std::uint32_t>(label.size());
    std::vector<std::uint64_t> ins(count, 0);
    std::vector<std::uint64_t> ways(count, 0);
    for (std::uint32_t v = 0; v < count; ++v)
      for_each_edge(v, [&](std::uint32_t to, std::uint32_t) { ++ins[to], ++ways[v]; });
    for (std::uint32_t v = 0; v < count; ++v) ways[v] *= ins[v];
    std::iota(label.begin(), label.end(), 0U);
    std::stable_sort(label.begin(), label.end(), [&](std::uint32_t a, std::uint32_t b) { return ways[a] > ways[b]; });
    number.resize(count);
    for (std::uint32_t v = 0; v < count; ++v) number[label[v]] = v;
  }
};

// What several searches of one field share: each takes the next start that none has taken.
struct Shared {
  Shared(const Field& of, const CycleSearch& with) : field(of), search(with) {}
  const Field& field;
  const CycleSearch& search;
  std::function<void()> on_long;  // called once, when the first search turns out to be long
  std::atomic<std::size_t> next_start = 0;
  std::mutex asking;
  bool stop() {
    const std::lock_guard lock(asking);
    return search.stop && search.stop();
  }
};

// What is asked of the search at its edges: `Visitor::open(edge)` extends the path, `close()` takes the last edge back,
// `cycle(vertices, edge)` is told that this edge leads back to the start, and answers whether to go on.
template <typename Visitor>
class Search {
 public:
  Search(Shared& shared, Visitor& visitor)
      : shared_(shared),
        search_(shared.search),
        visitor_(visitor),
        first_out_(shared.field.first_out),
        out_(shared.field.out),
        first_in_(shared.field.first_in),
        in_(shared.field.in),
        cells_(shared.field.size()),
        on_path_(shared.field.size(), 0) {}

  bool run() {
    std::size_t number = 0;
    std::size_t mine = shared_.next_start++;
    for (const auto& members : shared_.field.components) {
      bound_ = static_cast<std::uint32_t>(members.size());
      unbounded_ = search_.max_length == 0 || search_.max_length >= bound_;
      if (!unbounded_) bound_ = static_cast<std::uint32_t>(search_.max_length);
      step_ = unbounded_ ? 0 : 1;
      depth_ = bound_ <= short_bound ? (bound_ + 1) / 2 : bound_ - 1;
      if (search_.through) {
        const std::uint32_t through = shared_.field.number[*search_.through];
        if (std::binary_search(members.begin(), members.end(), through)) return from(through);
        continue;
      }
      for (const std::uint32_t start : members) {
        if (number++ != mine) continue;
        if (!from(start)) return false;
        mine = shared_.next_start++;
      }
    }
    return true;
  }

 private:
  struct Frame {
    std::uint32_t next = 0;     // position in out_
    std::uint32_t found = far;  // least number of edges back to the start seen below; far = none
    std::uint32_t before = 0;   // the barrier that it had off the path
    std::uint64_t raised = 0;   // raised_ when it was entered
  };
  // A lower bound of the edges back to the start; of this start only where the stamp says so, else default_.
  struct Cell {
    std::uint32_t stamp = 0;
    std::uint32_t barrier = 0;
  };

  // Every cycle is found from the first of its vertices, unless all are wanted through one.
  bool inside(std::uint32_t v) const { return v > start_ || search_.through; }

  std::uint32_t barrier(std::uint32_t v) const {
    const Cell& cell = cells_[v];
    return cell.stamp == stamp_ ? cell.barrier : default_;
  }

  // Distances back to the start. Where the depth cut nothing off, what was not met cannot reach the start at all.
  void measure() {
    ++stamp_;
    blocked_ = 0;
    default_ = far;
    queue_.assign(1, start_);
    cells_[start_] = {stamp_, 0};
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      const std::uint32_t v = queue_[head];
      const std::uint32_t next = cells_[v].barrier + step_;
      if (!unbounded_ && next > depth_) {
        if (depth_ + 1 < bound_) default_ = depth_ + 1;
        break;
      }
      for (std::uint32_t i = first_in_[v]; i < first_in_[v + 1]; ++i) {
        const std::uint32_t u = in_[i];
        if (!inside(u) || cells_[u].stamp == stamp_) continue;
        cells_[u] = {stamp_, next};
        queue_.push_back(u);
      }
    }
  }

  // v left the path and reaches the start: what it barred on others no longer holds. Restores, for every
  // vertex off the path, barrier <= 1 + barrier of each successor off the path, which is what makes pruning safe.
  void release(std::uint32_t v) {
    queue_.assign(1, v);
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      const std::uint32_t w = queue_[head];
      const std::uint32_t next = cells_[w].barrier + step_;
      for (std::uint32_t i = first_in_[w]; i < first_in_[w + 1]; ++i) {
        const std::uint32_t u = in_[i];
        if (!inside(u) || on_path_[u] || barrier(u) <= next) continue;
        cells_[u] = {stamp_, next};
        if (unbounded_ && --blocked_ == 0) return;
        queue_.push_back(u);
      }
    }
  }

  void enter(std::uint32_t v) {
    path_.push_back(v);
    frames_.push_back({first_out_[v], far, barrier(v), raised_});
    on_path_[v] = 1;
    cells_[v] = {stamp_, far};
  }

  // Leaves the last vertex of the path and hands what it found to the one before.
  void leave() {
    const std::uint32_t v = path_.back();
    const Frame left = frames_.back();
    const std::uint32_t found = left.found;
    const auto length = static_cast<std::uint32_t>(path_.size()) - 1;
    path_.pop_back();
    frames_.pop_back();
    on_path_[v] = 0;
    if (frames_.empty()) return;
    visitor_.close();
    if (found == far) {
      cells_[v] = {stamp_, unbounded_ ? far : bound_ - length + 1};
      ++blocked_;
      ++raised_;
      return;
    }
    if (found > left.before) ++raised_;
    cells_[v] = {stamp_, found};
    // What held for its barrier before holds now, unless a barrier was raised while it was on the path.
    if (raised_ != left.raised && (!unbounded_ || blocked_ != 0)) release(v);
    frames_.back().found = std::min(frames_.back().found, found + step_);
  }

  bool has_successor() const {
    for (std::uint32_t i = first_out_[start_]; i < first_out_[start_ + 1]; ++i)
      if (inside(out_[i].to)) return true;
    return false;
  }

  // Asks after some 4,000 further steps.
  bool stopped(std::uint64_t more) {
    const std::uint64_t asked = steps_ >> 12;
    steps_ += more;
    return steps_ >> 12 != asked && shared_.stop();
  }

  bool from(std::uint32_t start) {
    start_ = start;
    // What is left of a long ring is a chain: nothing to measure, or the whole would be quadratic.
    if (!has_successor()) return true;
    measure();
    if (stopped(queue_.size())) return false;
    enter(start);
    while (!frames_.empty()) {
      if (stopped(1)) return false;
      if (steps_ >= long_steps && shared_.on_long) std::exchange(shared_.on_long, {})();
      Frame& frame = frames_.back();
      const std::uint32_t end = first_out_[path_.back() + 1];
      // path_.size() edges lead to u once it is entered, and at least barrier(u) more back to the start. Without a
      // bound every barrier is 0 or far: open or blocked. What is on the path is far.
      const auto left = static_cast<std::int64_t>(bound_) - static_cast<std::int64_t>(path_.size());
      bool entered = false;
      while (!entered && frame.next != end) {
        const Edge edge = out_[frame.next++];
        if (edge.to == start) {
          frame.found = std::min(frame.found, step_);
          if (!visitor_.cycle(path_, edge.number)) return false;
        } else if (inside(edge.to) && barrier(edge.to) <= left) {
          visitor_.open(edge.number);
          enter(edge.to);
          entered = true;
        }
      }
      if (!entered) leave();
    }
    return true;
  }

  Shared& shared_;
  const CycleSearch& search_;
  Visitor& visitor_;
  const std::vector<std::uint32_t>& first_out_;
  const std::vector<Edge>& out_;
  const std::vector<std::uint32_t>& first_in_;
  const std::vector<std::uint32_t>& in_;
  std::vector<Cell> cells_;
  std::vector<std::uint8_t> on_path_;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> path_;
  std::vector<Frame> frames_;
  std::uint64_t steps_ = 0;
  std::uint64_t raised_ = 0;  // times a barrier was raised
  std::size_t blocked_ = 0;   // without a bound: vertices barred off the path
  std::uint32_t start_ = 0;
  std::uint32_t stamp_ = 0;
  std::uint32_t bound_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t default_ = far;
  std::uint32_t step_ = 1;  // what an edge adds to a barrier
  bool unbounded_ = false;
};

// Hands every cycle on as the caller numbers vertices, from its smallest.
struct Listing {
  const CycleVisitor& visit;
  const std::vector<std::uint32_t>& label;
  std::vector<std::uint32_t> edges{};
  std::vector<std::uint32_t> vertices{};
  std::vector<std::uint32_t> rotated_edges{};

  void open(std::uint32_t edge) { edges.push_back(edge); }
  void close() { edges.pop_back(); }
  bool cycle(const std::vector<std::uint32_t>& path, std::uint32_t edge) {
    vertices.clear();
    for (const std::uint32_t v : path) vertices.push_back(label[v]);
    const auto smallest = std::min_element(vertices.begin(), vertices.end()) - vertices.begin();
    std::rotate(vertices.begin(), vertices.begin() + smallest, vertices.end());
    rotated_edges = edges;
    rotated_edges.push_back(edge);
    std::rotate(rotated_edges.begin(), rotated_edges.begin() + smallest, rotated_edges.end());
    return visit(vertices, rotated_edges);
  }
};

// Counts by length and by the marks met, in constant time a cycle.
struct Counting {
  const std::vector<std::uint8_t>& marks;
  CycleCounts& counts;
  std::vector<std::uint8_t> met{0};

  void open(std::uint32_t edge) { met.push_back(met.back() | marks[edge]); }
  void close() { met.pop_back(); }
  bool cycle(const std::vector<std::uint32_t>& path, std::uint32_t edge) {
    ++counts[path.size()][met.back() | marks[edge]];
    return true;
  }
};

}  // namespace

Csr simple_graph(std::uint32_t size, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::erase_if(pairs, [](const auto& pair) { return pair.first == pair.second; });
  return {size, static_cast<std::uint32_t>(pairs.size()), [&](std::uint32_t row) { return pairs[row]; }};
}

bool elementary_cycles(const Csr& graph, const CycleSearch& search, const CycleVisitor& visit) {
  if (graph.size() == 0) return true;
  const Field field(graph);
  Listing listing{visit, field.label};
  Shared shared(field, search);
  return Search<Listing>(shared, listing).run();
}

bool count_cycles(const Csr& graph, const CycleSearch& search, const std::vector<std::uint8_t>& marks,
                  CycleCounts& counts) {
  counts.assign(graph.size() + 1, {});
  if (graph.size() == 0) return true;
  const Field field(graph);
  std::vector<CycleCounts> of_helpers;
  std::atomic<bool> complete = true;
  std::exception_ptr failure;
  {
    Shared shared(field, search);
    std::vector<std::jthread> helpers;  // end before what they share
    if (search.threads > 1 && !search.through)
      shared.on_long = [&] {
        of_helpers.assign(search.threads - 1, CycleCounts(counts.size()));
        for (CycleCounts& own : of_helpers)
          helpers.emplace_back([&] {
            try {
              Counting counting{marks, own};
              if (!Search<Counting>(shared, counting).run()) complete = false;
            } catch (...) {
              const std::lock_guard lock(shared.asking);
              failure = std::current_exception();
            }
          });
      };
    Counting counting{marks, counts};
    if (!Search<Counting>(shared, counting).run()) complete = false;
  }
  if (failure) std::rethrow_exception(failure);
  for (const CycleCounts& own : of_helpers)
    for (std::size_t length = 0; length < counts.size(); ++length)
      for (std::size_t legs = 0; legs < own[length].size(); ++legs) counts[length][legs] += own[length][legs];
  return complete;
}

bool elementary_cycles(const Csr& graph, std::size_t max_length,
                       const std::function<bool(std::span<const std::uint32_t>)>& visit) {
  return elementary_cycles(graph, CycleSearch{max_length, {}, {}},
                           [&](std::span<const std::uint32_t> vertices, auto) { return visit(vertices); });
}

}  // namespace tierscope::core
