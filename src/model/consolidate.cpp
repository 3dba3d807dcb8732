#include "model/consolidate.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>
#include <numeric>

#include "model/rates.hpp"
#include "model/revenue_share.hpp"

namespace tierscope::core {
namespace {

struct Group {
  std::vector<CompanyIndex> members;  // in input order
  CompanyIndex parent = 0;            // the ultimate parent
  Quantity revenue;                   // known only if every member's is, exactly and in comparable currencies
};

bool controls(const Parts& parts, const Relation& owns) {
  if (owns.kind != Kind::owns || owns.from == owns.to) return false;
  if (parts.companies[owns.from].aggregate || parts.companies[owns.to].aggregate) return false;
  return !owns.stake || owns.stake.low > 0.5 || (owns.stake.low == 0.5 && owns.stake.above);
}

/// The members' revenues in one currency: as they are, else in the one that the view wants; empty where one is unknown,
/// no exact figure, or has no rate.
std::vector<double> comparable(const Parts& parts, const std::vector<CompanyIndex>& members, Currency& currency) {
  currency = parts.companies[members.front()].revenue.currency;
  bool same = true;
  bool reachable = bool(parts.currency);
  for (const CompanyIndex v : members) {
    const Quantity& revenue = parts.companies[v].revenue;
    if (!revenue || revenue.low != revenue.high) return {};
    reachable = reachable && parts.converter->leads_from(revenue.currency);
    same = same && revenue.currency == currency;
  }
  if (!same && !reachable) return {};
  if (!same) currency = parts.currency;
  std::vector<double> revenues;
  for (const CompanyIndex v : members) {
    const Quantity& revenue = parts.companies[v].revenue;
    revenues.push_back(revenue.low * (same ? 1 : *parts.converter->factor(revenue.currency)));
  }
  return revenues;
}

/// Sets the group's revenue, and each member's part of it.
void weigh(const Parts& parts, Group& group, std::vector<double>& part_of) {
  Currency currency;
  const std::vector<double> revenues = comparable(parts, group.members, currency);
  const double sum = std::accumulate(revenues.begin(), revenues.end(), 0.0);
  if (!(sum > 0)) return;
  group.revenue = exactly(sum, currency);
  for (std::size_t i = 0; i < revenues.size(); ++i) {
    part_of[group.members[i]] = revenues[i] / sum;
    group.revenue.approximate |= parts.companies[group.members[i]].revenue.approximate;
  }
}

std::vector<Group> groups_of(const Parts& parts, const std::vector<Relation>& control,
                             std::vector<std::uint32_t>& group_of) {
  const std::size_t count = parts.companies.size();
  boost::disjoint_sets_with_storage<> sets(count);
  std::vector<bool> owned(count, false);
  for (const Relation& owns : control) {
    if (!controls(parts, owns)) continue;
    sets.union_set(owns.from, owns.to);
    owned[owns.to] = true;
  }
  std::vector<Group> groups;
  std::vector<std::uint32_t> group_of_root(count, UINT32_MAX);
  group_of.resize(count);
  for (std::uint32_t v = 0; v < count; ++v) {
    std::uint32_t& index = group_of_root[sets.find_set(v)];
    if (index == UINT32_MAX) {
      index = static_cast<std::uint32_t>(groups.size());
      groups.emplace_back().parent = v;
    }
    Group& group = groups[index];
    if (owned[group.parent] && !owned[v]) group.parent = v;
    group.members.push_back(v);
    group_of[v] = index;
  }
  return groups;
}

Company company_of(const Parts& parts, const Group& group) {
  Company company = parts.companies[group.parent];
  if (group.members.size() == 1) return company;
  company.revenue = group.revenue;
  company.revenue_period = {};  // the members' shares are weighted already: nothing is left to divide by it
  return company;
}

}  // namespace

void consolidate(Parts& parts, const std::vector<Relation>& control) {
  std::vector<std::uint32_t> group_of;
  std::vector<Group> groups = groups_of(parts, control, group_of);
  std::vector<double> part_of(parts.companies.size(), 0);  // of the group's revenue
  for (Group& group : groups)
    if (group.members.size() > 1) weigh(parts, group, part_of);
  std::vector<Relation> kept;
  for (Relation relation : parts.relations) {
    const Group& seller = groups[group_of[relation.from]];
    const Group& buyer = groups[group_of[relation.to]];
    if (&seller == &buyer && seller.members.size() > 1) {
      parts.set_aside.push_back({relation, Reason::inside_group});
      continue;
    }
    if (seller.members.size() > 1) {
      const Company& member = parts.companies[relation.from];
      const Quantity share = revenue_share(*parts.pool, member, relation);
      relation.revenue_share = {};
      if (share && seller.revenue) {
        const double weight = part_of[relation.from];
        relation.revenue_share = between(share.low * weight, share.high * weight);
        relation.revenue_share.approximate = share.approximate;
      }
    }
    if (buyer.members.size() > 1) relation.supply_share = {};
    kept.push_back(relation);
  }
  const auto join = [&](Relation& relation) {
    relation.from = group_of[relation.from];
    relation.to = group_of[relation.to];
  };
  for (Relation& relation : kept) join(relation);
  for (SetAside& aside : parts.set_aside) join(aside.relation);
  std::vector<Company> companies;
  companies.reserve(groups.size());
  for (std::uint32_t index = 0; index < groups.size(); ++index) {
    companies.push_back(company_of(parts, groups[index]));
    if (groups[index].members.size() == 1) continue;
    for (const CompanyIndex v : groups[index].members) parts.members.push_back({parts.companies[v], index});
  }
  parts.relations = std::move(kept);
  parts.companies = std::move(companies);
  parts.company_extras.clear();
}

}  // namespace tierscope::core
