#pragma once
// A Value as JSON text.

#include <string>

#include "ask/report.hpp"
#include "show/json_string.hpp"

namespace tierscope::core {

/// Members keep their order. Bytes that are no UTF-8 become U+FFFD; numbers round-trip.
void append_json(std::string& out, const Value& value, JsonFor use = JsonFor::file);

}  // namespace tierscope::core
