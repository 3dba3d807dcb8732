#pragma once
// Small graphs for the tests of graph/: written out, or at random.

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "graph/csr.hpp"

namespace tierscope::core {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

inline Csr csr_of(std::uint32_t vertices, const Pairs& pairs) {
  return Csr(vertices, static_cast<std::uint32_t>(pairs.size()), [&](std::uint32_t row) { return pairs[row]; });
}

inline std::vector<std::uint32_t> list(auto&& range) { return {range.begin(), range.end()}; }

/// The same ones each time.
class RandomGraphs {
 public:
  explicit RandomGraphs(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_()) % bound; }
  /// Parallel edges and loops among them.
  Pairs pairs(std::uint32_t vertices, std::uint32_t edges) {
    Pairs pairs;
    for (std::uint32_t i = 0; i < edges; ++i) {
      const std::uint32_t from = below(vertices);
      pairs.emplace_back(from, below(vertices));
    }
    return pairs;
  }

 private:
  std::mt19937 random_;
};

}  // namespace tierscope::core
