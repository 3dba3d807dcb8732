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

/// Cells are trimmed and without control characters; an empty one is not given.
class RecordRow {
 public:
  RecordRow(Records& records, TextPool& pool, const RecordTable& table)
      : records_(records), pool_(pool), table_(table) {}

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

  void error(std::string_view attribute, std::string what, std::string remedy) const {
    records_.error(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy));
  }
  void warning(std::string_view attribute, std::string what, std::string remedy, std::string_view kind = {}) const {
    records_.warning(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy), kind);
  }
  void advice(std::string_view attribute, std::string what, std::string remedy, std::string_view kind = {}) const {
    records_.advice(table_.file, line_, std::string(attribute), std::move(what), std::move(remedy), kind);
  }

  Quantity quantity(std::string_view attribute, std::string_view cell, ParsedQuantity (*parse)(std::string_view)) const;
  Date date(std::string_view attribute, std::string_view cell) const;
  bool flag(std::string_view attribute, std::string_view cell) const;
  template <typename Word>
  Word word(std::string_view attribute, std::string_view cell, Word missing,
            std::optional<Word> (*parse)(std::string_view), std::string (*words)()) const {
    if (cell.empty()) return missing;
    if (const std::optional<Word> parsed = parse(cell)) return *parsed;
    error(attribute, "unknown " + std::string(attribute) + " " + quote(cell), "use one of " + words());
    return missing;
  }

 private:
  friend void for_each_row(Records&, TextPool&, TableKind, std::span<const std::size_t>,
                           const std::function<void(const RecordRow&)>&);

  Records& records_;
  TextPool& pool_;
  const RecordTable& table_;
  std::uint32_t line_ = 0;
  std::vector<std::string_view> fields_;
  std::vector<std::pair<std::string_view, std::string_view>> extras_;
};

/// Every row of every table of one kind, in reading order. `looked_up`: the fields whose texts `use` will look for in
/// the pool among so many others that they should be fetched some rows before.
void for_each_row(Records& records, TextPool& pool, TableKind kind, std::span<const std::size_t> looked_up,
                  const std::function<void(const RecordRow&)>& use);

}  // namespace tierscope::core
