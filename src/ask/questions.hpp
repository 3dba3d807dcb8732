#pragma once
// The one list of questions: a line here makes a command, a format's columns, a schema and a tool.

#include <array>

#include "ask/inquiry.hpp"

namespace tierscope::core {

extern const Inquiry dependence_inquiry;
extern const Inquiry exposure_inquiry;
extern const Inquiry concentration_inquiry;

}  // namespace tierscope::core
