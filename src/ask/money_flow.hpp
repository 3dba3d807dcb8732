#pragma once
// The money-flow graph: one edge for each pair with money going from u to v (definitions, section 7).

#include <span>
#include <vector>

#include "graph/elementary.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// Who pays in a relation and who is paid: the customer pays the supplier; financing flows from its giver.
/// `owns` moves no money: false.
bool money_flows(const Relation& relation, CompanyIndex& payer, CompanyIndex& paid);

/// Does the amount count? Guarantees and grants carry no cash, a restated amount is in another row.
bool adds_cash(const Relation& relation);

/// One edge u→v; its legs are the relations whose money goes that way.
struct Hop {
  std::uint32_t from = 0;  // ranks: companies in the order of their ids
  std::uint32_t to = 0;
  std::vector<const Relation*> legs;  // in row order
  bool has_commercial = false;
  bool has_financing = false;
  bool has_contingent = false;
  bool only_contingent = false;   // guarantees and grants alone: no cash is promised
  bool has_unknown_cash = false;  // a cash leg without an amount: the sum is at least what is known
};

/// Without aggregates, self-relations and `owns`. Vertices are ranks, so that every cycle starts at its smallest id.
/// O(relations log relations + companies log companies).
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
  /// Sum of the known cash legs, converted where the view asks for a currency; unknown: no such leg. Throws Question
  /// naming the pair of currencies that cannot be added.
  Quantity amount(const Hop& hop) const;

 private:
  const Model& model_;
  std::vector<CompanyIndex> company_of_;
  std::vector<std::uint32_t> rank_of_;
  std::vector<Hop> hops_;  // by edge index
  Csr graph_;
};

}  // namespace tierscope::core
