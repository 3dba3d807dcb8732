#include "import/json_text.hpp"

namespace tierscope::core {
namespace {

constexpr int deepest_json = 64;

bool shallow(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\')
      ++i;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '{' || c == '['))
      ++depth;
    else if (!quoted && (c == '}' || c == ']'))
      --depth;
    if (depth > deepest_json) return false;
  }
  return true;
}

}  // namespace

Json parse_json(std::string_view text, bool& too_deep) {
  too_deep = !shallow(text);
  Json discarded(Json::value_t::discarded);  // in braces it would be a list
  if (too_deep) return discarded;
  return Json::parse(text.begin(), text.end(), nullptr, false);
}

int JsonObjects::get() {
  const int c = bytes_.sbumpc();
  if (c != std::streambuf::traits_type::eof()) ++read_;
  return c;
}

bool JsonObjects::next(std::string_view& text) {
  constexpr int end = std::streambuf::traits_type::eof();
  constexpr std::string_view between = " \t\r\n,[]";
  text_.clear();
  int c = get();
  while (c != end && (between.find(static_cast<char>(c)) != std::string_view::npos || (read_ <= 3 && c >= 0xbb)))
    c = get();
  if (c == end) return false;
  ++number_;
  if (c != '{') {  // no object: up to the next
    for (; c != end && text_.size() < longest; c = get()) {
      text_ += static_cast<char>(c);
      const int ahead = bytes_.sgetc();
      if (ahead == '{' || ahead == '\n') break;
    }
    text = text_;
    return true;
  }
  int depth = 0;
  bool quoted = false;
  for (; c != end; c = get()) {
    if (text_.size() < longest) text_ += static_cast<char>(c);
    if (quoted && c == '\\') {
      c = get();
      if (c == end) break;
      if (text_.size() < longest) text_ += static_cast<char>(c);
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == '{' || c == '[')) {
      ++depth;
    } else if (!quoted && (c == '}' || c == ']') && --depth == 0) {
      break;
    }
  }
  text = text_;
  return true;
}

const Json& member_of(const Json& object, const char* key) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

std::string text_of(const Json& object, const char* key) {
  const Json& member = member_of(object, key);
  return member.is_string() ? member.get<std::string>() : std::string();
}

std::vector<std::string> texts_of(const Json& object, const char* key) {
  std::vector<std::string> texts;
  const Json& member = member_of(object, key);
  if (member.is_string()) texts.push_back(member.get<std::string>());
  if (member.is_array())
    for (const Json& value : member)
      if (value.is_string() && !value.get_ref<const std::string&>().empty()) texts.push_back(value.get<std::string>());
  return texts;
}

}  // namespace tierscope::core
