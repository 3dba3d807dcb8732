#include "show/json_string.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tierscope::core {
namespace {

// Text as the library writes it. Names of files may be any bytes: what is not UTF-8 is shown as U+FFFD.
std::string scalar(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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

}  // namespace

// Plain ASCII needs no escaping; the library's own start-up for a text costs more than the text.
void append_json_text(std::string& out, std::string_view text, JsonFor use) {
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

}  // namespace tierscope::core
