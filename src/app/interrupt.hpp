#pragma once
// When a second Ctrl-C is another wish than the first.

#include <ctime>

namespace tierscope::core {

/// Is `now` a second later than `first`, or more? May be called in a signal handler.
constexpr bool a_second_later(const timespec& first, const timespec& now) {
  const auto seconds = now.tv_sec - first.tv_sec;
  return seconds > 1 || (seconds == 1 && now.tv_nsec >= first.tv_nsec);
}

}  // namespace tierscope::core
