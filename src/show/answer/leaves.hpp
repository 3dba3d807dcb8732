#pragma once
// A row in columns without lists, as CSV and workbooks have them. Lists of text and of companies stand in one cell,
// `;` between their items. Records take their fields' columns; lists of records have none.

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/answer.hpp>

namespace tierscope::core {

struct Leaf {
  std::string name;
  FieldType type = FieldType::text;  // or boolean, integer, number
  Unit unit = Unit::none;
};

/// The columns of these fields.
std::vector<Leaf> leaves_of(std::span<const Field> fields);

/// `a;b` of the list in a row.
std::string joined(const Column& items, const Column& list, std::size_t row);

/// Tells `sink` the cells of one field in a row, one for each of its leaves: text (empty: none), boolean, integer,
/// number, or nothing.
template <typename Sink>
void each_leaf(const Field& field, const Column& column, std::size_t row, Sink& sink) {
  const auto add = [&sink](const Column& part, std::size_t at, auto value) {
    if (part.is_null(at)) return sink.nothing();
    if constexpr (std::same_as<decltype(value), double>) sink.number(part.numbers[at]);
    if constexpr (std::same_as<decltype(value), bool>) sink.boolean(part.boolean(at));
    if constexpr (std::same_as<decltype(value), std::int64_t>) sink.integer(part.integers[at]);
  };
  switch (field.type) {
    case FieldType::text: return sink.text(column.text(row));
    case FieldType::boolean: return add(column, row, bool{});
    case FieldType::integer: return add(column, row, std::int64_t{});
    case FieldType::number: return add(column, row, double{});
    case FieldType::company:
      for (const Column& part : column.children) sink.text(part.text(row));
      return;
    case FieldType::quantity:
      add(column.children[0], row, double{});
      add(column.children[1], row, double{});
      sink.text(column.children[2].text(row));
      column.is_null(row) ? sink.nothing() : add(column.children[3], row, bool{});
      sink.text(column.children[4].text(row));
      if (column.children.size() > 5) sink.text(column.children[5].text(row));
      return;
    case FieldType::texts:
    case FieldType::integers: return sink.text(joined(column.children[0], column, row));
    case FieldType::companies:
      sink.text(joined(column.children[0].children[0], column, row));
      return sink.text(joined(column.children[0].children[1], column, row));
    case FieldType::record:
      for (std::size_t c = 0; c < field.inner.size(); ++c) each_leaf(field.inner[c], column.children[c], row, sink);
      return;
    case FieldType::records:
    case FieldType::table: return sink.nothing();
  }
}

}  // namespace tierscope::core
