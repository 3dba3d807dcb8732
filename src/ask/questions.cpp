#include "ask/questions.hpp"

namespace tierscope::core {

std::span<const Inquiry* const> inquiries() {
  static constexpr const Inquiry* list[] = {&dependence_inquiry, &exposure_inquiry, &concentration_inquiry};
  return list;
}

}  // namespace tierscope::core
