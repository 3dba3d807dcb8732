#pragma once
// The order of loops, and what most of them rest on.

#include "ask/cycles/cycles.hpp"

namespace tierscope::core {

/// Orders the loops and names their currencies.
void sort_cycles(CyclesResult& result);

/// Companies, hops and relations by the loops that pass them. O(lengths of the loops · log companies).
void rank_companies(const Model& model, CyclesResult& result);
void rank_relations(CyclesResult& result);

}  // namespace tierscope::core
