#pragma once
// What a pass answers, as a plain value: writers turn it into text and compute nothing.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "ask/rows.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// A tree for machine-readable formats. Members keep their order; a default Value is null, the unknown.
class Value {
 public:
  using List = std::vector<Value>;
  using Members = std::vector<std::pair<std::string, Value>>;
  /// A list whose items are made when they are written: it can be longer than memory.
  struct Each {
    std::size_t count = 0;
    std::function<Value(std::size_t)> item;
  };

  Value() = default;
  Value(bool value) : data_(value) {}
  Value(double value) : data_(value) {}
  Value(std::int64_t value) : data_(value) {}
  Value(std::size_t value) : data_(static_cast<std::int64_t>(value)) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(std::string_view value) : data_(std::string(value)) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(List value) : data_(std::move(value)) {}
  Value(Members value) : data_(std::move(value)) {}
  Value(Each value) : data_(std::move(value)) {}

  const auto& data() const { return data_; }

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Members, Each> data_;
};

/// What a column holds decides how formats show it: a share is `64.38 %` to a person, two fractions in CSV.
/// A sources cell holds `;`-separated ids: a person sees numbers that a list below explains.
/// A fraction is a computed share: one number, not an interval.
enum class CellType : std::uint8_t { text, count, fraction, share, amount, hhi, sources };

struct OldColumn {
  std::string name;
  CellType type = CellType::text;
  bool once = false;        // a person is shown an equal cell only in the first row of a result
  bool if_nonzero = false;  // a person is shown the column only if some cell is neither zero nor unknown
  bool hidden = false;      // a person is not shown the column: its cells are all what was asked for
};

/// One cell: text, a number, or an interval. An unknown quantity stays unknown in every format.
struct Cell {
  std::string text;   // text cells; for the others, what a person is shown instead of the computed form
  Quantity quantity;  // share, amount, hhi (0..10,000)
  std::int64_t count = 0;
  Cell() = default;
  Cell(std::string value) : text(std::move(value)) {}
  Cell(std::string_view value) : text(value) {}
  Cell(const char* value) : text(value) {}
  Cell(const Quantity& value) : quantity(value) {}
  Cell(std::size_t value) : count(static_cast<std::int64_t>(value)) {}
};

/// `result`: the index of the result that the row belongs to, so that a limit cuts whole results.
struct Row {
  std::size_t result = 0;
  std::vector<Cell> cells;
};

struct OldTable {
  std::string title;
  std::vector<OldColumn> columns;
  std::vector<Row> rows;
  std::size_t lazy_rows = 0;              // where `rows` is empty: as many more rows, row i for result i,
  std::function<Row(std::size_t)> row{};  // made when they are shown

  std::size_t count() const { return rows.empty() ? lazy_rows : rows.size(); }
  /// The rows of the first `limit` results; 0 = all.
  std::vector<Row> first(std::size_t limit) const;
};

/// The main list is made lazily, one result at a time: it can be longer than memory.
struct Results {
  std::size_t count = 0;
  std::string noun = "result";  // "supplier", "loop": for "12 more suppliers"
  std::size_t table_limit = 0;  // how many a person is shown without --limit; 0 = all
  std::vector<OldColumn> columns;
  std::function<Value(std::size_t)> value;                            // for JSON
  std::function<std::vector<std::vector<Cell>>(std::size_t)> rows;    // for tables and CSV; one result may take several
  std::function<std::vector<std::vector<Cell>>(std::size_t)> detail;  // further rows for a person only; may be empty
  std::vector<OldColumn>
      detail_columns;  // not empty: a person is shown each result as a heading above a table of its detail
};

struct Report {
  std::string command;
  std::string title;  // the finding in a sentence, for tables
  Results results;
  Value::Members beside;         // stands beside "results" in JSON
  std::vector<OldTable> tables;  // further tables for a person
  std::vector<std::string> notes;
  std::vector<std::string> sources;  // ids, in order of first use
  std::string gate;                  // why a --fail gate closed; empty = open
  bool interrupted = false;          // the user stopped it: what was found until then
};

/// `{"low", "high", "reported"}` or null.
Value share_value(const Model& model, const Quantity& share);
/// `{"low", "high", "currency"}`, high null where unbounded; null where nothing is known.
Value money_value(const Quantity& amount);
Value range_value(double low, double high);
Value strings_value(const std::vector<std::string>& texts);
/// The ids of relations' source lists as a list, without repetition.
Value sources_value(const Model& model, std::span<const Relation* const> relations);
inline Value sources_value(const Model& model, const Relation& relation) {
  const Relation* const one = &relation;
  return sources_value(model, std::span(&one, 1));
}
/// Null for no date.
Value date_value(Date date);
/// Null for empty text.
Value text_value(std::string_view text);
/// One relation as JSON knows it wherever it occurs.
Value relation_value(const Model& model, const Relation& relation);

/// Table and JSON list of the same.
OldTable not_counted_table(const Model& model, const std::vector<const Relation*>& relations);
Value not_counted_value(const Model& model, const std::vector<const Relation*>& relations);

/// The ids of relations' source lists, `;`-separated, without repetition: what a sources cell holds.
std::string source_ids(const Model& model, std::span<const Relation* const> relations);
inline std::string source_ids(const Model& model, const Relation& relation) {
  const Relation* const one = &relation;
  return source_ids(model, std::span(&one, 1));
}

struct SourceText {
  std::string words;  // `Title, publisher, date`, or the id where the source is not listed or says nothing
  std::string url;
};
SourceText describe_source(const Model& model, const std::string& id);

}  // namespace tierscope::core
