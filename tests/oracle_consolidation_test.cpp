// Definitions, section 3 (consolidation), computed a second time: companies are relabelled until nothing changes.

#include <doctest/doctest.h>

#include "oracle_rates.hpp"

namespace tierscope::core {
namespace {

constexpr const char* as_of_dates[] = {"", "2022", "2024"};

// Owners and owned in chains, rings and joint ventures, of every status and date; sales with and without figures.
Parts random_groups(Dice& dice) {
  Parts parts;
  parts.files = {"test"};
  const std::size_t companies = 2 + dice.below(7);
  for (std::size_t i = 0; i < companies; ++i) {
    Company company;
    company.id = company.name = parts.pool->intern("c" + std::to_string(i));
    company.aggregate = dice.percent(10);
    if (dice.percent(80)) {
      const double revenue = static_cast<double>(dice.below(5)) * 100;
      company.revenue = exactly(revenue, parse_currency(dice.percent(70) ? "USD" : oracle_currencies[dice.below(4)]));
      if (dice.percent(8)) company.revenue.high += 50;
    }
    parts.companies.push_back(company);
  }
  const std::size_t rows = dice.below(14);
  for (std::size_t i = 0; i < rows; ++i) {
    Relation relation;
    relation.place.line = static_cast<std::uint32_t>(i + 1);
    relation.from = static_cast<CompanyIndex>(dice.below(companies));
    relation.to = static_cast<CompanyIndex>(dice.below(companies));
    relation.as_of = parse_date(dice.of({"", "2021", "2023", "2025"})).value_or(Date{});
    if (dice.percent(10)) relation.until = *parse_date("2023");
    relation.status = dice.percent(70) ? Status::active : all_statuses[dice.below(all_statuses.size())];
    if (dice.percent(50)) {
      relation.kind = Kind::owns;
      constexpr double stakes[] = {.3, .5, .51, 1};
      if (dice.percent(70)) relation.stake = exactly(stakes[dice.below(4)]);
      relation.stake.above = relation.stake.known && dice.percent(20);
    } else {
      if (dice.percent(80)) relation.revenue_share = exactly(static_cast<double>(dice.below(10)) / 100);
      if (dice.percent(50)) relation.supply_share = exactly(.1);
    }
    parts.relations.push_back(relation);
  }
  parts.rates = random_rates(dice, dice.below(5));
  return parts;
}

// A later row of the same link that describes a later day, or the same.
bool replaced(const std::vector<Relation>& rows, std::size_t row, Date as_of) {
  const Relation& r = rows[row];
  const auto day = [](const Relation& one) { return one.as_of ? double{1} * last_day(one.as_of) : -1e9; };
  for (std::size_t other = 0; other < rows.size(); ++other) {
    const Relation& o = rows[other];
    if (o.from != r.from || o.to != r.to || o.kind != r.kind || !live(o, as_of)) continue;
    if (day(o) > day(r) || (day(o) == day(r) && other > row)) return true;
  }
  return false;
}

struct Grouped {
  std::vector<std::size_t> group;   // by company: its first member
  std::vector<std::size_t> parent;  // by company: the ultimate parent of its group
};

Grouped grouped(const Parts& parts, Date as_of) {
  const std::size_t count = parts.companies.size();
  std::vector<const Relation*> control;
  for (std::size_t row = 0; row < parts.relations.size(); ++row) {
    const Relation& r = parts.relations[row];
    if (r.kind != Kind::owns || r.from == r.to || r.status != Status::active) continue;
    if (!live(r, as_of) || replaced(parts.relations, row, as_of)) continue;
    if (parts.companies[r.from].aggregate || parts.companies[r.to].aggregate) continue;
    if (!r.stake || r.stake.low > .5 || (r.stake.low == .5 && r.stake.above)) control.push_back(&r);
  }
  Grouped result;
  for (std::size_t v = 0; v < count; ++v) result.group.push_back(v);
  for (std::size_t round = 0; round < count; ++round)
    for (const Relation* r : control)
      result.group[r->from] = result.group[r->to] = std::min(result.group[r->from], result.group[r->to]);
  for (std::size_t v = 0; v < count; ++v) {
    std::size_t parent = result.group[v];  // of a ring of owners its first
    for (std::size_t u = count; u-- > 0;) {
      const auto owns_it = [&](const Relation* r) { return r->to == u; };
      if (result.group[u] == result.group[v] && std::none_of(control.begin(), control.end(), owns_it)) parent = u;
    }
    result.parent.push_back(parent);
  }
  return result;
}

// Revenue of all members in one currency, 0 where it is not known.
double group_revenue(const Parts& parts, const Grouped& groups, std::size_t group, Date as_of, Currency wanted,
                     std::vector<double>& revenue, Currency& currency) {
  std::set<std::string> currencies;
  std::vector<std::size_t> members;
  for (std::size_t v = 0; v < parts.companies.size(); ++v)
    if (groups.group[v] == group) members.push_back(v);
  for (const std::size_t v : members) {
    const Quantity& one = parts.companies[v].revenue;
    if (!one || one.low != one.high) return 0;
    currencies.insert(std::string(to_string(one.currency)));
  }
  currency = currencies.size() == 1 ? parse_currency(*currencies.begin()) : wanted;
  double sum = 0;
  for (const std::size_t v : members) {
    const Quantity& one = parts.companies[v].revenue;
    const double factor = !currency ? 0 : naive_way(parts.rates, as_of, one.currency, currency).factor;
    if (factor == 0) return 0;
    revenue[v] = one.low * factor;
    sum += revenue[v];
  }
  return sum;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

// Empty where the view says the same.
std::string consolidation_difference(const Parts& parts, const ViewParams& params, std::map<std::string, int>& seen) {
  const Model model = view(Model(parts), params);
  const Grouped groups = grouped(parts, params.as_of);
  const std::size_t count = parts.companies.size();
  const auto size_of = [&](std::size_t v) {
    return std::count(groups.group.begin(), groups.group.end(), groups.group[v]);
  };
  std::set<std::size_t> distinct(groups.group.begin(), groups.group.end());
  if (model.company_count() != distinct.size()) return "another number of companies";
  std::vector<double> revenue(count, 0);
  for (std::size_t v = 0; v < count; ++v) {
    if (size_of(v) == 1) continue;
    ++seen["joined"];
    Currency currency;
    const double sum = group_revenue(parts, groups, groups.group[v], params.as_of, params.currency, revenue, currency);
    const std::string_view parent = parts.pool->view(parts.companies[groups.parent[v]].id);
    std::size_t found = count;
    for (CompanyIndex g = 0; g < model.company_count(); ++g)
      if (model.id(g) == parent) found = g;
    if (found == count) return "no group is called " + std::string(parent);
    const Quantity& known = model.company(static_cast<CompanyIndex>(found)).revenue;
    if (known.known != (sum > 0)) return "the revenue of the group is known or not";
    if (known && (!near(known.low, sum) || !(known.currency == currency))) return "the revenue of the group";
    seen["with revenue"] += sum > 0;
    seen["converted"] += sum > 0 && !(currency == parts.companies[v].revenue.currency);
  }
  std::map<std::uint32_t, const Relation*> kept;  // by line
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    kept[model.relation(row).place.line] = &model.relation(row);
  std::map<std::uint32_t, Reason> aside;
  for (const SetAside& one : model.set_aside()) aside[one.relation.place.line] = one.reason;
  for (std::size_t row = 0; row < parts.relations.size(); ++row) {
    const Relation& r = parts.relations[row];
    const std::string where = "line " + std::to_string(r.place.line) + ": ";
    std::optional<Reason> reason;
    if (groups.group[r.from] == groups.group[r.to] && size_of(r.from) > 1) reason = Reason::inside_group;
    if (!params.statuses.contains(r.status)) reason = Reason::status;
    if (replaced(parts.relations, row, params.as_of)) reason = Reason::superseded;
    if (!live(r, params.as_of)) reason = Reason::not_live;
    if (reason) {
      if (!aside.contains(r.place.line) || aside[r.place.line] != *reason) return where + "is set aside otherwise";
      seen["inside"] += *reason == Reason::inside_group;
      continue;
    }
    if (!kept.contains(r.place.line)) return where + "is gone";
    const Relation& now = *kept[r.place.line];
    const auto names = [&](CompanyIndex was, CompanyIndex is) {
      return parts.pool->view(parts.companies[groups.parent[was]].id) == model.id(is);
    };
    if (!names(r.from, now.from) || !names(r.to, now.to)) return where + "joins others";
    if (now.supply_share.known != (r.supply_share.known && size_of(r.to) == 1)) return where + "supply share";
    double share = r.revenue_share.low;
    bool known = r.revenue_share.known;
    if (size_of(r.from) > 1 && known) {
      double sum = 0;
      Currency currency;
      std::vector<double> of(count, 0);
      sum = group_revenue(parts, groups, groups.group[r.from], params.as_of, params.currency, of, currency);
      known = sum > 0;
      share = known ? share * of[r.from] / sum : 0;
    }
    if (now.revenue_share.known != known) return where + "the revenue share is known or not";
    if (known && !near(now.revenue_share.low, share)) return where + "the revenue share";
    seen["weighted"] += known && size_of(r.from) > 1;
  }
  return {};
}

}  // namespace

TEST_CASE("consolidation agrees with a second computation") {
  std::map<std::string, int> seen;
  Dice dice(13);
  for (int i = 0; i < 4'000; ++i) {
    const Parts parts = random_groups(dice);
    ViewParams params;
    params.consolidate = true;
    params.as_of = parse_date(as_of_dates[dice.below(3)]).value_or(Date{});
    if (dice.percent(70)) params.currency = parse_currency(oracle_currencies[dice.below(4)]);
    if (dice.percent(50)) params.statuses = StatusSet::of(Status::active);
    CAPTURE(i);
    REQUIRE(consolidation_difference(parts, params, seen) == "");
  }
  for (const char* what : {"joined", "with revenue", "converted", "inside", "weighted"}) {
    CAPTURE(what);
    CHECK(seen[what] > 100);
  }
}

}  // namespace tierscope::core
