// Definitions, section 11 (rates), read aloud and held against the converter.

#include <doctest/doctest.h>

#include "oracle_rates.hpp"

namespace tierscope::core {

TEST_CASE("currencies are converted as trying every way one after the other gives") {
  Dice dice(12);
  int converted = 0;
  int by_two = 0;
  int unknown = 0;
  for (int i = 0; i < 3'000; ++i) {
    const std::vector<Rate> rates = random_rates(dice, dice.below(9));
    const Date as_of = *parse_date(dice.of({"2021", "2022", "2023-06"}));
    const Date date = dice.percent(30) ? Date{} : as_of;
    for (const char* to : oracle_currencies) {
      const Rates converter(rates, date, parse_currency(to));
      std::set<std::size_t> used;
      for (const char* from : oracle_currencies) {
        const NaiveWay way = naive_way(rates, date, parse_currency(from), parse_currency(to));
        const auto factor = converter.factor(parse_currency(from));
        CAPTURE(i);
        CAPTURE(from);
        CAPTURE(to);
        REQUIRE(factor.has_value() == (way.factor != 0));
        CHECK(converter.leads_from(parse_currency(from)) == factor.has_value());
        if (factor) CHECK(*factor == doctest::Approx(way.factor).epsilon(1e-12));
        used.insert(way.rows.begin(), way.rows.end());
        ++(way.factor == 0 ? unknown : converted);
        by_two += way.rows.size() == 2;
      }
      std::vector<double> expected;
      for (const std::size_t row : used) expected.push_back(rates[row].rate);
      std::vector<double> named;
      for (const Rate& rate : converter.used()) named.push_back(rate.rate);
      CHECK(named == expected);
    }
  }
  CHECK(converted > 10'000);
  CHECK(by_two > 1'000);
  CHECK(unknown > 10'000);
}

}  // namespace tierscope::core
