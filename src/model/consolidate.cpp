#include "model/consolidate.hpp"

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>

namespace tierscope::core {
namespace {

struct Group {
  std::vector<CompanyIndex> members;  // in input order
  CompanyIndex parent = 0;            // the ultimate parent
};

bool controls(const Parts& parts, const Relation& owns) {
  if (owns.kind != Kind::owns || owns.from == owns.to) return false;
  if (parts.companies[owns.from].aggregate || parts.companies[owns.to].aggregate) return false;
  return !owns.stake || owns.stake.low > 0.5 || (owns.stake.low == 0.5 && owns.stake.above);
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
  company.revenue = {};  // of the group: ask/shares.hpp bounds it
  company.revenue_period = {};
  return company;
}

}  // namespace

void consolidate(Parts& parts, const std::vector<Relation>& control) {
  std::vector<std::uint32_t> group_of;
  std::vector<Group> groups = groups_of(parts, control, group_of);
  std::vector<Relation> kept;
  for (const Relation& relation : parts.relations) {
    const Group& seller = groups[group_of[relation.from]];
    const Group& buyer = groups[group_of[relation.to]];
    if (&seller == &buyer && seller.members.size() > 1) {
      parts.set_aside.push_back({relation, Reason::inside_group});
      continue;
    }
    parts.origins.push_back({relation.from, relation.to});
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
    for (const CompanyIndex v : groups[index].members) parts.members.push_back({parts.companies[v], index, v});
  }
  parts.joined = std::move(parts.companies);
  parts.relations = std::move(kept);
  parts.companies = std::move(companies);
  parts.company_extras.clear();
}

}  // namespace tierscope::core
