#pragma once
// A block of a page: one described struct, as columns and as JSON.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ask/rows.hpp"

namespace tierscope::core {

/// Rows that stand in JSON as columns: an object with a list for each field.
template <typename Row>
struct Columns : std::vector<Row> {};

struct Block {
  std::string id;  // of its <script> element
  std::span<const Field> fields;
  Batch batch;  // one row
};

template <typename Content>
Block block(std::string id, const Content& content) {
  Batch batch(fields<Content>());
  append(batch, content);
  return {std::move(id), fields<Content>(), std::move(batch)};
}

/// How many values it holds, nearly.
std::size_t size_of(const Block& block);

/// Of a script in HTML: nothing in it can end the element, numbers are as short as they can be. Unlike in answers,
/// text is never null, and a quantity is {"low", "high", "text"} and, where there are, "reported", "currency",
/// "approximate" and "estimated".
void append_json(std::string& out, const Block& block);

/// The pieces, for the packed form.
void append_plain(std::string& out, const Field& field, const Column& column, std::size_t row);
/// Shortest; null where it is no finite number.
void append_digits(std::string& out, double value);
/// As the program prints it for a person.
std::string quantity_words(const Column& column, std::size_t row);
/// Of a list: what one of its items is.
Field item_of(const Field& list);

}  // namespace tierscope::core

namespace tierscope::detail {
template <typename Row>
struct TypeOf<core::Columns<Row>> {
  static constexpr FieldType type = FieldType::table;
  using Inner = Row;
};
}  // namespace tierscope::detail
