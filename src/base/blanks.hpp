#pragma once

#include <string_view>

namespace tierscope::core {

/// Without blanks, tabs and line ends on both sides.
inline std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  if (text.empty() || (!blank(text.front()) && !blank(text.back()))) [[likely]]
    return text;
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace tierscope::core
