// Definitions, section 2: quantities are intervals, as reported.

#include "base/quantity.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>

using namespace tierscope::core;

namespace {

void reads_share(const std::string& text, double low, double high) {
  INFO(text);
  const ParsedQuantity parsed = parse_share(text);
  CHECK(parsed.wrong == "");
  CHECK(parsed.quantity.low == low);
  CHECK(parsed.quantity.high == high);
}

void reads_amount(const std::string& text, double low, double high, const char* currency) {
  INFO(text);
  const ParsedQuantity parsed = parse_amount(text);
  CHECK(parsed.wrong == "");
  CHECK(parsed.quantity.low == low);
  CHECK(parsed.quantity.high == high);
  CHECK(to_string(parsed.quantity.currency) == currency);
}

}  // namespace

TEST_CASE("shares are read as the table of section 2 says") {
  reads_share("64.38%", 0.6438, 0.6438);
  reads_share("0.6438", 0.6438, 0.6438);
  reads_share("~80%", 0.8, 0.8);
  CHECK(parse_share("~80%").quantity.approximate);
  reads_share(">85%", 0.85, 1);
  reads_share(">=85%", 0.85, 1);
  reads_share("<10%", 0, 0.1);
  reads_share("10%..20%", 0.1, 0.2);
  reads_share("0.1..0.2", 0.1, 0.2);
  reads_share("up to 10%", 0, 0.1);
  reads_share("100%", 1, 1);
  reads_share("1", 1, 1);
  reads_share("0", 0, 0);
  reads_share(" 64.38 % ", 0.6438, 0.6438);
}

TEST_CASE("amounts are read as the table of section 2 says") {
  reads_amount("14.2B USD", 14.2e9, 14.2e9, "USD");
  reads_amount("up to 100B USD", 0, 100e9, "USD");
  reads_amount("<=100B USD", 0, 100e9, "USD");
  reads_amount(">400B USD", 400e9, unbounded, "USD");
  reads_amount("1600亿 CNY", 1600e8, 1600e8, "CNY");
  reads_amount("14.3B..14.6B USD", 14.3e9, 14.6e9, "USD");
  reads_amount("~5.6B USD", 5.6e9, 5.6e9, "USD");
  reads_amount("3.809T TWD", 3.809e12, 3.809e12, "TWD");
  reads_amount("2万亿 CNY", 2e12, 2e12, "CNY");
  reads_amount("3万 CNY", 3e4, 3e4, "CNY");
  reads_amount("256.6M USD", 256.6e6, 256.6e6, "USD");
  reads_amount("9k EUR", 9000, 9000, "EUR");
  reads_amount("5 TRY", 5, 5, "TRY");  // T is no scale here
  reads_amount("5 BRL", 5, 5, "BRL");
  reads_amount("0 USD", 0, 0, "USD");
}

TEST_CASE("a wrong share says what is wrong and what would be right") {
  const char* const remedy = "write a share as 64.38%, 0.6438, ~80%, >85%, <10% or 10%..20%";
  const auto wrong = [&](const std::string& text, const std::string& what, const std::string& why) {
    INFO(text);
    CHECK(parse_share(text).wrong == what);
    CHECK(parse_share(text).remedy == why);
  };
  wrong("120%", "share '120%' is above 100 %", "a share lies in 0%..100%; without % it is a fraction (0.64 = 64%)");
  wrong("64.38", "share '64.38' is above 100 %", "a share lies in 0%..100%; without % it is a fraction (0.64 = 64%)");
  wrong("-5%", "share '-5%' is negative", "a share lies in 0%..100%");
  wrong("half", "'half' is no share", remedy);
  wrong("nan", "'nan' is no share", remedy);
  wrong("inf", "'inf' is no share", remedy);
  wrong("5%%", "'5%%' is no share", remedy);
  wrong("1e999", "'1e999' is no share", remedy);
  wrong("", "'' is no share", remedy);
  wrong("20%..10%", "the range '20%..10%' runs backwards", "write the lower share first");
  wrong("10..20%", "share '10..20%' is above 100 %",
        "a share lies in 0%..100%; without % it is a fraction (0.64 = 64%)");
}

TEST_CASE("a wrong amount says what is wrong and what would be right") {
  const char* const remedy = "write an amount as 14.2B USD, 1600亿 CNY, >400B USD, up to 100B USD or 14.3B..14.6B USD";
  const auto wrong = [&](const std::string& text, const std::string& what, const std::string& why) {
    INFO(text);
    CHECK(parse_amount(text).wrong == what);
    CHECK(parse_amount(text).remedy == why);
  };
  wrong("lots", "'lots' is no amount", remedy);
  wrong("14.2B", "amount '14.2B' has no currency", "add the ISO 4217 code, as in 14.2B USD");
  wrong("14.2B XYZ", "unknown currency 'XYZ' in '14.2B XYZ'", remedy);
  wrong("14.2B usd", "unknown currency 'usd' in '14.2B usd'", "write USD");
  wrong("-3B USD", "amount '-3B USD' is negative", "swap from and to, or correct the sign");
  wrong("$5B", "'$5B' is no amount", remedy);
  wrong("nan USD", "'nan USD' is no amount", remedy);
  wrong("14.3..14.6B USD", "the range '14.3..14.6B USD' has a scale only at its end",
        "write both, as in 14.3B..14.6B USD");
  wrong("2B..1B USD", "the range '2B..1B USD' runs backwards", "write the lower amount first");
}

TEST_CASE("every decimal number is the double next to it, at any scale") {
  std::mt19937 random(7);
  const auto digits = [&](std::size_t most) {
    std::string text;
    for (std::size_t n = random() % (most + 1); n > 0; --n) text += static_cast<char>('0' + random() % 10);
    return text;
  };
  for (int i = 0; i < 200'000; ++i) {
    std::string number = static_cast<char>('0' + random() % 10) + digits(i % 4 == 0 ? 24 : 6);
    if (random() % 3 != 0) number += "." + digits(i % 5 == 0 ? 24 : 5);
    if (i % 50 == 0) number += "e" + std::to_string(random() % 30);
    CAPTURE(number);
    const bool exponent = number.find('e') != std::string::npos;
    CHECK(parse_amount(number + " USD").quantity.low == std::strtod(number.c_str(), nullptr));
    if (exponent) continue;
    CHECK(parse_amount(number + "B USD").quantity.low == std::strtod((number + "e9").c_str(), nullptr));
    const double share = std::strtod((number + "e-2").c_str(), nullptr);
    if (share <= 1) CHECK(parse_share(number + "%").quantity.low == share);
  }
}

TEST_CASE("every ISO 4217 code of the list is found, and nothing else") {
  for (const char* code : {"AED", "CNY", "EUR", "JPY", "KRW", "TWD", "USD", "ZWG", "HKD", "GBP", "INR"})
    CHECK(to_string(parse_currency(code)) == code);
  for (const char* code : {"", "US", "USDX", "usd", "DEM", "BTC"}) CHECK(!parse_currency(code));
}
