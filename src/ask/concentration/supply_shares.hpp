#pragma once
// What the rows of one purchase say of its suppliers: whose share counts, and how much of it.

#include <span>

#include "ask/concentration/concentration.hpp"
#include "ask/figures.hpp"

namespace tierscope::core {

/// Fills in the suppliers, the aggregates beside them, what is known of their shares, and the recorded spend. `rows`:
/// the counted relations of the purchase. Returns the low share of the aggregates. A contradiction is added to
/// `contradictions` where somebody wants it. Throws Question where an annual amount is to be converted, and no rate is
/// known. O(rows log rows).
double add_suppliers(const Model& model, std::span<const Relation* const> rows, Concentration& group,
                     Problems* contradictions);

}  // namespace tierscope::core
