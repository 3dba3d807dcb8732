// Shares of one total: of a supplier's revenue, or of a customer's purchases of a category.

#include <fmt/format.h>

#include "ask/check/rows.hpp"
#include "ask/figures.hpp"
#include "ask/shares.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// A total and the words for it.
struct Total {
  const char* attribute;
  std::string words;  // `the customers of 'a'`
  std::vector<LinkShare> shares;
  CompanyIndex partner(const Relation& r) const { return attribute[0] == 'r' ? r.to : r.from; }
};

/// Each link's share, as the answers choose it; with those that are too old marked.
std::vector<LinkShare> shares_of(const Inspected& view, Group group, Quantity Relation::*figure) {
  Rows rows(group.rows().begin(), group.rows().end());
  std::stable_sort(rows.begin(), rows.end(), [&](const Relation* a, const Relation* b) {
    return link_of(view.seen(*a)) < link_of(view.seen(*b));
  });
  std::vector<LinkShare> shares;
  for_each_run(
      rows, [](const Relation* r) { return link_of(*r); },
      [&](std::span<const Relation* const> link) {
        if (const Relation* r = stating(link, figure)) shares.push_back({r, r->*figure});
      });
  std::sort(shares.begin(), shares.end(),
            [](const LinkShare& a, const LinkShare& b) { return a.relation->row < b.relation->row; });
  mark_stale(view.model(), shares);
  return shares;
}

auto purchase_key(const Relation& r) { return std::make_tuple(r.to, purchase_of(r).id); }

std::string suppliers_words(const Inspected& view, const Relation& r) {
  return fmt::format("the suppliers of {} to '{}'", quote(view.text(purchase_of(r))), view.id(r.to));
}

/// With aggregates among the suppliers: what "others" sell is bought too.
template <typename Use>
void for_each_purchase(const Inspected& view, const Use& use) {
  const Rows rows = rows_if(view, [&](const Relation& r) {
    return r.kind == Kind::supplies && r.supply_share && !r.restates && r.from != r.to && purchase_of(r) &&
           !view.company(r.to).aggregate;
  });
  for_each_group(view, rows, purchase_key, [&](Group group) {
    use(Total{"supply_share", suppliers_words(view, group.front()), shares_of(view, group, &Relation::supply_share)});
  });
}

template <typename Use>
void for_each_total(const Inspected& view, const Use& use) {
  const Rows rows = rows_if(view, [&](const Relation& r) {
    return r.kind == Kind::supplies && r.revenue_share && !r.restates && r.from != r.to;
  });
  for_each_group(
      view, rows, [](const Relation& r) { return std::make_tuple(r.from); },
      [&](Group group) {
        use(Total{"revenue_share", fmt::format("the customers of '{}'", view.id(group.front().from)),
                  shares_of(view, group, &Relation::revenue_share)});
      });
  for_each_purchase(view, use);
}

/// Days of the period that a share is of, where its row says both ends; of a year, as its `as_of` does, 365.
std::optional<int> days_of(const Relation& r) {
  if (r.since && r.as_of && first_day(r.since) <= last_day(r.as_of)) return last_day(r.as_of) - first_day(r.since) + 1;
  if (r.as_of && r.as_of.month == 0) return 365;
  return {};
}

}  // namespace

void find_contradicting_shares(const Inspected& view, Problems& findings) {
  const Problems of_revenue = RevenueLinks(view.model()).contradictions();
  findings.insert(findings.end(), of_revenue.begin(), of_revenue.end());
  for_each_purchase(view, [&](const Total& total) {
    const SharesSum sum = sum_of(view.model(), total.shares);
    if (!sum.contradicts) return;
    std::string rows;
    const Relation* last = nullptr;
    for (const LinkShare& s : total.shares) {
      if (s.stale || s.share.low == 0) continue;
      rows += (rows.empty() ? "" : ", ") + share_words(view, s.share, total.partner(*s.relation), *s.relation);
      last = s.relation;
    }
    const Date as_of = view.model().rest().as_of;
    find_problem(
        view, findings, Severity::error, "contradicting-shares", last->place, total.attribute,
        fmt::format("{} make up {} of it{}: {}", total.words, format_percent_above_one(sum.low),
                    as_of ? " as of " + to_string(as_of) : "", rows),
        "shares of one purchase come to 100 % at most; correct a share, end an old one (until), or mark a part "
        "(restates)");
  });
}

void find_stale_shares(const Inspected& view, Problems& findings) {
  for_each_total(view, [&](const Total& total) {
    const auto age = [](const LinkShare& s) { return s.relation->as_of ? last_day(s.relation->as_of) : INT32_MIN; };
    const auto newest = std::max_element(total.shares.begin(), total.shares.end(),
                                         [&](const LinkShare& a, const LinkShare& b) { return age(a) < age(b); });
    for (const LinkShare& s : total.shares) {
      if (!s.stale) continue;
      const Relation& r = *s.relation;
      warn(view, findings, "stale-share", r.place, total.attribute,
           fmt::format("{}: {} is of {}, the newest of {} ({}): it is listed beside, not summed", total.words,
                       share_words(view, s.share, total.partner(r), r), to_string(r.as_of),
                       to_string(newest->relation->as_of), view.place(newest->relation->place)),
           "look for a newer figure, or end the old one (until)");
    }
  });
}

void find_short_periods(const Inspected& view, Problems& findings) {
  constexpr int year = 300;  // days
  for_each_total(view, [&](const Total& total) {
    const LinkShare* whole = nullptr;
    for (const LinkShare& s : total.shares)
      if (const auto days = days_of(*s.relation); !s.stale && days && *days >= year) whole = &s;
    if (whole == nullptr) return;
    for (const LinkShare& s : total.shares) {
      const Relation& r = *s.relation;
      const auto days = days_of(r);
      if (s.stale || !days || *days >= year) continue;
      warn(view, findings, "short-period", r.place, total.attribute,
           fmt::format("{}: {} is of {} days, beside a year's {}", total.words,
                       share_words(view, s.share, total.partner(r), r), *days,
                       share_words(view, whole->share, total.partner(*whole->relation), *whole->relation)),
           "shares of different totals are summed; give the share of the year where one is known");
    }
  });
}

void find_sole_claims(const Inspected& view, Problems& findings) {
  const Rows rows = rows_if(view, [&](const Relation& r) {
    return r.kind == Kind::supplies && purchase_of(r) && r.from != r.to && !view.company(r.from).aggregate;
  });
  for_each_group(view, rows, purchase_key, [&](Group group) {
    const Relation* claimed = nullptr;
    const Relation* other = nullptr;
    for (const Relation& r : group)
      if (claimed == nullptr && r.claim == Claim::sole) claimed = &r;
    if (claimed == nullptr) return;
    for (const Relation& r : group)
      if (other == nullptr && r.from != claimed->from) other = &r;
    if (other == nullptr) return;
    warn(view, findings, "sole-claim", claimed->place, "claim",
         fmt::format("'{}' is called the sole supplier of {} to '{}', and '{}' sells it too ({})",
                     view.id(claimed->from), quote(view.text(purchase_of(*claimed))), view.id(claimed->to),
                     view.id(other->from), view.place(other->place)),
         "end what is over (until), or tell the two purchases apart by category");
  });
}

}  // namespace tierscope::core
