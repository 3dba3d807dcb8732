#include "read/xml.hpp"

#include <algorithm>
#include <charconv>

namespace tierscope::core {

using std::string_view;

namespace {

// XML 1.0, production 2. Of a reference to anything else pugixml would make a NUL or broken UTF-8.
bool xml_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xd800 || (code > 0xdfff && code <= 0x10ffff && code != 0xfffe && code != 0xffff);
}

/// `name` stands between `&` and `;`.
bool known_reference(string_view name) {
  if (name.substr(0, 1) != "#")
    return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  const bool hexadecimal = name.substr(1, 1) == "x";
  name.remove_prefix(hexadecimal ? 2 : 1);
  std::uint32_t code = 0;
  const char* const end = name.data() + name.size();
  const auto [last, failure] = std::from_chars(name.data(), end, code, hexadecimal ? 16 : 10);
  return failure == std::errc() && last == end && xml_character(code);
}

bool check_reference(string_view bytes, std::size_t at, std::uint32_t file, const Lines& lines, Records& records) {
  std::size_t end = at + 1;
  const auto in_name = [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '#';
  };
  while (end < bytes.size() && end - at < 20 && in_name(bytes[end])) ++end;
  const bool closed = bytes.substr(end, 1) == ";";
  if (closed && known_reference(bytes.substr(at + 1, end - at - 1))) return true;
  records.error(file, lines.at(at), {},
                quoted(bytes.substr(at, end - at + (closed ? 1 : 0))) + " stands for no character",
                "write the character itself, or &amp; for &");
  return false;
}

/// Refuses what pugixml lets pass although it hides or changes text: unknown references, and entities (XML bombs).
bool check_references(string_view bytes, std::uint32_t file, const Lines& lines, Records& records) {
  const auto behind = [&](string_view end, std::size_t from) {
    const std::size_t found = bytes.find(end, from);
    return found == string_view::npos ? bytes.size() : found + end.size();
  };
  bool sound = true;
  for (std::size_t at = 0; at < bytes.size();) {
    // find_first_of takes several times as long, and nearly all tags need no look.
    const bool plain_tag = bytes[at] == '<' && at + 1 < bytes.size() && bytes[at + 1] != '!' && bytes[at + 1] != '?';
    if ((bytes[at] != '&' && bytes[at] != '<') || plain_tag) {
      ++at;
      continue;
    }
    const string_view rest = bytes.substr(at, 9);
    if (rest[0] == '&') {
      sound &= check_reference(bytes, at++, file, lines, records);
    } else if (rest.substr(0, 4) == "<!--") {
      at = behind("-->", at + 4);
    } else if (rest == "<![CDATA[") {
      at = behind("]]>", at);
    } else if (rest.substr(0, 2) == "<?") {
      at = behind("?>", at);
    } else if (rest == "<!DOCTYPE") {
      const std::size_t end = bytes.find_first_of("[>", at);
      if (end != string_view::npos && bytes[end] == '[') {
        records.error(file, lines.at(at), "DOCTYPE", "declarations inside of the DOCTYPE are not accepted",
                      "delete the DOCTYPE and write out its entities");
        return false;
      }
      at = behind(">", at);
    } else {
      ++at;
    }
  }
  return sound;
}

}  // namespace

Lines::Lines(string_view bytes) : bytes_(bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes.substr(i + 1, 1) != "\n")) ends_.push_back(i);
}

std::uint32_t Lines::at(std::size_t offset) const {
  return static_cast<std::uint32_t>(std::lower_bound(ends_.begin(), ends_.end(), offset) - ends_.begin()) + 1;
}

bool read_xml(string_view bytes, std::uint32_t file, const Lines& lines, Records& records,
              pugi::xml_document& document) {
  if (!check_references(bytes, file, lines, records)) return false;
  // Parsed in place in a copy that the records own, so that texts are views. As a fragment: junk around the root is
  // seen.
  const string_view copy = records.keep(std::string(bytes));
  const pugi::xml_parse_result result = document.load_buffer_inplace(
      const_cast<char*>(copy.data()), copy.size(), pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
  if (!result) {
    std::string reason = result.description();
    reason.front() = static_cast<char>(reason.front() | 0x20);
    records.error(file, lines.at(static_cast<std::size_t>(result.offset)), {}, "the XML is broken: " + reason,
                  "each <element> needs an </element>, each attribute quotes");
  }
  return static_cast<bool>(result);
}

std::string quoted(string_view text) { return '"' + std::string(text) + '"'; }

}  // namespace tierscope::core
