#pragma once
// The one converter of currencies (definitions, sections 2 and 11).

#include <atomic>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// Converts into one currency, at one date. For each other currency it has chosen when it is made: the stated pair,
/// else its inverse, else two pairs over one currency, of several such the one whose older rate is newest, then the
/// first code. Of several rates of a pair: those of the command, then the newest not after the date, then one without a
/// date, then the oldest later one; a later row breaks a tie. O(rates log currencies); a conversion is one look into a
/// table. Conversions may come from several threads.
class Rates {
 public:
  Rates(std::span<const Rate> rates, Date as_of, Currency wanted);

  Currency wanted() const { return wanted_; }
  bool leads_from(Currency from) const { return from == wanted_ || ways_.contains(from.index); }
  /// Units of the wanted currency for one unit of `from`; nothing where no rate leads there.
  std::optional<double> factor(Currency from) const;
  /// The amount as it is where nothing is to be converted; nothing where no rate leads there.
  std::optional<Quantity> convert(const Quantity& amount) const;
  /// The rates that conversions have rested on until now, each once, in the order they were given.
  std::vector<Rate> used() const;
  /// How many rates and pairs were looked at; what grows with them is what this counts.
  std::size_t steps() const { return steps_; }

 private:
  struct Leg {
    std::uint32_t rate = 0;  // index into what was given
    double factor = 0;
    std::array<std::int64_t, 4> rank{};  // the least is preferred
  };
  struct Way {
    double factor = 0;
    std::vector<std::pair<std::uint32_t, Rate>> rates;  // one or two, by index
    mutable std::atomic<bool> used = false;
  };
  using Pair = std::pair<std::uint16_t, std::uint16_t>;

  void find_ways(const std::map<Pair, Leg>& legs, std::span<const Rate> rates);

  Currency wanted_;
  std::map<std::uint16_t, Way> ways_;  // by the index of the currency
  std::size_t steps_ = 0;
};

/// `1 USD = 7.0809 CNY (2023, fed-g5a-2024-02-01)`.
std::string describe_rate(const TextPool& pool, const Rate& rate);

}  // namespace tierscope::core
