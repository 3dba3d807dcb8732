#include <nlohmann/json.hpp>

#include <tierscope/write.hpp>

#include "show/answer/envelope.hpp"
#include "show/answer/format.hpp"
#include "show/answer/units.hpp"

namespace tierscope {
namespace {

using Json = nlohmann::ordered_json;

Json object_of(std::span<const Field> fields);

Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

Json type_of(const Field& field) {
  switch (field.type) {
    case FieldType::text: return {{"type", "string"}};
    case FieldType::boolean: return {{"type", "boolean"}};
    case FieldType::integer: return {{"type", "integer"}};
    case FieldType::number: {
      Json number{{"type", "number"}};
      if (field.unit == Unit::share) number["minimum"] = 0;
      return number;
    }
    case FieldType::company: return reference("company");
    case FieldType::quantity: return reference(field.unit == Unit::money ? "money" : "quantity");
    case FieldType::texts: return {{"type", "array"}, {"items", {{"type", "string"}}}};
    case FieldType::integers: return {{"type", "array"}, {"items", {{"type", "integer"}}}};
    case FieldType::companies: return {{"type", "array"}, {"items", reference("company")}};
    case FieldType::record: return object_of(field.inner);
    case FieldType::records:
    case FieldType::table: return {{"type", "array"}, {"items", object_of(field.inner)}};
  }
  return {};
}

Json property(const Field& field) {
  Json made = type_of(field);
  if (field.nullable) made = {{"anyOf", {std::move(made), {{"type", "null"}}}}};
  std::string help(field.help);
  if (const std::string_view unit = core::unit_words(field.unit); !unit.empty()) {
    help += "; " + std::string(unit);
    made["x-unit"] = unit;
  }
  made["description"] = help;
  return made;
}

Json object_of(std::span<const Field> fields) {
  Json properties = Json::object();
  Json needed = Json::array();
  for (const Field& field : fields) {
    properties[std::string(field.name)] = property(field);
    needed.push_back(field.name);
  }
  return {{"type", "object"}, {"properties", properties}, {"required", needed}, {"additionalProperties", false}};
}

Json nullable(Json type) { return {{"anyOf", {std::move(type), {{"type", "null"}}}}}; }

Json quantity(bool money) {
  const Json number{{"type", "number"}};
  const Json text{{"type", "string"}};
  Json properties{{"low", number},
                  {"high", nullable(number)},
                  {"reported", nullable(text)},
                  {"approximate", {{"type", "boolean"}}},
                  {"confidence", nullable({{"enum", {"disclosed", "reported", "estimated"}}})}};
  Json needed{"low", "high", "reported", "approximate", "confidence"};
  if (money) {
    properties["currency"] = nullable(text);  // null: nothing, in no currency
    needed.push_back("currency");
  }
  return {{"type", "object"},
          {"description", "an interval; high null: unbounded; the whole is null where nothing is known"},
          {"properties", properties},
          {"required", needed},
          {"additionalProperties", false}};
}

}  // namespace

std::string json_schema(std::string_view command, std::span<const Field> answer) {
  const Json text{{"type", "string"}};
  const Json texts{{"type", "array"}, {"items", text}};
  Json whole = object_of(answer);
  Json properties{{"schema", {{"const", core::Envelope{}.schema}}},
                  {"command", {{"const", command}}},
                  {"graphs", texts},
                  {"as_of", nullable(text)},
                  {"status", texts},
                  {"title", text}};
  for (const auto& [name, value] : whole["properties"].items()) properties[name] = value;
  properties["interrupted"] = {{"const", true}, {"description", "there only where the user stopped it"}};
  properties["notes"] = texts;
  if (!core::lists_sources(answer))
    properties["sources"] = {{"type", "array"}, {"items", object_of(fields<CitedSource>())}};
  Json needed = Json::array();
  for (const auto& [name, value] : properties.items())
    if (name != "interrupted") needed.push_back(name);
  const Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "tierscope " + std::string(command)},
                    {"type", "object"},
                    {"properties", properties},
                    {"required", needed},
                    {"additionalProperties", false},
                    {"$defs",
                     {{"company",
                       {{"type", "object"},
                        {"properties", {{"id", text}, {"name", text}}},
                        {"required", {"id", "name"}},
                        {"additionalProperties", false}}},
                      {"quantity", quantity(false)},
                      {"money", quantity(true)}}}};
  return schema.dump(2) + "\n";
}

}  // namespace tierscope
