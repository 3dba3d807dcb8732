#include "ask/owners/owners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ask/figures.hpp"
#include "ask/rows.hpp"
#include "ask/shares.hpp"
#include "base/words.hpp"
#include "graph/absorb.hpp"
#include "graph/components.hpp"
#include "graph/dominators.hpp"
#include "graph/reach.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr double most_work = 2e9;        // steps of following units from owner to owner in rings
constexpr int sweeps = 1000;             // over a ring, for the high bound
constexpr std::size_t most_named = 100;  // companies of a chain

// Of several statements of one pair the largest.
void take(Stake& stake, const Relation& r) {
  stake.relations.push_back(&r);
  if (!r.stake || r.restates) return;
  if (!stake.stated) stake.low = stake.high = 0;
  stake.above = r.stake.low > stake.low ? r.stake.above : stake.above || (r.stake.low == stake.low && r.stake.above);
  stake.low = std::max(stake.low, r.stake.low);
  stake.high = std::max(stake.high, r.stake.high);
  stake.stated = true;
  stake.grade.add(r.stake);
}

}  // namespace

std::string_view to_string(Control control) {
  constexpr std::string_view words[] = {"", "no", "possible", "yes"};
  return words[static_cast<std::size_t>(control)];
}

/// The part of the graph that a question is about, numbered on its own; 0 is the one that is asked for.
struct Stakes::Part {
  Side side = Side::owners;
  std::vector<CompanyIndex> companies;
  std::vector<std::uint32_t> parent;  // towards 0, by the shortest chain
  std::vector<std::uint32_t> edges;   // stakes on chains; the graphs' rows
  std::vector<std::uint32_t> place;   // by company; no_vertex: outside
  Csr inward;                         // towards 0: from holder to company of the center's owners, else back
  Csr holds;                          // from holder to company

  bool up() const { return side == Side::owners; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(companies.size()); }
};

Stakes::Stakes(const Model& model) : model_(model) {
  std::vector<const Relation*> rows;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind == Kind::owns && r.from != r.to && !model.company(r.to).aggregate) rows.push_back(&r);
  }
  const auto pair_of = [](const Relation* r) { return std::pair(r->to, r->from); };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Relation* a, const Relation* b) { return pair_of(a) < pair_of(b); });
  for_each_run(rows, pair_of, [&](std::span<const Relation* const> run) {
    Stake stake;
    stake.holder = run.front()->from;
    stake.company = run.front()->to;
    for (const Relation* r : run) take(stake, *r);
    for (const Relation* r : run)
      if (r->as_of) {
        if (!stake.oldest || first_day(r->as_of) < first_day(stake.oldest)) stake.oldest = r->as_of;
        if (!stake.newest || last_day(r->as_of) > last_day(stake.newest)) stake.newest = r->as_of;
      }
    stakes_.push_back(std::move(stake));
  });
  const auto count = static_cast<std::uint32_t>(stakes_.size());
  owners_ = Csr(static_cast<std::uint32_t>(model.company_count()), count,
                [&](std::uint32_t i) { return std::pair(stakes_[i].company, stakes_[i].holder); });
  for (std::size_t begin = 0; begin < stakes_.size();) {
    std::size_t end = begin;
    double sum = 0;
    double rounding = share_slack;
    for (; end < stakes_.size() && stakes_[end].company == stakes_[begin].company; ++end) {
      sum += stakes_[end].low;
      for (const Relation* r : stakes_[end].relations)
        if (r->stake && !r->restates) rounding += rounding_of(model, {r, r->stake});
    }
    const bool contradicts = sum > 1 + rounding;
    if (contradicts)
      contradictions_.push_back({Severity::warning,
                                 {},
                                 0,
                                 "stake",
                                 fmt::format("the owners of {} hold {}: who holds how much is taken as unknown",
                                             label(model, stakes_[begin].company), format_percent_above_one(sum)),
                                 "tierscope check names the rows",
                                 "contradiction"});
    for (std::size_t i = begin; i < end; ++i) {
      Stake& stake = stakes_[i];
      stake.sole = end - begin == 1;
      if (contradicts) {
        stake.low = 0;
        stake.above = false;
      } else if (sum > 1) {
        stake.low /= sum;
      }
    }
    const double held = contradicts ? 0 : std::min(1.0, sum);
    for (std::size_t i = begin; i < end; ++i)
      stakes_[i].high = std::clamp(stakes_[i].stated ? stakes_[i].high : 1.0, stakes_[i].low,
                                   std::max(stakes_[i].low, 1 - (held - stakes_[i].low)));
    begin = end;
  }
}

std::vector<Holding> Stakes::owners_of(CompanyIndex company) const { return around(company, Side::owners); }
std::vector<Holding> Stakes::held_by(CompanyIndex holder) const { return around(holder, Side::holdings); }

Stakes::Part Stakes::part_around(CompanyIndex center, Side side) const {
  Part part;
  part.side = side;
  part.place.assign(model_.company_count(), no_vertex);
  const auto outer = [&](std::uint32_t e) { return part.up() ? stakes_[e].holder : stakes_[e].company; };
  const auto enter = [&](CompanyIndex v, std::uint32_t from) {
    part.place[v] = part.size();
    part.companies.push_back(v);
    part.parent.push_back(from);
  };
  enter(center, 0);
  for (std::uint32_t at = 0; at < part.size(); ++at) {
    const CompanyIndex v = part.companies[at];
    if (v != center && model_.company(v).aggregate) continue;  // nothing passes through it
    const auto see = [&](std::uint32_t edge) {
      // A unit of the center may come back to it; what the holder is held by says nothing of what it holds.
      if (outer(edge) != center || part.up()) part.edges.push_back(edge);
      if (part.place[outer(edge)] == no_vertex) enter(outer(edge), at);
    };
    if (part.up()) {
      for (const std::uint32_t row : owners_.out_rows(v)) see(row);
    } else {
      for (const std::uint32_t row : owners_.in_rows(v)) see(row);
    }
  }
  const auto ends = [&](std::uint32_t i, bool from_holder) {
    const Stake& stake = stakes_[part.edges[i]];
    const std::uint32_t holder = part.place[stake.holder];
    const std::uint32_t company = part.place[stake.company];
    return from_holder ? std::pair(holder, company) : std::pair(company, holder);
  };
  const auto count = static_cast<std::uint32_t>(part.edges.size());
  part.inward = Csr(part.size(), count, [&](std::uint32_t i) { return ends(i, part.up()); });
  part.holds = Csr(part.size(), count, [&](std::uint32_t i) { return ends(i, true); });
  return part;
}

void Stakes::solve(const Part& part, std::vector<double>& low, std::vector<double>& high) const {
  const std::uint32_t size = part.size();
  low.assign(size, 0);
  high.assign(size, 0);
  low[0] = high[0] = 1;
  const auto value = [&](std::uint32_t v, const std::vector<double>& of, double Stake::*bound) {
    double sum = 0;
    for (std::uint32_t e = part.inward.first_out(v); e < part.inward.first_out(v + 1); ++e)
      sum += stakes_[part.edges[part.inward.row(e)]].*bound * of[part.inward.target(e)];
    return std::min(1.0, sum);
  };
  // Components come as a search leaves them: nearer to the center first, as all chains lead there.
  const Components components = strong_components(part.inward);
  bool rings = false;
  for (std::size_t c = 0; c + 1 < components.first.size(); ++c) {
    const auto some =
        std::span(components.vertices).subspan(components.first[c], components.first[c + 1] - components.first[c]);
    const bool ring = some.size() > 1;
    rings |= ring;
    for (const std::uint32_t v : some)
      if (v != 0) high[v] = 1;
    // In a ring from above, so that whatever ends the sweeps is a bound.
    double change = 1;
    for (int sweep = 0; sweep < (ring ? sweeps : 1) && change > 1e-12; ++sweep) {
      change = 0;
      for (const std::uint32_t v : some) {
        if (v == 0) continue;
        const double next = value(v, high, &Stake::high);
        change = std::max(change, high[v] - next);
        high[v] = next;
        if (!ring) low[v] = value(v, low, &Stake::low);
      }
    }
  }
  if (!rings) return;
  // A unit of a company is followed from owner to owner: the chance that it comes to the holder. It may pass the center
  // 1 / (1 − the chance to come back) times.
  if (part.up()) {
    const double back = value(0, high, &Stake::high);
    for (std::uint32_t v = 1; v < size; ++v) high[v] = back < 1 ? std::min(1.0, high[v] / (1 - back)) : 1;
  }
  const double work = (part.up() ? static_cast<double>(size) : 1) * (size + static_cast<double>(part.edges.size()));
  if (work > most_work)
    throw Question(fmt::format("{} companies own {}, some in rings: too many to follow each", size - 1,
                               label(model_, part.companies.front())));
  AbsorbingSystem system;
  for (std::uint32_t v = 0; v < size; ++v) {
    double sum = 0;
    for (const std::uint32_t row : part.holds.in_rows(v)) {
      const Stake& stake = stakes_[part.edges[row]];
      if (stake.low > 0) system.step(part.place[stake.holder], stake.low);
      sum += stake.low;
    }
    system.end_row(sum < 1 ? 1 - sum : 0, 0);
  }
  const Absorber absorber(system);
  const auto least = [](const Absorption& solved, std::uint32_t at) {
    return std::max(0.0, solved.x[at][0] - solved.error - (solved.rounding.empty() ? 0 : solved.rounding[at]));
  };
  if (part.up()) {
    std::vector<std::uint32_t> all(size - 1);
    std::iota(all.begin(), all.end(), 1U);
    absorber.solve(all, [&](std::size_t k, const Absorption& solved) { low[k + 1] = least(solved, 0); });
  } else {
    const Absorption solved = absorber.solve(0);
    for (std::uint32_t v = 1; v < size; ++v) low[v] = least(solved, v);
  }
  for (std::uint32_t v = 1; v < size; ++v) high[v] = std::max(high[v], low[v]);
}

// The weakest, the oldest and the newest stake on all chains.
void Stakes::add_evidence(const Part& part, std::vector<Holding>& holdings) const {
  const auto stake_of = [&](std::uint32_t edge) -> const Stake& { return stakes_[part.edges[part.inward.row(edge)]]; };
  const auto each = [&](const std::vector<std::uint32_t>& order, const auto& take_edge) {
    const std::vector<std::uint32_t> first = first_on_walks(part.inward, {0, {}, {}}, order);
    for (std::uint32_t v = 1; v < part.size(); ++v)
      if (first[v] != no_edge) take_edge(holdings[v - 1], stake_of(first[v]));
  };
  const auto ordered = [&](const auto& keep, const auto& before) {
    std::vector<std::uint32_t> order;
    for (std::uint32_t edge = 0; edge < part.inward.edge_count(); ++edge)
      if (keep(stake_of(edge))) order.push_back(edge);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return before(stake_of(a), stake_of(b)); });
    return order;
  };
  const auto stated = [](const Stake& stake) { return stake.grade.any; };
  each(ordered(stated,
               [](const Stake& a, const Stake& b) {
                 return a.grade.confidence != b.grade.confidence &&
                        weaker(a.grade.confidence, b.grade.confidence) == a.grade.confidence;
               }),
       [](Holding& holding, const Stake& stake) { holding.grade.add(stake.grade); });
  each(ordered([](const Stake& stake) { return stake.grade.approximate; },
               [](const Stake&, const Stake&) { return false; }),
       [](Holding& holding, const Stake&) { holding.grade.approximate = true; });
  const auto dated = [](const Stake& stake) { return bool(stake.oldest); };
  each(ordered(dated, [](const Stake& a, const Stake& b) { return first_day(a.oldest) < first_day(b.oldest); }),
       [](Holding& holding, const Stake& stake) { holding.oldest = stake.oldest; });
  each(ordered(dated, [](const Stake& a, const Stake& b) { return last_day(a.newest) > last_day(b.newest); }),
       [](Holding& holding, const Stake& stake) { holding.newest = stake.newest; });
}

// Whoever controls adds up its own stakes and those of all that it controls.
void Stakes::add_control(const Part& part, std::vector<Holding>& holdings) const {
  struct Sum {
    double stakes = 0;
    bool above = false;  // some of them is more than it says
    bool sole = false;   // an only owner of whom nobody says how much he holds
    bool holds(bool proven) const { return stakes > 0.5 || (stakes == 0.5 && above) || (proven && sole); }
  };
  std::vector<Sum> sums(part.size());
  std::vector<bool> controlled(part.size(), false);
  double work = 0;
  const auto reach = [&](std::uint32_t holder, bool proven, const auto& take_each) {
    std::vector<std::uint32_t> queue{holder};
    std::vector<std::uint32_t> touched;
    controlled[holder] = true;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::uint32_t v = queue[head];
      if (head != 0) take_each(v);
      for (std::uint32_t e = part.holds.first_out(v); e < part.holds.first_out(v + 1); ++e) {
        const std::uint32_t to = part.holds.target(e);
        const Stake& stake = stakes_[part.edges[part.holds.row(e)]];
        Sum& sum = sums[to];
        touched.push_back(to);
        sum.stakes += proven ? stake.low : stake.high;
        sum.above |= stake.above;
        sum.sole |= stake.sole && !stake.stated;
        if (controlled[to] || !sum.holds(proven)) continue;
        controlled[to] = true;
        queue.push_back(to);
      }
    }
    work += static_cast<double>(touched.size() + queue.size());
    for (const std::uint32_t v : touched) sums[v] = {};
    for (const std::uint32_t v : queue) controlled[v] = false;
  };
  const auto raise = [](Holding& holding, Control to) { holding.control = std::max(holding.control, to); };
  if (part.up()) {
    for (std::uint32_t v = 1; v < part.size() && work < most_work; ++v) {
      Holding& holding = holdings[v - 1];
      holding.control = Control::no;
      if (model_.company(part.companies[v]).aggregate) continue;
      for (const bool proven : {false, true})
        reach(v, proven, [&](std::uint32_t to) {
          if (to == 0) raise(holding, proven ? Control::yes : Control::possible);
        });
    }
    return;
  }
  for (Holding& holding : holdings) holding.control = Control::no;
  if (model_.company(part.companies.front()).aggregate) return;
  for (const bool proven : {false, true})
    reach(0, proven, [&](std::uint32_t to) { raise(holdings[to - 1], proven ? Control::yes : Control::possible); });
}

std::vector<Holding> Stakes::around(CompanyIndex center, Side side) const {
  const Part part = part_around(center, side);
  std::vector<double> low;
  std::vector<double> high;
  solve(part, low, high);
  std::vector<std::uint32_t> depth(part.size(), 0);  // a parent comes before its children
  std::vector<Holding> holdings(part.size() - 1);
  for (std::uint32_t v = 1; v < part.size(); ++v) {
    depth[v] = depth[part.parent[v]] + 1;
    Holding& holding = holdings[v - 1];
    holding.holder = part.up() ? part.companies[v] : center;
    holding.company = part.up() ? center : part.companies[v];
    holding.low = low[v];
    holding.high = high[v];
    for (std::uint32_t at = v; at != 0 && holding.chain.size() < most_named; at = part.parent[at])
      holding.chain.push_back(part.companies[at]);
    holding.links = depth[v];
    holding.chain.push_back(center);
    if (!part.up()) std::reverse(holding.chain.begin(), holding.chain.end());
    for (std::uint32_t e = part.inward.first_out(v); e < part.inward.first_out(v + 1); ++e) {
      const Stake& stake = stakes_[part.edges[part.inward.row(e)]];
      holding.stakes.push_back(&stake);
      if (part.inward.target(e) == 0) holding.direct = &stake;
    }
  }
  add_evidence(part, holdings);
  add_control(part, holdings);
  return holdings;
}

}  // namespace tierscope::core
