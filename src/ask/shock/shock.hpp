#pragma once
// The data as a cascade's bounds, and what a demand shock takes (definitions, section 9).

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <tierscope/shock.hpp>

#include "ask/shares.hpp"
#include "graph/cascade.hpp"
#include "model/model.hpp"

namespace tierscope::core {

enum class Production : std::uint8_t { leontief, linear };

struct LossBounds {
  double low = 0;
  double high = 0;
};

struct Loss {
  LossBounds both, down, up;
};

/// What may be lost of each firm; firms that lose nothing for certain and possibly are not in it.
struct Losses {
  std::vector<std::pair<CompanyIndex, Loss>> firms;
  std::uint32_t steps = 0;
  bool converged = true;
  double bound = 0;
};

/// Two cascades: what the data prove, and what they allow. 100 bytes a relation.
class SupplyShock {
 public:
  SupplyShock(const Model& model, const RevenueLinks& links, Production production, double tolerance);

  /// `remaining`: what is left of those that fail.
  Losses of(const Cascade::Scenario& remaining);
  /// Each by itself.
  std::vector<Losses> of_each(std::span<const Cascade::Scenario> scenarios);
  /// Companies that sell or buy, in input order.
  const std::vector<CompanyIndex>& firms() const { return firms_; }
  bool is_firm(CompanyIndex company) const { return is_firm_[company]; }
  std::size_t purchases() const { return purchases_; }
  std::size_t known_shares() const { return known_; }
  std::size_t unnamed() const { return unnamed_; }  // relations without category and item
  std::size_t not_computable() const { return not_computable_; }
  const Problems& contradictions() const { return contradictions_; }
  /// Of all shares that are known: no loss is better known than they are.
  const Grade& grade() const { return grade_; }

 private:
  void add_essential(const Model& model);
  void add_linear(const Model& model);
  void add_sales(const Model& model, const RevenueLinks& links);

  Cascade least_, most_;
  bool exact_ = true;  // both are the same
  Cascade::Limits limits_;
  std::vector<CompanyIndex> firms_;
  std::vector<bool> is_firm_;
  std::size_t purchases_ = 0, known_ = 0, unnamed_ = 0, not_computable_ = 0;
  Problems contradictions_;
  Grade grade_;
};

/// Of each supplier's revenue, where each of these customers buys less by that part (0..1), all at once.
struct DemandLosses {
  std::vector<std::pair<CompanyIndex, LossBounds>> firms;
  bool converged = true;
  double bound = 0;
};
DemandLosses demand_shock(const Model& model, const RevenueLinks& links,
                          const std::vector<std::pair<CompanyIndex, double>>& drops);

}  // namespace tierscope::core
