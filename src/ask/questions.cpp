// The one list of questions: a line here makes a command, its help, its columns in every format, a schema and a part of
// the page's contract. The question's own file defines what it names: `extern const Inquiry NAME_inquiry = …`.

#include <algorithm>

#include "ask/inquiry.hpp"

namespace tierscope::core {

#define QUESTION(name)                   \
  [] {                                   \
    extern const Inquiry name##_inquiry; \
    return &name##_inquiry;              \
  }()

std::span<const Inquiry* const> inquiries() {
  static const Inquiry* const list[] = {
      QUESTION(check),          //
      QUESTION(list),           //
      QUESTION(show),           //
      QUESTION(dependence),     //
      QUESTION(exposure),       //
      QUESTION(concentration),  //
      QUESTION(cycles),         //
      QUESTION(chokepoints),    //
      QUESTION(paths),          //
      QUESTION(owners),         //
      QUESTION(shock),
  };
  return list;
}

#undef QUESTION

const Inquiry& inquiry_of(std::string_view name) {
  const auto list = inquiries();
  return **std::find_if(list.begin(), list.end(), [&](const Inquiry* inquiry) { return inquiry->name == name; });
}

}  // namespace tierscope::core
