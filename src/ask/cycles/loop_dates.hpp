#pragma once
// In what order, and how near each other in time, the legs of a loop are dated (definitions, section 7).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ask/money_flow.hpp"

namespace tierscope::core {

/// `24m`, `2y`, `90d`, `6w` as days: a month is 30.4375 days, a year 365.25, rounded up. Nothing for anything else.
std::optional<std::int32_t> parse_duration(std::string_view text);

/// The first day of `since`, else of `as_of`; nothing for an undated relation.
std::optional<std::int32_t> leg_day(const Relation& relation);

/// Can one dated relation be chosen for each hop so that the last is at most `days` after the first? O(legs log legs).
bool within_window(std::span<const Hop* const> hops, std::int32_t days);

/// Can relations be chosen, starting at a financing leg and going round with the money, whose dates do not decrease?
/// `days`: and the last is at most so many after the first. O(hops · legs).
bool time_ordered(std::span<const Hop* const> hops, std::optional<std::int32_t> days);

}  // namespace tierscope::core
