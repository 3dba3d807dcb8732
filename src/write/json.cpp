#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "write/reports.hpp"

namespace tierscope {
namespace {

using Json = nlohmann::json;

// One text or number as the library writes it. Names of files may be any bytes: what is not UTF-8 is shown as U+FFFD.
template <typename Scalar>
std::string scalar(const Scalar& value) {
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Plain ASCII needs no escaping; the library's own start-up for a text costs more than the text.
void append_text(std::string& out, const std::string& text) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  if (plain)
    ((out += '"') += text) += '"';
  else
    out += scalar(text);
}

// Walks the tree straight into text: building the library's own tree first took most of the time of an answer.
struct Append {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(double value) const { out += scalar(value); }
  void operator()(const std::string& value) const { append_text(out, value); }
  void operator()(const Value::List& list) const {
    out += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i != 0) out += ',';
      std::visit(*this, list[i].data());
    }
    out += ']';
  }
  void operator()(const Value::Each& each) const {
    out += '[';
    for (std::size_t i = 0; i < each.count; ++i) {
      if (i != 0) out += ',';
      std::visit(*this, each.item(i).data());
    }
    out += ']';
  }
  void operator()(const Value::Members& members) const {
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i != 0) out += ',';
      append_text(out, members[i].first);
      out += ':';
      std::visit(*this, members[i].second.data());
    }
    out += '}';
  }
};

std::string dump(const Value& value) {
  std::string text;
  std::visit(Append{text}, value.data());
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

}  // namespace tierscope
