#include "read/sparse_table.hpp"

#include <utility>

#include "read/headers.hpp"

namespace tierscope::core {

void SparseTable::add_row(std::uint32_t line, std::span<const Cell> cells) {
  lines_.push_back(line);
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  ends_.push_back(cells_.size());
}

void SparseTable::finish(RecordTable table, std::span<const std::string_view> names, Records& records) {
  if (lines_.empty()) return;
  constexpr auto absent = static_cast<std::size_t>(-1);
  std::vector<std::size_t> position(names.size(), absent);
  for (const Cell& cell : cells_) {
    if (position[cell.column] != absent) continue;
    position[cell.column] = table.columns.size();
    table.columns.push_back(names[cell.column]);
  }
  settle_columns(table, 0, records);
  const std::size_t width = table.columns.size();
  table.cells.resize(lines_.size() * width);
  for (std::size_t row = 0, at = 0; row < lines_.size(); ++row)
    for (; at < ends_[row]; ++at) table.cells[row * width + position[cells_[at].column]] = cells_[at].text;
  table.lines = std::move(lines_);
  records.tables.push_back(std::move(table));
}

}  // namespace tierscope::core
