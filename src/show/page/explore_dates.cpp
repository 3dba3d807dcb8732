#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "model/chosen.hpp"
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

bool any_holds(const std::vector<Holds>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const Holds& holds) { return bool(holds); });
}

}  // namespace

std::vector<PageDate> page_dates(const Model& whole, Date as_of, std::size_t most, std::vector<std::string>& notes) {
  std::vector<PageDate> dates{{as_of ? to_string(as_of) : "latest", as_of ? as_of : default_date(whole)}};
  as_of = dates.front().date;
  std::vector<Holds> newer = holding(whole, as_of);
  std::size_t left_out = 0;
  std::string last;
  for (const int year : years_of(whole)) {
    const Date date{static_cast<std::int16_t>(year), 12, 31};
    if (year < 1 || (as_of && last_day(date) >= last_day(as_of))) continue;
    std::vector<Holds> rows = holding(whole, date);
    if (!any_holds(rows) || rows == newer) continue;
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
