#include "base/csv_text.hpp"

#include <algorithm>

namespace tierscope::core {
namespace {

bool blank(char c) { return c == ' ' || c == '\t'; }

bool begins_formula(char c) { return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r'; }

bool needs_quotes(char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }

}  // namespace

bool runs_in_a_spreadsheet(std::string_view cell) {
  if (cell.empty() || (cell.front() != '\'' && !begins_formula(cell.front()))) return false;
  const std::size_t first = cell.find_first_not_of('\'');
  return first != std::string_view::npos && begins_formula(cell[first]);
}

void append_csv_cell(std::string& line, std::string_view cell) {
  const std::string_view guard = runs_in_a_spreadsheet(cell) ? "'" : "";
  const bool quoted = std::any_of(cell.begin(), cell.end(), needs_quotes) ||
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
