// The rows of tables, one after the other, as the mapping has them.

#include <fmt/format.h>

#include <algorithm>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "read/dress.hpp"
#include "read/row.hpp"

namespace tierscope::core {
namespace {

bool has_controls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
    if (byte == 0xef && (text.substr(i, 3) == "\xef\xbf\xbe" || text.substr(i, 3) == "\xef\xbf\xbf")) return true;
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

/// The rows of one table on their way. Where a cell's meaning rests on its whole column, rows wait from there on.
class TableWalk {
 public:
  TableWalk(Records& records, TextPool& pool, const RecordTable& table,
            const std::function<void(const RecordRow&)>& use)
      : records_(records), table_(table), use_(use), row_(records, pool, table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      columns_.push_back(clean(records, table, 1, table.columns[c], table.columns[c]));
      field_of_.push_back(find_field(table.kind, columns_.back()));
      if (!field_of_[c]) continue;
      ColumnSeen& seen = row_.seen_[*field_of_[c]];
      seen.present = true;
      if (c < table.dress.size()) seen.dress = table.dress[c];
      const bool amount = columns_[c] == "value" || columns_[c] == "revenue";
      if (amount && seen.dress.decimal == 0 && seen.dress.thousands.empty()) amounts_.push_back(c);
    }
    changes_ = table.kind == TableKind::relations ? records.mapping.changes_rows() : records.mapping.changes_cells();
  }

  const std::vector<std::optional<std::size_t>>& fields() const { return field_of_; }

  void take(std::uint32_t line, std::span<const std::string_view> cells) {
    if (!waiting_) {
      for (const std::size_t c : amounts_)
        if (!cells[c].empty()) look_at(line, c, cells[c]);
      if (!waiting_) return use(line, cells);
    }
    lines_.push_back(line);
    for (const std::string_view cell : cells) (texts_ += cell) += '\0';
  }

  void finish() {
    for (const std::size_t c : amounts_) {
      ColumnSeen& seen = row_.seen_[*field_of_[c]];
      for_each_waiting([&](std::uint32_t, std::span<const std::string_view> cells) {
        const char shown = decimal_shown(cells[c]);
        seen.point |= shown == '.';
        seen.comma |= shown == ',';
      });
      if (seen.point != seen.comma) seen.decimal = seen.point ? '.' : ',';
    }
    for_each_waiting([this](std::uint32_t line, std::span<const std::string_view> cells) { use(line, cells); });
    row_.finish();
  }

 private:
  void look_at(std::uint32_t line, std::size_t c, std::string_view cell) {
    ColumnSeen& seen = row_.seen_[*field_of_[c]];
    bool scaled = false;
    const bool comma = cell.find(',') != std::string_view::npos;
    if (!comma && cell.find('.') == std::string_view::npos) return;
    if (!comma && !may_be_thousands(cell, scaled)) {
      seen.point = seen.point || decimal_shown(cell) == '.';
    } else if (scaled) {
      seen.scaled_thousands.add(line, cell);
    } else {
      waiting_ = true;
    }
  }

  template <typename Use>
  void for_each_waiting(const Use& use) const {
    std::vector<std::string_view> cells(columns_.size());
    std::size_t at = 0;
    for (const std::uint32_t line : lines_) {
      for (std::string_view& cell : cells) {
        const std::size_t end = texts_.find('\0', at);
        cell = std::string_view(texts_).substr(at, end - at);
        at = end + 1;
      }
      use(line, cells);
    }
  }

  void use(std::uint32_t line, std::span<const std::string_view> cells) {
    row_.line_ = line;
    row_.bad_ = false;
    row_.fields_.assign(row_.names_.size(), {});
    row_.extras_.clear();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (cells[c].empty()) continue;
      const std::string_view cell =
          table_.without_controls ? trimmed(cells[c]) : clean(records_, table_, line, columns_[c], cells[c]);
      if (field_of_[c])
        row_.fields_[*field_of_[c]] = cell;
      else if (!cell.empty() && !columns_[c].empty())
        row_.extras_.emplace_back(columns_[c], cell);
      else if (!cell.empty() &&
               !(c == 0 && table_.numbered && cell.find_first_not_of("0123456789") == std::string_view::npos))
        row_.error({}, fmt::format("column {} has no name, but holds {}", c + 1, quote(cell)),
                   "name the column in the header, or delete it");
    }
    if (changes_) change();
    use_(row_);
  }

  void change() {
    const Mapping& mapping = records_.mapping;
    for (std::size_t field = 0; field < row_.names_.size(); ++field) {
      if (!row_.fields_[field].empty()) continue;
      const auto text = mapping.defaults.find(std::string(row_.names_[field]));
      if (text != mapping.defaults.end()) row_.fields_[field] = text->second;
    }
    if (!mapping.values.empty())
      for (std::size_t field = 0; field < row_.names_.size(); ++field)
        if (!row_.fields_[field].empty()) row_.fields_[field] = mapping.value(row_.names_[field], row_.fields_[field]);
    for (const auto& [name, conditions] : mapping.when) leave_out(name, conditions);
    if (table_.kind != TableKind::relations) return;
    const auto cell = [&](RelationField field) -> std::string_view& {
      return row_.fields_[static_cast<std::size_t>(field)];
    };
    if (mapping.as_kind) cell(RelationField::kind) = to_string(*mapping.as_kind);
    if (mapping.reverse) std::swap(cell(RelationField::from), cell(RelationField::to));
  }

  void leave_out(const std::string& name, const std::vector<std::pair<std::string, std::string>>& conditions) {
    const std::optional<std::size_t> field = find_field(table_.kind, name);
    if (!field || row_.fields_[*field].empty()) return;
    for (const auto& [other, text] : conditions) {
      const std::optional<std::size_t> at = find_field(table_.kind, other);
      if (!at || fold(row_.fields_[*at]) == fold(text)) continue;
      row_.seen_[*field].not_meant.add(row_.line_, row_.fields_[*field]);
      row_.fields_[*field] = {};
      return;
    }
  }

  Records& records_;
  const RecordTable& table_;
  const std::function<void(const RecordRow&)>& use_;
  RecordRow row_;
  std::vector<std::string_view> columns_;
  std::vector<std::optional<std::size_t>> field_of_;
  std::vector<std::size_t> amounts_;  // columns of amounts whose decimal mark nobody told
  bool changes_ = false;
  bool waiting_ = false;
  std::vector<std::uint32_t> lines_;
  std::string texts_;  // of the rows that wait: each cell ends with a NUL, which no cell holds
};

void for_each_row(Records& records, TextPool& pool, TableKind kind, std::span<const std::size_t> looked_up,
                  const std::function<void(const RecordRow&)>& use) {
  for (const RecordTable& table : records.tables) {
    if (table.kind != kind) continue;
    TableWalk walk(records, pool, table, use);
    const TakeRow take = [&](std::uint32_t line, std::span<const std::string_view> cells) { walk.take(line, cells); };
    if (table.stream) {
      std::vector<std::size_t> fetched;
      for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (walk.fields()[c] && std::find(looked_up.begin(), looked_up.end(), *walk.fields()[c]) != looked_up.end())
          fetched.push_back(c);
      const ExpectRow expect = [&pool, &fetched](auto cells, bool near) {
        for (const std::size_t c : fetched) near ? pool.expect_soon(cells[c]) : pool.expect(cells[c]);
      };
      table.stream(records, take, expect);
    } else {
      const std::span<const std::string_view> cells(table.cells);
      for (std::size_t i = 0; i < table.lines.size(); ++i)
        take(table.lines[i], cells.subspan(i * table.columns.size(), table.columns.size()));
    }
    walk.finish();
  }
}

}  // namespace tierscope::core
