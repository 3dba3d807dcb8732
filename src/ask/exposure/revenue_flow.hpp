#pragma once
// Where each company's revenue goes, as a Markov chain: what `exposure` solves (definitions, section 5).

#include <vector>

#include "ask/shares.hpp"
#include "graph/absorb.hpp"

namespace tierscope::core {

/// A state for each company; the first leak is `other`, the second `unattributed`. Revenue that reaches an aggregate
/// stays there: it is unattributed where customers of the aggregate are recorded, else other. So an aggregate that
/// sells has a second state, which nobody reaches, with customers of its own. O(links).
class RevenueFlow {
 public:
  RevenueFlow(const Model& model, const RevenueLinks& links);
  const AbsorbingSystem& system() const { return system_; }
  /// The state whose customers are the company's.
  std::uint32_t state_of(CompanyIndex company) const;

 private:
  void add(const RevenueLinks& links, CompanyIndex supplier);

  AbsorbingSystem system_;
  std::uint32_t companies_;
  std::vector<CompanyIndex> selling_aggregates_;  // ascending; their second states follow the companies
};

}  // namespace tierscope::core
