#pragma once
// Tables of an answer, read by two at once.

#include <doctest/doctest.h>

#include <tierscope/answer.hpp>

namespace tierscope::core {

inline bool same_columns(const std::vector<Column>& a, const std::vector<Column>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Column& x, const Column& y) {
    return x.length == y.length && x.valid == y.valid && x.offsets == y.offsets && x.bytes == y.bytes &&
           x.bits == y.bits && x.integers == y.integers && x.numbers == y.numbers &&
           same_columns(x.children, y.children);
  });
}

/// Two streams, each a row behind or before the other, give the same rows, as many as the table says.
template <typename Row>
void check_read_twice(const Table<Row>& table) {
  const auto ahead = table.open();
  const auto behind = table.open();
  Batch first(fields<Row>());
  Batch second(fields<Row>());
  Row row;
  if (ahead->next(row)) append(first, row);
  for (Row other; behind->next(other);) {
    append(second, other);
    if (ahead->next(row)) append(first, row);
  }
  CHECK(first.rows == table.size());
  CHECK(second.rows == table.size());
  CHECK(same_columns(first.columns, second.columns));
}

}  // namespace tierscope::core
