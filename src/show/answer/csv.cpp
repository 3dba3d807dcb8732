#include <ostream>

#include "base/csv_text.hpp"
#include "base/number.hpp"
#include "show/answer/format.hpp"

namespace tierscope::core {
namespace {

// Lists of text and of companies stand in one cell. Records take their fields' columns.
void append_names(std::string& line, const std::string& prefix, const Field& field) {
  const std::string name = prefix + std::string(field.name);
  const auto add = [&](std::string_view suffix) {
    append_csv_cell(line += line.empty() ? "" : ",", name + std::string(suffix));
  };
  switch (field.type) {
    case FieldType::company:
    case FieldType::companies:
      for (const std::string_view part : {"", "_name"}) add(part);
      return;
    case FieldType::quantity:
      for (const std::string_view part : {"_low", "_high", "_reported", "_approximate", "_confidence"}) add(part);
      if (field.unit == Unit::money) add("_currency");
      return;
    case FieldType::record:
      for (const Field& inner : field.inner) append_names(line, name + "_", inner);
      return;
    default: add("");
  }
}

class Line {
 public:
  void add_text(std::string_view text) { append_csv_cell(next(), text); }
  void add_number(const Column& column, std::size_t row) {
    std::string& line = next();
    if (!column.is_null(row)) append_number(line, column.numbers[row]);
  }
  void add_boolean(const Column& column, std::size_t row) {
    next() += column.is_null(row) ? "" : column.boolean(row) ? "true" : "false";
  }
  void add(const Field& field, const Column& column, std::size_t row) {
    switch (field.type) {
      case FieldType::text: return add_text(column.text(row));
      case FieldType::boolean: return add_boolean(column, row);
      case FieldType::integer: next() += column.is_null(row) ? "" : std::to_string(column.integers[row]); return;
      case FieldType::number: return add_number(column, row);
      case FieldType::company:
        for (const Column& part : column.children) add_text(part.text(row));
        return;
      case FieldType::quantity:
        add_number(column.children[0], row);
        add_number(column.children[1], row);
        add_text(column.children[2].text(row));
        column.is_null(row) ? add_text("") : add_boolean(column.children[3], row);
        add_text(column.children[4].text(row));
        if (column.children.size() > 5) add_text(column.children[5].text(row));
        return;
      case FieldType::texts:
      case FieldType::integers: return add_text(joined(column.children[0], column, row));
      case FieldType::companies:
        add_text(joined(column.children[0].children[0], column, row));
        return add_text(joined(column.children[0].children[1], column, row));
      case FieldType::record:
        for (std::size_t c = 0; c < field.inner.size(); ++c) add(field.inner[c], column.children[c], row);
        return;
      case FieldType::records:
      case FieldType::table: return add_text("");
    }
  }
  std::string take() {
    // One empty cell alone would be a blank line, which readers skip.
    if (line_.empty()) line_ = "\"\"";
    begun_ = false;
    return std::exchange(line_, {}) + "\n";
  }

 private:
  static std::string joined(const Column& items, const Column& list, std::size_t row) {
    std::string text;
    for (std::size_t item = list.first(row); item < list.last(row); ++item) {
      text += text.empty() ? "" : ";";
      if (items.type == FieldType::integer)
        text += std::to_string(items.integers[item]);
      else
        text += items.text(item);
    }
    return text;
  }
  std::string& next() {
    if (begun_) line_ += ',';
    begun_ = true;
    return line_;
  }

  std::string line_;
  bool begun_ = false;
};

}  // namespace

Next write_csv(const Plan& plan, std::ostream& out) {
  const CursorPtr rows = plan.rows();
  std::string header;
  for (const Field& field : rows->fields()) append_names(header, "", field);
  if (plan.options.bom) out << "\xEF\xBB\xBF";
  out << header << '\n';
  Line line;
  return each_batch(plan, *rows, [&](const Batch& batch) {
    std::string text;
    for (std::size_t row = 0; row < batch.rows; ++row) {
      for (std::size_t c = 0; c < batch.columns.size(); ++c) line.add(rows->fields()[c], batch.columns[c], row);
      text += line.take();
    }
    out << text;
  });
}

}  // namespace tierscope::core
