#include "read/row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "read/dress.hpp"
#include "read/headers.hpp"

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

bool bare(std::string_view cell) { return !cell.empty() && cell.back() >= '0' && cell.back() <= '9'; }

bool same(const Quantity& a, const Quantity& b) {
  return a.low == b.low && a.high == b.high && a.currency == b.currency && a.approximate == b.approximate &&
         a.above == b.above && a.below == b.below;
}

/// With a zero behind, `1.200 USD` is no thousand, whatever column it will be read in.
std::string without_doubt(std::string_view amount) {
  std::string text(amount);
  bool scaled = false;
  if (may_be_thousands(text, scaled) && !scaled) text.insert(text.find('.') + 4, 1, '0');
  return text;
}

std::string cells(std::size_t count) { return count == 1 ? "1 cell" : fmt::format("{} cells", count); }

}  // namespace

RecordRow::RecordRow(Records& records, TextPool& pool, const RecordTable& table)
    : records_(records), pool_(pool), table_(table), names_(fields_of(table.kind)), seen_(names_.size()) {}

std::string RecordRow::folded(std::string_view cell) const { return fold(cell); }

bool RecordRow::means_unknown(std::size_t field, std::string_view cell) const {
  if (!is_unknown_word(cell)) return false;
  seen_[field].unknown.add(line_, cell);
  return true;
}

void RecordRow::unknown_word(std::size_t field, std::string_view cell, const std::string& words) const {
  const bool kind_of_relation = table_.kind == TableKind::relations && names_[field] == "kind";
  if (!kind_of_relation && means_unknown(field, cell)) return;  // a relation has a kind
  // The nearest first.
  std::vector<std::string> list;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(", ", begin), words.size());
    list.push_back(words.substr(begin, end - begin));
    begin = end + 2;
  }
  const std::string folded = fold(cell);
  const auto far = [&](const std::string& word) { return edit_distance(folded, word, 2); };
  const auto nearest =
      std::min_element(list.begin(), list.end(), [&](const auto& a, const auto& b) { return far(a) < far(b); });
  if (nearest != list.end() && far(*nearest) <= 2) std::rotate(list.begin(), nearest, nearest + 1);
  std::string ordered;
  for (const std::string& word : list) ordered += (ordered.empty() ? "" : ", ") + word;
  const bool kind = kind_of_relation && far(list.front()) > 2;
  error(names_[field], fmt::format("unknown {} {}", names_[field], quote(cell)),
        fmt::format("use one of {}{}", ordered,
                    kind ? ", or, where all rows are of one kind: " + command_with("--as-kind supplies") : ""));
}

Quantity RecordRow::share_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  ColumnSeen& seen = seen_[field];
  ++seen.shares;
  const bool told = seen.dress.told();
  ParsedQuantity parsed = parse_share(cell);
  std::string plain(cell);
  if (told || !parsed.wrong.empty()) {
    Undressed undressed = undressed_share(cell, seen.dress);
    if (!undressed.wrong.empty()) {
      error(names_[field], std::move(undressed.wrong), std::move(undressed.remedy));
      return {};
    }
    if (!undressed.plain.empty()) {
      ParsedQuantity again = parse_share(undressed.plain);
      if (again.wrong.empty() || told) parsed = std::move(again);
      plain = std::move(undressed.plain);
    } else if (!parsed.wrong.empty() && means_unknown(field, cell)) {
      return {};
    }
  }
  // What numbers without % mean is a property of the column.
  if (bare(cell) && (bare(plain) || seen.dress.by_header)) {
    double high = parsed.quantity.high;
    bool above = false;
    if (!parsed.wrong.empty()) {
      const ParsedQuantity percent = parse_share(plain + "%");
      above = percent.wrong.empty();
      if (above) high = percent.quantity.high * 100;
    }
    if (above && seen.dress.percent == Percent::unsaid) {
      seen.bare.add(line_, cell);
      seen.bare_above.add(line_, cell);
      return {};
    }
    if (high != 0 && parsed.wrong.empty()) seen.bare.add(line_, cell);
    if (seen.dress.by_header && parsed.wrong.empty() && high > .01) seen.bare_above.add(line_, cell);
  }
  if (!parsed.wrong.empty()) error(names_[field], std::move(parsed.wrong), std::move(parsed.remedy));
  // The text is kept where it says the same without its column.
  const bool alone = plain == cell || (!told && plain != cell) ||
                     (!bare(cell) && parse_share(undressed_share(cell, {}).plain).wrong.empty());
  parsed.quantity.reported = pool_.store(alone ? cell : std::string_view(plain));
  return parsed.quantity;
}

Quantity RecordRow::amount_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  ColumnSeen& seen = seen_[field];
  const bool told = seen.dress.told();
  const char decimal = told && seen.dress.decimal != 0 ? seen.dress.decimal : seen.decimal;
  bool scaled = false;
  ParsedQuantity parsed = parse_amount(cell);
  if (!told && decimal != ',' && parsed.wrong.empty() && (decimal != 0 || !may_be_thousands(cell, scaled) || scaled)) {
    parsed.quantity.reported = decimal == 0 ? pool_.store(cell) : pool_.store(without_doubt(cell));
    return parsed.quantity;
  }
  const Undressed undressed = undressed_amount(cell, seen.dress, decimal);
  if (undressed.open) {
    seen.open.add(line_, cell);
    return {};
  }
  if (undressed.plain.empty()) {
    if (undressed.wrong.empty() && means_unknown(field, cell)) return {};
    if (!undressed.wrong.empty())
      error(names_[field], undressed.wrong, undressed.remedy);
    else if (parsed.wrong.empty())
      error(names_[field], fmt::format("{} is no amount with the decimal mark {}", quote(cell), decimal),
            "write it as the other cells are");
    else
      error(names_[field], std::move(parsed.wrong), std::move(parsed.remedy));
    return {};
  }
  ParsedQuantity again = parse_amount(undressed.plain);
  if (!again.wrong.empty()) {
    if (again.wrong.find("no currency") != std::string::npos)
      error(names_[field], fmt::format("amount {} has no currency", quote(cell)),
            fmt::format("add the ISO 4217 code, as in 14.2B USD, or say it for all: {}",
                        command_with(fmt::format("--unit {}=USD", names_[field]))));
    else
      error(names_[field], std::move(again.wrong), std::move(again.remedy));
    return {};
  }
  // The text is kept where it says the same without its column.
  const Undressed alone = undressed_amount(cell, {}, 0);
  const ParsedQuantity itself = parse_amount(alone.plain);
  const bool says_it = !alone.open && itself.wrong.empty() && same(itself.quantity, again.quantity) &&
                       (!may_be_thousands(cell, scaled) || scaled);
  again.quantity.reported = says_it ? pool_.store(cell) : pool_.store(without_doubt(undressed.plain));
  return again.quantity;
}

Date RecordRow::date_at(std::size_t field, bool begins) const {
  const std::string_view cell = fields_[field];
  if (const std::optional<Date> parsed = parse_date(cell)) return *parsed;
  Undressed undressed = undressed_date(cell, seen_[field].dress, begins);
  if (const std::optional<Date> parsed = parse_date(undressed.plain)) return *parsed;
  if (means_unknown(field, cell)) return {};
  if (undressed.wrong.empty())
    error(names_[field], fmt::format("{} is no date", quote(cell)), "write 2025, 2025-03 or 2025-03-31");
  else
    error(names_[field], std::move(undressed.wrong), std::move(undressed.remedy));
  return {};
}

bool RecordRow::flag_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  if (cell == "true" || cell == "false") return cell == "true";
  if (const std::string_view flag = plain_flag(records_.mapping.value(names_[field], cell)); !flag.empty())
    return flag == "true";
  if (!means_unknown(field, cell))
    error(names_[field], fmt::format("{} is neither true nor false", quote(cell)),
          "write true or false, or leave it empty");
  return false;
}

// What could only be said of whole columns.
void RecordRow::finish() {
  for (std::size_t field = 0; field < seen_.size(); ++field) {
    const ColumnSeen& seen = seen_[field];
    const std::string name(names_[field]);
    if (seen.unknown.count != 0)
      records_.warning(table_.file, seen.unknown.line, name,
                       fmt::format("{} as {} {} read as not known", cells(seen.unknown.count),
                                   quote(seen.unknown.example), seen.unknown.count == 1 ? "is" : "are"),
                       "leave such cells empty, if that is meant", "word-for-unknown");
    if (seen.not_meant.count != 0)
      records_.warning(table_.file, seen.not_meant.line, name,
                       fmt::format("{} left out, as the map says when they count",
                                   seen.not_meant.count == 1 ? "1 cell is" : cells(seen.not_meant.count) + " are"),
                       "[when] in the map says it", "cell-left-out");
    const auto percent = [&](std::string_view word) {
      return command_with(fmt::format("--percent {}={}", name, word));
    };
    if (seen.bare_above.count != 0 && !seen.dress.by_header)
      records_.error(table_.file, seen.bare_above.line, name,
                     fmt::format("{} of {} are numbers without %, and {} is above 1", seen.bare.count,
                                 cells(seen.shares), quote(seen.bare_above.example)),
                     "if all are percent: " + percent("number"));
    else if (seen.bare.count != 0 && seen.bare_above.count == 0 &&
             (seen.dress.by_header || (seen.dress.foreign && seen.dress.percent == Percent::unsaid)))
      records_.error(table_.file, seen.bare.line, name,
                     fmt::format("{} without %, none above 1: is {} a fraction or percent?", cells(seen.bare.count),
                                 quote(seen.bare.example)),
                     fmt::format("if they are fractions of 1: {}; if they are percent: {}", percent("fraction"),
                                 percent("number")));
    if (seen.open.count != 0) {
      const std::string comma = undressed_amount(seen.open.example, seen.dress, ',').plain;
      const std::string point = undressed_amount(seen.open.example, seen.dress, '.').plain;
      records_.error(table_.file, seen.open.line, name,
                     fmt::format("{} is {} or {}; {} so, and {}", quote(seen.open.example), point, comma,
                                 seen.open.count == 1 ? "1 cell is written" : cells(seen.open.count) + " are written",
                                 seen.point && seen.comma ? "others write decimals both ways" : "no other tells"),
                     fmt::format("if the decimal mark is a point: {}; if it is a comma: {}",
                                 command_with("--decimal ."), command_with("--decimal ,")));
    }
    if (seen.decimal == ',' && seen.scaled_thousands.count != 0)
      records_.error(
          table_.file, seen.scaled_thousands.line, name,
          fmt::format("{} has a point where others have a decimal comma", quote(seen.scaled_thousands.example)),
          "say which mark it is: " + command_with("--decimal ,"));
  }
}

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
    if (cell.find(',') != std::string_view::npos) {
      waiting_ = true;
    } else if (cell.find('.') == std::string_view::npos) {
      return;
    } else if (!may_be_thousands(cell, scaled)) {
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
