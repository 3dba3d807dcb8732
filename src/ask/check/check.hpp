#pragma once
// Is the data sound? What syntax cannot see.

#include "model/model.hpp"

namespace tierscope::core {

/// What is unusual in rows of whatever date and status; before it, what the readers warned of. Row order within a rule.
Problems check_data(const Model& data);

/// What is wrong with what holds at the view's date: errors first. The view must not be strict nor consolidated.
Problems check_view(const Model& view);

}  // namespace tierscope::core
