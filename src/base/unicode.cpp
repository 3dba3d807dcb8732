#include "base/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace tierscope::core {
namespace {

struct Character {
  std::int32_t code = -1;
  std::size_t bytes = 1;
};

Character next(std::string_view text, std::size_t at) {
  utf8proc_int32_t code = -1;
  const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
  const utf8proc_ssize_t read = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (read <= 0) return {};
  return {code, static_cast<std::size_t>(read)};
}

// U+FFFE and U+FFFF are no characters, and XML forbids them.
bool control(std::int32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffe || code == 0xffff;
}

// Embeddings, overrides and isolates reorder what stands around them; line and paragraph separators break lines.
bool reorders(std::int32_t code) {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x2028 || code == 0x2029;
}

// Nothing on paper: `nvidia` with one of them looks like nvidia. Joiners are letters' own, but for Latin ones.
bool hides(std::int32_t code, std::int32_t before) {
  if (code == 0x200c || code == 0x200d) return before < 0x250;
  return code == 0xad || code == 0x180e || code == 0x200b || code == 0xfeff || (code >= 0x2060 && code <= 0x2064) ||
         (code >= 0xe0000 && code <= 0xe007f);
}

std::size_t columns_of(std::int32_t code) {
  const int columns = utf8proc_charwidth(code);
  return columns > 0 ? static_cast<std::size_t>(columns) : 0;
}

std::vector<std::int32_t> codes_of(std::string_view text) {
  std::vector<std::int32_t> codes;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = next(text, at);
    codes.push_back(character.code);
    at += character.bytes;
  }
  return codes;
}

}  // namespace

std::size_t invalid_utf8(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      for (std::uint64_t bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes) {
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        if ((bytes & high_bits) != 0) break;
      }
      continue;
    }
    const Character character = next(text, at);
    if (character.code < 0) return at;
    at += character.bytes;
  }
  return std::string_view::npos;
}

std::string fold(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    std::string lower(text);  // most names, in a tenth of the time
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
  }
  utf8proc_uint8_t* folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return result;
}

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = next(text, at);
    columns += columns_of(character.code);
    at += character.bytes;
  }
  return columns;
}

std::string visible(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string result;
  result.reserve(text.size());
  std::int32_t before = ' ';
  for (std::size_t at = 0; at < text.size();) {
    const Character character = next(text, at);
    if (character.code == '\n' || character.code == '\t' || character.code == '\r') {
      result += ' ';
    } else if (character.code < 0) {
      const auto byte = static_cast<unsigned char>(text[at]);
      result += "\\x";
      result += digits[byte >> 4];
      result += digits[byte & 15];
    } else if (control(character.code) || reorders(character.code) || hides(character.code, before)) {
      result += "\\u{";
      for (int shift = character.code > 0xffff ? 16 : character.code > 0xff ? 12 : 4; shift >= 0; shift -= 4)
        result += digits[(character.code >> shift) & 15];
      result += '}';
    } else {
      result += text.substr(at, character.bytes);
    }
    before = character.code;
    at += character.bytes;
  }
  return result;
}

std::string without_controls(std::string_view text, std::size_t& removed) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character character = next(text, at);
    if (character.code == '\r') {
      result += '\n';
      if (at + 1 < text.size() && text[at + 1] == '\n') ++at;
    } else if (character.code != '\n' && character.code != '\t' && control(character.code)) {
      ++removed;
    } else {
      result += text.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  return result;
}

bool replace_noncharacters(std::string& text) {
  constexpr std::string_view begin = "\xEF\xBF";
  bool any = false;
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + begin.size())) {
    if (at + 2 == text.size() || (text[at + 2] != '\xBE' && text[at + 2] != '\xBF')) continue;
    text[at + 2] = '\xBD';
    any = true;
  }
  return any;
}

std::string_view prefix_of_width(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const Character character = next(text, at);
    used += columns_of(character.code);
    if (used > columns && at > 0) break;
    at += character.bytes;
  }
  return text.substr(0, at);
}

std::string cut(std::string_view text, std::size_t columns) {
  if (prefix_of_width(text, columns).size() == text.size()) return std::string(text);
  std::string_view head = prefix_of_width(text, columns > 1 ? columns - 1 : 1);
  const std::size_t blank = text[head.size()] == ' ' ? head.size() : head.rfind(' ');
  if (blank != std::string_view::npos && 3 * width(head.substr(0, blank)) >= 2 * columns) head = head.substr(0, blank);
  while (head.size() > 1 && std::string_view(" ,;:.").find(head.back()) != std::string_view::npos)
    head.remove_suffix(1);
  return std::string(head) + "…";
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::vector<std::int32_t> s = codes_of(a);
  const std::vector<std::int32_t> t = codes_of(b);
  const std::size_t longer = std::max(s.size(), t.size());
  if (longer - std::min(s.size(), t.size()) > limit) return limit + 1;
  std::vector<std::size_t> before(t.size() + 1);
  std::vector<std::size_t> above(t.size() + 1);
  std::vector<std::size_t> row(t.size() + 1);
  for (std::size_t j = 0; j <= t.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= s.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= t.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (s[i - 1] == t[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && s[i - 1] == t[j - 2] && s[i - 2] == t[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    before.swap(above);
    above.swap(row);
  }
  return std::min(above[t.size()], limit + 1);
}

}  // namespace tierscope::core
