#include "ask/shock/shock.hpp"

#include <algorithm>
#include <map>

#include "ask/concentration/concentration.hpp"
#include "ask/exposure/exposure.hpp"
#include "ask/exposure/revenue_flow.hpp"
#include "ask/figures.hpp"

namespace tierscope::core {
namespace {

/// The annual amounts of all that a company buys, by supplier; nothing where some purchase has none, or years or
/// currencies differ.
std::optional<std::map<CompanyIndex, Quantity>> paid_by(const Model& model, CompanyIndex buyer, Grade& grade) {
  std::vector<const Relation*> rows;
  for (const std::uint32_t row : model.in_rows(buyer))
    if (is_sale(model.relation(row))) rows.push_back(&model.relation(row));
  const auto link_of = [](const Relation* r) { return std::tuple(r->from, r->category.id, r->item.id); };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const Relation* a, const Relation* b) { return link_of(a) < link_of(b); });
  std::map<CompanyIndex, Quantity> paid;
  std::optional<std::pair<int, std::uint16_t>> of;  // year and currency
  bool all = true;
  for_each_run(rows, link_of, [&](std::span<const Relation* const> link) {
    const Relation* const r = stating_amount(link, Basis::annual);
    if (r == nullptr || !r->value || !r->as_of) {
      all = false;
      return;
    }
    const std::pair<int, std::uint16_t> now{r->as_of.year, r->value.currency.index};
    all &= !of || *of == now;
    of = now;
    Quantity& sum = paid[r->from];
    grade.add(r->value);
    sum = between(sum.low + r->value.low, sum.high + r->value.high);
  });
  if (!all || paid.empty()) return {};
  return paid;
}

// What is lost for certain and what may be, of one failure.
Losses joined(const Cascade::Result& least, const Cascade::Result& most) {
  Losses losses;
  losses.steps = std::max(least.steps, most.steps);
  losses.converged = least.converged && most.converged;
  losses.bound = std::max(least.bound, most.bound);
  losses.firms.reserve(most.firms.size());
  for (std::size_t l = 0, m = 0; l < least.firms.size() || m < most.firms.size();) {
    const bool low = l < least.firms.size() && (m == most.firms.size() || least.firms[l] <= most.firms[m]);
    const bool high = m < most.firms.size() && (l == least.firms.size() || most.firms[m] <= least.firms[l]);
    auto& [firm, loss] = losses.firms.emplace_back(low ? least.firms[l] : most.firms[m], Loss{});
    if (low) {
      loss.down.low = 1 - least.down[l];
      loss.up.low = 1 - least.up[l];
      loss.both.low = 1 - std::min(least.down[l], least.up[l]);
    }
    if (high) {
      // A cascade that was stopped may go on by its bound.
      loss.down.high = std::min(1.0, 1 - most.down[m] + most.bound);
      loss.up.high = std::min(1.0, 1 - most.up[m] + most.bound);
      loss.both.high = std::min(1.0, 1 - std::min(most.down[m], most.up[m]) + most.bound);
    }
    for (LossBounds* bounds : {&loss.both, &loss.down, &loss.up}) bounds->high = std::max(bounds->high, bounds->low);
    l += low;
    m += high;
  }
  return losses;
}

}  // namespace

SupplyShock::SupplyShock(const Model& model, const RevenueLinks& links, Production production, double tolerance)
    : least_(static_cast<std::uint32_t>(model.company_count())),
      most_(static_cast<std::uint32_t>(model.company_count())),
      is_firm_(model.company_count(), false) {
  limits_.tolerance = tolerance;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (!is_sale(r)) continue;
    for (const CompanyIndex v : {r.from, r.to})
      if (!model.company(v).aggregate) is_firm_[v] = true;
  }
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (is_firm_[v]) firms_.push_back(v);
  if (production == Production::leontief)
    add_essential(model);
  else
    add_linear(model);
  add_sales(model, links);
}

// Each named category limits its buyer by itself. A share that is not known lies between 0 and what the others leave.
void SupplyShock::add_essential(const Model& model) {
  const Purchases bought(model);
  contradictions_ = bought.contradictions();
  for (std::uint32_t n = 0; n < bought.size(); ++n) {
    const Concentration group = bought[n];
    if (!group.category) {
      for (const SupplyShare& supplier : group.suppliers) unnamed_ += supplier.relations.size();
      continue;
    }
    double known = 0;
    for (const SupplyShare& supplier : group.suppliers)
      if (supplier.share) known += supplier.share.low;
    for (const SupplyShare& supplier : group.suppliers) {
      ++purchases_;
      known_ += bool(supplier.share);
      grade_.add(supplier.share);
      const double low = supplier.share ? std::min(1.0, supplier.share.low) : 0;
      const double others = std::min(1.0, known) - (supplier.share ? supplier.share.low : 0);
      // A further item without a figure may add to a share.
      const double stated = supplier.share && supplier.without_figure == 0 ? supplier.share.high : 1;
      const double high = std::max(low, std::min(stated, 1 - std::max(0.0, others)));
      exact_ &= low == high;
      if (low > 0) least_.input(supplier.supplier, group.customer, low, n);
      if (high > 0) most_.input(supplier.supplier, group.customer, high, n);
    }
  }
}

// All inputs together, by what they cost. Where that is unknown no more is lost than of the input that loses most.
void SupplyShock::add_linear(const Model& model) {
  std::uint32_t type = 0;
  for (const CompanyIndex buyer : firms_) {
    const auto paid = paid_by(model, buyer, grade_);
    if (paid) {
      double low = 0;
      double high = 0;
      for (const auto& [supplier, amount] : *paid) low += amount.low, high += amount.high;
      for (const auto& [supplier, amount] : *paid) {
        ++purchases_;
        ++known_;
        if (model.company(supplier).aggregate) continue;
        const double others_high = high - amount.high;
        const double others_low = low - amount.low;
        const double least = amount.low > 0 ? amount.low / (amount.low + others_high) : 0;
        const double most = amount.high > 0 ? (others_low + amount.high > 0 && amount.high < unbounded
                                                   ? amount.high / (amount.high + others_low)
                                                   : 1)
                                            : 0;
        exact_ &= least == most;
        if (least > 0) least_.input(supplier, buyer, least, Cascade::useful);
        if (most > 0) most_.input(supplier, buyer, most, Cascade::useful);
      }
      continue;
    }
    bool buys = false;
    for (const std::uint32_t row : model.in_rows(buyer)) {
      const Relation& r = model.relation(row);
      if (!is_sale(r)) continue;
      buys = true;
      ++purchases_;
      if (model.company(r.from).aggregate) continue;
      exact_ = false;
      most_.input(r.from, buyer, 1, type++);
    }
    not_computable_ += buys;
  }
}

// What a supplier does not know the share of lies between 0 and what it has not attributed.
void SupplyShock::add_sales(const Model& model, const RevenueLinks& links) {
  for (const CompanyIndex s : firms_) {
    const auto shares = links.shares_of(s);
    double attributed = 0;
    for (const RevenueShare& share : shares) attributed += share.low;
    const double divisor = std::max(1.0, attributed);
    for (const RevenueShare& share : shares) {
      if (model.company(share.customer).aggregate) continue;
      const double low = share.low / divisor;
      const double stated = share.known && share.without_figure == 0 ? share.high : 1;
      const double high = std::clamp(stated, low, std::max(low, 1 - (std::min(1.0, attributed) - share.low)));
      if (share.known) grade_.add(share.approximate, share.confidence);
      exact_ &= low == high;
      if (low > 0) least_.sale(s, share.customer, low);
      if (high > 0) most_.sale(s, share.customer, high);
    }
  }
}

Losses SupplyShock::of(const Cascade::Scenario& remaining) { return of_each(std::span(&remaining, 1)).front(); }

std::vector<Losses> SupplyShock::of_each(std::span<const Cascade::Scenario> scenarios) {
  const std::vector<Cascade::Result> least = least_.run(scenarios, limits_);
  const std::vector<Cascade::Result> most = exact_ ? std::vector<Cascade::Result>() : most_.run(scenarios, limits_);
  std::vector<Losses> losses;
  for (std::size_t i = 0; i < scenarios.size(); ++i) losses.push_back(joined(least[i], exact_ ? least[i] : most[i]));
  return losses;
}

// A customer that buys f less is a state of which f leads to a target of its own: what reaches that is lost. What
// nobody attributed may be theirs too.
DemandLosses demand_shock(const Model& model, const RevenueLinks& links,
                          const std::vector<std::pair<CompanyIndex, double>>& drops) {
  const AbsorbingSystem flow = revenue_flow(model, links);
  AbsorbingSystem pinned;
  std::vector<double> drop(model.company_count(), 0);
  std::vector<bool> is_pinned(model.company_count(), false);
  double largest = 0;
  std::vector<CompanyIndex> customers;
  for (const auto& [company, part] : drops) {
    drop[company] = part;
    is_pinned[company] = true;
    largest = std::max(largest, part);
    customers.push_back(company);
  }
  const auto target = static_cast<std::uint32_t>(model.company_count());
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    if (is_pinned[v]) {
      if (drop[v] > 0) pinned.step(target, drop[v]);
      pinned.end_row(1 - drop[v], 0);
      continue;
    }
    for (std::size_t i = flow.first[v]; i < flow.first[v + 1]; ++i) pinned.step(flow.to[i], flow.weight[i]);
    pinned.end_row(flow.leak[v][0], flow.leak[v][1]);
  }
  pinned.end_row(1, 0);
  const Absorption solved = Absorber(pinned).solve(target);
  DemandLosses losses;
  losses.converged = solved.converged;
  losses.bound = solved.error;
  std::vector<std::uint8_t> upstream(model.company_count(), 0);
  for (std::size_t begin = 0; begin < customers.size(); begin += most_targets) {
    const auto some =
        std::span<const CompanyIndex>(customers).subspan(begin, std::min(most_targets, customers.size() - begin));
    const std::vector<std::uint8_t> reached = upstream_of(model, some);
    for (std::size_t v = 0; v < reached.size(); ++v) upstream[v] |= reached[v];
  }
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    if (is_pinned[v]) {
      losses.firms.push_back({v, {drop[v], drop[v]}});
      continue;
    }
    if (upstream[v] == 0 || model.company(v).aggregate) continue;
    const double rounding = solved.rounding.empty() ? 0 : solved.rounding[v];
    const double low = std::max(0.0, solved.x[v][0] - rounding);
    const double high = solved.x[v][0] + solved.x[v][2] * largest + solved.error + rounding;
    losses.firms.push_back({v, {low, std::clamp(high, low, largest)}});
  }
  return losses;
}

}  // namespace tierscope::core
