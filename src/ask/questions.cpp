#include "ask/questions.hpp"

namespace tierscope::core {

std::span<const Inquiry* const> inquiries() {
  static constexpr const Inquiry* list[] = {&exposure_inquiry, &cycles_inquiry};
  return list;
}

}  // namespace tierscope::core
