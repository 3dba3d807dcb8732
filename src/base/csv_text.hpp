#pragma once
// Cells of CSV as this program writes and reads them (RFC 4180), and what keeps a spreadsheet from running them.

#include <string>
#include <string_view>

namespace tierscope::core {

/// Text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab, carriage return; also before an
/// apostrophe that stands before those) is written with an apostrophe in front, which reading takes away again.
bool runs_in_a_spreadsheet(std::string_view cell);
inline std::string_view without_guard(std::string_view cell) {
  return cell.starts_with('\'') && runs_in_a_spreadsheet(cell) ? cell.substr(1) : cell;
}

/// Quoted where it must be. Outer blanks would be trimmed when read again, so they are quoted too.
void append_csv_cell(std::string& line, std::string_view cell);

}  // namespace tierscope::core
