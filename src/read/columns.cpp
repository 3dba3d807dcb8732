#include "read/columns.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

using Names = std::vector<std::string_view>;

bool has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// `Revenue-Share` and `revenue share` are `revenue_share`, `ASOF` is `as_of`.
std::string plain(std::string_view name) {
  std::size_t removed = 0;  // control characters, which the model does not keep
  std::string letters = fold(without_controls(name, removed));
  std::erase_if(letters, [](char c) { return c == ' ' || c == '\t' || c == '_' || c == '-'; });
  return letters;
}

// The first field that is one slip away, in a long word two, and of a word of two letters none.
std::string_view nearest(std::string_view column, const Names& fields) {
  const std::string letters = plain(column);
  if (letters.size() < 3) return {};
  const std::size_t limit = letters.size() < 8 ? 1 : 2;
  const auto near = std::find_if(fields.begin(), fields.end(), [&](std::string_view field) {
    return edit_distance(letters, plain(field), limit) <= limit;
  });
  return near == fields.end() ? std::string_view() : *near;
}

void name_known(RecordTable& table, const Names& fields, std::uint32_t line, Records& records) {
  for (std::string_view& column : table.columns) {
    if (has(fields, column)) continue;
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](std::string_view name) { return plain(name) == plain(column); });
    if (field == fields.end()) continue;
    if (has(table.columns, *field))
      records.error(table.file, line, visible(column),
                    fmt::format("{} and {} are one column", quote(column), quote(*field)),
                    "rename or delete one of the two");
    column = *field;
  }
}

}  // namespace

void settle_columns(RecordTable& table, std::uint32_t line, Records& records) {
  const Names fields = fields_of(table.kind);
  name_known(table, fields, line, records);
  Names absent = fields;
  std::erase_if(absent, [&](std::string_view field) { return has(table.columns, field); });
  std::vector<std::string> unknown;
  for (const std::string_view column : table.columns) {
    const bool name_of_edge = table.kind == TableKind::relations && column == "id";
    if (column.empty() || name_of_edge || has(fields, column)) continue;
    const std::string_view lost = nearest(column, absent);
    const std::string_view meant = lost.empty() ? nearest(column, fields) : lost;
    if (meant.empty()) {
      unknown.push_back(quote(column));
      continue;
    }
    std::string what = fmt::format("unknown column; did you mean {}?", quote(meant));
    if (!lost.empty())
      records.error(table.file, line, visible(column), std::move(what), "rename the column");
    else
      records.warning(table.file, line, visible(column), std::move(what), "it is kept, but no answer reads it",
                      "misspelt-column");
  }
  // What is unknown in rates is not kept, and warned of row by row.
  if (unknown.empty() || table.kind == TableKind::rates) return;
  records.hints.push_back(
      {Severity::warning,
       records.files[table.file],
       line,
       {},
       fmt::format("the {} have columns that no answer reads: {}", to_string(table.kind), fmt::join(unknown, ", ")),
       "they are kept; is one misspelt?",
       "unknown-column"});
}

}  // namespace tierscope::core
