#pragma once
// What the second implementations share: models of random tables, and the shares of revenue by definition.

#include "random_graph.hpp"

namespace tierscope::core {

inline Model viewed(const Draw& draw, StatusSet statuses) {
  ViewParams params = make_view(Dice(draw.seed));
  params.statuses = statuses;
  return view(load(make_tables(draw)), params);
}

inline Model active(const Draw& draw) { return viewed(draw, StatusSet::of(Status::active)); }

/// `category`: of the relations that name none.
inline Model model_of(std::size_t companies, const std::vector<Relation>& relations, Dice dice = Dice(0),
                      std::size_t aggregates = 0, std::string_view category = {}) {
  Parts parts;
  for (std::size_t i = 0; i < companies; ++i) {
    Company company;
    company.id = company.name = parts.pool->intern("c" + std::to_string(i));
    company.aggregate = dice.percent(aggregates);
    parts.companies.push_back(company);
  }
  parts.files = {"test"};
  parts.relations = relations;
  for (Relation& relation : parts.relations)
    if (!relation.category && !category.empty()) relation.category = parts.pool->intern(category);
  return Model(std::move(parts));
}

inline Relation sale(CompanyIndex from, CompanyIndex to, double share) {
  Relation relation;
  relation.from = from;
  relation.to = to;
  relation.revenue_share = exactly(share);
  return relation;
}

// w(s,c) by definition: low and high summed over the relations that report; nothing where none does.
inline std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> weights(
    const Model& model) {
  std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> w;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind != Kind::supplies) continue;
    auto& link = w[{r.from, r.to}];
    double low = 0;
    double high = 0;
    if (r.restates) continue;
    if (r.revenue_share) {
      low = r.revenue_share.low;
      high = r.revenue_share.high;
    } else {
      const Company& supplier = model.company(r.from);
      if (r.basis != Basis::annual || !r.value || !supplier.revenue || !(r.value.currency == supplier.revenue.currency))
        continue;
      if (!r.as_of || year_of_period(model.text(supplier.revenue_period)) != r.as_of.year) continue;
      low = r.value.low / supplier.revenue.high;
      high = std::min(1.0, r.value.high / supplier.revenue.low);
    }
    if (!link) link = {0, 0};
    link->first += low;
    link->second = std::min(1.0, link->second + high);
  }
  return w;
}
}  // namespace tierscope::core
