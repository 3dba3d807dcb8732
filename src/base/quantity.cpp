#include "base/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace tierscope::core {
namespace {

// ISO 4217, active codes in alphabetical order; index 0 is "none".
constexpr std::array<std::string_view, 170> currencies = {
    "",    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW",
    "CLF", "CLP", "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR",
    "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR",
    "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XAG",
    "XAU", "XCD", "XCG", "XDR", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG"};

// Their places by the letters of the code.
constexpr std::size_t place_of(std::string_view code) {
  std::size_t place = 0;
  for (const char c : code) place = 26 * place + static_cast<std::size_t>(c - 'A');
  return place;
}
constexpr auto currency_numbers = [] {
  std::array<std::uint8_t, std::size_t{26} * 26 * 26> numbers{};
  for (std::size_t i = 1; i < currencies.size(); ++i) numbers[place_of(currencies[i])] = static_cast<std::uint8_t>(i);
  return numbers;
}();

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

inline bool take(std::string_view& text, std::string_view word) {
  if (text.empty() || text.front() != word.front() || !text.starts_with(word)) return false;
  text = trim(text.substr(word.size()));
  return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum class Bound { exact, about, above, at_least, below, at_most };

Bound take_bound(std::string_view& text) {
  if (text.empty() || is_digit(text.front())) return Bound::exact;
  if (take(text, "~")) return Bound::about;
  if (take(text, ">=") || take(text, "≥")) return Bound::at_least;
  if (take(text, "<=") || take(text, "≤") || take(text, "up to ")) return Bound::at_most;
  if (take(text, ">")) return Bound::above;
  if (take(text, "<")) return Bound::below;
  return Bound::exact;
}

/// A decimal number: its text, and its digits as a whole number times a power of ten where that is exact.
struct Decimal {
  std::string_view text;  // empty: there is none
  std::uint64_t digits = 0;
  int exponent = 0;
  bool whole = false;  // digits and exponent hold it
};

// The digits of a decimal number at the front of the text. from_chars also takes nan, inf and a sign: not here. The
// `..` of a range is no decimal point.
Decimal take_decimal(std::string_view& text) {
  Decimal number;
  if (text.empty() || !is_digit(text.front())) return number;
  std::size_t at = 0;
  const auto take_digits = [&] {
    const std::size_t begin = at;
    for (; at < text.size() && is_digit(text[at]); ++at)
      number.digits = 10 * number.digits + static_cast<std::uint64_t>(text[at] - '0');
    return at - begin;
  };
  take_digits();
  if (at + 1 < text.size() && text[at] == '.' && text[at + 1] != '.') {
    ++at;
    number.exponent = -static_cast<int>(take_digits());
  } else if (at + 1 == text.size() && text[at] == '.') {
    ++at;
  }
  // Nineteen digits fit into 64 bits. An exponent is another matter: 1e3.
  number.whole = at <= 19 && (at == text.size() || (text[at] != 'e' && text[at] != 'E'));
  if (!number.whole) {
    double value = 0;
    const std::size_t range = std::min(text.find(".."), text.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + range, value);
    if (error != std::errc()) return {};
    at = static_cast<std::size_t>(end - text.data());
  }
  number.text = text.substr(0, at);
  text = trim(text.substr(at));
  return number;
}

// number · 10^exponent in one rounding, so that 256.6M is 256600000 and 64.38% is 0.6438; infinite where it overflows.
double scaled_value(const Decimal& number, int exponent) {
  // Both factors are exact doubles, so that the one operation rounds as the whole (Clinger 1990).
  constexpr std::array<double, 23> powers = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const int power = number.exponent + exponent;
  if (number.whole && number.digits <= (std::uint64_t{1} << 53U) && power >= -22 && power <= 22) {
    const auto digits = static_cast<double>(number.digits);
    return power < 0 ? digits / powers[static_cast<std::size_t>(-power)]
                     : digits * powers[static_cast<std::size_t>(power)];
  }
  const std::string_view digits = number.text;
  std::string whole(digits);
  if (digits.find_first_of("eE") == std::string_view::npos) whole += fmt::format("e{}", exponent);
  double value = 0;
  if (std::from_chars(whole.data(), whole.data() + whole.size(), value).ec != std::errc()) return unbounded;
  return whole.size() == digits.size() ? value * std::pow(10, exponent) : value;
}

// The exponent of ten that the scale at the front of the text means; 0 where there is none.
int take_scale(std::string_view& text) {
  if (text.empty() || (text.front() >= 'C' && text.front() != 'M' && text.front() != 'T' && text.front() < 'k'))
    return 0;  // most often the currency
  constexpr std::pair<std::string_view, int> scales[] = {{"万亿", 12}, {"萬億", 12}, {"亿", 8}, {"億", 8}, {"万", 4},
                                                         {"萬", 4},    {"k", 3},     {"M", 6},  {"B", 9},  {"T", 12}};
  for (const auto& [word, exponent] : scales) {
    std::string_view rest = text;
    if (!take(rest, word)) continue;
    // "TWD" begins with a T and "BRL" with a B: a scale is followed by nothing, a space or the end of a range.
    const std::size_t after = word.size();
    if (word.size() == 1 && text.size() > after && text[after] != ' ' && text[after] != '.') continue;
    text = rest;
    return exponent;
  }
  return 0;
}

Quantity interval_of(Bound bound, double value, double most) {
  Quantity quantity = exactly(value);
  quantity.approximate = bound == Bound::about;
  quantity.above = bound == Bound::above;
  quantity.below = bound == Bound::below;
  if (bound == Bound::above || bound == Bound::at_least) quantity.high = most;
  if (bound == Bound::below || bound == Bound::at_most) quantity.low = 0;
  return quantity;
}

constexpr const char* share_remedy = "write a share as 64.38%, 0.6438, ~80%, >85%, <10% or 10%..20%";
constexpr const char* amount_remedy =
    "write an amount as 14.2B USD, 1600亿 CNY, >400B USD, up to 100B USD or 14.3B..14.6B USD";

ParsedQuantity wrong(std::string what, std::string remedy) { return {{}, std::move(what), std::move(remedy)}; }

std::optional<double> take_fraction(std::string_view& text) {
  const Decimal number = take_decimal(text);
  if (number.text.empty()) return {};
  return scaled_value(number, take(text, "%") ? -2 : 0);
}

}  // namespace

Currency parse_currency(std::string_view code) {
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return {};
  return Currency{currency_numbers[place_of(code)]};
}

std::string_view to_string(Currency currency) { return currencies[currency.index]; }

Quantity exactly(double value, Currency currency) { return between(value, value, currency); }

Quantity between(double low, double high, Currency currency) {
  Quantity quantity;
  quantity.low = low;
  quantity.high = high;
  quantity.currency = currency;
  quantity.known = true;
  return quantity;
}

void Grade::add(bool approximately, Confidence stated) {
  approximate |= approximately;
  confidence = any ? weaker(confidence, stated) : stated;
  any = true;
}

void Grade::add(const Quantity& figure) {
  if (figure) add(figure.approximate, figure.confidence);
}

void Grade::add(const Grade& other) {
  if (other.any) add(other.approximate, other.confidence);
}

void Grade::add_revenue(const Quantity& revenue) {
  if (!revenue) return;
  if (revenue.confidence != Confidence::none)
    add(revenue);
  else
    approximate |= revenue.approximate;
}

Quantity Grade::mark(Quantity result) const {
  result.approximate = approximate;
  result.confidence = confidence;
  return result;
}

ParsedQuantity parse_share(std::string_view reported) {
  std::string_view text = trim(reported);
  const bool negative = text.starts_with('-');
  const Bound bound = take_bound(text);
  const std::optional<double> first = take_fraction(text);
  if (!first && negative) return wrong(fmt::format("share '{}' is negative", reported), "a share lies in 0%..100%");
  if (!first) return wrong(fmt::format("'{}' is no share", reported), share_remedy);
  Quantity share = interval_of(bound, *first, 1);
  if (take(text, "..")) {
    const std::optional<double> second = take_fraction(text);
    if (!second || bound != Bound::exact)
      return wrong(fmt::format("'{}' is no range of shares", reported), share_remedy);
    share.high = *second;
  }
  if (!text.empty()) return wrong(fmt::format("'{}' is no share", reported), share_remedy);
  if (*first > 1 || share.high > 1 || (*first >= 1 && bound == Bound::above))
    return wrong(fmt::format("share '{}' is above 100 %", reported),
                 "a share lies in 0%..100%; without % it is a fraction (0.64 = 64%)");
  if (share.low > share.high)
    return wrong(fmt::format("the range '{}' runs backwards", reported), "write the lower share first");
  return {share, {}, {}};
}

ParsedQuantity parse_amount(std::string_view reported) {
  std::string_view text = trim(reported);
  const bool negative = text.starts_with('-');
  const Bound bound = take_bound(text);
  const Decimal first = take_decimal(text);
  if (first.text.empty() && negative)
    return wrong(fmt::format("amount '{}' is negative", reported), "swap from and to, or correct the sign");
  if (first.text.empty()) return wrong(fmt::format("'{}' is no amount", reported), amount_remedy);
  const int low_scale = take_scale(text);
  Quantity amount = interval_of(bound, scaled_value(first, low_scale), unbounded);
  if (take(text, "..")) {
    const Decimal second = take_decimal(text);
    if (second.text.empty() || bound != Bound::exact)
      return wrong(fmt::format("'{}' is no range of amounts", reported), amount_remedy);
    const int high_scale = take_scale(text);
    // `14.3..14.6B USD` could mean 14.3 dollars: the product never guesses a number.
    if (low_scale == 0 && high_scale != 0)
      return wrong(fmt::format("the range '{}' has a scale only at its end", reported),
                   "write both, as in 14.3B..14.6B USD");
    amount.high = scaled_value(second, high_scale);
  }
  if (text.empty())
    return wrong(fmt::format("amount '{}' has no currency", reported), "add the ISO 4217 code, as in 14.2B USD");
  amount.currency = parse_currency(text);
  if (!amount.currency) {
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (parse_currency(upper))
      return wrong(fmt::format("unknown currency '{}' in '{}'", text, reported), "write " + upper);
    return wrong(fmt::format("unknown currency '{}' in '{}'", text, reported), amount_remedy);
  }
  if (!std::isfinite(amount.low) || (!std::isfinite(amount.high) && bound != Bound::above && bound != Bound::at_least))
    return wrong(fmt::format("amount '{}' is too large", reported), amount_remedy);
  if (amount.low > amount.high)
    return wrong(fmt::format("the range '{}' runs backwards", reported), "write the lower amount first");
  return {amount, {}, {}};
}

std::string format_number(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

}  // namespace tierscope::core
