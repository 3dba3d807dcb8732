#include <limits>
#include <new>

#include <tierscope/batch.hpp>

namespace tierscope {
namespace {

Column named(FieldType type) { return Column(type); }

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i, bool value) {
  if (i / 8 == bits.size()) bits.push_back(0);
  if (value) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << i % 8);
}

// Columns of a list or of text have one offset more than rows.
bool has_offsets(FieldType type) {
  return type == FieldType::text || type == FieldType::texts || type == FieldType::companies ||
         type == FieldType::integers || type == FieldType::records || type == FieldType::table;
}

}  // namespace

Column::Column(const Field& field) : type(field.type) {
  if (has_offsets(type)) offsets.push_back(0);
  switch (type) {
    case FieldType::company: children = {named(FieldType::text), named(FieldType::text)}; break;
    case FieldType::quantity:
      children = {named(FieldType::number), named(FieldType::number), named(FieldType::text), named(FieldType::boolean),
                  named(FieldType::text)};
      if (field.unit == Unit::money) children.push_back(named(FieldType::text));
      break;
    case FieldType::texts: children = {named(FieldType::text)}; break;
    case FieldType::integers: children = {named(FieldType::integer)}; break;
    case FieldType::companies: children = {Column(Field{.type = FieldType::company})}; break;
    case FieldType::record:
      for (const Field& inner : field.inner) children.emplace_back(inner);
      break;
    case FieldType::records:
    case FieldType::table: children.emplace_back(Field{.type = FieldType::record, .inner = field.inner}); break;
    default: break;
  }
  for (Column& child : children)
    if (child.type == FieldType::text && child.offsets.empty()) child.offsets.push_back(0);
}

Quantity Column::quantity(std::size_t i) const {
  Quantity quantity;
  if (is_null(i)) return quantity;
  quantity.known = true;
  quantity.low = children[0].numbers[i];
  quantity.high = unbounded;
  if (!children[1].is_null(i)) quantity.high = children[1].numbers[i];
  quantity.reported = children[2].text(i);
  quantity.approximate = children[3].boolean(i);
  quantity.confidence = parse_confidence(children[4].text(i)).value_or(Confidence::none);
  if (children.size() > 5) quantity.currency = children[5].text(i);
  return quantity;
}

void Column::grow(bool present) {
  if (!present && nulls == 0) {
    valid.assign(length / 8 + 1, 0xff);
    valid.back() = static_cast<std::uint8_t>((1U << length % 8) - 1);
  }
  if (!present) ++nulls;
  if (nulls != 0) {
    if (length % 8 == 0 && valid.size() == length / 8) valid.push_back(0);
    if (present) valid[length / 8] = static_cast<std::uint8_t>(valid[length / 8] | 1U << length % 8);
  }
  ++length;
}

void Column::append_null() {
  if (has_offsets(type)) offsets.push_back(offsets.back());
  if (type == FieldType::boolean) set_bit(bits, length, false);
  if (type == FieldType::integer) integers.push_back(0);
  if (type == FieldType::number) numbers.push_back(0);
  if (type == FieldType::company || type == FieldType::quantity || type == FieldType::record)
    for (Column& child : children) child.append_null();
  grow(false);
}

// Empty text is text that was not given.
void Column::append(std::string_view text) {
  if (text.size() > std::numeric_limits<std::int32_t>::max() - bytes.size()) throw std::bad_alloc();
  bytes += text;
  offsets.push_back(static_cast<std::int32_t>(bytes.size()));
  grow(!text.empty());
}

void Column::append(bool value) {
  set_bit(bits, length, value);
  grow(true);
}

void Column::append(std::int64_t value) {
  integers.push_back(value);
  grow(true);
}

void Column::append(double value) {
  numbers.push_back(value);
  grow(true);
}

void Column::append(const Company& company) {
  if (company.id.empty() && company.name.empty()) return append_null();
  children[0].append(company.id);
  children[1].append(company.name);
  grow(true);
}

void Column::append(const Quantity& quantity) {
  if (!quantity.known) return append_null();
  children[0].append(quantity.low);
  if (quantity.high == unbounded)
    children[1].append_null();
  else
    children[1].append(quantity.high);
  children[2].append(quantity.reported);
  children[3].append(quantity.approximate);
  children[4].append(to_string(quantity.confidence));
  if (children.size() > 5) children[5].append(quantity.currency);
  grow(true);
}

void Column::end_list() {
  offsets.push_back(static_cast<std::int32_t>(children[0].length));
  grow(true);
}

void Column::end_record() { grow(true); }

void Column::append_from(const Column& other, std::size_t i) {
  if (other.is_null(i)) return append_null();
  switch (type) {
    case FieldType::text: return append(other.text(i));
    case FieldType::boolean: return append(other.boolean(i));
    case FieldType::integer: return append(other.integers[i]);
    case FieldType::number: return append(other.numbers[i]);
    case FieldType::company:
    case FieldType::quantity:
    case FieldType::record:
      for (std::size_t c = 0; c < children.size(); ++c) children[c].append_from(other.children[c], i);
      return end_record();
    case FieldType::texts:
    case FieldType::companies:
    case FieldType::integers:
    case FieldType::records:
    case FieldType::table:
      for (std::size_t item = other.first(i); item < other.last(i); ++item)
        children[0].append_from(other.children[0], item);
      return end_list();
  }
}

void Column::clear() {
  length = nulls = 0;
  valid.clear();
  if (has_offsets(type)) offsets.resize(1);
  bytes.clear();
  bits.clear();
  integers.clear();
  numbers.clear();
  for (Column& child : children) child.clear();
}

Batch::Batch(std::span<const Field> fields) {
  for (const Field& field : fields) columns.emplace_back(field);
}

void Batch::clear() {
  rows = 0;
  for (Column& column : columns) column.clear();
}

}  // namespace tierscope
