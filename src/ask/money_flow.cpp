#include "ask/money_flow.hpp"

#include <algorithm>
#include <numeric>

namespace tierscope::core {

bool money_flows(const Relation& relation, CompanyIndex& payer, CompanyIndex& paid) {
  const bool sale = relation.kind == Kind::supplies;
  payer = sale ? relation.to : relation.from;
  paid = sale ? relation.from : relation.to;
  return relation.kind != Kind::owns;
}

MoneyFlow::MoneyFlow(const Model& model) : model_(model), company_of_(model.company_count()) {
  std::iota(company_of_.begin(), company_of_.end(), 0U);
  std::sort(company_of_.begin(), company_of_.end(),
            [&](CompanyIndex a, CompanyIndex b) { return model.id(a) < model.id(b); });
  rank_of_.resize(company_of_.size());
  for (std::uint32_t r = 0; r < company_of_.size(); ++r) rank_of_[company_of_[r]] = r;

  struct Leg {
    std::uint32_t from, to;
    const Relation* relation;
  };
  std::vector<Leg> legs;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& relation = model.relation(row);
    CompanyIndex payer = 0;
    CompanyIndex paid = 0;
    if (!money_flows(relation, payer, paid) || payer == paid) continue;
    legs.push_back({rank_of_[payer], rank_of_[paid], &relation});
  }
  std::stable_sort(legs.begin(), legs.end(),
                   [](const Leg& a, const Leg& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const auto aggregate = [&](std::uint32_t rank) { return model.company(company_of_[rank]).aggregate; };
  for (const Leg& leg : legs) {
    const bool aside = aggregate(leg.from) || aggregate(leg.to);
    std::vector<Hop>& hops = aside ? beside_ : hops_;
    if (hops.empty() || hops.back().from != leg.from || hops.back().to != leg.to) {
      hops.push_back({.from = leg.from, .to = leg.to, .legs = {}});
      if (!aside) pairs.emplace_back(leg.from, leg.to);
    }
    Hop& hop = hops.back();
    const Relation& r = *leg.relation;
    hop.legs.push_back(&r);
    hop.has_commercial |= commercial(r.kind);
    hop.has_financing |= financing(r.kind);
    hop.has_contingent |= contingent(r.kind);
    hop.only_contingent &= contingent(r.kind);
  }
  graph_ = simple_graph(static_cast<std::uint32_t>(company_of_.size()), std::move(pairs));
}

std::uint32_t MoneyFlow::edge(std::uint32_t from, std::uint32_t to) const {
  const auto targets = graph_.targets(from);
  const auto place = std::lower_bound(targets.begin(), targets.end(), to) - targets.begin();
  return graph_.first_out(from) + static_cast<std::uint32_t>(place);
}

AmountSum MoneyFlow::amount(const Hop& hop, bool only_active) const {
  return sum_of_amounts(model_, hop.legs, only_active);
}

}  // namespace tierscope::core
