#pragma once
// Is the data sound? What syntax cannot see.

#include "model/model.hpp"

namespace tierscope::core {

/// All warnings: those of the readers first, then by rule, each in row order. A check sees every row, whatever the view
/// left aside: only sums are of the view. Throws BadData where a supplier's revenue shares sum above 100 %, and where
/// several companies share one anonymous label.
Problems check(const Model& model);

}  // namespace tierscope::core
