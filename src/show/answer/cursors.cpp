#include "show/answer/cursors.hpp"

#include <algorithm>
#include <numeric>

namespace tierscope::core {
namespace {

constexpr Field position_field{
    .name = "position", .help = "place in the list, from 1", .type = FieldType::integer, .key = true};

class First : public Cursor {
 public:
  First(CursorPtr rows, std::size_t count) : rows_(std::move(rows)), left_(count), batch_(rows_->fields()) {}
  std::span<const Field> fields() const noexcept override { return rows_->fields(); }
  Next next(Batch& into) noexcept override {
    if (left_ == 0) return Next::end;
    const Next more = rows_->next(into);
    if (more != Next::rows || into.rows <= left_) {
      left_ -= more == Next::rows ? into.rows : 0;
      return more;
    }
    try {
      std::swap(into, batch_);
      into.clear();
      for (; into.rows < left_; ++into.rows)
        for (std::size_t c = 0; c < into.columns.size(); ++c) into.columns[c].append_from(batch_.columns[c], into.rows);
      left_ = 0;
      return Next::rows;
    } catch (const std::bad_alloc&) {
      return Next::out_of_memory;
    }
  }

 private:
  CursorPtr rows_;
  std::size_t left_;
  Batch batch_;
};

class Unnested : public Cursor {
 public:
  Unnested(CursorPtr rows, Unnest how) : rows_(std::move(rows)), how_(std::move(how)), batch_(rows_->fields()) {
    const auto parents = rows_->fields();
    const auto add_items = [&] {
      if (how_.position) add(position_field, From::position, 0);
      const auto inner = parents[how_.list].inner;
      for (std::size_t c = 0; c < inner.size(); ++c) {
        Field field = inner[c];
        field.nullable = field.nullable || how_.spliced;
        add(field, From::item, c);
      }
    };
    if (how_.spliced) {
      for (std::size_t c = 0; c < parents.size(); ++c) {
        if (c == how_.list)
          add_items();
        else
          add(parents[c], From::parent, c).once = true;
      }
    } else {
      for (const std::size_t c : how_.parents) add(parents[c], From::parent, c);
      add_items();
    }
  }
  std::span<const Field> fields() const noexcept override { return fields_; }
  Next next(Batch& into) noexcept override {
    try {
      into.clear();
      while (into.rows < batch_rows) {
        if (row_ == batch_.rows) {
          const Next more = rows_->next(batch_);
          row_ = item_ = 0;
          if (more != Next::rows) {
            batch_.clear();
            return into.rows != 0 && more == Next::end ? Next::rows : more;
          }
        }
        const Column& list = batch_.columns[how_.list];
        const std::size_t count = list.last(row_) - list.first(row_);
        if (item_ < count)
          append_row(into, list.children.data(), list.first(row_) + item_);
        else if (count == 0 && how_.spliced)
          append_row(into, nullptr, 0);
        if (++item_ >= count) {
          ++row_;
          item_ = 0;
        }
      }
      return Next::rows;
    } catch (const std::bad_alloc&) {
      return Next::out_of_memory;
    }
  }

 private:
  enum class From { parent, item, position };
  struct Source {
    From from;
    std::size_t column;
  };
  Field& add(const Field& field, From from, std::size_t column) {
    sources_.push_back({from, column});
    return fields_.emplace_back(field);
  }
  void append_row(Batch& into, const Column* items, std::size_t item) {
    for (std::size_t c = 0; c < sources_.size(); ++c) {
      Column& column = into.columns[c];
      const auto [from, place] = sources_[c];
      if (from == From::parent)
        column.append_from(batch_.columns[place], row_);
      else if (items == nullptr)
        column.append_null();
      else if (from == From::position)
        column.append(static_cast<std::int64_t>(item_ + 1));
      else
        column.append_from(items->children[place], item);
    }
    ++into.rows;
  }

  CursorPtr rows_;
  Unnest how_;
  Batch batch_;
  std::vector<Field> fields_;
  std::vector<Source> sources_;
  std::size_t row_ = 0;
  std::size_t item_ = 0;
};

class Picked : public Cursor {
 public:
  Picked(CursorPtr rows, std::vector<std::size_t> columns)
      : rows_(std::move(rows)), columns_(std::move(columns)), batch_(rows_->fields()) {
    for (const std::size_t c : columns_) fields_.push_back(rows_->fields()[c]);
  }
  std::span<const Field> fields() const noexcept override { return fields_; }
  Next next(Batch& into) noexcept override {
    const Next more = rows_->next(batch_);
    if (more != Next::rows) return more;
    into.rows = batch_.rows;
    for (std::size_t c = 0; c < columns_.size(); ++c) std::swap(into.columns[c], batch_.columns[columns_[c]]);
    return more;
  }

 private:
  CursorPtr rows_;
  std::vector<std::size_t> columns_;
  std::vector<Field> fields_;
  Batch batch_;
};

class Sorted : public Cursor {
 public:
  Sorted(CursorPtr rows, std::size_t column) : rows_(std::move(rows)), column_(column), all_(rows_->fields()) {}
  std::span<const Field> fields() const noexcept override { return rows_->fields(); }
  Next next(Batch& into) noexcept override {
    try {
      if (!read_) {
        const Next more = read();
        if (more != Next::end) return more;
      }
      into.clear();
      for (; into.rows < batch_rows && next_ < order_.size(); ++next_, ++into.rows)
        for (std::size_t c = 0; c < into.columns.size(); ++c)
          into.columns[c].append_from(all_.columns[c], order_[next_]);
      return into.rows == 0 ? Next::end : Next::rows;
    } catch (const std::bad_alloc&) {
      return Next::out_of_memory;
    }
  }

 private:
  Next read() {
    Batch batch(fields());
    Next more = rows_->next(batch);
    for (; more == Next::rows; more = rows_->next(batch)) {
      for (std::size_t c = 0; c < all_.columns.size(); ++c)
        for (std::size_t row = 0; row < batch.rows; ++row) all_.columns[c].append_from(batch.columns[c], row);
      all_.rows += batch.rows;
    }
    if (more != Next::end) return more;
    order_.resize(all_.rows);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return before(a, b); });
    read_ = true;
    return Next::end;
  }
  bool before(std::size_t a, std::size_t b) const {
    const Column& column = all_.columns[column_];
    if (column.is_null(a) || column.is_null(b)) return !column.is_null(a) && column.is_null(b);
    switch (column.type) {
      case FieldType::boolean: return column.boolean(a) && !column.boolean(b);
      case FieldType::integer: return column.integers[a] > column.integers[b];
      case FieldType::number: return column.numbers[a] > column.numbers[b];
      case FieldType::company: return column.company(a).id < column.company(b).id;
      case FieldType::text: return column.text(a) < column.text(b);
      case FieldType::quantity: {
        const Quantity x = column.quantity(a);
        const Quantity y = column.quantity(b);
        if (x.currency != y.currency) return x.currency < y.currency;
        return x.low != y.low ? x.low > y.low : x.high > y.high;
      }
      default: return false;
    }
  }

  CursorPtr rows_;
  std::size_t column_;
  Batch all_;
  std::vector<std::size_t> order_;
  std::size_t next_ = 0;
  bool read_ = false;
};

bool is_list(const Field& field) { return field.type == FieldType::records || field.type == FieldType::table; }

std::size_t list_of_rows(std::span<const Field> fields) {
  const auto found = std::find_if(fields.begin(), fields.end(), [](const Field& field) {
    return field.type == FieldType::records && field.show == Show::rows;
  });
  return static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

CursorPtr first_rows(CursorPtr rows, std::size_t count) { return std::make_unique<First>(std::move(rows), count); }

CursorPtr unnested(CursorPtr rows, const Unnest& how) { return std::make_unique<Unnested>(std::move(rows), how); }

CursorPtr picked(CursorPtr rows, const std::vector<std::size_t>& columns) {
  return std::make_unique<Picked>(std::move(rows), columns);
}

CursorPtr sorted(CursorPtr rows, std::size_t column) { return std::make_unique<Sorted>(std::move(rows), column); }

CursorPtr flat(CursorPtr rows) {
  for (;;) {
    const std::size_t list = list_of_rows(rows->fields());
    if (list == rows->fields().size()) break;
    rows = unnested(std::move(rows), {.list = list, .parents = {}, .spliced = true});
  }
  std::vector<std::size_t> kept;
  for (std::size_t c = 0; c < rows->fields().size(); ++c)
    if (!is_list(rows->fields()[c])) kept.push_back(c);
  return kept.size() == rows->fields().size() ? std::move(rows) : picked(std::move(rows), kept);
}

}  // namespace tierscope::core
