#pragma once
// Dates as sources give them: a year, a month or a day. A partial date is a period (definitions, section 3).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierscope {

/// `2025`, `2025-03` or `2025-03-31`; month and day 0 = not given; year 0 = no date at all.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  explicit operator bool() const { return year != 0; }
  friend bool operator==(const Date&, const Date&) = default;
};

/// Days since 1970-01-01 of the first and the last day of the period.
std::int32_t first_day(Date date);
std::int32_t last_day(Date date);

/// Nothing for text that is no date, such as 31 February or year 0.
std::optional<Date> parse_date(std::string_view text);

/// The text it was read from.
std::string to_string(Date date);

/// The calendar or fiscal year that a company's revenue period names: `2025`, `FY2025`, `FY25`, the day on which it
/// ended (`2025-09-28`), each also with a note in brackets. Nothing for a part of a year (`H1 2025`, `2025-06`) or
/// anything else: a half-year's revenue is no year's.
std::optional<int> year_of_period(std::string_view period);

}  // namespace tierscope
