#include "ask/group_shares.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "model/rates.hpp"

namespace tierscope::core {
namespace {

using Rows = std::span<const Relation* const>;

auto link_key(const Relation* r) { return std::pair(r->category.id, r->item.id); }

Quantity wanted(const Model& model, const Quantity& amount) {
  if (!model.rest().currency) return amount;
  return model.converter().convert(amount).value_or(amount);
}

}  // namespace

GroupShares::GroupShares(const Model& model) : model_(model) {
  const Parts& parts = model.rest();
  if (parts.members.empty()) return;
  std::vector<CompanyIndex> group_of(parts.joined.size(), UINT32_MAX);
  for (const Member& member : parts.members) {
    group_of[member.joined] = member.group;
    groups_[member.group].members.push_back(&member);
  }
  for (auto& [index, group] : groups_)
    for (const Member* member : group.members)
      if (member->company.id == parts.companies[index].id && member->company.revenue_consolidated &&
          member->company.revenue)
        group.parent = &member->company;
  for (const Relation& r : parts.inside)
    if (r.kind == Kind::supplies) groups_[group_of[r.from]].inside.push_back(&r);
  for (auto& [index, its] : groups_) {
    Group& group = its;  // clang 14 captures no structured binding
    std::sort(group.inside.begin(), group.inside.end(), [](const Relation* a, const Relation* b) {
      return std::tuple(a->from, a->to, link_key(a), a->row) < std::tuple(b->from, b->to, link_key(b), b->row);
    });
    // Each member's own account: what is stale or contradicts itself there counts nowhere.
    struct Sale {
      CompanyIndex seller, customer;
      const Relation* row;
    };
    std::vector<Sale> sales;
    std::set<CompanyIndex> sellers;
    for (const std::uint32_t row : model.out_rows(index)) {
      const Relation& r = model.relation(row);
      if (r.kind != Kind::supplies) continue;
      sales.push_back({model.origin(row).from, model.origin(row).to, &r});
      sellers.insert(model.origin(row).from);
    }
    for (const Relation* r : group.inside) sales.push_back({r->from, r->to, r});
    std::sort(sales.begin(), sales.end(), [](const Sale& a, const Sale& b) {
      return std::tuple(a.seller, a.customer, link_key(a.row), a.row->row) <
             std::tuple(b.seller, b.customer, link_key(b.row), b.row->row);
    });
    for_each_run(
        sales, [](const Sale& s) { return s.seller; },
        [&](std::span<const Sale> own) {
          std::vector<LinkShare> shares;
          for_each_run(
              own, [](const Sale& s) { return std::pair(s.customer, link_key(s.row)); },
              [&](std::span<const Sale> link) {
                std::vector<const Relation*> rows;
                for (const Sale& s : link) rows.push_back(s.row);
                if (const Relation* r = stating(rows, &Relation::revenue_share))
                  shares.push_back({r, r->revenue_share});
              });
          mark_stale(model, shares);
          const bool contradicts = sum_of(model, shares).contradicts;
          for (const LinkShare& s : shares)
            if (s.stale || contradicts) group.not_fresh.push_back(s.relation);
        });
    if (sellers.size() != 1 || !group.inside.empty()) continue;
    bool others_silent = true;
    for (const Member* member : group.members) {
      if (member->joined == *sellers.begin()) group.only_seller = member;
      if (member->joined != *sellers.begin() && member->company.revenue) others_silent = false;
    }
    if (!others_silent) group.only_seller = nullptr;
  }
}

std::vector<GroupShares::Amount> GroupShares::amounts(const Group& group, CompanyIndex seller, Rows rows) const {
  const Company& company = this->company(seller);
  std::vector<Amount> found;
  for_each_run(rows, link_key, [&](Rows link) {
    if (const Relation* r = stating_amount(link, Basis::annual)) {
      if (r->as_of) found.push_back({wanted(model_, r->value), r->as_of.year, r});
      return;
    }
    const Relation* r = stating(link, &Relation::revenue_share);
    if (r == nullptr || !company.revenue || !of_the_revenues_year(model_, company, *r)) return;
    if (std::find(group.not_fresh.begin(), group.not_fresh.end(), r) != group.not_fresh.end()) return;
    const Quantity revenue = wanted(model_, company.revenue);
    Grade grade;
    grade.add(r->revenue_share);
    grade.add_revenue(revenue);
    found.push_back({grade.mark(between(r->revenue_share.low * revenue.low,
                                        std::isinf(revenue.high) ? unbounded : r->revenue_share.high * revenue.high,
                                        revenue.currency)),
                     r->as_of.year, r});
  });
  return found;
}

GroupShares::External GroupShares::external(const Group& group, int year) const {
  External x;
  bool one_currency = true;
  const auto in = [&](Currency currency) {
    one_currency = one_currency && (!x.currency || x.currency == currency);
    x.currency = currency;
  };
  const auto of_year = [&](const Company& company) {
    return company.revenue && year_of_period(model_.text(company.revenue_period)) == year;
  };
  if (group.parent != nullptr) {
    if (!of_year(*group.parent)) return x;
    const Quantity revenue = wanted(model_, group.parent->revenue);
    in(revenue.currency);
    x.low = revenue.low;
    x.high = revenue.high;
    x.grade.add_revenue(revenue);
    x.known = true;
    return x;
  }
  for (const Member* member : group.members) {
    if (!of_year(member->company)) {
      x.high = unbounded;
      continue;
    }
    const Quantity revenue = wanted(model_, member->company.revenue);
    in(revenue.currency);
    x.low += revenue.low;
    x.high += revenue.high;
    x.grade.add_revenue(revenue);
  }
  for_each_run(
      group.inside, [](const Relation* r) { return std::pair(r->from, r->to); },
      [&](Rows pair) {
        bool any = false;
        for (const Amount& a : amounts(group, pair.front()->from, pair)) {
          if (a.year != year) continue;
          any = true;
          in(a.amount.currency);
          x.low -= a.amount.high;
          if (!std::isinf(x.high)) x.high -= a.amount.low;
          x.grade.add(a.amount);
        }
        if (any) return;
        const Company& seller = company(pair.front()->from);
        x.low -= of_year(seller) ? wanted(model_, seller.revenue).high : unbounded;
      });
  x.known = one_currency && bool(x.currency);
  return x;
}

GroupShare GroupShares::share(CompanyIndex index, Rows rows) const {
  const Group& group = groups_.at(index);
  GroupShare result;
  std::uint32_t without = 0;
  if (group.only_seller != nullptr) {
    for_each_run(
        rows, [&](const Relation* r) { return model_.origin(r->row).to; },
        [&](Rows pair) {
          const std::size_t before = result.shares.size();
          add_pair(model_, group.only_seller->company, pair, result.shares, without, result.why);
          result.open |= result.shares.size() == before;
        });
    return result;
  }
  if (group.parent != nullptr) {
    std::vector<const Relation*> own;
    for (const Relation* r : rows)
      if (&company(model_.origin(r->row).from) == group.parent ||
          company(model_.origin(r->row).from).id == group.parent->id)
        own.push_back(r);
    for_each_run(
        own, [&](const Relation* r) { return model_.origin(r->row).to; },
        [&](Rows pair) {
          const std::size_t before = result.shares.size();
          add_pair(model_, *group.parent, pair, result.shares, without, result.why);
          result.open |= result.shares.size() == before;
        });
    if (!result.shares.empty()) return result;
    result = {};
  }
  std::vector<Amount> sold;
  for_each_run(
      rows,
      [&](const Relation* r) {
        const Origin origin = model_.origin(r->row);
        return std::pair(origin.from, origin.to);
      },
      [&](Rows pair) {
        const CompanyIndex seller = model_.origin(pair.front()->row).from;
        const auto found =
            company(seller).revenue || group.parent != nullptr ? amounts(group, seller, pair) : std::vector<Amount>();
        result.open |= found.empty();
        sold.insert(sold.end(), found.begin(), found.end());
      });
  result.why = Unquantified::group_revenue;
  if (sold.empty()) return result;
  for (const Amount& a : sold)
    if (a.year != sold.front().year || !(a.amount.currency == sold.front().amount.currency)) return result;
  External x = external(group, sold.front().year);
  if (!x.known || !(x.currency == sold.front().amount.currency) || x.high <= 0) return result;
  double low = 0;
  double high = 0;
  const Relation* newest = sold.front().row;
  for (const Amount& a : sold) {
    low += a.amount.low;
    high += a.amount.high;
    x.grade.add(a.amount);
    result.behind.push_back(a.row);
    if (last_day(a.row->as_of) > last_day(newest->as_of)) newest = a.row;
  }
  const double least = std::isinf(x.high) ? 0 : low / x.high;
  const double most = x.low <= 0 || result.open ? 1 : std::min(1.0, high / x.low);
  result.shares.push_back({newest, x.grade.mark(between(least, std::max(least, most))), true});
  return result;
}

}  // namespace tierscope::core
