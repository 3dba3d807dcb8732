#pragma once
// Shares and amounts as intervals that keep their reported text (definitions, section 2).

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <tierscope/kinds.hpp>

#include "base/text.hpp"

namespace tierscope::core {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// ISO 4217 code as an index into the list of known codes; 0 = none (a share, or no amount).
struct Currency {
  std::uint16_t index = 0;
  explicit operator bool() const { return index != 0; }
  friend bool operator==(Currency a, Currency b) { return a.index == b.index; }
};

/// Index 0 for a code that ISO 4217 does not list (upper case only).
Currency parse_currency(std::string_view code);
std::string_view to_string(Currency currency);

/// A closed interval. Shares are fractions 0..1; amounts are in whole units of `currency`, high may be infinite.
/// Not `known`: nothing was reported, which is never the same as zero.
struct Quantity {
  double low = 0;
  double high = 0;
  Text reported;  // empty for computed quantities
  Currency currency;
  // Bits, so that the four of a relation take 24 bytes each and not 32.
  bool known : 1 = false;
  bool approximate : 1 = false;  // `~`
  bool above : 1 = false;        // `>`: low itself is excluded
  bool below : 1 = false;        // `<`: high itself is excluded
  Confidence confidence = Confidence::none;
  explicit operator bool() const { return known; }
};

Quantity exactly(double value, Currency currency = {});
Quantity between(double low, double high, Currency currency = {});

/// How far a computed figure can be trusted: it is approximate where one of the figures that it rests on is, and as
/// weak as the weakest of them. Every figure that enters is added, also with low 0; an unknown one adds nothing.
struct Grade {
  bool approximate = false;
  Confidence confidence = Confidence::none;  // of nothing: not stated
  bool any = false;                          // something was added

  void add(bool approximately, Confidence stated);
  void add(const Quantity& figure);
  void add(const Grade& other);
  /// A revenue that enters lends its `~`, and its confidence only where it states one.
  void add_revenue(const Quantity& revenue);
  /// Is every figure disclosed, and is there one?
  bool disclosed() const { return any && confidence == Confidence::disclosed; }
  /// What was computed bears the grade, whatever it bore.
  Quantity mark(Quantity result) const;
};

/// Result of reading one text: either a known quantity (its `reported` is left to the caller) or what is wrong with it.
struct ParsedQuantity {
  Quantity quantity;
  std::string wrong;
  std::string remedy;
};

/// `64.38%`, `0.6438`, `~80%`, `>85%`, `>=85%`, `<10%`, `<=10%`, `up to 10%`, `10%..20%`.
ParsedQuantity parse_share(std::string_view reported);

/// A number with an optional scale (k M B T 万 亿 万亿) and an ISO 4217 code: `14.2B USD`, `>400B USD`, `1600亿 CNY`.
ParsedQuantity parse_amount(std::string_view reported);

/// At most `decimals` decimals, trailing zeros dropped: 14.2, 0.5, 12.
std::string format_number(double value, int decimals);

}  // namespace tierscope::core
