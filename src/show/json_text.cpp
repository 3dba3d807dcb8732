#include "show/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace tierscope::core {
namespace {

using Json = nlohmann::json;

// One text or number as the library writes it. Names of files may be any bytes: what is not UTF-8 is shown as U+FFFD.
template <typename Scalar>
std::string scalar(const Scalar& value) {
  return Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// What could end the script or begin markup is written as its code; JavaScript once took U+2028 for a line's end.
void append_escaped(std::string& out, std::string_view json) {
  constexpr std::pair<std::string_view, std::string_view> codes[] = {
      {"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}};
  while (!json.empty()) {
    const auto* const code = std::find_if(std::begin(codes), std::end(codes),
                                          [&](const auto& candidate) { return json.starts_with(candidate.first); });
    const bool found = code != std::end(codes);
    out += found ? code->second : json.substr(0, 1);
    json.remove_prefix(found ? code->first.size() : 1);
  }
}

// Plain ASCII needs no escaping; the library's own start-up for a text costs more than the text.
void append_text(std::string& out, const std::string& text, JsonFor use) {
  const bool plain = std::all_of(text.begin(), text.end(), [use](char c) {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' &&
           (use == JsonFor::file || (c != '<' && c != '>' && c != '&'));
  });
  if (plain)
    ((out += '"') += text) += '"';
  else if (use == JsonFor::file)
    out += scalar(text);
  else
    append_escaped(out, scalar(text));
}

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
      out += scalar(value);
    else
      append_shortest(out, value);
  }
  void operator()(const std::string& value) const { append_text(out, value, use); }
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
      append_text(out, members[i].first, use);
      out += ':';
      std::visit(*this, members[i].second.data());
    }
    out += '}';
  }
};

}  // namespace

void append_json(std::string& out, const Value& value, JsonFor use) { std::visit(Append{out, use}, value.data()); }

}  // namespace tierscope::core
