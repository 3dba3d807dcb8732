#pragma once
// Sparse elimination for chains that hardly leak.

#include <cstdint>
#include <utility>
#include <vector>

namespace tierscope::core {

/// Solves x = W x + r, where W ≥ 0 is sparse and what a row lacks to 1 leaves, by eliminating one state after the other
/// (Grassmann, Taksar, Heyman, Operations Research 33:1107, 1985). What leaves is a number of its own, and 1 − W(i,i)
/// is taken as what goes elsewhere: nothing is subtracted, so that x is exact to some digits however little leaves,
/// where LU loses a digit for each power of ten. States are taken by the fewest entries that may come of it
/// (Markowitz).
class Elimination {
 public:
  /// `lanes`: right sides.
  Elimination(std::size_t states, std::size_t lanes);

  /// A step inside; one of a pair of states, and none to itself.
  void step(std::uint32_t from, std::uint32_t to, double weight);
  void leave(std::uint32_t from, double weight) { leaving_[from] += weight; }
  double& right(std::uint32_t state, std::size_t lane) { return values_[state * lanes_ + lane]; }

  /// Once. False: it would take more than so many multiplications, or keep more entries; nothing is solved. Every state
  /// must reach one that something leaves. 16 bytes an entry, 4 more a column's.
  bool solve(std::size_t most_work, std::size_t most_entries);
  double x(std::uint32_t state, std::size_t lane) const { return values_[state * lanes_ + lane]; }

 private:
  struct Entry {
    std::uint32_t to = 0;
    double weight = 0;
  };
  double outflow(std::uint32_t state) const;
  void eliminate(std::uint32_t state);
  void add_row(std::uint32_t into, std::uint32_t state, double times);
  std::size_t cost(std::uint32_t state) const { return rows_[state].size() * entering_[state]; }

  std::size_t lanes_;
  std::vector<std::vector<Entry>> rows_;             // to states that are left
  std::vector<std::vector<std::uint32_t>> columns_;  // rows that have it; some are eliminated
  std::vector<std::size_t> entering_;                // how many are left of them
  std::vector<double> leaving_;
  std::vector<double> values_;  // right sides, then solutions
  std::vector<bool> gone_;
  std::vector<std::uint32_t> place_;  // while rows are joined: of a state in the row, from 1
  std::size_t work_ = 0;
  std::size_t entries_ = 0;
};

}  // namespace tierscope::core
