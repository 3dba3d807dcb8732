#pragma once
// Text as JSON.

#include <string>
#include <string_view>

namespace tierscope::core {

enum class JsonFor : unsigned char {
  file,  // as a file of its own
  html,  // as the text of a <script>: no <, >, &, U+2028 or U+2029 stands as itself
};

/// One text in quotes. Bytes that are no UTF-8 become U+FFFD.
void append_json_text(std::string& out, std::string_view text, JsonFor use = JsonFor::file);

}  // namespace tierscope::core
