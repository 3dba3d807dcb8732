#pragma once
// The money-flow graph: one edge for each pair with money going from u to v (definitions, section 7).

#include <span>
#include <vector>

#include "ask/amounts.hpp"
#include "graph/elementary.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// Who pays in a relation and who is paid: the customer pays the supplier; financing flows from its giver.
/// `owns` moves no money: false.
bool money_flows(const Relation& relation, CompanyIndex& payer, CompanyIndex& paid);

/// One edge u→v; its legs are the relations whose money goes that way.
struct Hop {
  std::uint32_t from = 0;  // ranks: companies in the order of their ids
  std::uint32_t to = 0;
  std::vector<const Relation*> legs;  // in row order
  bool has_commercial = false;
  bool has_financing = false;
  bool has_contingent = false;
  bool only_contingent = true;  // guarantees and grants alone: no cash is promised
};

/// Without self-relations and `owns`; what aggregates pay and are paid stands beside. Vertices are ranks, so that every
/// cycle starts at its smallest id. O(relations log relations + companies log companies).
class MoneyFlow {
 public:
  explicit MoneyFlow(const Model& model);
  const Csr& graph() const { return graph_; }
  CompanyIndex company(std::uint32_t rank) const { return company_of_[rank]; }
  std::uint32_t rank(CompanyIndex company) const { return rank_of_[company]; }
  /// The place in hops(), which is the graph's edge, of a hop that there is.
  std::uint32_t edge(std::uint32_t from, std::uint32_t to) const;
  const Hop& hop(std::uint32_t from, std::uint32_t to) const { return hops_[edge(from, to)]; }
  /// All hops, by their ranks.
  std::span<const Hop> hops() const { return hops_; }
  /// What is paid from or to an aggregate, which no loop passes.
  std::span<const Hop> beside() const { return beside_; }
  /// Of all legs, or of those in force (ask/amounts.hpp).
  AmountSum amount(const Hop& hop, bool only_active = false) const;

 private:
  const Model& model_;
  std::vector<CompanyIndex> company_of_;
  std::vector<std::uint32_t> rank_of_;
  std::vector<Hop> hops_;  // by edge index
  std::vector<Hop> beside_;
  Csr graph_;
};

}  // namespace tierscope::core
