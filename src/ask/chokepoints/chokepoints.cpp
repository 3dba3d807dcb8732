#include "ask/chokepoints/chokepoints.hpp"

#include <algorithm>
#include <random>

#include "ask/concentration/concentration.hpp"
#include "ask/figures.hpp"
#include "ask/rows.hpp"
#include "ask/shares.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

// Shares that cannot come to all of it: others sell the rest. What is unknown may be the rest.
bool cannot_be_all(const Model& model, const Concentration& group) {
  double most = 0;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share || supplier.without_figure != 0) return false;
    most += supplier.share.high;
    for (const Relation* r : supplier.relations)
      if (r->supply_share) most += rounding_of(model, {r, r->supply_share});
  }
  return !group.suppliers.empty() && most < 1 - share_slack;
}

bool is_link(const Model& model, const Relation& r) {
  return is_sale(r) && !model.company(r.from).aggregate && !model.company(r.to).aggregate;
}

constexpr std::size_t samples = 32;

}  // namespace

std::vector<Need> needs_of(const Model& model, Problems& contradictions) {
  const Purchases purchases(model);
  contradictions = purchases.contradictions();
  std::vector<Need> needs(purchases.size());
  for (std::size_t i = 0; i < purchases.size(); ++i) {
    const Concentration group = purchases[i];
    needs[i] = {group.customer, group.category, {}, group.aggregates || cannot_be_all(model, group)};
    for (const SupplyShare& supplier : group.suppliers) needs[i].suppliers.push_back(supplier.supplier);
  }
  std::sort(needs.begin(), needs.end(), [](const Need& a, const Need& b) {
    return a.customer != b.customer ? a.customer < b.customer : a.category < b.category;
  });
  return needs;
}

ChokepointSearch::ChokepointSearch(const Model& model, CompanyIndex target, std::string_view category)
    : model_(model),
      target_(target),
      category_(category),
      stop_search_(static_cast<std::uint32_t>(model.company_count())) {
  if (model.company(target).aggregate)
    throw Question(label(model, target) + " is an aggregate, not one company: nobody knows what it buys from whom");
  needs_ = needs_of(model, contradictions_);
  Suggestion suggestion(category);
  bool buys = false;
  for (std::uint32_t n = 0; n < needs_.size(); ++n) {
    if (needs_[n].customer != target || needs_[n].suppliers.empty()) continue;
    buys = true;
    suggestion.consider(model.text(needs_[n].category));
    if (category.empty() || model.text(needs_[n].category) == category) own_.push_back(n);
  }
  if (!buys) throw Question("no supplier of " + label(model, target) + " is recorded that counts");
  if (own_.empty())
    throw Question("no counted purchase of category " + quote(category) + " by " + label(model, target) +
                   suggestion.text());
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (is_sale(r) && !is_link(model, r)) ++aggregates_;
    if (is_link(model, r) && of_what_is_asked(r)) rows.push_back(row);
  }
  const auto companies = static_cast<std::uint32_t>(model.company_count());
  links_ = Csr(companies, static_cast<std::uint32_t>(rows.size()), [&](std::uint32_t i) {
    const Relation& r = model.relation(rows[i]);
    return std::pair(r.from, r.to);
  });
  // Breadth first, so that each has its tier.
  tier_.assign(companies, 0);
  upstream_.push_back(target);
  for (std::size_t head = 0; head < upstream_.size(); ++head)
    for (const std::uint32_t v : links_.sources(upstream_[head]))
      if (v != target && tier_[v] == 0) {
        tier_[v] = (upstream_[head] == target ? 0 : tier_[upstream_[head]]) + 1;
        upstream_.push_back(v);
      }
  upstream_.erase(upstream_.begin());
  std::stable_sort(upstream_.begin(), upstream_.end(),
                   [&](CompanyIndex a, CompanyIndex b) { return tier_[a] != tier_[b] ? tier_[a] < tier_[b] : a < b; });
  // Subtrees as runs of one list: sizes from the leaves, then each behind its elder siblings.
  const Dominators tree = dominators(links_, target, Way::against);
  first_.assign(companies, 0);
  last_.assign(companies, 1);
  std::vector<std::size_t> size(companies, 1);
  for (auto v = tree.order.rbegin(); v + 1 != tree.order.rend(); ++v) size[tree.above[*v]] += size[*v];
  std::vector<std::size_t> next(companies, 0);
  walked_.resize(tree.order.size());
  for (const std::uint32_t v : tree.order) {
    if (v != target) {
      first_[v] = next[tree.above[v]];
      next[tree.above[v]] += size[v];
    }
    walked_[first_[v]] = v;
    next[v] = first_[v] + 1;
    last_[v] = first_[v] + size[v];
  }
  for (std::uint32_t n = 0; n < needs_.size(); ++n) {
    const bool asked = needs_[n].customer != target || std::find(own_.begin(), own_.end(), n) != own_.end();
    if (!asked || !needs_[n].closed()) continue;
    stop_search_.need(needs_[n].customer, needs_[n].suppliers);
    need_of_search_.push_back(n);
  }
}

bool ChokepointSearch::of_what_is_asked(const Relation& r) const {
  return r.to != target_ || category_.empty() || model_.text(category_of(r)) == category_;
}

bool ChokepointSearch::on_the_way(const Relation& r) const {
  return is_link(model_, r) && of_what_is_asked(r) && r.from != target_ && (r.to == target_ || tier_[r.to] != 0);
}

Stopped ChokepointSearch::stops(CompanyIndex company) {
  Stopped found = stop_search_.from(company, target_);
  for (std::uint32_t& need : found.lost) need = need_of_search_[need];
  std::sort(found.lost.begin(), found.lost.end());
  return found;
}

std::vector<SharedCount> ChokepointSearch::shared(CompanyIndex company, const Stopped* stopped) const {
  std::vector<bool> reached(links_.size(), false);
  std::vector<std::uint32_t> queue{company};
  reached[company] = true;
  for (std::size_t head = 0; head < queue.size(); ++head)
    for (const std::uint32_t v : links_.targets(queue[head]))
      if (v != target_ && !reached[v]) {
        reached[v] = true;
        queue.push_back(v);
      }
  std::vector<bool> stops(stopped == nullptr ? 0 : links_.size(), false);
  if (stopped != nullptr)
    for (const std::uint32_t v : stopped->vertices) stops[v] = true;
  std::vector<SharedCount> shared;
  for (const std::uint32_t n : own_) {
    if (!needs_[n].category) continue;
    SharedCount count{n, 0, {}};
    if (stopped != nullptr) count.needed_by = 0;
    for (const CompanyIndex d : needs_[n].suppliers) {
      count.reaches += reached[d];
      if (stopped != nullptr) *count.needed_by += stops[d];
    }
    if (count.reaches >= 2) shared.push_back(count);
  }
  return shared;
}

// Ranks by chance; whoever is downstream of a vertex hands its least ranks up. Of so many companies that the 32nd least
// rank is r of all ranks, 31 / r are reached.
std::vector<CompanyIndex> ChokepointSearch::far_reaching(std::size_t count) const {
  std::vector<CompanyIndex> by_rank(upstream_.begin(), upstream_.end());
  std::mt19937_64 chance;  // the standard fixes its numbers
  std::vector<std::uint64_t> drawn(links_.size());
  for (std::uint64_t& number : drawn) number = chance();
  std::sort(by_rank.begin(), by_rank.end(),
            [&](CompanyIndex a, CompanyIndex b) { return std::pair(drawn[a], a) < std::pair(drawn[b], b); });
  std::vector<std::uint8_t> seen(links_.size(), 0);  // how many samples it has
  std::vector<double> reach(links_.size(), 0);
  std::vector<std::uint32_t> marked(links_.size(), no_vertex);
  std::vector<CompanyIndex> queue;
  for (std::uint32_t rank = 0; rank < by_rank.size(); ++rank) {
    queue.assign(1, by_rank[rank]);
    marked[by_rank[rank]] = rank;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const CompanyIndex v = queue[head];
      if (seen[v] == samples) continue;  // and so has whoever is upstream of it
      if (++seen[v] == samples)
        reach[v] = (samples - 1) * static_cast<double>(by_rank.size()) / (rank + 1);
      else
        reach[v] = seen[v];
      for (const std::uint32_t from : links_.sources(v))
        if (from != target_ && marked[from] != rank) {
          marked[from] = rank;
          queue.push_back(from);
        }
    }
  }
  std::vector<CompanyIndex> most(upstream_.begin(), upstream_.end());
  std::stable_sort(most.begin(), most.end(), [&](CompanyIndex a, CompanyIndex b) { return reach[a] > reach[b]; });
  most.resize(std::min(most.size(), count));
  return most;
}

}  // namespace tierscope::core
