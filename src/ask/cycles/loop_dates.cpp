#include "ask/cycles/loop_dates.hpp"

#include <algorithm>
#include <vector>

namespace tierscope::core {

std::optional<std::int32_t> leg_day(const Relation& relation) {
  if (relation.since) return first_day(relation.since);
  if (relation.as_of) return last_day(relation.as_of);
  return {};
}

bool within_window(std::span<const Hop* const> hops, Duration window) {
  std::vector<std::pair<std::int32_t, std::size_t>> dated;  // day, hop
  for (std::size_t i = 0; i < hops.size(); ++i)
    for (const Relation* r : hops[i]->legs)
      if (const auto day = leg_day(*r)) dated.emplace_back(*day, i);
  std::sort(dated.begin(), dated.end());
  std::vector<std::size_t> inside(hops.size(), 0);
  std::size_t missing = hops.size();
  for (std::size_t first = 0, next = 0; first < dated.size(); ++first) {
    for (; next < dated.size() && dated[next].first <= later(dated[first].first, window); ++next)
      if (inside[dated[next].second]++ == 0) --missing;
    if (missing == 0) return true;
    if (--inside[dated[first].second] == 0) ++missing;
  }
  return false;
}

bool time_ordered(std::span<const Hop* const> hops, std::optional<Duration> window) {
  for (std::size_t start = 0; start < hops.size(); ++start) {
    for (const Relation* first : hops[start]->legs) {
      const auto begun = leg_day(*first);
      if (!financing(first->kind) || !begun) continue;
      std::int64_t day = *begun;
      bool all = true;
      for (std::size_t step = 1; step < hops.size() && all; ++step) {
        // The earliest leg that is not too early leaves most room for the rest.
        std::optional<std::int32_t> next;
        for (const Relation* r : hops[(start + step) % hops.size()]->legs)
          if (const auto at = leg_day(*r); at && *at >= day && (!next || *at < *next)) next = at;
        all = next.has_value();
        if (all) day = *next;
      }
      if (all && (!window || day <= later(*begun, *window))) return true;
    }
  }
  return false;
}

}  // namespace tierscope::core
