#pragma once
// Cursors made of cursors: what `--table`, `--limit`, `--columns` and `--sort` ask for, before any format sees a row.

#include <memory>
#include <string>
#include <vector>

#include <tierscope/answer.hpp>

namespace tierscope::core {

using CursorPtr = std::unique_ptr<Cursor>;

/// The first `count` rows.
CursorPtr first_rows(CursorPtr rows, std::size_t count);

/// A row for each item of the list of records at `list`. What stands beside it of its parent: `parents`, fields of the
/// parent, in front of the item's fields, or all of its fields around them (`spliced`: then a parent without items has
/// a row too, its items' fields null). `position`: and the item's place in the list, from 1.
struct Unnest {
  std::size_t list = 0;
  std::vector<std::size_t> parents;
  bool spliced = false;
  bool position = false;
};
CursorPtr unnested(CursorPtr rows, const Unnest& how);

/// Lists that say Show::rows taken apart, all other lists of records left out: one row a fact.
CursorPtr flat(CursorPtr rows);

/// These columns, in this order.
CursorPtr picked(CursorPtr rows, const std::vector<std::size_t>& columns);

/// Ordered by a column, numbers and quantities (by low) largest first, text by bytes; unknown last, ties as they came.
/// Holds all rows.
CursorPtr sorted(CursorPtr rows, std::size_t column);

/// A table of the answer that can be asked for by name: a table of its own, a list within its rows, or what every
/// answer has: answer (one row: its envelope and what is no table), notes, sources.
struct NamedTable {
  enum class Of { table, list, answer, notes, sources };
  std::string_view name;
  std::string_view title;
  std::string_view help;
  Of of = Of::table;
  std::size_t field = 0;  // of the answer
  std::size_t list = 0;   // of its rows
};
/// The first is the main one.
std::vector<NamedTable> tables_of(std::span<const Field> answer);

/// Has a question about sources a table of them itself? It stands for those that other answers cite.
bool lists_sources(std::span<const Field> answer);

/// The first `limit` rows of one table (0 = all); of a list within the main table those of the first `limit` results.
CursorPtr open_table(const AnyAnswer& answer, const NamedTable& table, std::size_t limit);

/// The fields that open_table's cursor has.
std::vector<Field> fields_of_table(std::span<const Field> answer, const NamedTable& table);

}  // namespace tierscope::core
