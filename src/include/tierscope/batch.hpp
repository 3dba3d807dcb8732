#pragma once
// Rows as columns, in Arrow's memory layout: what every format is written from.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/fields.hpp>

namespace tierscope {

/// The values of one field. Which parts are used, type by type:
///   text       offsets, bytes                      boolean, integer, number   bits, integers, numbers
///   company    children id, name                   quantity   children low, high, reported, approximate, confidence,
///                                                              and currency where the unit is money
///   texts      offsets, child of text              companies  offsets, child of company
///   integers   offsets, child of integer
///   record     children, one a field               records    offsets, child of record
/// A null has its slot in the values and in the children of records, and no item in lists.
struct Column {
  explicit Column(FieldType of = FieldType::text) : type(of) {}
  explicit Column(const Field& field);

  FieldType type;
  std::size_t length = 0;
  std::size_t nulls = 0;
  std::vector<std::uint8_t> valid;      // a bit each, 1 = there is a value; empty where there are no nulls
  std::vector<std::int32_t> offsets{};  // length + 1; first 0
  std::string bytes;                    // UTF-8
  std::vector<std::uint8_t> bits;       // a bit each
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::vector<Column> children;

  bool is_null(std::size_t i) const { return nulls != 0 && (valid[i / 8] >> i % 8 & 1U) == 0; }
  std::string_view text(std::size_t i) const {
    return std::string_view(bytes).substr(static_cast<std::size_t>(offsets[i]),
                                          static_cast<std::size_t>(offsets[i + 1] - offsets[i]));
  }
  bool boolean(std::size_t i) const { return (bits[i / 8] >> i % 8 & 1U) != 0; }
  /// Views of this column's bytes.
  Company company(std::size_t i) const { return {children[0].text(i), children[1].text(i)}; }
  Quantity quantity(std::size_t i) const;
  /// Of a list: its items in children[0] are [first, last).
  std::size_t first(std::size_t i) const { return static_cast<std::size_t>(offsets[i]); }
  std::size_t last(std::size_t i) const { return static_cast<std::size_t>(offsets[i + 1]); }

  /// Appending, one value a row. `end_list` and `end_record` follow what was appended to the children.
  /// Throws std::bad_alloc, also where text would pass 2 GiB, as far as offsets reach.
  void append_null();
  void append(std::string_view text);
  void append(const char*) = delete;  // it would be taken for a bool
  void append(bool value);
  void append(std::int64_t value);
  void append(double value);
  void append(const Company& company);
  void append(const Quantity& quantity);
  void end_list();
  void end_record();
  /// Row `i` of a column of the same field.
  void append_from(const Column& other, std::size_t i);
  /// Forgets the rows and keeps the memory.
  void clear();

 private:
  void grow(bool present);
};

struct Batch {
  explicit Batch(std::span<const Field> fields);
  std::vector<Column> columns;  // one a field
  std::size_t rows = 0;
  void clear();
};

inline constexpr std::size_t batch_rows = 1024;

template <typename Row>
class Table;

namespace detail {

template <typename Row>
void append_value(Column& column, const Table<Row>&);
template <typename T>
void append_record(std::vector<Column>& columns, const T& record);

template <typename T>
void append_value(Column& column, const T& value) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, double> || std::is_same_v<T, Company> ||
                std::is_same_v<T, Quantity>) {
    column.append(value);
  } else if constexpr (std::is_integral_v<T>) {
    column.append(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, Date>) {
    const auto words = to_string(value);
    column.append(std::string_view(words));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    column.append(std::string_view(value));
  } else if constexpr (requires { value.has_value(); }) {
    if (value)
      append_value(column, *value);
    else
      column.append_null();
  } else if constexpr (requires { value.begin(); }) {
    for (const auto& item : value) append_value(column.children[0], item);
    column.end_list();
  } else {
    append_record(column.children, value);
    column.end_record();
  }
}

template <typename T>
void append_record(std::vector<Column>& columns, const T& record) {
  std::size_t next = 0;
  T::describe([&](std::string_view, auto member, std::string_view, const auto&...) {
    append_value(columns[next++], record.*member);
  });
}

}  // namespace detail

/// Appends one row.
template <typename T>
void append(Batch& batch, const T& row) {
  detail::append_record(batch.columns, row);
  ++batch.rows;
}

}  // namespace tierscope
