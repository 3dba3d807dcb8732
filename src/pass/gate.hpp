#pragma once
// --fail-above: lets a data repository use the tool in its own checks.

#include <string>

namespace tierscope {

/// Closed as soon as a seen number is above the limit.
class Gate {
 public:
  /// `limit` is a share such as `50%`, empty = no gate; throws Question for anything else.
  explicit Gate(const std::string& limit);
  explicit Gate(double limit) : on_(true), limit_(limit) {}
  void see(double number, const std::string& sentence);
  /// What closed it (the largest number seen), empty while open.
  const std::string& reason() const { return reason_; }

 private:
  bool on_ = false;
  double limit_ = 0;
  double worst_ = 0;
  std::string reason_;
};

}  // namespace tierscope
