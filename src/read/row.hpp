#pragma once
// One row of a table on its way into the model: cells by field, and readers of cells that report what is wrong.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "model/names.hpp"
#include "read/records.hpp"

namespace tierscope::core {

/// Cells of one kind: how many, and the first of them.
struct Tally {
  std::size_t count = 0;
  std::uint32_t line = 0;
  std::string example;
  void add(std::uint32_t at, std::string_view cell) {
    if (count++ == 0) line = at, example = cell;
  }
};

/// What the cells of a known column have shown so far, and what they mean therefore.
struct ColumnSeen {
  ColumnDress dress;
  bool present = false;
  char decimal = 0;        // the mark that its amounts show; 0: none, or both
  bool point = false;      // amounts with a decimal point
  bool comma = false;      // and with a decimal comma
  Tally scaled_thousands;  // `1.200B USD` read with a point while nobody knew better
  Tally open;              // amounts that nobody can read
  Tally unknown;           // n/a and its like
  Tally not_meant;         // left out, as the map says
  Tally bare;              // shares without %, but 0
  Tally bare_above;        // those above 1
  std::size_t shares = 0;
};

/// Cells are trimmed and without control characters; an empty one is not given.
class RecordRow {
 public:
  RecordRow(Records& records, TextPool& pool, const RecordTable& table);

  /// The cell of a known field, an enumerator of model/fields.hpp.
  template <typename Field>
  std::string_view operator[](Field field) const {
    return fields_[static_cast<std::size_t>(field)];
  }
  const std::vector<std::string_view>& fields() const { return fields_; }
  /// Columns that the product does not know, name and value, where a value is given.
  const std::vector<std::pair<std::string_view, std::string_view>>& extras() const { return extras_; }
  const RecordTable& table() const { return table_; }
  Place place() const { return {table_.file, line_}; }
  /// Errors were found in it, and it is to be left out.
  bool left_out() const { return bad_ && records_.mapping.skip_bad; }

  void error(std::string_view attribute, std::string what, std::string remedy) const {
    bad_ = true;
    records_.bad_row(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy));
  }
  void warning(std::string_view attribute, std::string what, std::string remedy, std::string_view kind = {}) const {
    records_.warning(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy), kind);
  }
  void advice(std::string_view attribute, std::string what, std::string remedy, std::string_view kind = {}) const {
    records_.advice(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy), kind);
  }
  /// Has the table a column for it?
  template <typename Field>
  bool has(Field field) const {
    return seen_[static_cast<std::size_t>(field)].present;
  }

  // The plain reading of a cell, else how people dress it (read/dress.hpp), else an error.

  template <typename Field>
  Quantity share(Field field) const {
    const auto at = static_cast<std::size_t>(field);
    return fields_[at].empty() ? Quantity() : share_at(at);
  }
  template <typename Field>
  Quantity amount(Field field) const {
    const auto at = static_cast<std::size_t>(field);
    return fields_[at].empty() ? Quantity() : amount_at(at);
  }
  /// `begins`: of a quarter the first month is meant, else the last.
  template <typename Field>
  Date date(Field field, bool begins = false) const {
    const auto at = static_cast<std::size_t>(field);
    return fields_[at].empty() ? Date() : date_at(at, begins);
  }
  template <typename Field>
  bool flag(Field field) const {
    const auto at = static_cast<std::size_t>(field);
    return !fields_[at].empty() && flag_at(at);
  }
  template <typename Field, typename Word>
  Word word(Field field, Word missing, std::optional<Word> (*parse)(std::string_view), std::string (*words)()) const {
    const auto at = static_cast<std::size_t>(field);
    if (fields_[at].empty()) return missing;
    const std::string_view cell = fields_[at];
    if (const std::optional<Word> parsed = parse(cell)) return *parsed;
    if (const std::optional<Word> parsed = parse(folded(cell))) return *parsed;
    unknown_word(at, cell, words());
    return missing;
  }

 private:
  friend class TableWalk;

  Quantity share_at(std::size_t field) const;
  Quantity amount_at(std::size_t field) const;
  Date date_at(std::size_t field, bool begins) const;
  bool flag_at(std::size_t field) const;
  static std::string folded(std::string_view cell);
  void unknown_word(std::size_t field, std::string_view cell, const std::string& words) const;
  bool means_unknown(std::size_t field, std::string_view cell) const;
  std::string command_with(std::string_view options) const { return records_.command_with(table_.graph, options); }
  void finish();

  Records& records_;
  TextPool& pool_;
  const RecordTable& table_;
  std::uint32_t line_ = 0;
  mutable bool bad_ = false;
  std::vector<std::string_view> names_;  // by field
  std::vector<std::string_view> fields_;
  std::vector<std::pair<std::string_view, std::string_view>> extras_;
  mutable std::vector<ColumnSeen> seen_;  // by field
};

/// Every row of every table of one kind, in reading order. `looked_up`: the fields whose texts `use` will look for in
/// the pool among so many others that they should be fetched some rows before.
void for_each_row(Records& records, TextPool& pool, TableKind kind, std::span<const std::size_t> looked_up,
                  const std::function<void(const RecordRow&)>& use);

}  // namespace tierscope::core
