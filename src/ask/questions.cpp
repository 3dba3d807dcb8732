#include "ask/questions.hpp"

namespace tierscope::core {
namespace {

// The question's own file defines it: `extern const Inquiry NAME_inquiry = inquiry<…>(…)`.
#define QUESTION(name)                  \
  [] {                                  \
    extern const Inquiry name##_inquiry; \
    return &name##_inquiry;             \
  }()

}  // namespace

std::span<const Inquiry* const> inquiries() {
  static const Inquiry* const list[] = {
      QUESTION(dependence),
      QUESTION(exposure),
      QUESTION(cycles),
  };
  return list;
}

}  // namespace tierscope::core
