#include <fmt/format.h>

#include <functional>
#include <set>

#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

using YearsDown = std::set<int, std::greater<>>;  // newest first

// The years whose last day may be the last one of a state: something begins in the next, or ends in this one or the
// next. None after the newest observation, if any is dated: what is planned to end later says nothing that was known.
YearsDown years_of(const Model& whole) {
  YearsDown years;
  int newest = 0;
  for (std::size_t row = 0; row < whole.relation_count(); ++row) {
    const Relation& r = whole.relation(row);
    for (const Date date : {r.since, r.until, r.as_of})
      if (date) years.insert({date.year - 1, date.year});
    newest = std::max<int>(newest, r.as_of.year);
  }
  if (newest != 0) years.erase(years.begin(), years.lower_bound(newest));
  return years;
}

std::vector<bool> live_rows(const Model& whole, Date date, bool& any) {
  std::vector<bool> rows(whole.relation_count());
  any = false;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    rows[row] = live(whole.relation(row), date);
    any = any || rows[row];
  }
  return rows;
}

}  // namespace

std::vector<PageDate> page_dates(const Model& whole, Date as_of, std::size_t most, std::vector<std::string>& notes) {
  std::vector<PageDate> dates{{as_of ? to_string(as_of) : "latest", as_of}};
  bool any = false;
  std::vector<bool> newer = live_rows(whole, as_of, any);
  std::size_t left_out = 0;
  std::string last;
  for (const int year : years_of(whole)) {
    const Date date{static_cast<std::int16_t>(year), 12, 31};
    if (year < 1 || (as_of && last_day(date) >= last_day(as_of))) continue;
    std::vector<bool> rows = live_rows(whole, date, any);
    if (!any || rows == newer) continue;
    newer = std::move(rows);
    last = std::to_string(year);
    if (dates.size() < most)
      dates.push_back({last, date});
    else
      ++left_out;
  }
  if (left_out != 0)
    notes.push_back(fmt::format("{} older date{} left out, back to {}; --as-of shows {}.", left_out,
                                left_out == 1 ? " is" : "s are", last, left_out == 1 ? "it" : "them"));
  return dates;
}

}  // namespace tierscope::core
