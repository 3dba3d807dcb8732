#include "read/bounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "base/blanks.hpp"
#include "base/number.hpp"

namespace tierscope::core {
namespace {

constexpr std::pair<std::string_view, bool> figure_names[] = {
    {"revenue", true}, {"value", true}, {"revenue_share", false}, {"supply_share", false}, {"stake", false}};

std::optional<double> bound_of(std::string_view text) {
  text = trimmed(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value < 0) return {};
  return value;
}

std::string bound_digits(double value, bool amount) {
  std::string text;
  append_number(text, amount ? value : value * 100);
  if (text.find('e') != std::string::npos) text = fmt::format("{:.0f}", value);  // amounts have no exponent
  return amount ? text : text + "%";
}

/// As people write it; empty: these are no bounds of anything.
std::string figure_words(std::optional<double> low, std::optional<double> high, bool amount) {
  if (low && high && *low > *high) return {};
  if (!amount && ((low && *low > 1) || (high && *high > 1))) return {};
  if (low && high && *low == *high) return bound_digits(*low, amount);
  if (!low || *low == 0) return high ? "<=" + bound_digits(*high, amount) : std::string();
  if (!high || (!amount && *high == 1)) return ">=" + bound_digits(*low, amount);
  return bound_digits(*low, amount) + ".." + bound_digits(*high, amount);
}

}  // namespace

void Bounds::find_columns(const std::function<std::size_t(std::string_view)>& find,
                          const std::function<std::size_t(std::string_view)>& make) {
  for (const auto& [name, amount] : figure_names) {
    const auto part = [&, word = std::string(name)](const char* suffix) { return find(word + suffix); };
    Figure figure{amount, 0, part("_low"), part("_high"), part("_approximate"), amount ? part("_currency") : 0};
    if ((figure.low == 0 && figure.high == 0) || (amount && figure.currency == 0)) continue;
    figure.column = make(name);
    figures_.push_back(figure);
  }
}

void Bounds::join(std::vector<Cell>& cells, Records& records) const {
  for (const Figure& figure : figures_) {
    const auto text = [&](std::size_t column) {
      const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.column == column; });
      return column == 0 || found == cells.end() ? std::string_view() : trimmed(found->text);
    };
    const std::string_view low = text(figure.low);
    const std::string_view high = text(figure.high);
    const std::string_view currency = text(figure.currency);
    if ((low.empty() && high.empty()) || !text(figure.column).empty() || (figure.amount && currency.empty())) continue;
    if ((!low.empty() && !bound_of(low)) || (!high.empty() && !bound_of(high))) continue;
    std::string words = figure_words(bound_of(low), bound_of(high), figure.amount);
    if (words.empty()) continue;
    const std::string_view approximate = text(figure.approximate);
    if (approximate == "true" || approximate == "1") {
      if (low != high) continue;  // there is no word for about an interval
      words.insert(0, "~");
    }
    if (figure.amount) words.append(" ").append(currency);
    std::erase_if(cells, [&](const Cell& cell) {
      return cell.column != 0 && (cell.column == figure.low || cell.column == figure.high ||
                                  cell.column == figure.approximate || cell.column == figure.currency);
    });
    cells.push_back({figure.column, records.keep(std::move(words))});
  }
}

}  // namespace tierscope::core
