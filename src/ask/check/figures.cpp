// What the figures of rows say against each other and against their own notes.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "ask/check/rows.hpp"
#include "base/unicode.hpp"
#include "model/chosen.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

struct NamedFigure {
  const char* attribute;
  Quantity Relation::*quantity;
};
constexpr NamedFigure all_figures[] = {{"revenue_share", &Relation::revenue_share},
                                       {"supply_share", &Relation::supply_share},
                                       {"value", &Relation::value},
                                       {"stake", &Relation::stake}};

bool differ(const Quantity& a, const Quantity& b) {
  return a.low != b.low || a.high != b.high || !(a.currency == b.currency);
}

// What a row states its figure of, beside its link and date: another standing, basis or deal is another statement.
auto statement_of(const Relation& r, bool amount) {
  const bool deal = amount && !level_amount(r);
  return std::make_tuple(standing(r, {}), amount ? r.basis : Basis::none, deal ? r.deal.id : 0U,
                         deal && !r.deal && r.since ? first_day(r.since) : INT32_MIN);
}

/// The number that a text begins with, thousands parted by commas; how much of the text it takes.
std::pair<double, std::size_t> number_at(std::string_view text) {
  std::string digits;
  std::size_t end = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    const bool digit = c >= '0' && c <= '9';
    const bool inner = (c == ',' || c == '.') && end + 1 < text.size() && text[end + 1] >= '0' && text[end + 1] <= '9';
    if (!digit && !inner) break;
    if (c != ',') digits += c;
  }
  double value = NAN;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return {value, end};
}

constexpr std::array inexact_words{
    std::string_view("about"),  std::string_view("nearly"),  std::string_view("approximately"),
    std::string_view("approx"), std::string_view("roughly"), std::string_view("around"),
    std::string_view("almost"), std::string_view("circa"),   std::string_view("ca"),
    std::string_view("约"),     std::string_view("大约"),    std::string_view("将近"),
    std::string_view("接近"),   std::string_view("rund"),    std::string_view("etwa"),
    std::string_view("knapp"),  std::string_view("environ"), std::string_view("unos")};

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.starts_with(word); });
}

/// The word and number of a note that say a share or an amount is not exact: `about $5`; empty where none does. The
/// number must be said to be a share or an amount, or it may be of years or racks.
std::string_view inexact_mention(std::string_view folded, double figure, bool amount) {
  for (const std::string_view word : inexact_words) {
    for (std::size_t at = folded.find(word); at != std::string_view::npos; at = folded.find(word, at + 1)) {
      if (letter(word.front()) && at > 0 && letter(folded[at - 1])) continue;
      std::size_t begin = at + word.size();
      bool money = false;
      const auto skip = [&](std::string_view text) {
        if (!folded.substr(begin).starts_with(text)) return false;
        begin += text.size();
        money |= text != " " && text != ".";
        return true;
      };
      while (skip(" ") || skip(".") || skip("us$") || skip("$") || skip("€") || skip("£") || skip("¥") ||
             skip("usd ") || skip("eur ")) {
      }
      const auto [number, length] = number_at(folded.substr(begin));
      if (length == 0 || std::abs(number - figure) > 1e-9 * std::abs(figure)) continue;
      const std::string_view behind = folded.substr(begin + length);
      const bool share = starts_with_any(behind, {"%", "percent", "per cent", "prozent", "pour cent"});
      money |= starts_with_any(behind, {"b usd", "m usd", "usd", "eur", "cny", "bn", "mn", "million", "billion",
                                        "trillion", "thousand", "万", "亿"});
      if (amount ? money && !share : share) return folded.substr(at, begin + length - at);
    }
  }
  return {};
}

}  // namespace

void find_contradictions(const Inspected& data, Problems& findings) {
  Problems found;
  for (const NamedFigure& figure : all_figures) {
    const bool amount = figure.quantity == &Relation::value;
    const auto key = [&](const Relation& r) {
      return std::make_tuple(r.from, r.to, r.kind, r.category.id, r.item.id, r.as_of.year, r.as_of.month, r.as_of.day,
                             statement_of(r, amount));
    };
    const Rows rows = rows_if(data, [&](const Relation& r) { return r.*figure.quantity && !r.restates; });
    for_each_group(data, rows, key, [&](Group group) {
      for (std::size_t i = 1; i < group.size(); ++i) {
        const Relation& a = group[i - 1];
        const Relation& b = group[i];
        if (!differ(a.*figure.quantity, b.*figure.quantity)) continue;
        warn(data, found, "contradicting-figures", b.place, figure.attribute,
             fmt::format("{} contradicts {} at {} for the same link and date",
                         quote(data.text((b.*figure.quantity).reported)),
                         quote(data.text((a.*figure.quantity).reported)), data.place(a.place)),
             "the later row counts; keep one, or tell them apart by item or as_of");
      }
    });
  }
  findings.insert(findings.end(), found.begin(), found.end());
}

void find_unmarked_parts(const Inspected& data, Problems& findings) {
  std::vector<std::int8_t> known;  // by item: -1 not looked at
  const auto is_part = [&](Text item) {
    if (item.id >= known.size()) known.resize(item.id + 1, -1);
    if (known[item.id] < 0) {
      const std::string words = fold(data.text(item));
      known[item.id] = words.starts_with("of which") || words.starts_with("thereof") || words.starts_with("其中");
    }
    return known[item.id] == 1;
  };
  for (const Relation* r : rows_if(data, [&](const Relation& r) { return !r.restates && is_part(r.item); }))
    warn(data, findings, "unmarked-part", r->place, "item",
         fmt::format("{} is a part of another row, but is summed with it", quote(data.text(r->item))),
         "mark it restates=true");
}

void find_misplaced(const Inspected& data, Problems& findings) {
  for (const Relation* r : all_rows(data)) {
    const auto stray = [&](bool given, const char* attribute, const char* remedy) {
      if (given)
        warn(data, findings, "misplaced-attribute", r->place, attribute,
             fmt::format("has no meaning for '{}'", to_string(r->kind)), remedy);
    };
    const bool supplies = r->kind == Kind::supplies;
    const bool holds = r->kind == Kind::owns || r->kind == Kind::invests || r->kind == Kind::grants;
    stray(!supplies && r->revenue_share, "revenue_share", "it belongs to 'supplies'");
    stray(!supplies && r->supply_share, "supply_share", "it belongs to 'supplies'");
    stray(!supplies && r->claim != Claim::none, "claim", "it belongs to 'supplies'");
    stray(!holds && r->stake, "stake", "it belongs to 'owns', 'invests' and 'grants'");
  }
}

void find_inexact_notes(const Inspected& data, Problems& findings) {
  for (const Relation* r : rows_if(data, [](const Relation& row) { return bool(row.note); })) {
    std::string note;
    for (const NamedFigure& figure : all_figures) {
      const Quantity& quantity = r->*figure.quantity;
      if (!quantity || quantity.approximate || quantity.low != quantity.high) continue;
      const std::string_view reported = data.text(quantity.reported);
      const std::size_t first = std::min(reported.find_first_of("0123456789"), reported.size());
      if (note.empty()) note = fold(data.text(r->note));
      std::string_view mention =
          inexact_mention(note, number_at(reported.substr(first)).first, bool(quantity.currency));
      if (mention.empty() && !quantity.currency && reported.find('%') == std::string_view::npos)
        mention = inexact_mention(note, 100 * quantity.low, false);
      if (mention.empty()) continue;
      warn(data, findings, "inexact-note", r->place, figure.attribute,
           fmt::format("{} is read as exact, but the note says {}", quote(reported), quote(mention)),
           fmt::format("if the note speaks of this figure, write ~{}", reported));
    }
  }
}

}  // namespace tierscope::core
