#include "base/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tierscope::core {
namespace {

enum class Round : std::uint8_t { nearest, down, up };

std::string rounded(double value, int decimals, Round round) {
  const double unit = std::pow(10, -decimals);
  const double nearest = std::round(value / unit) * unit;
  const double slack = 1e-9 * std::abs(value);  // .6438 · 100 is 64.38, whatever its last bit says
  if (round == Round::down && nearest > value + slack) return format_number(std::max(0.0, nearest - unit), decimals);
  if (round == Round::up && nearest < value - slack) return format_number(nearest + unit, decimals);
  return format_number(value, decimals);
}

std::string percent_digits(double fraction, bool few, Round round) {
  const double percent = fraction * 100;
  int decimals = !few ? 2 : percent < 10 && percent > 0 ? 1 : 0;
  // What is small is not nothing: two digits of it.
  if (percent > 0 && percent < std::pow(10, -decimals))
    decimals = std::min(15, 1 - static_cast<int>(std::floor(std::log10(percent))));
  std::string text = rounded(percent, decimals, round);
  if (text == "100" && percent < 100 - 1e-9 && round == Round::nearest) text = rounded(percent, decimals, Round::down);
  return text;
}

std::string amount_digits(double amount, Round round) {
  constexpr std::pair<double, const char*> scales[] = {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}, {1e3, "k"}};
  for (const auto& [factor, word] : scales)
    if (amount >= factor * (1 - 1e-12)) return rounded(amount / factor, 3, round) + word;
  return rounded(amount, 2, round);
}

std::string_view estimate_mark(Confidence confidence) { return confidence == Confidence::estimated ? " est." : ""; }

/// A quantity taken apart: every style of words is made of these.
class Figure {
 public:
  enum class Shape : std::uint8_t { unknown, exact, least, most, range };

  Figure(const Quantity& quantity, Digits digits)
      : quantity_(quantity),
        unit_(digits.unit.value_or(quantity.currency ? Unit::money : Unit::share)),
        few_(digits.few),
        shape_(shape_of()) {}

  Shape shape() const { return shape_; }
  std::string number(double value, Round round) const { return bare(value, round) + sign(); }
  std::string low(Round round = Round::down) const { return number(quantity_.low, round); }
  std::string high() const { return number(quantity_.high, Round::up); }
  /// Can it be no larger, or is nothing known?
  bool whole() const { return shape_ == Shape::unknown || (unit_ == Unit::share && quantity_.low >= 1); }
  std::string bare_low() const { return bare(quantity_.low, Round::down); }

 private:
  std::string bare(double value, Round round) const {
    switch (unit_) {
      case Unit::share: return percent_digits(value, few_, round);
      case Unit::money: return amount_digits(value, round);
      case Unit::hhi: return rounded(value, 0, round);
      default: return rounded(value, 2, round);
    }
  }

  std::string sign() const {
    if (unit_ == Unit::share) return " %";
    return unit_ == Unit::money ? " " + std::string(to_string(quantity_.currency)) : "";
  }

  Shape shape_of() const {
    const bool unlimited = unit_ == Unit::share ? quantity_.high >= 1 : std::isinf(quantity_.high);
    if (!quantity_ || (quantity_.low == 0 && std::isinf(quantity_.high))) return Shape::unknown;
    if (quantity_.low == quantity_.high) return Shape::exact;
    if (unlimited && (quantity_.low > 0 || quantity_.above)) return Shape::least;
    if (quantity_.low == 0) return Shape::most;
    return bare(quantity_.low, Round::nearest) == bare(quantity_.high, Round::nearest) ? Shape::exact : Shape::range;
  }

  const Quantity& quantity_;
  Unit unit_;
  bool few_;
  Shape shape_;
};

using Shape = Figure::Shape;

std::string with_estimate(std::string words, Confidence confidence) {
  return confidence == Confidence::estimated ? std::move(words) + " (estimated)" : words;
}

std::string least_in_words(const Quantity& quantity, const Figure& figure) {
  if (quantity.approximate) return "about " + figure.low(Round::nearest);
  return (quantity.above ? "more than " : "at least ") + figure.low();
}

}  // namespace

std::string in_cell(const Quantity& quantity, Digits digits) {
  const Figure figure(quantity, digits);
  const std::string about = quantity.approximate ? "~" : "";
  std::string cell;
  switch (figure.shape()) {
    case Shape::unknown: return "unknown";
    case Shape::exact: cell = about + figure.low(Round::nearest); break;
    case Shape::least: cell = (quantity.above ? ">" : "≥") + about + figure.low(); break;
    case Shape::most: cell = (quantity.below ? "<" : "up to ") + about + figure.high(); break;
    case Shape::range: cell = about + figure.bare_low() + "–" + figure.high(); break;
  }
  return cell.append(estimate_mark(quantity.confidence));
}

std::string in_words(const Quantity& quantity, Digits digits) {
  const Figure figure(quantity, digits);
  const bool about = quantity.approximate;
  std::string words;
  switch (figure.shape()) {
    case Shape::unknown:
      return quantity.currency || digits.unit == Unit::money ? "an unknown amount" : "an unknown part";
    case Shape::exact:
      if (!about && quantity.confidence == Confidence::estimated) return "an estimated " + figure.low(Round::nearest);
      words = (about ? "about " : "") + figure.low(Round::nearest);
      break;
    case Shape::least: words = least_in_words(quantity, figure) + (about ? " or more" : ""); break;
    case Shape::most:
      words = (about ? "up to about " : quantity.below ? "less than " : "up to ") + figure.high();
      break;
    case Shape::range:
      words = (about ? "about " : "between ") + figure.bare_low() + (about ? " to " : " and ") + figure.high();
      break;
  }
  return with_estimate(std::move(words), quantity.confidence);
}

std::string low_in_words(const Quantity& quantity, Digits digits) {
  const Figure figure(quantity, digits);
  if (figure.whole()) return in_words(quantity, digits);
  return with_estimate(least_in_words(quantity, figure), quantity.confidence);
}

std::string_view proof_word(Confidence weakest) {
  switch (weakest) {
    case Confidence::disclosed: return "proven";
    case Confidence::reported: return "reported";
    case Confidence::estimated: return "estimated";
    case Confidence::none: break;
  }
  return "recorded";
}

std::string_view caveat(const Grade& grade) {
  const bool estimated = grade.confidence == Confidence::estimated;
  if (estimated && grade.approximate) return " (some figures estimated or approximate)";
  if (estimated) return " (some figures estimated)";
  return grade.approximate ? " (some figures approximate)" : "";
}

std::string counted_until_stopped(const std::string& text, bool complete) {
  return complete ? text : "at least " + text;
}

std::string_view marks(const Grade& grade) {
  if (grade.confidence != Confidence::estimated) return grade.approximate ? "~" : "";
  return grade.approximate ? "~ est." : "est.";
}

std::string marked(std::string number, const Grade& grade) {
  if (grade.approximate) number.insert(0, "~");
  return number.append(estimate_mark(grade.confidence));
}

std::string format_percent(double fraction) {
  const double percent = fraction * 100;
  if (percent > 0 && percent < 0.005) return "<0.01 %";
  return format_number(percent, 2) + " %";
}

std::string format_percent_above_one(double sum) {
  constexpr int most_decimals = 12;
  int decimals = 2;
  while (decimals < most_decimals && format_number(sum * 100, decimals) == "100") ++decimals;
  return format_number(sum * 100, decimals) + " %";
}

}  // namespace tierscope::core
