#include <ostream>

#include "show/json_text.hpp"
#include "show/reports.hpp"

namespace tierscope::core {
namespace {

std::string dump(const Value& value) {
  std::string text;
  append_json(text, value);
  return text;
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

}  // namespace tierscope::core
