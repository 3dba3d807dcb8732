#include "base/csv_text.hpp"

namespace tierscope::core {
namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool runs_in_a_spreadsheet(std::string_view cell) {
  const std::size_t first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

void append_csv_cell(std::string& line, std::string_view cell) {
  const std::string_view guard = runs_in_a_spreadsheet(cell) ? "'" : "";
  const bool quoted = cell.find_first_of(",\"\r\n") != std::string_view::npos ||
                      (!cell.empty() && (blank(cell.front()) || blank(cell.back())));
  if (!quoted) {
    line.append(guard).append(cell);
    return;
  }
  line.append("\"").append(guard);
  for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
  line += '"';
}

}  // namespace tierscope::core
