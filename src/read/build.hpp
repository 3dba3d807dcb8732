#pragma once
// Records become a model: the one place that knows what a field means.

#include <optional>

#include "model/model.hpp"
#include "read/records.hpp"

namespace tierscope::core {

/// Nothing if `records.problems` holds an error in the end; every problem of every row is in it by then. Warnings also
/// go into the model. Several graphs are merged by company, source and rate id; O(cells).
std::optional<Model> build(Records& records);

}  // namespace tierscope::core
