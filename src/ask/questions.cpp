#include "ask/questions.hpp"

namespace tierscope::core {

std::span<const Inquiry* const> inquiries() {
  static constexpr const Inquiry* list[] = {&check_inquiry, &list_inquiry, &show_inquiry, &exposure_inquiry};
  return list;
}

}  // namespace tierscope::core
