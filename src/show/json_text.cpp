#include "show/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace tierscope::core {
namespace {

using Json = nlohmann::json;

void append_shortest(std::string& out, double value) {
  char digits[32];
  if (std::isfinite(value))
    out.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
  else
    out += "null";
}

// Walks the tree straight into text: building the library's own tree first took most of the time of an answer.
struct Append {
  std::string& out;
  JsonFor use;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += std::to_string(value); }
  void operator()(double value) const {
    if (use == JsonFor::file)
      out += Json(value).dump();
    else
      append_shortest(out, value);
  }
  void operator()(const std::string& value) const { append_json_text(out, value, use); }
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
      append_json_text(out, members[i].first, use);
      out += ':';
      std::visit(*this, members[i].second.data());
    }
    out += '}';
  }
};

}  // namespace

void append_json(std::string& out, const Value& value, JsonFor use) { std::visit(Append{out, use}, value.data()); }

}  // namespace tierscope::core
