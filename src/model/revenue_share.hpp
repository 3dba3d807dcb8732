#pragma once
// w of one relation (definitions, section 4).

#include "model/model.hpp"

namespace tierscope::core {

/// The share of the supplier's revenue that one relation reports: `revenue_share`, else an annual value over the
/// supplier's revenue of the same year and currency. Unknown for rows that restate another.
Quantity revenue_share(const TextPool& pool, const Company& supplier, const Relation& relation);

}  // namespace tierscope::core
