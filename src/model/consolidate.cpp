#include "model/consolidate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>
#include <functional>
#include <span>

#include "graph/components.hpp"

namespace tierscope::core {
namespace {

std::string named(const Parts& parts, const std::vector<CompanyIndex>& companies) {
  std::string text;
  for (const CompanyIndex v : companies)
    text += (text.empty() ? "" : ", ") + std::string(parts.pool->view(parts.companies[v].name));
  return text;
}

struct Group {
  std::vector<CompanyIndex> members;  // in input order
  CompanyIndex parent = 0;            // the ultimate parent
};

/// What one company holds of another: all `owns` between the two that are in force.
struct Owner {
  CompanyIndex from = 0;
  CompanyIndex to = 0;
  Quantity stake;  // the largest that a row states; unknown: none does
  bool majority() const { return stake && (stake.low > 0.5 || (stake.low == 0.5 && stake.above)); }
};

std::vector<Owner> owners_of(const Parts& parts, const std::vector<Relation>& control) {
  std::vector<Owner> owners;
  for (const Relation& r : control)
    if (r.from != r.to && !r.restates && !parts.companies[r.from].aggregate && !parts.companies[r.to].aggregate)
      owners.push_back({r.from, r.to, r.stake});
  std::sort(owners.begin(), owners.end(), [](const Owner& a, const Owner& b) {
    if (a.to != b.to) return a.to < b.to;
    if (a.from != b.from) return a.from < b.from;
    return a.stake.known != b.stake.known ? bool(a.stake.known) : a.stake.low > b.stake.low;
  });
  const auto same = [](const Owner& a, const Owner& b) { return a.to == b.to && a.from == b.from; };
  owners.erase(std::unique(owners.begin(), owners.end(), same), owners.end());
  return owners;
}

/// Rings of ownership: within them nobody is the parent.
void drop_rings(const Parts& parts, std::vector<Owner>& owners, std::vector<std::string>& remarks) {
  const auto companies = static_cast<std::uint32_t>(parts.companies.size());
  const Csr graph(companies, static_cast<std::uint32_t>(owners.size()),
                  [&](std::uint32_t i) { return std::pair(owners[i].from, owners[i].to); });
  for (const std::vector<std::uint32_t>& ring : strong_components_of(graph))
    remarks.push_back("Not consolidated, for they own each other in a ring: " + named(parts, ring) + ".");
  const Components components = strong_components(graph);
  std::erase_if(owners, [&](const Owner& o) { return components.of[o.from] == components.of[o.to]; });
}

/// Who is whose parent: at most one for each company.
class Parents {
 public:
  Parents(const Parts& parts, const std::vector<Relation>& control, std::vector<std::string>& remarks)
      : sets_(parts.companies.size()), owned_(parts.companies.size(), false) {
    std::vector<Owner> owners = owners_of(parts, control);
    // What owners state of one company is weighed before rings are dropped: a stake in a ring is a stake.
    std::vector<double> stated_of(parts.companies.size(), 0);
    std::vector<bool> contradicted(parts.companies.size(), false);
    for_each_owned(owners, [&](std::span<const Owner> of_one) {
      double& stated = stated_of[of_one.front().to];
      for (const Owner& o : of_one) stated += o.stake ? o.stake.low : 0;
      if (std::count_if(of_one.begin(), of_one.end(), std::mem_fn(&Owner::majority)) <= 1 && stated <= 1 + 1e-9) return;
      contradicted[of_one.front().to] = true;
      const auto all = [](const Owner&) { return true; };
      say(parts, "its owners' stakes contradict each other", of_one, all, remarks);
    });
    drop_rings(parts, owners, remarks);
    std::vector<std::span<const Owner>> open;  // several owners whose stakes nobody states
    for_each_owned(owners, [&](std::span<const Owner> of_one) {
      if (contradicted[of_one.front().to]) return;
      const double stated = stated_of[of_one.front().to];
      const auto unstated = [](const Owner& o) { return !o.stake; };
      const auto majorities = std::count_if(of_one.begin(), of_one.end(), std::mem_fn(&Owner::majority));
      if (majorities == 1) return join(*std::find_if(of_one.begin(), of_one.end(), std::mem_fn(&Owner::majority)));
      if (stated >= 0.5) return;  // what is left for the others is no majority
      const auto candidates = std::count_if(of_one.begin(), of_one.end(), unstated);
      if (candidates == 1) join(*std::find_if(of_one.begin(), of_one.end(), unstated));
      if (candidates > 1) open.push_back(of_one);
    });
    join_related(open);
    for (const std::span<const Owner> of_one : open)
      say(
          parts, "a joint venture whose stakes nobody states", of_one, [](const Owner& o) { return !o.stake; },
          remarks);
  }

  CompanyIndex set_of(CompanyIndex v) { return static_cast<CompanyIndex>(sets_.find_set(v)); }
  bool owned(CompanyIndex v) const { return owned_[v]; }

 private:
  template <typename Use>
  static void for_each_owned(std::span<const Owner> owners, const Use& use) {
    for (std::size_t begin = 0; begin < owners.size();) {
      std::size_t end = begin + 1;
      while (end < owners.size() && owners[end].to == owners[begin].to) ++end;
      use(owners.subspan(begin, end - begin));
      begin = end;
    }
  }

  template <typename Wanted>
  static void say(const Parts& parts, std::string_view why, std::span<const Owner> of_one, const Wanted& wanted,
                  std::vector<std::string>& remarks) {
    std::vector<CompanyIndex> from;
    for (const Owner& o : of_one)
      if (wanted(o)) from.push_back(o.from);
    remarks.push_back(fmt::format("Not consolidated, {}: {} (owned by {}).", why, named(parts, {of_one.front().to}),
                                  named(parts, from)));
  }

  void join(const Owner& owner) {
    sets_.union_set(owner.from, owner.to);
    owned_[owner.to] = true;
  }

  // Owners who turn out to be of one group are one owner; each round settles one company at least, or is the last.
  void join_related(std::vector<std::span<const Owner>>& open) {
    for (bool changed = true; changed;) {
      changed = false;
      std::erase_if(open, [&](std::span<const Owner> of_one) {
        const Owner* first = nullptr;
        for (const Owner& o : of_one) {
          if (o.stake) continue;
          if (first != nullptr && set_of(o.from) != set_of(first->from)) return false;
          if (first == nullptr) first = &o;
        }
        join(*first);
        return changed = true;
      });
    }
  }

  boost::disjoint_sets_with_storage<> sets_;
  std::vector<bool> owned_;
};

std::vector<Group> groups_of(Parts& parts, const std::vector<Relation>& control, std::vector<std::uint32_t>& group_of) {
  const std::size_t count = parts.companies.size();
  Parents parents(parts, control, parts.remarks);
  std::vector<Group> groups;
  std::vector<std::uint32_t> group_of_root(count, UINT32_MAX);
  group_of.resize(count);
  for (std::uint32_t v = 0; v < count; ++v) {
    std::uint32_t& index = group_of_root[parents.set_of(v)];
    if (index == UINT32_MAX) {
      index = static_cast<std::uint32_t>(groups.size());
      groups.emplace_back().parent = v;
    }
    Group& group = groups[index];
    if (parents.owned(group.parent) && !parents.owned(v)) group.parent = v;
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
      parts.inside.push_back(relation);
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
