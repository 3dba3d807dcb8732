#pragma once
// Where each company's revenue goes, as a Markov chain: what `exposure` solves (definitions, section 5).

#include "ask/shares.hpp"
#include "graph/absorb.hpp"

namespace tierscope::core {

/// A state for each company; the first leak is `other`, the second `unattributed`. Revenue that reaches an aggregate is
/// unattributed, whoever its customers are: whose demand it is, nobody knows. O(links).
AbsorbingSystem revenue_flow(const Model& model, const RevenueLinks& links);

}  // namespace tierscope::core
