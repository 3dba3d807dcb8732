// The one list of questions: a line here makes a command, its help, its columns in every format, a schema and a part of
// the page's contract. The question's own file defines what it names: `extern const Inquiry NAME_inquiry = …`.

#include <algorithm>

#include "ask/inquiry.hpp"

namespace tierscope {
namespace core {

#define QUESTION(name)                   \
  [] {                                   \
    extern const Inquiry name##_inquiry; \
    return &name##_inquiry;              \
  }()

static std::span<const Inquiry* const> list_of_questions() {
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

const Inquiry& inquiry_of(std::string_view name) { return *find_inquiry(name); }

}  // namespace core

std::span<const Inquiry* const> inquiries() { return core::list_of_questions(); }

const Inquiry* find_inquiry(std::string_view name) {
  const auto list = inquiries();
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Inquiry* inquiry) { return inquiry->name == name; });
  return found == list.end() ? nullptr : *found;
}

}  // namespace tierscope
