#include <nlohmann/json.hpp>
#include <ostream>

#include "write/reports.hpp"

namespace tierscope {
namespace {

using Json = nlohmann::ordered_json;

struct ToJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool value) const { return value; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(double value) const { return value; }
  Json operator()(const std::string& value) const { return value; }
  Json operator()(const Value::List& list) const {
    Json json = Json::array();
    for (const Value& value : list) json.push_back(std::visit(ToJson{}, value.data()));
    return json;
  }
  Json operator()(const Value::Members& members) const {
    Json json = Json::object();
    for (const auto& [name, value] : members) json[name] = std::visit(ToJson{}, value.data());
    return json;
  }
};

std::string dump(const Value& value) {
  // Names of files may be any bytes: what is not UTF-8 is shown as U+FFFD.
  return std::visit(ToJson{}, value.data()).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void write_json(const Model& model, const Report& report, const WriteOptions& options, std::ostream& out) {
  Value::List graphs;
  for (const std::string& graph : model.rest().graphs) graphs.emplace_back(graph);
  out << "{\n";
  const auto member = [&](std::string_view name, const Value& value) {
    out << "  " << dump(Value(name)) << ": " << dump(value) << ",\n";
  };
  member("command", report.command);
  member("graphs", graphs);
  member("as_of", date_value(model.rest().as_of));
  member("status", to_string(model.rest().statuses));
  for (const auto& [name, value] : report.beside) member(name, value);
  member("notes", strings_value(report.notes));
  member("sources", strings_value(report.sources));
  out << "  \"results\": [";
  const std::size_t count = shown_results(report, options, 0);
  for (std::size_t i = 0; i < count; ++i) out << (i == 0 ? "\n    " : ",\n    ") << dump(report.results.value(i));
  out << (count == 0 ? "]\n}\n" : "\n  ]\n}\n");
}

}  // namespace tierscope
