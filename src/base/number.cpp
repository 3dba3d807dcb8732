#include "base/number.hpp"

#include <charconv>

namespace tierscope::core {

void append_number(std::string& out, double value) {
  char digits[32];
  const double whole = value == 0 ? 0.0 : value;  // no -0
  out.append(digits, std::to_chars(digits, digits + sizeof digits, whole, std::chars_format::general, 15).ptr);
}

}  // namespace tierscope::core
