#include "show/answer/arrow_fields.hpp"

namespace tierscope::core {
namespace {

using Type = ArrowField::Type;

std::string_view word(Unit unit) {
  switch (unit) {
    case Unit::none: return "";
    case Unit::share: return "share";
    case Unit::money: return "money";
    case Unit::hhi: return "hhi";
    case Unit::count: return "count";
    case Unit::sources: return "sources";
    case Unit::address: return "address";
  }
  return "";
}

// A company or a quantity may be none, whatever its field says.
ArrowField company(std::string_view name) {
  return {.name = name,
          .type = Type::structure,
          .nullable = true,
          .children = {{.name = "id", .type = Type::utf8}, {.name = "name", .type = Type::utf8}}};
}

ArrowField quantity(std::string_view name, Unit unit) {
  ArrowField made{.name = name,
                  .type = Type::structure,
                  .nullable = true,
                  .children = {{.name = "low", .type = Type::float64},
                               {.name = "high", .type = Type::float64},
                               {.name = "reported", .type = Type::utf8},
                               {.name = "approximate", .type = Type::boolean},
                               {.name = "confidence", .type = Type::utf8}}};
  if (unit == Unit::money) made.children.push_back({.name = "currency", .type = Type::utf8});
  return made;
}

ArrowField arrow_field(const Field& field) {
  ArrowField made{.name = field.name, .nullable = field.nullable};
  switch (field.type) {
    case FieldType::text: made.nullable = true; break;  // empty is null
    case FieldType::boolean: made.type = Type::boolean; break;
    case FieldType::integer: made.type = Type::int64; break;
    case FieldType::number: made.type = Type::float64; break;
    case FieldType::company: made = company(field.name); break;
    case FieldType::quantity: made = quantity(field.name, field.unit); break;
    case FieldType::texts:
      made.type = Type::list;
      made.children = {{.name = "item", .nullable = true}};
      break;
    case FieldType::integers:
      made.type = Type::list;
      made.children = {{.name = "item", .type = Type::int64}};
      break;
    case FieldType::companies:
      made.type = Type::list;
      made.children = {company("item")};
      break;
    case FieldType::record:
      made.type = Type::structure;
      made.children = arrow_fields(field.inner);
      break;
    case FieldType::records:
    case FieldType::table:
      made.type = Type::list;
      made.children = {{.name = "item", .type = Type::structure, .children = arrow_fields(field.inner)}};
      break;
  }
  if (!field.help.empty()) made.metadata.emplace_back("help", field.help);
  if (field.unit != Unit::none) made.metadata.emplace_back("unit", word(field.unit));
  return made;
}

// Under a null the slots of a record's fields are nulls too, for whoever takes one out alone: unknown is not zero.
void inherit_nulls(ArrowField& field) {
  for (ArrowField& child : field.children) {
    if (field.type == Type::structure && field.nullable) child.nullable = true;
    inherit_nulls(child);
  }
}

template <typename Values>
ArrowBuffer buffer(const Values& values) {
  return {values.data(), values.size() * sizeof(typename Values::value_type)};
}

}  // namespace

std::vector<ArrowField> arrow_fields(std::span<const Field> fields) {
  std::vector<ArrowField> made;
  for (const Field& field : fields) inherit_nulls(made.emplace_back(arrow_field(field)));
  return made;
}

ArrowBuffers arrow_buffers(const Column& column) {
  ArrowBuffers buffers;
  const auto add = [&](ArrowBuffer more) { buffers.list[buffers.count++] = more; };
  if (column.nulls != 0) buffers.list[0] = buffer(column.valid);
  switch (column.type) {
    case FieldType::text:
      add(buffer(column.offsets));
      add(buffer(column.bytes));
      break;
    case FieldType::boolean: add(buffer(column.bits)); break;
    case FieldType::integer: add(buffer(column.integers)); break;
    case FieldType::number: add(buffer(column.numbers)); break;
    case FieldType::company:
    case FieldType::quantity:
    case FieldType::record: break;
    case FieldType::texts:
    case FieldType::companies:
    case FieldType::integers:
    case FieldType::records:
    case FieldType::table: add(buffer(column.offsets)); break;
  }
  return buffers;
}

}  // namespace tierscope::core
