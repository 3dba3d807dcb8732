#pragma once
// A line on a terminal that tells how far long work is; nothing within the first second, and nothing elsewhere.

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace tierscope::core {

class Progress {
 public:
  /// Writes to `err` where `shown`; else does nothing.
  Progress(std::ostream& err, bool shown);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  /// What is being done now, whose length is not known.
  void stage(std::string_view what);
  /// How much of it is done, in bytes; asked as often as it likes, shown ten times a second.
  void at(std::size_t done, std::size_t all);
  /// Takes the line away, before anything else is written.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void show(std::string_view text);

  std::ostream& err_;
  bool shown_;
  bool visible_ = false;
  std::string_view stage_;
  Clock::time_point begin_;
  Clock::time_point first_;  // of this stage's calls of `at`: what came before tells nothing of the rate
  std::size_t first_done_ = 0;
  Clock::time_point last_;
};

/// `reading   42 % ########------------  61 MB/s, 7 s left`, at most 79 columns.
std::string progress_line(std::string_view stage, std::size_t done, std::size_t all, double bytes_per_second);

}  // namespace tierscope::core
