#pragma once
// Columns as people name them.

#include "read/records.hpp"

namespace tierscope::core {

/// Gives each column the known name that it stands for: the one that the user told (`--map`), the one that it is but
/// for case, blanks, `_`, `-`, a type behind `:` and a unit in brackets, or the one that it is a synonym of, which is
/// said. A column that is a slip or two beside a known one is a problem: an error where the table lacks that one, whose
/// figures would be lost. Other unknown columns are kept, and named in one hint. Fills the table's `dress` where there
/// is any. `line`: of the header, 0 where there is none.
void settle_columns(RecordTable& table, std::uint32_t line, Records& records);

/// Whether rows can be made sense of with these columns; else one problem, with the command that would read them.
bool has_required_columns(const RecordTable& table, std::uint32_t line, Records& records);

/// Both, for the first row of a table: names are trimmed, and each stands once; those that spreadsheets and pandas
/// leave without one are left out.
bool settle_header(RecordTable& table, std::uint32_t line, Records& records);

/// Is a row the header of a table of relations whose first row, `first`, is but a title? It names both ends, which the
/// first row does not, and fills more cells: a row of data may well hold the words supplier and customer.
bool is_header_below(std::span<const std::string_view> first, std::span<const std::string_view> cells);

/// One problem in the place of those from `before` on: a header stands in `line`, with the command that reads it.
void say_header_below(const RecordTable& table, std::uint32_t line, std::span<const std::string_view> cells,
                      std::size_t before, Records& records);

/// The command that imports a file of another trade into a folder beside it; of standard input into `graph`.
std::string import_command(std::string_view format, std::string_view path);

/// `word` as a shell takes it for one word.
std::string shell_word(std::string_view word);

}  // namespace tierscope::core
