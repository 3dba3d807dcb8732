#include <doctest/doctest.h>

#include <string>

#include "base/words.hpp"

using namespace tierscope::core;
using tierscope::Confidence;
using tierscope::Unit;

namespace {

Quantity read(const std::string& text, Confidence confidence) {
  const bool amount = text.find("USD") != std::string::npos || text.find("CNY") != std::string::npos;
  const ParsedQuantity parsed = amount ? parse_amount(text) : parse_share(text);
  REQUIRE(parsed.wrong == "");
  Quantity quantity = parsed.quantity;
  quantity.confidence = confidence;
  return quantity;
}

void says(const std::string& reported, Confidence confidence, const char* cell, const char* words, const char* low) {
  INFO(reported);
  const Quantity quantity = read(reported, confidence);
  CHECK(in_cell(quantity) == cell);
  CHECK(in_words(quantity) == words);
  CHECK(low_in_words(quantity) == low);
}

constexpr Confidence none = Confidence::none;
constexpr Confidence disclosed = Confidence::disclosed;
constexpr Confidence estimated = Confidence::estimated;

Quantity approximate(double low, double high, Confidence confidence = none) {
  Quantity quantity = between(low, high);
  quantity.approximate = true;
  quantity.confidence = confidence;
  return quantity;
}

}  // namespace

TEST_CASE("a figure is said as it was reported: exact, about, open or closed at one end, a range") {
  says("64.38%", disclosed, "64.38 %", "64.38 %", "at least 64.38 %");
  says("~80%", none, "~80 %", "about 80 %", "about 80 %");
  says("<10%", none, "<10 %", "less than 10 %", "at least 0 %");
  says("<=10%", none, "up to 10 %", "up to 10 %", "at least 0 %");
  says("up to 10%", none, "up to 10 %", "up to 10 %", "at least 0 %");
  says(">85%", none, ">85 %", "more than 85 %", "more than 85 %");
  says(">=85%", none, "≥85 %", "at least 85 %", "at least 85 %");
  says("10%..20%", none, "10–20 %", "between 10 and 20 %", "at least 10 %");
  says("100%", none, "100 %", "100 %", "100 %");
  says(">0%", none, ">0 %", "more than 0 %", "more than 0 %");
  says("<=100%", none, "up to 100 %", "up to 100 %", "at least 0 %");
  says("14.2B USD", none, "14.2B USD", "14.2B USD", "at least 14.2B USD");
  says("~14.2B USD", none, "~14.2B USD", "about 14.2B USD", "about 14.2B USD");
  says(">400B USD", none, ">400B USD", "more than 400B USD", "more than 400B USD");
  says(">=400B USD", none, "≥400B USD", "at least 400B USD", "at least 400B USD");
  says("up to 100B USD", none, "up to 100B USD", "up to 100B USD", "at least 0 USD");
  says("<100B USD", none, "<100B USD", "less than 100B USD", "at least 0 USD");
  says("14.3B..14.6B USD", none, "14.3B–14.6B USD", "between 14.3B and 14.6B USD", "at least 14.3B USD");
  says("1600亿 CNY", none, "160B CNY", "160B CNY", "at least 160B CNY");
}

TEST_CASE("an estimated figure is marked in every style") {
  says("64.38%", estimated, "64.38 % est.", "an estimated 64.38 %", "at least 64.38 % (estimated)");
  says("~80%", estimated, "~80 % est.", "about 80 % (estimated)", "about 80 % (estimated)");
  says("<10%", estimated, "<10 % est.", "less than 10 % (estimated)", "at least 0 % (estimated)");
  says(">85%", estimated, ">85 % est.", "more than 85 % (estimated)", "more than 85 % (estimated)");
  says("10%..20%", estimated, "10–20 % est.", "between 10 and 20 % (estimated)", "at least 10 % (estimated)");
  says("14.2B USD", estimated, "14.2B USD est.", "an estimated 14.2B USD", "at least 14.2B USD (estimated)");
  says("64%", Confidence::reported, "64 %", "64 %", "at least 64 %");
  CHECK(estimate_mark(estimated) == " est.");
  CHECK(estimate_mark(Confidence::reported) == "");
}

// What is computed of an approximate figure can have any shape, and `at least` is for exact bounds alone.
TEST_CASE("an approximate bound is about, never at least") {
  CHECK(in_cell(approximate(0.85, 1)) == "≥~85 %");
  CHECK(in_words(approximate(0.85, 1)) == "about 85 % or more");
  CHECK(low_in_words(approximate(0.85, 1)) == "about 85 %");
  CHECK(in_cell(approximate(0, 0.1)) == "up to ~10 %");
  CHECK(in_words(approximate(0, 0.1)) == "up to about 10 %");
  CHECK(in_cell(approximate(0.4, 0.5, estimated)) == "~40–50 % est.");
  CHECK(in_words(approximate(0.4, 0.5, estimated)) == "about 40 to 50 % (estimated)");
}

TEST_CASE("what nobody reported is unknown, and so is an amount from nothing to everything") {
  CHECK(in_cell({}) == "unknown");
  CHECK(in_words({}) == "an unknown part");
  CHECK(low_in_words({}) == "an unknown part");
  const Quantity any = between(0, unbounded, parse_currency("USD"));
  CHECK(in_cell(any) == "unknown");
  CHECK(in_words(any) == "an unknown amount");
  Quantity graded;
  graded.confidence = estimated;
  CHECK(in_cell(graded) == "unknown");
}

// 12.3456 % rounds to 12.35 %, but at least 12.35 % would be more than is known; likewise up to 12.34 %.
TEST_CASE("bounds are rounded away from what they bound, exact figures to the nearest") {
  CHECK(in_cell(exactly(0.123456)) == "12.35 %");
  CHECK(low_in_words(exactly(0.123456)) == "at least 12.34 %");
  CHECK(in_cell(between(0.123456, 1)) == "≥12.34 %");
  CHECK(in_cell(between(0, 0.123411)) == "up to 12.35 %");
  CHECK(in_cell(between(0.123456, 0.201111)) == "12.34–20.12 %");
  CHECK(low_in_words(exactly(0.6438)) == "at least 64.38 %");  // .6438 · 100 is no 64.38 in binary
  CHECK(low_in_words(exactly(0.29)) == "at least 29 %");
  CHECK(low_in_words(exactly(0.0000123456)) == "at least 0.0012 %");
  CHECK(in_cell(exactly(0.00001)) == "0.001 %");
  CHECK(in_cell(exactly(0.999999)) == "99.99 %");
  CHECK(low_in_words(exactly(14'276'600'000, parse_currency("USD"))) == "at least 14.276B USD");
  CHECK(in_cell(exactly(14'276'600'000, parse_currency("USD"))) == "14.277B USD");
  CHECK(in_cell(between(0.33333, 0.33334)) == "33.33 %");  // one figure as far as it is printed
}

TEST_CASE("a picture has room for few digits, and says no more by them") {
  const Digits few{.few = true};
  CHECK(in_cell(exactly(0.6438), few) == "64 %");
  CHECK(in_cell(exactly(0.647), few) == "65 %");
  CHECK(low_in_words(exactly(0.647), few) == "at least 64 %");
  CHECK(in_cell(exactly(0.0849), few) == "8.5 %");
  CHECK(in_cell(exactly(0.999), few) == "99 %");
  CHECK(in_cell(between(0.647, 1), few) == "≥64 %");
  CHECK(in_cell(exactly(0), few) == "0 %");
}

TEST_CASE("indices and counts are intervals too") {
  const Digits hhi{.unit = Unit::hhi};
  CHECK(in_cell(between(2500.6, 3000.2), hhi) == "2500–3001");
  CHECK(in_cell(exactly(2500.6), hhi) == "2501");
  CHECK(in_words(between(2500.6, 3000.2), hhi) == "between 2500 and 3001");
  CHECK(low_in_words(between(2500.6, 3000.2), hhi) == "at least 2500");
  CHECK(in_cell(between(1.5, unbounded), {.unit = Unit::none}) == "≥1.5");
}

TEST_CASE("percentages of fractions") {
  CHECK(format_percent(0.6438) == "64.38 %");
  CHECK(format_percent(0.00001) == "<0.01 %");
  CHECK(format_percent_above_one(1.4) == "140 %");
  CHECK(format_percent_above_one(1.0001) == "100.01 %");
  CHECK(format_percent_above_one(1.00001) == "100.001 %");
  CHECK(format_percent_above_one(1.000000002) == "100.0000002 %");
}

TEST_CASE("proven is said only where every figure is disclosed") {
  CHECK(proof_word(disclosed) == "proven");
  CHECK(proof_word(Confidence::reported) == "reported");
  CHECK(proof_word(none) == "recorded");
  CHECK(proof_word(estimated) == "estimated");
}

TEST_CASE("a grade is as weak as the weakest figure, and starts with none") {
  Grade grade;
  CHECK(!grade.disclosed());
  CHECK(grade.mark(exactly(0.5)).confidence == none);
  grade.add(read("10%", disclosed));
  CHECK(grade.disclosed());
  CHECK(!grade.approximate);
  grade.add(Quantity{});  // unknown: nothing that the result rests on
  CHECK(grade.disclosed());
  grade.add(read("<10%", Confidence::reported));  // with low 0 too
  CHECK(grade.confidence == Confidence::reported);
  grade.add(read("~5%", disclosed));
  CHECK(grade.approximate);
  grade.add(read("5%", none));
  CHECK(grade.confidence == none);  // not stated is weaker than reported
  Grade more;
  more.add(read("5%", estimated));
  more.add(grade);
  CHECK(more.approximate);
  CHECK(in_cell(more.mark(exactly(0.3))) == "~30 % est.");
}

TEST_CASE("a revenue lends its ~, and a grade only where it states one") {
  Grade grade;
  grade.add(read("10M USD", disclosed));
  grade.add_divisor(read("~100M USD", none));
  CHECK(grade.approximate);
  CHECK(grade.disclosed());
  grade.add_divisor(read("100M USD", estimated));
  CHECK(grade.confidence == estimated);
  Grade alone;
  alone.add_divisor(read("100M USD", none));
  CHECK(!alone.any);
}
