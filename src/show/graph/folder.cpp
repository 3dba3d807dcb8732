#include <ostream>

#include "base/csv_text.hpp"
#include "model/fields.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

void write_table(const Model& model, TableKind table, std::ostream& out) {
  Flat flat(model, table);
  out << csv_line(flat.columns());
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < flat.size(); ++row) {
    flat.row(row, cells);
    out << csv_line(cells);
  }
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  // One empty cell alone would be a blank line, which readers skip.
  if (cells.size() == 1 && cells[0].empty()) return "\"\"\n";
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) line += ',';
    append_csv_cell(line, cells[i]);
  }
  return line += '\n';
}

std::vector<NamedBytes> write_folder(const Model& model) {
  std::vector<NamedBytes> files;
  for (const TableKind table : all_tables) {
    if (table == TableKind::rates && model.rates().empty()) continue;
    files.push_back({std::string(to_string(table)) + ".csv", {}, [&model, table](std::ostream& out) {
                       write_table(model, table, out);
                     }});
  }
  return files;
}

}  // namespace tierscope::core
