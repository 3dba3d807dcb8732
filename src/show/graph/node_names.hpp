#pragma once
// Sources and rates are nodes too, of DOT and of GraphML, with names that no company may take.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace tierscope::core {

/// The name of a company's node: its id, behind `company:` where that reads as another's name, or where `taken`.
inline std::string company_node(std::string_view id, bool taken = false) {
  constexpr std::array<std::string_view, 3> prefixes{"source:", "rate:", "company:"};
  taken |= std::any_of(prefixes.begin(), prefixes.end(), [&](auto prefix) { return id.starts_with(prefix); });
  return (taken ? "company:" : "") + std::string(id);
}

}  // namespace tierscope::core
