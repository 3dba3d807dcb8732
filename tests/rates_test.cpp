// Definitions, sections 2 and 11: which exchange rate counts, and which is named.

#include "model/rates.hpp"

#include <doctest/doctest.h>

#include "model_of.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

Currency code(const char* text) { return parse_currency(text); }

Rate rate(const char* from, const char* to, double number, const char* date, bool given = false) {
  Rate one;
  one.from = code(from);
  one.to = code(to);
  one.rate = number;
  one.date = parse_date(date).value_or(Date{});
  one.given = given;
  return one;
}

double yuan(const std::vector<Rate>& rates, const char* date, const char* from = "USD") {
  return Rates(rates, parse_date(date).value_or(Date{}), code("CNY")).factor(code(from)).value_or(0);
}

}  // namespace

TEST_CASE("of several rates of a pair the newest not after the date counts, else the oldest later one") {
  const std::vector<Rate> rates{rate("USD", "CNY", 6, "2022"), rate("USD", "CNY", 8, "2025"),
                                rate("USD", "CNY", 7, "2023")};
  CHECK(yuan(rates, "") == 8);
  CHECK(yuan(rates, "2024") == 7);
  CHECK(yuan(rates, "2023-06-30") == 7);  // the year 2023 has begun
  CHECK(yuan(rates, "2022") == 6);
  CHECK(yuan(rates, "2020") == 6);                                                                 // all are later
  CHECK(yuan({rate("USD", "CNY", 6, "2025"), rate("USD", "CNY", 7, "2025-12-31")}, "2025") == 7);  // one last day
  CHECK(yuan({rate("USD", "CNY", 7, "2025-12-31"), rate("USD", "CNY", 6, "2025")}, "2025") == 6);
  // Without a date it is always known, and older than any that is.
  CHECK(yuan({rate("USD", "CNY", 5, ""), rate("USD", "CNY", 7, "2023")}, "2024") == 7);
  CHECK(yuan({rate("USD", "CNY", 5, ""), rate("USD", "CNY", 7, "2023")}, "2022") == 5);
}

TEST_CASE("the stated pair counts before its inverse, and that before two pairs; the command's before the table's") {
  const Rate stated = rate("USD", "CNY", 7, "2020");
  const Rate inverse = rate("CNY", "USD", .125, "2025");
  const Rate to_euro = rate("USD", "EUR", .5, "2025");
  const Rate from_euro = rate("EUR", "CNY", 12, "2025");
  CHECK(yuan({inverse, stated, to_euro, from_euro}, "2025") == 7);
  CHECK(yuan({inverse, to_euro, from_euro}, "2025") == 8);                                     // 1 / .125
  CHECK(yuan({to_euro, from_euro}, "2025") == 6);                                              // .5 · 12
  CHECK(yuan({rate("EUR", "USD", 2, "2025"), rate("CNY", "EUR", .25, "2025")}, "2025") == 2);  // 1/2 · 1/.25
  const Rate given = rate("CNY", "USD", .1, "", true);
  CHECK(yuan({given, stated}, "2025") == 10);
  CHECK(yuan({given, rate("CNY", "USD", .2, "", true), stated}, "2025") == 5);  // the later of the command's
  CHECK(yuan({stated}, "2025", "CNY") == 1);
  CHECK_FALSE(Rates(std::vector{to_euro}, {}, code("CNY")).factor(code("USD")));
}

TEST_CASE("of several ways over one currency the one whose older rate is newest counts, then the first code") {
  // Over EUR: .5 · 12 = 6. Over HKD: 8 · .9 = 7.2.
  const auto ways = [](const char* euro, const char* dollar) {
    return std::vector{rate("USD", "HKD", 8, dollar), rate("HKD", "CNY", .9, "2025"), rate("USD", "EUR", .5, "2025"),
                       rate("EUR", "CNY", 12, euro)};
  };
  CHECK(yuan(ways("2024", "2023"), "2025") == 6);
  CHECK(yuan(ways("2023", "2024"), "2025") == doctest::Approx(7.2));
  CHECK(yuan(ways("2023", "2023"), "2025") == 6);
  CHECK(yuan(ways("2026", "2023"), "2025") == doctest::Approx(7.2));  // a known rate before a later one
}

TEST_CASE("the rates that conversions rested on are named, each once, and no other") {
  Model seen = [] {
    ViewParams params;
    params.currency = code("CNY");
    const Model all = model_of("from,to,kind\na,b,invests\n", "",
                               "from,to,rate,date,source\nEUR,USD,1.25,2024,ecb\nUSD,CNY,7,2023,fed\n"
                               "USD,CNY,8.0,2025,fed\nGBP,CNY,9,,\n");
    params.rates = {rate("JPY", "CNY", .05, "", true)};
    params.rates.front().reported = "0.05";
    return view(all, params);
  }();
  CHECK(view_notes(seen).empty());
  CHECK(in_wanted_currency(seen, exactly(100, code("EUR"))).low == 1000);  // 100 · 1.25 · 8
  CHECK(in_wanted_currency(seen, exactly(100, code("USD"))).low == 800);
  CHECK(in_wanted_currency(seen, exactly(100, code("CNY"))).low == 100);
  CHECK(view_notes(seen) ==
        std::vector<std::string>{"Rate used: 1 EUR = 1.25 USD (2024, ecb)", "Rate used: 1 USD = 8.0 CNY (2025, fed)"});
  CHECK(in_wanted_currency(seen, exactly(100, code("JPY"))).low == 5);
  CHECK(in_wanted_currency(seen, exactly(100, code("GBP"))).low == 900);
  CHECK(view_notes(seen).size() == 4);
  CHECK(view_notes(seen).front() == "Rate used: 1 JPY = 0.05 CNY (given on the command line)");
  CHECK(view_notes(seen).back() == "Rate used: 1 GBP = 9 CNY (undated)");
}

TEST_CASE("a rate a day for thirty years costs what there are rates, and amounts cost no more") {
  std::vector<Rate> rates;
  const auto steps = [&](std::size_t days) {
    rates.clear();
    for (std::size_t day = 0; day < days; ++day) {
      Rate one = rate("USD", day % 2 == 0 ? "CNY" : "EUR", 7, "2000-01-01");
      one.date.year = static_cast<decltype(one.date.year)>(1990 + day / 365);
      rates.push_back(one);
    }
    const Rates converter(rates, {}, code("CNY"));
    for (std::size_t amount = 0; amount < 10 * days; ++amount) converter.convert(exactly(1, code("EUR")));
    CHECK(converter.used().size() == 2);
    return converter.steps();
  };
  const std::size_t few = steps(1'000);
  CHECK(steps(10'000) <= 10 * few);
}
