#include "pass/gate.hpp"

namespace tierscope {

void Gate::see(double number, const std::string& sentence) {
  if (limit_ < 0 || !(number > limit_) || (!reason_.empty() && number <= worst_)) return;
  worst_ = number;
  reason_ = sentence;
}

}  // namespace tierscope
