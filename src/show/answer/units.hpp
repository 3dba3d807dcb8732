#pragma once
// Units in words, as contracts of machine formats say them.

#include <string_view>

#include <tierscope/fields.hpp>

namespace tierscope::core {

constexpr std::string_view unit_words(Unit unit) {
  switch (unit) {
    case Unit::share: return "fraction, 0 to 1";
    case Unit::money: return "whole units of the currency";
    case Unit::hhi: return "0 to 10,000";
    case Unit::sources: return "ids of sources";
    case Unit::address:
    case Unit::count:
    case Unit::none: break;
  }
  return {};
}

}  // namespace tierscope::core
