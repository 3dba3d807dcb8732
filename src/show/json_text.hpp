#pragma once
// A Value as JSON text.

#include <string>

#include "ask/report.hpp"

namespace tierscope::core {

enum class JsonFor : unsigned char {
  file,  // as a file of its own
  html,  // as the text of a <script>: no <, >, &, U+2028 or U+2029 stands as itself; numbers as short as they can be
};

/// Members keep their order. Bytes that are no UTF-8 become U+FFFD; numbers round-trip.
void append_json(std::string& out, const Value& value, JsonFor use = JsonFor::file);

}  // namespace tierscope::core
