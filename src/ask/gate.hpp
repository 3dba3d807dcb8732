#pragma once
// --fail-above: lets a data repository use the tool in its own checks.

#include <string>

namespace tierscope::core {

/// Closed as soon as a seen number is above the limit; a negative limit is no gate.
class Gate {
 public:
  explicit Gate(double limit) : limit_(limit) {}
  /// `sentence()` says what was seen; asked only where the number is the largest above the limit so far.
  template <typename Sentence>
  void see(double number, const Sentence& sentence) {
    if (limit_ < 0 || !(number > limit_) || (!reason_.empty() && number <= worst_)) return;
    worst_ = number;
    reason_ = sentence();
  }
  /// What closed it (the largest number seen), empty while open.
  const std::string& reason() const { return reason_; }

 private:
  double limit_;
  double worst_ = 0;
  std::string reason_;
};

}  // namespace tierscope::core
