#include "base/duration.hpp"

#include <charconv>
#include <chrono>

namespace tierscope::core {

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 2 || text.front() < '0' || text.front() > '9') return {};
  int count = 0;
  const char* const last = text.data() + text.size() - 1;
  const auto [end, error] = std::from_chars(text.data(), last, count);
  if (error != std::errc() || end != last) return {};
  constexpr int most_years = 9999;
  switch (text.back()) {
    case 'd': return count <= most_years * 365 ? std::optional(Duration{0, count}) : std::nullopt;
    case 'w': return count <= most_years * 52 ? std::optional(Duration{0, count * 7}) : std::nullopt;
    case 'm': return count <= most_years * 12 ? std::optional(Duration{count, 0}) : std::nullopt;
    case 'y': return count <= most_years ? std::optional(Duration{count * 12, 0}) : std::nullopt;
    default: return {};
  }
}

std::int32_t later(std::int32_t day, Duration duration) {
  namespace calendar = std::chrono;
  const calendar::year_month_day date{calendar::sys_days{calendar::days{day}}};
  calendar::year_month_day moved = date + calendar::months{duration.months};
  if (!moved.ok()) moved = moved.year() / moved.month() / calendar::last;
  return static_cast<std::int32_t>(calendar::sys_days{moved}.time_since_epoch().count()) + duration.days;
}

}  // namespace tierscope::core
