#pragma once
// What importers of JSON share.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

using Json = nlohmann::json;

/// The value, where the text is JSON that is nested at most 64 deep; else discarded. What is deeper is never parsed:
/// taking it down again would take as deep a stack.
Json parse_json(std::string_view text, bool& too_deep);

/// A member's text; empty = there is none.
std::string text_of(const Json& object, const char* key);
/// The texts of a member that is a text or a list of them.
std::vector<std::string> texts_of(const Json& object, const char* key);
/// A member, or null.
const Json& member_of(const Json& object, const char* key);

}  // namespace tierscope::core
