#include "show/answer/leaves.hpp"

namespace tierscope::core {
namespace {

void add_leaves(std::vector<Leaf>& leaves, const std::string& prefix, const Field& field) {
  const std::string name = prefix + std::string(field.name);
  const auto add = [&](std::string_view suffix, FieldType type) {
    const bool measured = type == FieldType::number || type == FieldType::integer;
    leaves.push_back({name + std::string(suffix), type, measured || field.type == type ? field.unit : Unit::none});
  };
  switch (field.type) {
    case FieldType::company:
    case FieldType::companies: add("", FieldType::text); return add("_name", FieldType::text);
    case FieldType::quantity:
      add("_low", FieldType::number);
      add("_high", FieldType::number);
      add("_reported", FieldType::text);
      add("_approximate", FieldType::boolean);
      add("_confidence", FieldType::text);
      if (field.unit == Unit::money) add("_currency", FieldType::text);
      return;
    case FieldType::record:
      for (const Field& inner : field.inner) add_leaves(leaves, name + "_", inner);
      return;
    case FieldType::boolean:
    case FieldType::integer:
    case FieldType::number: return add("", field.type);
    default: return add("", FieldType::text);
  }
}

}  // namespace

std::vector<Leaf> leaves_of(std::span<const Field> fields) {
  std::vector<Leaf> leaves;
  for (const Field& field : fields) add_leaves(leaves, "", field);
  return leaves;
}

std::string joined(const Column& items, const Column& list, std::size_t row) {
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

}  // namespace tierscope::core
