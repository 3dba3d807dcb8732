#pragma once
// What the second implementations share: models of random tables, and the shares of revenue by definition.

#include "ask/shares.hpp"
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

// w(s,c), low and high; nothing where a link is recorded without a figure. Which rows make a share up is what the
// vectors tell (tests/vectors); here it is what is made of the shares.
inline std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> weights(
    const Model& model) {
  std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> w;
  const RevenueLinks links(model);
  for (CompanyIndex s = 0; s < model.company_count(); ++s)
    for (const RevenueShare& share : links.shares_of(s)) {
      auto& link = w[{s, share.customer}];
      if (share.known) link = {share.low, share.high};
    }
  return w;
}
}  // namespace tierscope::core
