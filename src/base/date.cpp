#include <tierscope/date.hpp>

#include <chrono>
#include <cstdio>

namespace tierscope {
namespace {

using std::chrono::year_month_day;

bool digits(std::string_view text) {
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return !text.empty();
}

// Of digits.
int number(std::string_view text) {
  int value = 0;
  for (const char c : text) value = 10 * value + (c - '0');
  return value;
}

std::int32_t days(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  return static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count());
}

}  // namespace

std::int32_t first_day(Date date) {
  return days(date.year, date.month == 0 ? 1U : date.month, date.day == 0 ? 1U : date.day);
}

std::int32_t last_day(Date date) {
  if (date.day != 0) return first_day(date);
  if (date.month == 0) return days(date.year, 12, 31);
  const bool december = date.month == 12;
  return days(december ? date.year + 1 : date.year, december ? 1U : date.month + 1U, 1) - 1;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return {};
  if (!digits(text.substr(0, 4))) return {};
  Date date;
  date.year = static_cast<std::int16_t>(number(text.substr(0, 4)));
  if (date.year == 0) return {};
  if (text.size() >= 7) {
    if (text[4] != '-' || !digits(text.substr(5, 2))) return {};
    const int month = number(text.substr(5, 2));
    if (month < 1 || month > 12) return {};
    date.month = static_cast<std::uint8_t>(month);
  }
  if (text.size() == 10) {
    if (text[7] != '-' || !digits(text.substr(8, 2))) return {};
    date.day = static_cast<std::uint8_t>(number(text.substr(8, 2)));
    const year_month_day whole{std::chrono::year{date.year}, std::chrono::month{date.month},
                               std::chrono::day{date.day}};
    if (!whole.ok()) return {};
  }
  return date;
}

std::string to_string(Date date) {
  if (!date) return {};
  char text[16];
  if (date.month == 0)
    std::snprintf(text, sizeof text, "%04d", date.year);
  else if (date.day == 0)
    std::snprintf(text, sizeof text, "%04d-%02u", date.year, unsigned{date.month});
  else
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", date.year, unsigned{date.month}, unsigned{date.day});
  return text;
}

std::optional<int> year_of_period(std::string_view period) {
  const auto trim = [&] {
    while (period.starts_with(' ')) period.remove_prefix(1);
    while (period.ends_with(' ')) period.remove_suffix(1);
  };
  trim();
  if (period.ends_with(')')) period = period.substr(0, period.rfind('('));  // a note
  trim();
  const bool fiscal = period.starts_with("FY");
  if (fiscal) period.remove_prefix(2);
  trim();
  if (fiscal && period.size() == 2 && digits(period)) return 2000 + number(period);
  if (period.size() == 4 && digits(period)) return number(period);
  const std::optional<Date> day = fiscal ? std::nullopt : parse_date(period);
  if (day && day->day != 0) return day->year;
  return {};
}

}  // namespace tierscope
