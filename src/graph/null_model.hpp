#pragma once
// Are there more loops than chance would make (definitions, section 7)?

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "graph/elementary.hpp"

namespace tierscope::core {

/// Of the loops of one length.
struct NullComparison {
  std::uint64_t observed = 0;
  double mean = 0;          // over the shuffled graphs
  double deviation = 0;     // sample standard deviation
  std::optional<double> z;  // (observed − mean) / deviation; nothing where every shuffle has the same number
  double p = 1;             // (1 + #{null ≥ observed}) / (1 + runs), one-sided
};

struct NullModel {
  std::map<std::size_t, NullComparison> by_length;  // 2..max_length, but no longer than loops can be
  std::size_t runs = 0;                             // done; fewer than asked for where it was stopped
};

/// Shuffles partners by swapping the heads of two edges, ten times as often as there are edges, refusing self-loops and
/// parallel edges: every vertex keeps its numbers of in- and out-edges (Maslov and Sneppen, Science 296, 2002). The
/// same seed gives the same numbers on every machine. runs · (edges + one bounded search), whatever `max_length`
/// is.
NullModel null_model(const Csr& graph, std::size_t max_length, std::size_t runs, std::uint64_t seed,
                     const std::function<bool()>& stop);

}  // namespace tierscope::core
