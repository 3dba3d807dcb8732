#include "app/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace tierscope::core {
namespace {

constexpr std::chrono::seconds patience{1};
constexpr std::chrono::milliseconds pace{100};
constexpr std::size_t bar_width = 30;

}  // namespace

std::string progress_line(std::string_view stage, std::size_t done, std::size_t all, double bytes_per_second) {
  const double share = all == 0 ? 1 : std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
  const auto full = static_cast<std::size_t>(share * bar_width);
  std::string line = fmt::format("{:<9} {:3.0f} % {}{}", stage, share * 100, std::string(full, '#'),
                                 std::string(bar_width - full, '-'));
  if (bytes_per_second > 0)
    line += fmt::format("  {:.0f} MB/s, {:.0f} s left", bytes_per_second / 1e6,
                        (1 - share) * static_cast<double>(all) / bytes_per_second);
  return line;
}

Progress::Progress(std::ostream& err, bool shown) : err_(err), shown_(shown), begin_(Clock::now()), last_(begin_) {}

void Progress::stage(std::string_view what) {
  stage_ = what;
  first_ = {};
  if (shown_ && Clock::now() - begin_ >= patience) show(fmt::format("{} …", what));
}

void Progress::at(std::size_t done, std::size_t all) {
  if (!shown_) return;
  const auto now = Clock::now();
  if (first_ == Clock::time_point()) {
    first_ = now;
    first_done_ = done;
  }
  if (now - begin_ < patience || now - last_ < pace) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - first_).count();
  show(progress_line(stage_, done, all, seconds > 0 ? static_cast<double>(done - first_done_) / seconds : 0));
}

void Progress::clear() {
  if (visible_) err_ << "\r\033[K" << std::flush;
  visible_ = false;
}

void Progress::show(std::string_view text) {
  err_ << "\r\033[K" << text << std::flush;
  visible_ = true;
}

}  // namespace tierscope::core
