#pragma once
// How work grows with its size, where no step can be counted.

#include <algorithm>
#include <cstddef>
#include <ctime>

namespace tierscope::core {

/// The CPU time of four times the size over that of one: some 4 where work is linear, 16 where it is quadratic. The
/// least of several tries, as others use the machine too; `work` prepares what it measures and returns seconds.
template <typename Work>
double growth(std::size_t size, Work work) {
  double least = 1e9;
  for (int attempt = 0; attempt < 5 && least > 8; ++attempt) least = std::min(least, work(4 * size) / work(size));
  return least;
}

/// CPU seconds of this thread.
inline double cpu_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename Act>
double seconds_of(Act act) {
  const double begin = cpu_seconds();
  act();
  return cpu_seconds() - begin;
}

}  // namespace tierscope::core
