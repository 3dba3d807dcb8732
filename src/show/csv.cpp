#include <fmt/format.h>

#include <cmath>
#include <ostream>

#include "show/graph/graphs.hpp"
#include "show/reports.hpp"

namespace tierscope::core {
namespace {

std::string number(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

void add_names(const Column& column, std::vector<std::string>& names) {
  std::string name = column.name;
  for (char& c : name) c = c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  switch (column.type) {
    case CellType::text:
    case CellType::sources:
    case CellType::fraction:
    case CellType::count: names.push_back(name); return;
    case CellType::share:
    case CellType::hhi: names.insert(names.end(), {name + "_low", name + "_high"}); return;
    case CellType::amount: names.insert(names.end(), {name + "_low", name + "_high", name + "_currency"}); return;
  }
}

void add_cells(const Cell& cell, CellType type, std::vector<std::string>& cells) {
  const Quantity& q = cell.quantity;
  const std::string low = q ? number(q.low) : "";
  const std::string high = q ? number(q.high) : "";
  switch (type) {
    case CellType::text:
    case CellType::sources: cells.push_back(cell.text); return;
    case CellType::fraction: cells.push_back(low); return;
    case CellType::count: cells.push_back(std::to_string(cell.count)); return;
    case CellType::share:
    case CellType::hhi: cells.insert(cells.end(), {low, high}); return;
    case CellType::amount: cells.insert(cells.end(), {low, high, q ? std::string(to_string(q.currency)) : ""}); return;
  }
}

}  // namespace

void write_csv(const Model&, const Report& report, const WriteOptions& options, std::ostream& out) {
  std::vector<std::string> cells;
  for (const Column& column : report.results.columns) add_names(column, cells);
  out << csv_line(cells);
  const std::size_t count = shown_results(report, options, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& row : report.results.rows(i)) {
      cells.clear();
      for (std::size_t c = 0; c < row.size(); ++c) add_cells(row[c], report.results.columns[c].type, cells);
      out << csv_line(cells);
    }
  }
}

}  // namespace tierscope::core
