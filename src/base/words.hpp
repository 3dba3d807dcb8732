#pragma once
// The one place that makes words of a quantity (definitions, section 2), so that no cell and no sentence says more than
// the figure does: `~` and `about` where it is approximate, `est.` and `estimated` where it is estimated, `at least` of
// an exact low bound alone, and an open bound stays open. What is no exact number is rounded outwards.

#include <optional>
#include <string>
#include <string_view>

#include <tierscope/fields.hpp>

#include "base/quantity.hpp"

namespace tierscope::core {

struct Digits {
  std::optional<Unit> unit{};  // else an amount where the quantity has a currency, and a share where it has none
  bool few = false;            // shares as a picture has room for: `64 %`, `8.5 %`
};

/// For a cell: `64.38 %`, `~80 % est.`, `<10 %`, `up to 10 %`, `≥85 %`, `>85 %`, `10–20 %`, `14.2B USD est.`,
/// `unknown`.
std::string in_cell(const Quantity& quantity, Digits digits = {});

/// Inside a sentence: `64.38 %`, `about 80 %`, `less than 10 %`, `up to 10 %`, `at least 85 %`, `more than 85 %`,
/// `between 10 and 20 %`; `an estimated 64.38 %`, `about 80 % (estimated)`; `an unknown share`.
std::string in_words(const Quantity& quantity, Digits digits = {});

/// The low bound inside a sentence, of a figure that may be larger: `at least 12.3 %`; `about 12.3 %` where
/// approximate.
std::string low_in_words(const Quantity& quantity, Digits digits = {});

/// What may be said of figures whose weakest is so: `proven` where all are disclosed, else `reported`, `recorded` (not
/// stated) or `estimated`.
std::string_view proof_word(Confidence weakest);

/// Behind a statement that counts or compares several figures: ` (some figures estimated)`, ` (some figures
/// approximate)`, ` (some figures estimated or approximate)`, or nothing.
std::string_view caveat(const Grade& grade);

/// A count of what a search found: the text, `at least` before it where the search was stopped.
std::string counted_until_stopped(const std::string& text, bool complete);

/// A number that is no quantity, as good as the figures that it rests on: `~64 % est.`
std::string marked(std::string number, const Grade& grade);
/// The same for who prints the number himself: `~`, `est.`, `~ est.`, or nothing.
std::string_view marks(const Grade& grade);
/// What a legend says of it.
inline constexpr std::string_view estimate_key = "est.: an estimate, not a reported figure";

/// `64.38 %`, `<0.01 %`: of a fraction that is exact, or was computed.
std::string format_percent(double fraction);
/// For a sum that is above 1: with as many decimals as tell it from 100 %.
std::string format_percent_above_one(double sum);

}  // namespace tierscope::core
