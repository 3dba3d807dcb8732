#pragma once
// What the rows of one purchase say of its suppliers: whose share counts, and how much of it.

#include <span>

#include "ask/concentration/concentration.hpp"
#include "ask/figures.hpp"

namespace tierscope::core {

/// Fills in the suppliers, the aggregates beside them, what is known of their shares, and the recorded spend. `rows`:
/// the counted relations of the purchase; `inside`: what members of the buying group buy of it from each other, between
/// the companies before they were joined. Where one member alone buys, the group's shares are the member's of what it
/// buys outside; else they are unknown. Returns the low share of the aggregates. A contradiction is added to
/// `contradictions` where somebody wants it. Throws Question where an annual amount is to be converted, and no rate is
/// known. O(rows log rows).
double add_suppliers(const Model& model, std::span<const Relation* const> rows, std::span<const Relation* const> inside,
                     Concentration& group, Problems* contradictions);

}  // namespace tierscope::core
