#include "show/page/block.hpp"
#include "base/number.hpp"

#include <cassert>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/words.hpp"
#include "show/json_string.hpp"

namespace tierscope::core {
namespace {

void append_text(std::string& out, std::string_view text) { append_json_text(out, text, JsonFor::html); }

// Calls for each of [first, last), commas between.
template <typename Each>
void separated(std::string& out, std::size_t first, std::size_t last, const Each& each) {
  for (std::size_t i = first; i < last; ++i) {
    if (i != first) out += ',';
    each(i);
  }
}

void append_quantity(std::string& out, const Column& column, std::size_t row) {
  const api::Quantity q = column.quantity(row);
  out += "{\"low\":";
  append_digits(out, q.low);
  out += ",\"high\":";
  append_digits(out, q.high);
  const auto member = [&](std::string_view name, std::string_view text) {
    if (!text.empty()) out.append(",\"").append(name).append("\":"), append_text(out, text);
  };
  member("text", quantity_words(column, row));
  member("reported", q.reported);
  member("currency", q.currency);
  if (q.approximate) out += ",\"approximate\":true";
  if (q.confidence == Confidence::estimated) out += ",\"estimated\":true";
  out += '}';
}

void append_object(std::string& out, std::span<const Field> fields, const std::vector<Column>& columns,
                   std::size_t row) {
  out += '{';
  separated(out, 0, fields.size(), [&](std::size_t c) {
    append_text(out, fields[c].name);
    out += ':';
    append_plain(out, fields[c], columns[c], row);
  });
  out += '}';
}

void append_columns(std::string& out, const Field& field, const Column& column, std::size_t row) {
  out += '{';
  separated(out, 0, field.inner.size(), [&](std::size_t c) {
    append_text(out, field.inner[c].name);
    out += ":[";
    separated(out, column.first(row), column.last(row),
              [&](std::size_t item) { append_plain(out, field.inner[c], column.children[0].children[c], item); });
    out += ']';
  });
  out += '}';
}

std::size_t size_of(const Column& column) {
  if (column.type == FieldType::quantity) return column.length + 3 * (column.length - column.nulls);
  std::size_t size = column.length;
  for (const Column& child : column.children) size += size_of(child);
  return size;
}

}  // namespace

Field item_of(const Field& list) {
  switch (list.type) {
    case FieldType::texts: return {.type = FieldType::text};
    case FieldType::integers: return {.type = FieldType::integer};
    case FieldType::records:
    case FieldType::table: return {.type = FieldType::record, .inner = list.inner};
    default: assert(false); return {};
  }
}

std::size_t size_of(const Block& block) {
  std::size_t size = 1;
  for (const Column& column : block.batch.columns) size += size_of(column);
  return size;
}

void append_json(std::string& out, const Block& block) { append_object(out, block.fields, block.batch.columns, 0); }

void append_plain(std::string& out, const Field& field, const Column& column, std::size_t row) {
  if (column.type == FieldType::text) return append_text(out, column.text(row));
  if (column.is_null(row)) {
    out += "null";
    return;
  }
  switch (field.type) {
    case FieldType::boolean: out += column.boolean(row) ? "true" : "false"; return;
    case FieldType::integer: out += std::to_string(column.integers[row]); return;
    case FieldType::number: return append_digits(out, column.numbers[row]);
    case FieldType::quantity: return append_quantity(out, column, row);
    case FieldType::record: return append_object(out, field.inner, column.children, row);
    case FieldType::table: return append_columns(out, field, column, row);
    case FieldType::texts:
    case FieldType::integers:
    case FieldType::records: {
      const Field item = item_of(field);
      out += '[';
      separated(out, column.first(row), column.last(row),
                [&](std::size_t i) { append_plain(out, item, column.children[0], i); });
      out += ']';
      return;
    }
    case FieldType::text:
    case FieldType::company:
    case FieldType::companies: assert(false);  // blocks name companies by their places
  }
}

void append_digits(std::string& out, double value) {
  if (std::isfinite(value))
    append_number(out, value);
  else
    out += "null";
}

std::string quantity_words(const Column& column, std::size_t row) { return in_cell(quantity_of(column.quantity(row))); }

}  // namespace tierscope::core
