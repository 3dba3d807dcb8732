#pragma once
// One directed multigraph for all: flat arrays, both ways, by the standard library alone.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace tierscope::core {

/// Immutable. Vertices are 0 … size() − 1. An edge was a row of the input; in the graph it has an index: the edges are
/// numbered by their source, those of one source in input order. Parallel edges and loops stay. What an edge carries
/// (weights, capacities) is a vector of the caller's by edge index. 16 bytes an edge and 8 a vertex.
class Csr {
 public:
  Csr() : Csr(0, 0, [](std::uint32_t) { return Ends{}; }) {}
  /// `ends_of(row)` gives {from, to}, both below `vertices`, for every row below `rows`; it is asked twice for each.
  /// Two stable counting sorts: O(vertices + rows).
  template <typename EndsOf>
  Csr(std::uint32_t vertices, std::uint32_t rows, const EndsOf& ends_of);

  std::uint32_t size() const { return static_cast<std::uint32_t>(out_first_.size() - 1); }
  std::uint32_t edge_count() const { return static_cast<std::uint32_t>(targets_.size()); }

  /// Of v: where its edges lead, and their rows, in input order. Their indices are first_out(v) … first_out(v + 1) − 1.
  std::span<const std::uint32_t> targets(std::uint32_t v) const { return part(targets_, out_first_, v); }
  std::span<const std::uint32_t> out_rows(std::uint32_t v) const { return part(rows_, out_first_, v); }
  std::uint32_t first_out(std::uint32_t v) const { return out_first_[v]; }

  /// Of v: where the edges that lead to it come from, their indices beside that, and their rows, in input order.
  std::span<const std::uint32_t> sources(std::uint32_t v) const { return part(sources_, in_first_, v); }
  std::span<const std::uint32_t> incoming(std::uint32_t v) const { return part(incoming_, in_first_, v); }
  class Rows;  // a range of numbers
  Rows in_rows(std::uint32_t v) const;

  std::uint32_t target(std::uint32_t edge) const { return targets_[edge]; }
  std::uint32_t row(std::uint32_t edge) const { return rows_[edge]; }
  /// O(log vertices): nothing is stored for it.
  std::uint32_t source(std::uint32_t edge) const {
    const auto after = std::upper_bound(out_first_.begin(), out_first_.end(), edge);
    return static_cast<std::uint32_t>(after - out_first_.begin()) - 1;
  }

 private:
  struct Ends {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
  };
  using Numbers = std::vector<std::uint32_t>;

  static std::span<const std::uint32_t> part(const Numbers& of, const Numbers& first, std::uint32_t v) {
    return std::span(of).subspan(first[v], first[v + 1] - first[v]);
  }

  Numbers out_first_, targets_, rows_;     // by source
  Numbers in_first_, sources_, incoming_;  // by target
};

/// The rows of edges, looked up one by one. (clang 14 cannot take the views of g++ 12's library.)
class Csr::Rows {
 public:
  class Iterator {
   public:
    using value_type = std::uint32_t;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    Iterator(const std::uint32_t* edge, const std::uint32_t* rows) : edge_(edge), rows_(rows) {}
    std::uint32_t operator*() const { return rows_[*edge_]; }
    Iterator& operator++() {
      ++edge_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++edge_;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.edge_ == b.edge_; }

   private:
    const std::uint32_t* edge_ = nullptr;
    const std::uint32_t* rows_ = nullptr;
  };
  Rows(std::span<const std::uint32_t> edges, const std::uint32_t* rows) : edges_(edges), rows_(rows) {}
  Iterator begin() const { return {edges_.data(), rows_}; }
  Iterator end() const { return {edges_.data() + edges_.size(), rows_}; }
  std::size_t size() const { return edges_.size(); }

 private:
  std::span<const std::uint32_t> edges_;
  const std::uint32_t* rows_;
};

inline Csr::Rows Csr::in_rows(std::uint32_t v) const { return {incoming(v), rows_.data()}; }

template <typename EndsOf>
Csr::Csr(std::uint32_t vertices, std::uint32_t rows, const EndsOf& ends_of)
    : out_first_(std::size_t{vertices} + 1, 0),
      targets_(rows),
      rows_(rows),
      in_first_(std::size_t{vertices} + 1, 0),
      sources_(rows),
      incoming_(rows) {
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto [from, to] = ends_of(row);
    ++out_first_[from + 1];
    ++in_first_[to + 1];
  }
  std::partial_sum(out_first_.begin(), out_first_.end(), out_first_.begin());
  std::partial_sum(in_first_.begin(), in_first_.end(), in_first_.begin());
  // While it fills, first[v] is the next free place of v; afterwards each is where the next vertex begins.
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto [from, to] = ends_of(row);
    const std::uint32_t edge = out_first_[from]++;
    targets_[edge] = to;
    rows_[edge] = row;
    const std::uint32_t place = in_first_[to]++;
    sources_[place] = from;
    incoming_[place] = edge;
  }
  for (Numbers* first : {&out_first_, &in_first_}) {
    for (std::size_t v = first->size() - 1; v > 0; --v) (*first)[v] = (*first)[v - 1];
    first->front() = 0;
  }
}

}  // namespace tierscope::core
