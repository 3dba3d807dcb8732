// Rows that may be one, and totals beside their parts.

#include <fmt/format.h>

#include <bit>

#include "ask/check/rows.hpp"
#include "model/chosen.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr std::int32_t most_days_apart = 31;  // of two reports of one amount

Date day_of(const Relation& r) { return r.since ? r.since : r.as_of; }

/// Within a month of each other, as far as anybody said when.
bool near_in_time(const Relation& a, const Relation& b) {
  const Date x = day_of(a);
  const Date y = day_of(b);
  if (!x || !y) return true;
  return std::max(first_day(x), first_day(y)) - std::min(last_day(x), last_day(y)) <= most_days_apart;
}

bool told_apart(const Relation& a, const Relation& b) { return a.deal && b.deal && !(a.deal == b.deal); }

bool same_words(const Inspected& data, const Relation& a, const Relation& b) {
  const auto same = [&](const Quantity& x, const Quantity& y) {
    return data.text(x.reported) == data.text(y.reported);
  };
  return a.category == b.category && a.item == b.item && a.as_of == b.as_of && same(a.value, b.value) &&
         same(a.revenue_share, b.revenue_share) && same(a.supply_share, b.supply_share) && same(a.stake, b.stake) &&
         a.status == b.status && a.since == b.since && a.until == b.until && a.deal == b.deal && a.basis == b.basis &&
         a.restates == b.restates;
}

void find_same_pair(const Inspected& data, Group group, Problems& findings) {
  for (std::size_t i = 1; i < group.size(); ++i) {
    const Relation& a = group[i - 1];
    const Relation& b = group[i];
    if (same_words(data, a, b)) {
      warn(data, findings, "duplicate-row", b.place, "",
           fmt::format("{}: the same relation as at {}", link_name(data, b), data.place(a.place)),
           "delete one of them");
    } else if (b.value && b.value.low > 0 && !a.restates && !b.restates && near_in_time(a, b) && !told_apart(a, b) &&
               a.basis == b.basis && !(a.category == b.category && a.item == b.item)) {
      warn(data, findings, "duplicate-amount", b.place, "value",
           fmt::format("{}: {} stands at {} too, of another item: one amount entered twice?", link_name(data, b),
                       quote(data.text(b.value.reported)), data.place(a.place)),
           "if it is one, delete one of them or mark the contained one restates=true");
    }
  }
}

// Exact amounts between the same two companies, of one kind and currency, of which one is the sum of others: for each
// such total, the first set of parts (a bit each).
std::vector<std::pair<std::size_t, std::uint32_t>> totals_of(Group group) {
  const auto tolerance = [](double total) { return 1e-9 * total; };
  std::vector<std::pair<double, std::size_t>> totals;
  for (std::size_t i = 0; i < group.size(); ++i) totals.emplace_back(group[i].value.low, i);
  std::sort(totals.begin(), totals.end());
  std::vector<double> sums(std::size_t{1} << group.size(), 0);
  std::vector<std::uint32_t> parts(group.size(), 0);
  for (std::uint32_t set = 1; set < sums.size(); ++set) {
    const std::uint32_t rest = set & (set - 1);
    const double sum = sums[set] = sums[rest] + group[static_cast<std::size_t>(std::countr_zero(set))].value.low;
    if (rest == 0) continue;  // one part is no sum
    auto total = std::lower_bound(totals.begin(), totals.end(), std::pair(sum - tolerance(sum), std::size_t{0}));
    for (; total != totals.end() && total->first <= sum + tolerance(sum); ++total)
      if (((set >> total->second) & 1U) == 0 && parts[total->second] == 0) parts[total->second] = set;
  }
  std::vector<std::pair<std::size_t, std::uint32_t>> found;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (parts[i] != 0) found.emplace_back(i, parts[i]);
  return found;
}

}  // namespace

void find_duplicates(const Inspected& data, Problems& findings) {
  const Rows rows = all_rows(data);
  const auto key = [](const Relation& r) {
    return std::make_tuple(pair_of(r), r.value.known, r.value.low, r.value.high, r.value.currency.index);
  };
  for_each_group(data, rows, key, [&](Group group) { find_same_pair(data, group, findings); });
  // One instrument may be entered from either side, or as two kinds of financing. What is bought with what was lent is
  // no duplicate: it is a circular deal.
  Rows paid = rows;
  std::erase_if(paid, [](const Relation* r) { return !r->value || !(r->value.low > 0) || r->restates; });
  const auto either_way = [](const Relation& r) {
    return std::make_tuple(std::min(r.from, r.to), std::max(r.from, r.to), commercial(r.kind), r.value.low,
                           r.value.high, r.value.currency.index);
  };
  for_each_group(data, paid, either_way, [&](Group group) {
    for (std::size_t i = 1; i < group.size(); ++i) {
      const Relation& a = group[i - 1];
      const Relation& b = group[i];
      if (pair_of(a) == pair_of(b) || !near_in_time(a, b) || told_apart(a, b)) continue;
      warn(data, findings, "instrument-twice", b.place, "value",
           fmt::format("{} between the same two companies stands at {} as '{}': one instrument entered twice?",
                       quote(data.text(b.value.reported)), data.place(a.place), link_name(data, a)),
           "if it is one, mark the second restates=true");
    }
  });
}

void find_parts_with_total(const Inspected& view, Problems& findings) {
  constexpr std::size_t most_parts = 12;  // 2^12 sums a pair at most
  const Rows counted = rows_if(
      view, [](const Relation& r) { return r.value && !r.restates && r.value.low == r.value.high && r.value.low > 0; });
  const auto key = [](const Relation& r) {
    return std::make_tuple(pair_of(r), r.value.currency.index, level_amount(r),
                           level_amount(r) ? r.basis : Basis::none);
  };
  for_each_group(view, counted, key, [&](Group group) {
    if (group.size() < 3 || group.size() > most_parts) return;
    for (const auto& [total, parts] : totals_of(group)) {
      std::string places;
      for (std::size_t i = 0; i < group.size(); ++i)
        if ((parts >> i) & 1U) places += (places.empty() ? "" : ", ") + view.place(group[i].place);
      warn(view, findings, "parts-with-total", group[total].place, "value",
           fmt::format("{} is the sum of {}: a total counted beside its parts?",
                       quote(view.text(group[total].value.reported)), places),
           "if it is, mark the total or its parts restates=true");
    }
  });
}

}  // namespace tierscope::core
