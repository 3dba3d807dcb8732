// Dates as people write them.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include <tierscope/date.hpp>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/dress.hpp"

namespace tierscope::core {
namespace {

using std::string_view;

/// Numbers and words of a date, in order: `31. Dec 2024` is 31, dec, 2024.
struct Parts {
  std::vector<std::string> parts;
  std::string marks;  // the first byte of what parts them
};

bool number(string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Parts parts_of(string_view text) {
  Parts result;
  std::string part;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto mark = [](char c) { return c == '-' || c == '/' || c == '.' || c == ' ' || c == ','; };
  const auto end = [&] {
    if (!part.empty()) result.parts.push_back(std::exchange(part, {}));
  };
  for (const char c : text) {
    if (mark(c)) {
      if (!part.empty()) result.marks += c;
      end();
    } else {
      if (!part.empty() && digit(part.back()) != digit(c)) end();
      part += c;
    }
  }
  end();
  return result;
}

int month_of(string_view word) {
  constexpr string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  constexpr std::pair<string_view, int> others[] = {{"mär", 3}, {"mrz", 3}, {"mai", 5}, {"okt", 10}, {"dez", 12}};
  if (word.size() < 3) return 0;
  for (int i = 0; i < 12; ++i)
    if (word.starts_with(months[i])) return i + 1;
  for (const auto& [known, month] : others)
    if (word.starts_with(known)) return month;
  return 0;
}

std::string day(int year, int month, int day_of_month) {
  return fmt::format("{:04}-{:02}-{:02}", year, month, day_of_month);
}

/// 0 where the text is no number, or too long for one.
int value(string_view digits) {
  int result = 0;
  if (number(digits) && digits.size() <= 4) std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return result;
}

bool is_year(string_view text) { return number(text) && text.size() == 4; }

/// `2024Q3`, `Q3 2024`, `H1 2024`, `FY2024`
std::string period(const std::vector<std::string>& parts, bool begins) {
  std::string word;
  std::vector<std::string> numbers;
  for (const std::string& part : parts) {
    if (number(part))
      numbers.push_back(part);
    else if (word.empty())
      word = part;
    else
      return {};
  }
  if (word == "fy" || word == "cy" || word == "年" || word == "年度" || word == "year") {
    if (numbers.size() != 1) return {};
    if (is_year(numbers[0])) return numbers[0];
    return number(numbers[0]) && numbers[0].size() == 2 && word == "fy" ? "20" + numbers[0] : "";
  }
  if (numbers.size() != 2 || (word != "q" && word != "h")) return {};
  const bool first = is_year(numbers[0]);
  const string_view year = numbers[first ? 0 : 1];
  const string_view part = numbers[first ? 1 : 0];
  const int months = word == "q" ? 3 : 6;
  if (!is_year(year) || part.size() != 1 || value(part) < 1 || value(part) > 12 / months) return {};
  return fmt::format("{}-{:02}", year, begins ? (value(part) - 1) * months + 1 : value(part) * months);
}

Undressed checked(std::string text) {
  if (!text.empty() && parse_date(text)) return {std::move(text), {}, {}};
  return {};
}

std::string in_format(const std::string& text, const std::string& format) {
  std::tm time{};
  const char* const end = strptime(text.c_str(), format.c_str(), &time);
  if (end == nullptr || *end != '\0') return {};
  const bool days = format.find_first_of("deDFxcjs") != std::string::npos;
  const bool months = days || format.find_first_of("mbBh") != std::string::npos;
  if (!months) return fmt::format("{:04}", time.tm_year + 1900);
  if (!days) return fmt::format("{:04}-{:02}", time.tm_year + 1900, time.tm_mon + 1);
  return day(time.tm_year + 1900, time.tm_mon + 1, time.tm_mday);
}

}  // namespace

Undressed undressed_date(string_view cell, const ColumnDress& dress, bool begins) {
  if (cell.size() > 64) return {};
  if (!dress.date.empty())
    if (Undressed told = checked(in_format(std::string(cell), dress.date)); !told.plain.empty()) return told;
  std::string folded = fold(cell);
  string_view text = trimmed(folded);
  // A time of day behind a date says nothing here.
  const std::size_t time = text.find(':');
  if (time != string_view::npos) {
    const std::size_t blank = text.find_first_of(" t", std::min<std::size_t>(8, text.size()));
    if (blank > time) return {};
    text = trimmed(text.substr(0, blank));
  }
  if (text.size() > 2 && text.ends_with(".0")) text.remove_suffix(2);  // a number with a fraction that is none
  if (number(text) && text.size() == 8)
    return checked(fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)));
  if (number(text)) return checked(text.size() == 4 ? std::string(text) : "");
  const auto [parts, marks] = parts_of(text);
  if (std::string found = period(parts, begins); !found.empty()) return checked(std::move(found));
  if (parts.size() == 6 && parts[1] == "年" && parts[3] == "月" && parts[5] == "日")
    return checked(day(value(parts[0]), value(parts[2]), value(parts[4])));
  if (parts.size() == 4 && parts[1] == "年" && parts[3] == "月")
    return checked(fmt::format("{}-{:02}", parts[0], value(parts[2])));
  if (parts.size() == 2) {
    const bool first = is_year(parts[0]);
    const std::string& other = parts[first ? 1 : 0];
    if (!is_year(parts[first ? 0 : 1])) return {};
    const int month = number(other) ? value(other) : month_of(other);
    return checked(fmt::format("{}-{:02}", parts[first ? 0 : 1], month));
  }
  if (parts.size() != 3) return {};
  for (std::size_t i = 0; i < 3; ++i) {
    const int month = number(parts[i]) ? 0 : month_of(parts[i]);
    if (month == 0) continue;
    const std::string& a = parts[i == 0 ? 1 : 0];
    const std::string& b = parts[i == 2 ? 1 : 2];
    if (!number(a) || !number(b) || is_year(a) == is_year(b)) return {};
    return checked(day(value(is_year(a) ? a : b), month, value(is_year(a) ? b : a)));
  }
  if (!std::all_of(parts.begin(), parts.end(), number)) return {};
  if (is_year(parts[0])) return checked(day(value(parts[0]), value(parts[1]), value(parts[2])));
  if (!is_year(parts[2])) return {};
  const int first = value(parts[0]);
  const int second = value(parts[1]);
  if (marks.starts_with(".") || first > 12 || first == second) return checked(day(value(parts[2]), second, first));
  if (second > 12) return checked(day(value(parts[2]), first, second));
  return {{},
          fmt::format("{} is {} or {}", quote(cell), day(value(parts[2]), second, first),
                      day(value(parts[2]), first, second)),
          "say which: --date %d/%m/%Y or --date %m/%d/%Y, with the marks of the file"};
}

}  // namespace tierscope::core
