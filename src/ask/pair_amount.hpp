#pragma once
// What a link, or a part of a supplier's revenue, comes to in money (definitions, section 4). Never a product of a
// share of one year and a revenue of another. Both throw Question where the view wants a currency that no rate leads
// to.

#include "ask/shares.hpp"

namespace tierscope::core {

/// The annual amounts that the rows report; of an item without one its share × revenue, where both are of one year. Of
/// several items, their sum: unknown where an item with a share has no amount, or currencies or years differ. Of
/// companies that the view has joined, at least what is known of some.
Quantity amount_of(const Model& model, const RevenueLink& link);

/// Share × revenue, as good as both.
Quantity part_of_revenue(const Model& model, const Company& supplier, const Quantity& share);

}  // namespace tierscope::core
