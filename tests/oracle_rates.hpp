#pragma once
// Conversion by trying every way one after the other.

#include <limits>

#include "model/rates.hpp"
#include "random_graph.hpp"

namespace tierscope::core {

inline const std::vector<const char*> oracle_currencies{"CNY", "EUR", "JPY", "USD"};

/// Every rate another number, in any direction; some of one pair and day, some without a date, some of the command.
inline std::vector<Rate> random_rates(Dice& dice, std::size_t count) {
  std::vector<Rate> rates;
  while (rates.size() < count) {
    Rate rate;
    const std::size_t from = dice.below(oracle_currencies.size());
    rate.from = parse_currency(oracle_currencies[from]);
    rate.to = parse_currency(oracle_currencies[(from + 1 + dice.below(3)) % 4]);
    rate.rate = .5 + static_cast<double>(rates.size()) + dice.fraction() / 2;
    rate.given = dice.percent(10);
    if (!rate.given) rate.date = parse_date(dice.of({"", "2020", "2021", "2022-06", "2022", "2024"})).value_or(Date{});
    rates.push_back(rate);
  }
  return rates;
}

struct NaiveWay {
  double factor = 0;  // 0: none
  std::vector<std::size_t> rows;
  double freshness = 0;  // of the older rate
};

/// The greater, the sooner taken: the command's, then the newest not after the date, then undated ones, then the oldest
/// later one.
inline double freshness(const Rate& rate, Date as_of) {
  if (rate.given) return std::numeric_limits<double>::infinity();
  if (!rate.date) return -1e9;
  const bool later = as_of && first_day(rate.date) > last_day(as_of);
  return later ? -2e9 - last_day(rate.date) : last_day(rate.date);
}

inline NaiveWay naive_pair(const std::vector<Rate>& rates, Date as_of, Currency from, Currency to) {
  for (const bool given : {true, false}) {
    for (const bool inverse : {false, true}) {
      NaiveWay best;
      for (std::size_t row = 0; row < rates.size(); ++row) {
        const Rate& rate = rates[row];
        if (rate.given != given || !(rate.from == (inverse ? to : from)) || !(rate.to == (inverse ? from : to)))
          continue;
        const double fresh = freshness(rate, as_of);
        if (best.factor == 0 || fresh >= best.freshness) best = {inverse ? 1 / rate.rate : rate.rate, {row}, fresh};
      }
      if (best.factor != 0) return best;
    }
  }
  return {};
}

inline NaiveWay naive_way(const std::vector<Rate>& rates, Date as_of, Currency from, Currency to) {
  if (from == to) return {1, {}, 0};
  NaiveWay best = naive_pair(rates, as_of, from, to);
  if (best.factor != 0) return best;
  for (const char* const code : oracle_currencies) {  // in alphabetical order
    const Currency middle = parse_currency(code);
    if (middle == from || middle == to) continue;
    const NaiveWay first = naive_pair(rates, as_of, from, middle);
    const NaiveWay second = naive_pair(rates, as_of, middle, to);
    if (first.factor == 0 || second.factor == 0) continue;
    const double older = std::min(first.freshness, second.freshness);
    if (best.factor == 0 || older > best.freshness)
      best = {first.factor * second.factor, {first.rows[0], second.rows[0]}, older};
  }
  return best;
}

}  // namespace tierscope::core
