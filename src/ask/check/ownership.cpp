// Owners who contradict each other (definitions, section 3): no answer consolidates their companies.

#include <fmt/format.h>

#include <map>

#include "ask/check/rows.hpp"
#include "ask/figures.hpp"
#include "base/words.hpp"
#include "graph/components.hpp"

namespace tierscope::core {
namespace {

bool majority(const Quantity& stake) { return stake && (stake.low > 0.5 || (stake.low == 0.5 && stake.above)); }

void too_many_owners(const Inspected& view, Group owners, Problems& findings) {
  Rows rows(owners.rows().begin(), owners.rows().end());
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Relation* a, const Relation* b) { return link_of(*a) < link_of(*b); });
  std::vector<LinkShare> stakes;
  for_each_run(
      rows, [](const Relation* r) { return link_of(*r); },
      [&](std::span<const Relation* const> link) {
        if (const Relation* r = stating(link, &Relation::stake)) stakes.push_back({r, r->stake});
      });
  std::sort(stakes.begin(), stakes.end(),
            [](const LinkShare& a, const LinkShare& b) { return a.relation->row < b.relation->row; });
  std::string held;
  std::map<CompanyIndex, const LinkShare*> majorities;
  const Relation* last = nullptr;
  for (const LinkShare& s : stakes) {
    if (s.share.low == 0) continue;
    last = s.relation;
    held += (held.empty() ? "" : ", ") + share_words(view, s.share, s.relation->from, *s.relation);
    if (majority(s.share)) majorities.try_emplace(s.relation->from, &s);
  }
  if (const SharesSum sum = sum_of(view.model(), stakes); sum.contradicts)
    find_problem(
        view, findings, Severity::error, "stakes-above-one", last->place, "stake",
        fmt::format("the owners of '{}' hold {} of it: {}", view.id(last->to), format_percent_above_one(sum.low), held),
        "stakes in one company come to 100 % at most; correct one, or end an old one (until)");
  if (majorities.size() < 2) return;
  std::string two;
  for (const auto& [owner, s] : majorities) {
    two += (two.empty() ? "" : ", ") + share_words(view, s->share, owner, *s->relation);
    if (s->relation->row >= last->row) last = s->relation;
  }
  find_problem(view, findings, Severity::error, "two-majorities", last->place, "stake",
               fmt::format("'{}' has {} majority owners: {}", view.id(last->to), majorities.size(), two),
               "one company has one majority owner; correct a stake, or end an old one (until)");
}

}  // namespace

void find_contradicting_owners(const Inspected& view, Problems& findings) {
  Rows owns = holding_rows(view);
  std::erase_if(
      owns, [](const Relation* r) { return r->kind != Kind::owns || r->status != Status::active || r->from == r->to; });
  for_each_group(
      view, owns, [](const Relation& r) { return std::make_tuple(r.to); },
      [&](Group owners) { too_many_owners(view, owners, findings); });

  // Rings of control. Companies may hold minorities of each other; a stated majority leaves an unstated stake no room.
  std::vector<bool> stated(view.company_count(), false);
  for (const Relation* r : owns)
    if (majority(r->stake)) stated[r->to] = true;
  std::erase_if(owns, [&](const Relation* r) {
    return (r->stake ? !majority(r->stake) : stated[r->to]) || view.company(r->from).aggregate ||
           view.company(r->to).aggregate;
  });
  const Csr graph(static_cast<std::uint32_t>(view.company_count()), static_cast<std::uint32_t>(owns.size()),
                  [&](std::uint32_t row) {
                    struct {
                      std::uint32_t from, to;
                    } const ends{owns[row]->from, owns[row]->to};
                    return ends;
                  });
  constexpr std::size_t told = 5;
  const auto rings = strong_components_of(graph);
  std::vector<std::size_t> ring_of(view.company_count(), SIZE_MAX);
  for (std::size_t i = 0; i < rings.size(); ++i)
    for (const CompanyIndex v : rings[i]) ring_of[v] = i;
  std::vector<Rows> within(rings.size());
  for (const Relation* r : owns)
    if (ring_of[r->from] != SIZE_MAX && ring_of[r->from] == ring_of[r->to]) within[ring_of[r->from]].push_back(r);
  for (const Rows& ring : within) {
    std::string rows;
    for (std::size_t i = 0; i < std::min(told, ring.size()); ++i)
      rows += fmt::format("{}'{}' of '{}' ({})", i == 0 ? "" : ", ", view.id(ring[i]->from), view.id(ring[i]->to),
                          view.place(ring[i]->place));
    if (ring.size() > told) rows += fmt::format(" and {} more", ring.size() - told);
    find_problem(view, findings, Severity::error, "ownership-ring", ring.back()->place, "to",
                 fmt::format("the majority owners own each other: {}", rows),
                 "nobody controls the company that controls it; correct a stake, or end an old one (until)");
  }
}

}  // namespace tierscope::core
