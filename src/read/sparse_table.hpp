#pragma once
// Rows that each have a few of many columns.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "read/records.hpp"

namespace tierscope::core {

struct Cell {
  std::size_t column = 0;
  std::string_view text;
};

/// A table while it is not known yet which columns hold anything; they will stand in the order of their first cells.
class SparseTable {
 public:
  void add_row(std::uint32_t line, std::span<const Cell> cells);
  /// Adds it to the records, with kind, file and graph of `table`, unless it has no row. `names`: of all columns.
  void finish(RecordTable table, std::span<const std::string_view> names, Records& records);

 private:
  std::vector<std::uint32_t> lines_;
  std::vector<std::size_t> ends_;  // of each row's cells
  std::vector<Cell> cells_;
};

}  // namespace tierscope::core
