#include "show/page/pack.hpp"

#include <unordered_set>

#include "base/words.hpp"
#include "show/json_string.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t long_list = 16;  // a shorter one is not worth its suffix

// Begins a member of an object, or an item of a list.
void comma(std::string& out) {
  if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
}

void append_key(std::string& out, std::string_view key, std::string_view suffix = {}) {
  comma(out);
  out.append("\"").append(key).append(suffix).append("\":");
}

void append_entry(std::string& list, std::string_view text) {
  if (!list.empty()) list += ',';
  append_json_text(list, text, JsonFor::html);
}

std::string quantity_text(const Column& column, std::size_t row) {
  const api::Quantity q = column.quantity(row);
  std::string all;
  append_digits(all, q.low);
  all += '|';
  if (q.high == unbounded)
    all += '-';
  else if (q.high != q.low)
    append_digits(all, q.high);
  all.append("|").append(quantity_words(column, row)).append("|").append(q.reported).append("|").append(q.currency);
  Grade grade;
  grade.add(q.approximate, q.confidence);
  all.append("|").append(marks(grade));
  all.erase(all.find_last_not_of('|') + 1);
  return all;
}

bool is_list(FieldType type) {
  return type == FieldType::texts || type == FieldType::integers || type == FieldType::records;
}

}  // namespace

void Packer::append(std::string& out, const Block& block) {
  own_.clear();
  texts_.clear();
  quantities_.clear();
  text_list_.clear();
  std::string members;
  for (std::size_t c = 0; c < block.fields.size(); ++c) add_value(members, block.fields[c], block.batch.columns[c], 0);
  out.append("{\"$q\":[").append(quantities_).append("],\"$s\":[").append(text_list_).append("],");
  out.append(members).append("}");
  if (first_) shared_ = std::move(own_);
  first_ = false;
}

// A member of an object.
void Packer::add_value(std::string& out, const Field& field, const Column& column, std::size_t row) {
  if (is_list(field.type) && column.last(row) - column.first(row) >= long_list) {
    const Field item = item_of(field);
    add_list(out, field.name, {item, column.children[0], column.first(row), column.last(row)});
  } else {
    append_key(out, field.name);
    append_value(out, field, column, row);
  }
}

void Packer::append_value(std::string& out, const Field& field, const Column& column, std::size_t row) {
  if (field.type == FieldType::record && !column.is_null(row)) {
    out += '{';
    for (std::size_t c = 0; c < field.inner.size(); ++c) add_value(out, field.inner[c], column.children[c], row);
    out += '}';
  } else if (field.type == FieldType::records) {
    const Field item = item_of(field);
    append_values(out, {item, column.children[0], column.first(row), column.last(row)});
  } else if (field.type == FieldType::table) {
    const Field item = item_of(field);
    out += '{';
    append_columns(out, {item, column.children[0], column.first(row), column.last(row)});
    out += '}';
  } else {
    append_plain(out, field, column, row);
  }
}

void Packer::append_values(std::string& out, const Slice& list) {
  out += '[';
  for (std::size_t i = list.first; i < list.last; ++i) {
    comma(out);
    append_value(out, list.field, list.column, i);
  }
  out += ']';
}

// Members of an object, a list for each field of the records.
void Packer::append_columns(std::string& out, const Slice& records) {
  for (std::size_t c = 0; c < records.field.inner.size(); ++c) {
    const Field& field = records.field.inner[c];
    const Slice list{field, records.column.children[c], records.first, records.last};
    if (list.size() >= long_list) {
      add_list(out, field.name, list);
    } else {
      append_key(out, field.name);
      append_values(out, list);
    }
  }
}

void Packer::add_list(std::string& out, std::string_view key, const Slice& list) {
  const auto& [field, column, first, last] = list;
  switch (field.type) {
    case FieldType::quantity: append_key(out, key, "$q"); return append_places(out, list);
    case FieldType::text: {
      std::unordered_set<std::string_view> different;
      for (std::size_t i = first; i < last; ++i) different.insert(column.text(i));
      if (different.size() * 2 >= list.size()) break;
      append_key(out, key, "$s");
      return append_texts(out, list);
    }
    case FieldType::integers: {
      append_key(out, key, "$l");
      out += '[';
      for (std::size_t i = first; i < last; ++i) {
        comma(out);
        if (column.last(i) - column.first(i) == 1)
          out += std::to_string(column.children[0].integers[column.first(i)]);
        else
          append_plain(out, field, column, i);
      }
      out += ']';
      return;
    }
    case FieldType::record: {
      if (column.nulls != 0) break;
      append_key(out, key, "$t");
      out += '{';
      append_columns(out, list);
      out += '}';
      return;
    }
    case FieldType::records: {
      const std::size_t begin = column.first(first);
      const std::size_t end = column.last(last - 1);
      if (begin == end) break;
      append_key(out, key, "$n");
      out += "{\"$n\":[";
      for (std::size_t i = first; i < last; ++i) {
        comma(out);
        out += std::to_string(column.last(i) - column.first(i));
      }
      out += ']';
      const Field item = item_of(field);
      append_columns(out, {item, column.children[0], begin, end});
      out += '}';
      return;
    }
    default: break;
  }
  append_key(out, key);
  append_values(out, list);
}

void Packer::append_places(std::string& out, const Slice& quantities) {
  out += '[';
  for (std::size_t i = quantities.first; i < quantities.last; ++i) {
    comma(out);
    if (quantities.column.is_null(i)) {
      out += "null";
      continue;
    }
    const std::string text = quantity_text(quantities.column, i);
    if (const auto known = shared_.find(text); known != shared_.end()) {
      out += std::to_string(known->second);
      continue;
    }
    const auto [found, fresh] = own_.try_emplace(text, shared_.size() + own_.size());
    if (fresh) append_entry(quantities_, text);
    out += std::to_string(found->second);
  }
  out += ']';
}

void Packer::append_texts(std::string& out, const Slice& texts) {
  out += '[';
  for (std::size_t i = texts.first; i < texts.last; ++i) {
    comma(out);
    const std::string_view text = texts.column.text(i);
    const auto [found, fresh] = texts_.try_emplace(std::string(text), texts_.size());
    if (fresh) append_entry(text_list_, text);
    out += std::to_string(found->second);
  }
  out += ']';
}

}  // namespace tierscope::core
