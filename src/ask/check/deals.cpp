// Amounts of deals, which add up where they are of different days.

#include <fmt/format.h>

#include <map>
#include <set>

#include "ask/check/rows.hpp"
#include "base/duration.hpp"
#include "model/chosen.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

bool states_deal(const Relation& r) { return r.value && !level_amount(r) && !r.restates; }

/// Those that sums may hold: what is rumoured is believed by nobody who did not ask to, and what has ended is over.
Rows deals_of(const Inspected& view) {
  Rows rows = holding_rows(view);
  std::erase_if(rows, [](const Relation* r) {
    return !states_deal(*r) || r->status == Status::rumoured || r->status == Status::ended;
  });
  return rows;
}

std::string amount_at(const Inspected& view, const Relation& r) {
  return fmt::format("{} ({})", quote(view.text(r.value.reported)), view.place(r.place));
}

bool same_amount(const Relation& a, const Relation& b) {
  return a.value.low == b.value.low && a.value.high == b.value.high && a.value.currency == b.value.currency;
}

void warn_twice(const Inspected& view, Problems& findings, const Relation& a, const Relation& b, std::string why) {
  warn(view, findings, "deal-twice", b.place, "since",
       fmt::format("{}: {} is summed with {}, {}: the same deal twice?", link_name(view, b),
                   quote(view.text(b.value.reported)), amount_at(view, a), why),
       "if it is one, give both rows the same deal; if not, each one of its own");
}

// Deals of one link by their days. Each row meets those before it: at most one word a row, the gravest that holds.
void find_twice(const Inspected& view, Group group, Problems& findings) {
  Rows rows(group.rows().begin(), group.rows().end());
  std::stable_sort(rows.begin(), rows.end(), [&](const Relation* a, const Relation* b) {
    return first_day(view.seen(*a).since) < first_day(view.seen(*b).since);
  });
  const auto apart = [](const Relation& a, const Relation& b) {
    const bool one = a.deal && a.deal == b.deal;  // already summed once
    const bool named = a.deal && b.deal && !one;  // somebody said that they are two
    return one || named || (!a.deal && !b.deal && first_day(a.since) == first_day(b.since));
  };
  const Relation* to_come = nullptr;  // the latest
  const Relation* longest = nullptr;  // of those with an end, the one that ends last
  std::map<std::tuple<double, double, std::uint16_t>, const Relation*> latest;  // by amount
  for (const Relation* r : rows) {
    const Relation*& alike = latest[{r->value.low, r->value.high, r->value.currency.index}];
    const bool in_force = standing(*r, {}) == Standing::in_force;
    const std::int32_t day = first_day(r->since);
    if (in_force && to_come != nullptr && !apart(*to_come, *r) &&
        day <= later(first_day(to_come->since), Duration{12, 0}))
      warn_twice(view, findings, *to_come, *r,
                 fmt::format("{} on {} and in force from {}", to_string(to_come->status), to_string(to_come->since),
                             to_string(r->since)));
    else if (alike != nullptr && !apart(*alike, *r) && day - last_day(alike->since) <= 31)
      warn_twice(view, findings, *alike, *r,
                 fmt::format("the same amount on {} and {}", to_string(alike->since), to_string(r->since)));
    else if (longest != nullptr && r->until && !apart(*longest, *r) && last_day(r->until) <= last_day(longest->until))
      warn_twice(view, findings, *longest, *r,
                 fmt::format("whose period {} to {} contains its {} to {}", to_string(longest->since),
                             to_string(longest->until), to_string(r->since), to_string(r->until)));
    if (!in_force) to_come = r;
    if (r->until && (longest == nullptr || last_day(r->until) > last_day(longest->until))) longest = r;
    alike = r;
  }
}

}  // namespace

std::size_t separate_deals(const Inspected& view) {
  Rows rows = deals_of(view);
  std::erase_if(rows, [](const Relation* r) { return !dated_deal(*r); });
  std::size_t count = 0;
  for_each_group(view, std::move(rows), link_of, [&](Group group) {
    std::set<std::pair<std::uint32_t, std::int32_t>> deals;
    for (const Relation& r : group) deals.insert(r.deal ? std::pair(r.deal.id, 0) : std::pair(0U, first_day(r.since)));
    if (deals.size() > 1) count += deals.size();
  });
  return count;
}

void find_undated_deals(const Inspected& view, Problems& findings) {
  for_each_group(view, deals_of(view), link_of, [&](Group group) {
    std::set<std::int32_t> undated;
    std::size_t dated = 0;
    std::string amounts;
    const Relation* last = nullptr;
    for (const Relation& r : group) {
      amounts += (amounts.empty() ? "" : ", ") + amount_at(view, r);
      if (dated_deal(r)) {
        ++dated;
        continue;
      }
      undated.insert(r.as_of ? last_day(r.as_of) : INT32_MIN);
      last = &r;
    }
    if (last == nullptr || undated.size() + dated < 2) return;
    warn(view, findings, "one-deal-or-several", last->place, "since",
         fmt::format("{}: {} are 1 to {} deals: nobody said", link_name(view, *last), amounts, undated.size() + dated),
         "give each the day it was made (since), or its name (deal)");
  });
}

void find_deals_twice(const Inspected& view, Problems& findings) {
  Rows rows = deals_of(view);
  std::erase_if(rows, [](const Relation* r) { return !r->since; });
  for_each_group(view, std::move(rows), link_of, [&](Group group) { find_twice(view, group, findings); });
}

void find_replaced_contracts(const Inspected& data, Problems& findings) {
  const Rows rows = rows_if(data, [](const Relation& r) {
    return r.kind == Kind::supplies && r.basis == Basis::contract && r.value && level_amount(r) && !r.restates;
  });
  const auto key = [](const Relation& r) { return std::make_tuple(link_of(r), standing(r, {})); };
  for_each_group(data, rows, key, [&](Group group) {
    Rows by_date(group.rows().begin(), group.rows().end());
    const auto age = [](const Relation* r) { return r->as_of ? last_day(r->as_of) : INT32_MIN; };
    std::stable_sort(by_date.begin(), by_date.end(),
                     [&](const Relation* a, const Relation* b) { return age(a) < age(b); });
    for (std::size_t i = 1; i < by_date.size(); ++i) {
      const Relation& a = data.seen(*by_date[i - 1]);
      const Relation& b = data.seen(*by_date[i]);
      if (age(&a) == age(&b) || same_amount(a, b)) continue;
      warn(data, findings, "replaced-contract", b.place, "since",
           fmt::format("{}: {} replaces {}, as contracts without since do", link_name(data, b),
                       quote(data.text(b.value.reported)), amount_at(data, a)),
           "if both hold, give each its since or deal");
    }
  });
}

}  // namespace tierscope::core
