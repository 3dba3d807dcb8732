#include <ostream>

#include "base/number.hpp"
#include "show/answer/envelope.hpp"
#include "show/answer/format.hpp"
#include "show/answer/json_cells.hpp"
#include "show/json_string.hpp"

namespace tierscope::core {
namespace {

void append_name(std::string& out, std::string_view name) {
  append_json_text(out, name);
  out += ':';
}

void append_text_or_null(std::string& out, const Column& column, std::size_t row) {
  if (column.is_null(row))
    out += "null";
  else
    append_json_text(out, column.text(row));
}

void append_number_or_null(std::string& out, const Column& column, std::size_t row) {
  if (column.is_null(row))
    out += "null";
  else
    append_number(out, column.numbers[row]);
}

void append_company(std::string& out, const Column& column, std::size_t row) {
  out += "{\"id\":";
  append_json_text(out, column.children[0].text(row));
  out += ",\"name\":";
  append_json_text(out, column.children[1].text(row));
  out += '}';
}

void append_quantity(std::string& out, const Column& column, std::size_t row) {
  out += "{\"low\":";
  append_number_or_null(out, column.children[0], row);
  out += ",\"high\":";
  append_number_or_null(out, column.children[1], row);
  out += ",\"reported\":";
  append_text_or_null(out, column.children[2], row);
  out += column.children[3].boolean(row) ? ",\"approximate\":true" : ",\"approximate\":false";
  out += ",\"confidence\":";
  append_text_or_null(out, column.children[4], row);
  if (column.children.size() > 5) {
    out += ",\"currency\":";
    append_text_or_null(out, column.children[5], row);
  }
  out += '}';
}

void append_texts(std::string& out, const std::vector<std::string>& texts) {
  out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) append_json_text(out += i == 0 ? "" : ",", texts[i]);
  out += ']';
}

// Streams a table as the items of a JSON list.
Next append_rows(const Plan& plan, Cursor& rows, std::ostream& out) {
  std::string text;
  bool first = true;
  const Next end = each_batch(plan, rows, [&](const Batch& batch) {
    text.clear();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      text += first ? "\n    " : ",\n    ";
      first = false;
      append_json_object(text, rows.fields(), batch.columns, row);
    }
    out << text;
  });
  out << (first ? "]" : "\n  ]");
  return end;
}

}  // namespace

void append_json(std::string& out, const Field& field, const Column& column, std::size_t row) {
  if (column.is_null(row)) {
    out += "null";
    return;
  }
  switch (field.type) {
    case FieldType::text: return append_json_text(out, column.text(row));
    case FieldType::boolean: out += column.boolean(row) ? "true" : "false"; return;
    case FieldType::integer: out += std::to_string(column.integers[row]); return;
    case FieldType::number: return append_number(out, column.numbers[row]);
    case FieldType::company: return append_company(out, column, row);
    case FieldType::quantity: return append_quantity(out, column, row);
    case FieldType::record: return append_json_object(out, field.inner, column.children, row);
    case FieldType::texts:
    case FieldType::companies:
    case FieldType::integers:
    case FieldType::records:
    case FieldType::table: break;
  }
  out += '[';
  for (std::size_t item = column.first(row); item < column.last(row); ++item) {
    if (item != column.first(row)) out += ',';
    const Column& items = column.children[0];
    if (field.type == FieldType::texts)
      append_text_or_null(out, items, item);
    else if (field.type == FieldType::companies)
      append_json(out, Field{.type = FieldType::company}, items, item);
    else if (field.type == FieldType::integers)
      append_json(out, Field{.type = FieldType::integer}, items, item);
    else
      append_json_object(out, field.inner, items.children, item);
  }
  out += ']';
}

void append_json_object(std::string& out, std::span<const Field> fields, const std::vector<Column>& columns,
                        std::size_t row) {
  out += '{';
  for (std::size_t c = 0; c < fields.size(); ++c) {
    if (c != 0) out += ',';
    append_name(out, fields[c].name);
    append_json(out, fields[c], columns[c], row);
  }
  out += '}';
}

// What rests on all rows stands behind them.
Next write_json(const Plan& plan, std::ostream& out) {
  const About& about = plan.about();
  std::string text = "{";
  const auto member = [&](std::string_view name) {
    text += text == "{" ? "\n  " : ",\n  ";
    append_json_text(text, name);
    text += ": ";
  };
  Batch envelope(fields<Envelope>());
  append(envelope, envelope_of(about));
  for (std::size_t c = 0; c < envelope.columns.size(); ++c) {
    const Field& field = fields<Envelope>()[c];
    member(field.name);
    append_json(text, field, envelope.columns[c], 0);
  }
  const auto stream = [&](std::string_view name, CursorPtr rows) {
    member(name);
    out << text << '[';
    text.clear();
    return append_rows(plan, *rows, out);
  };
  const auto fields = plan.answer.fields();
  if (const Next end = stream(plan.table ? plan.table->name : fields[0].name, plan.nested_rows()); end != Next::end)
    return end;
  const Batch values = plan.answer.values();
  for (std::size_t f = 1; f < fields.size() && !plan.table && !plan.options.brief; ++f) {
    if (fields[f].type == FieldType::table) {
      if (const Next end = stream(fields[f].name, plan.answer.open(f)); end != Next::end) return end;
    } else {
      member(fields[f].name);
      append_json(text, fields[f], values.columns[f], 0);
    }
  }
  if (about.interrupted) {
    member("interrupted");
    text += "true";
  }
  if (!plan.table && !plan.options.brief) {
    member("notes");
    append_texts(text, about.notes);
    const NamedTable sources{.name = "sources", .title = {}, .help = {}, .of = NamedTable::Of::sources};
    const Next end = lists_sources(fields) ? Next::end : stream("sources", open_table(plan.answer, sources, 0));
    if (end != Next::end) return end;
  }
  out << text << "\n}\n";
  return Next::end;
}

Next write_jsonl(const Plan& plan, std::ostream& out) {
  const CursorPtr rows = plan.nested_rows();
  std::string text;
  return each_batch(plan, *rows, [&](const Batch& batch) {
    text.clear();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      append_json_object(text, rows->fields(), batch.columns, row);
      text += '\n';
    }
    out << text;
  });
}

}  // namespace tierscope::core
