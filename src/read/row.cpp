#include "read/row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/blanks.hpp"
#include "base/unicode.hpp"

namespace tierscope::core {
namespace {

bool has_controls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

std::string_view clean(Records& records, const RecordTable& table, std::uint32_t line, std::string_view column,
                       std::string_view cell) {
  cell = trimmed(cell);
  if (!has_controls(cell)) return cell;
  std::size_t removed = 0;
  const std::string_view kept = records.keep(without_controls(cell, removed));
  if (removed != 0)
    records.warning(table.file, line, visible(column),
                    fmt::format("{} control character{} left out", removed, removed == 1 ? "" : "s"),
                    "remove them from the file", "control-characters");
  return trimmed(kept);
}

}  // namespace

Quantity RecordRow::quantity(std::string_view attribute, std::string_view cell,
                             ParsedQuantity (*parse)(std::string_view)) const {
  if (cell.empty()) return {};
  ParsedQuantity parsed = parse(cell);
  if (!parsed.wrong.empty()) error(attribute, std::move(parsed.wrong), std::move(parsed.remedy));
  parsed.quantity.reported = pool_.store(cell);
  return parsed.quantity;
}

Date RecordRow::date(std::string_view attribute, std::string_view cell) const {
  if (cell.empty()) return {};
  const std::optional<Date> parsed = parse_date(cell);
  if (!parsed) error(attribute, fmt::format("{} is no date", quote(cell)), "write 2025, 2025-03 or 2025-03-31");
  return parsed.value_or(Date{});
}

bool RecordRow::flag(std::string_view attribute, std::string_view cell) const {
  if (cell.empty() || cell == "false") return false;
  if (cell != "true")
    error(attribute, fmt::format("{} is neither true nor false", quote(cell)),
          "write true or false, or leave it empty");
  return cell == "true";
}

void for_each_row(Records& records, TextPool& pool, TableKind kind, std::span<const std::size_t> looked_up,
                  const std::function<void(const RecordRow&)>& use) {
  const std::size_t known = fields_of(kind).size();
  for (const RecordTable& table : records.tables) {
    if (table.kind != kind) continue;
    std::vector<std::string_view> columns;
    std::vector<std::optional<std::size_t>> field_of;
    for (const std::string_view column : table.columns) {
      columns.push_back(clean(records, table, 1, column, column));
      field_of.push_back(find_field(kind, columns.back()));
    }
    RecordRow row(records, pool, table);
    const TakeRow take = [&](std::uint32_t line, std::span<const std::string_view> cells) {
      row.line_ = line;
      row.fields_.assign(known, {});
      row.extras_.clear();
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string_view cell =
            table.without_controls ? trimmed(cells[c]) : clean(records, table, line, columns[c], cells[c]);
        if (field_of[c])
          row.fields_[*field_of[c]] = cell;
        else if (!cell.empty())
          row.extras_.emplace_back(columns[c], cell);
      }
      use(row);
    };
    if (table.stream) {
      std::vector<std::size_t> fetched;
      for (std::size_t c = 0; c < columns.size(); ++c)
        if (field_of[c] && std::find(looked_up.begin(), looked_up.end(), *field_of[c]) != looked_up.end())
          fetched.push_back(c);
      const ExpectRow expect = [&pool, &fetched](auto cells, bool near) {
        for (const std::size_t c : fetched) near ? pool.expect_soon(cells[c]) : pool.expect(cells[c]);
      };
      table.stream(records, take, expect);
      continue;
    }
    const std::span<const std::string_view> cells(table.cells);
    for (std::size_t i = 0; i < table.lines.size(); ++i)
      take(table.lines[i], cells.subspan(i * columns.size(), columns.size()));
  }
}

}  // namespace tierscope::core
