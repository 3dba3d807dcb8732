#pragma once
// Spans of time as people write them, on the calendar.

#include <cstdint>
#include <optional>
#include <string_view>

namespace tierscope::core {

struct Duration {
  int months = 0;  // a year has twelve
  int days = 0;
};

/// `90d`, `6w`, `24m`, `2y`; nothing for other text and beyond 9,999 years.
std::optional<Duration> parse_duration(std::string_view text);

/// The day (days since 1970-01-01) that lies so much later; 31 January and a month is the last day of February.
std::int32_t later(std::int32_t day, Duration duration);

inline constexpr const char* duration_remedy = "write 90d, 6w, 24m or 2y";

}  // namespace tierscope::core
