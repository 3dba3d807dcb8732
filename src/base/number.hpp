#pragma once
// Numbers as all machine formats write them.

#include <string>

namespace tierscope::core {

/// Up to 15 significant digits, no trailing zeros: 0.3, 100000, 0.0001; an exponent from 1e15 on. Finite numbers only.
void append_number(std::string& out, double value);

}  // namespace tierscope::core
