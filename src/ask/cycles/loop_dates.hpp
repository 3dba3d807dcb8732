#pragma once
// In what order, and how near each other in time, the legs of a loop are dated (definitions, section 7).

#include <cstdint>
#include <optional>
#include <span>

#include "ask/money_flow.hpp"
#include "base/duration.hpp"

namespace tierscope::core {

/// The first day of `since`, else the last of `as_of`; nothing for an undated relation.
std::optional<std::int32_t> leg_day(const Relation& relation);

/// Can one dated relation be chosen for each hop so that the last is within `window` of the first? O(legs log legs).
bool within_window(std::span<const Hop* const> hops, Duration window);

/// Can relations be chosen, starting at a financing leg and going round with the money, whose dates do not decrease?
/// `window`: and all within it, from the first on. O(hops · legs).
bool time_ordered(std::span<const Hop* const> hops, std::optional<Duration> window);

}  // namespace tierscope::core
