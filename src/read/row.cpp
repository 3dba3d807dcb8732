#include "read/row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "read/dress.hpp"
#include "read/headers.hpp"

namespace tierscope::core {
namespace {

bool bare(std::string_view cell) { return !cell.empty() && cell.back() >= '0' && cell.back() <= '9'; }

bool same(const Quantity& a, const Quantity& b) {
  return a.low == b.low && a.high == b.high && a.currency == b.currency && a.approximate == b.approximate &&
         a.above == b.above && a.below == b.below;
}

/// With a zero behind, `1.200 USD` is no thousand, whatever column it will be read in.
std::string without_doubt(std::string_view amount) {
  std::string text(amount);
  bool scaled = false;
  if (may_be_thousands(text, scaled) && !scaled) text.insert(text.find('.') + 4, 1, '0');
  return text;
}

std::string cells(std::size_t count) { return count == 1 ? "1 cell" : fmt::format("{} cells", count); }

}  // namespace

RecordRow::RecordRow(Records& records, TextPool& pool, const RecordTable& table)
    : records_(records), pool_(pool), table_(table), names_(fields_of(table.kind)), seen_(names_.size()) {}

std::string RecordRow::folded(std::string_view cell) { return fold(cell); }

bool RecordRow::means_unknown(std::size_t field, std::string_view cell) const {
  if (!is_unknown_word(cell)) return false;
  seen_[field].unknown.add(line_, cell);
  return true;
}

void RecordRow::unknown_word(std::size_t field, std::string_view cell, const std::string& words) const {
  const bool kind_of_relation = table_.kind == TableKind::relations && names_[field] == "kind";
  if (!kind_of_relation && means_unknown(field, cell)) return;  // a relation has a kind
  // The nearest first.
  std::vector<std::string> list;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(", ", begin), words.size());
    list.push_back(words.substr(begin, end - begin));
    begin = end + 2;
  }
  const std::string folded = fold(cell);
  const auto far = [&](const std::string& word) { return edit_distance(folded, word, 2); };
  const auto nearest =
      std::min_element(list.begin(), list.end(), [&](const auto& a, const auto& b) { return far(a) < far(b); });
  if (nearest != list.end() && far(*nearest) <= 2) std::rotate(list.begin(), nearest, nearest + 1);
  std::string ordered;
  for (const std::string& word : list) ordered += (ordered.empty() ? "" : ", ") + word;
  const bool kind = kind_of_relation && far(list.front()) > 2;
  error(names_[field], fmt::format("unknown {} {}", names_[field], quote(cell)),
        fmt::format("use one of {}{}", ordered,
                    kind ? ", or, where all rows are of one kind: " + command_with("--as-kind supplies") : ""));
}

Quantity RecordRow::share_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  ColumnSeen& seen = seen_[field];
  ++seen.shares;
  const bool told = seen.dress.told();
  ParsedQuantity parsed = parse_share(cell);
  if (!told && parsed.wrong.empty() && !bare(cell)) {
    parsed.quantity.reported = pool_.store(cell);
    return parsed.quantity;
  }
  std::string plain(cell);
  if (told || !parsed.wrong.empty()) {
    Undressed undressed = undressed_share(cell, seen.dress);
    if (!undressed.wrong.empty()) {
      error(names_[field], std::move(undressed.wrong), std::move(undressed.remedy));
      return {};
    }
    if (!undressed.plain.empty()) {
      ParsedQuantity again = parse_share(undressed.plain);
      if (again.wrong.empty() || told) parsed = std::move(again);
      plain = std::move(undressed.plain);
    } else if (!parsed.wrong.empty() && means_unknown(field, cell)) {
      return {};
    }
  }
  // What numbers without % mean is a property of the column.
  if (bare(cell) && (bare(plain) || seen.dress.by_header)) {
    double high = parsed.quantity.high;
    bool above = false;
    if (!parsed.wrong.empty()) {
      const ParsedQuantity percent = parse_share(plain + "%");
      above = percent.wrong.empty();
      if (above) high = percent.quantity.high * 100;
    }
    if (above && seen.dress.percent == Percent::unsaid) {
      seen.bare.add(line_, cell);
      seen.bare_above.add(line_, cell);
      return {};
    }
    if (high != 0 && parsed.wrong.empty()) seen.bare.add(line_, cell);
    if (seen.dress.by_header && parsed.wrong.empty() && high > .01) seen.bare_above.add(line_, cell);
  }
  if (!parsed.wrong.empty()) error(names_[field], std::move(parsed.wrong), std::move(parsed.remedy));
  // The text is kept where it says the same without its column.
  const bool alone = plain == cell || (!told && plain != cell) ||
                     (!bare(cell) && parse_share(undressed_share(cell, {}).plain).wrong.empty());
  parsed.quantity.reported = pool_.store(alone ? cell : std::string_view(plain));
  return parsed.quantity;
}

Quantity RecordRow::amount_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  ColumnSeen& seen = seen_[field];
  const bool told = seen.dress.told();
  const char decimal = told && seen.dress.decimal != 0 ? seen.dress.decimal : seen.decimal;
  bool scaled = false;
  ParsedQuantity parsed = parse_amount(cell);
  if (!told && decimal != ',' && parsed.wrong.empty() && (decimal != 0 || !may_be_thousands(cell, scaled) || scaled)) {
    parsed.quantity.reported = decimal == 0 ? pool_.store(cell) : pool_.store(without_doubt(cell));
    return parsed.quantity;
  }
  const Undressed undressed = undressed_amount(cell, seen.dress, decimal);
  if (undressed.open) {
    seen.open.add(line_, cell);
    return {};
  }
  if (undressed.plain.empty()) {
    if (undressed.wrong.empty() && means_unknown(field, cell)) return {};
    if (!undressed.wrong.empty())
      error(names_[field], undressed.wrong, undressed.remedy);
    else if (parsed.wrong.empty())
      error(names_[field], fmt::format("{} is no amount with the decimal mark {}", quote(cell), decimal),
            "write it as the other cells are");
    else
      error(names_[field], std::move(parsed.wrong), std::move(parsed.remedy));
    return {};
  }
  ParsedQuantity again = parse_amount(undressed.plain);
  if (!again.wrong.empty()) {
    if (again.wrong.find("no currency") != std::string::npos)
      error(names_[field], fmt::format("amount {} has no currency", quote(cell)),
            fmt::format("add the ISO 4217 code, as in 14.2B USD, or say it for all: {}",
                        command_with(fmt::format("--unit {}=USD", names_[field]))));
    else
      error(names_[field], std::move(again.wrong), std::move(again.remedy));
    return {};
  }
  // The text is kept where it says the same without its column.
  const Undressed alone = undressed_amount(cell, {}, 0);
  const ParsedQuantity itself = parse_amount(alone.plain);
  const bool says_it = !alone.open && itself.wrong.empty() && same(itself.quantity, again.quantity) &&
                       (!may_be_thousands(cell, scaled) || scaled);
  again.quantity.reported = says_it ? pool_.store(cell) : pool_.store(without_doubt(undressed.plain));
  return again.quantity;
}

Date RecordRow::date_at(std::size_t field, bool begins) const {
  const std::string_view cell = fields_[field];
  if (const std::optional<Date> parsed = parse_date(cell)) return *parsed;
  Undressed undressed = undressed_date(cell, seen_[field].dress, begins);
  if (const std::optional<Date> parsed = parse_date(undressed.plain)) return *parsed;
  if (means_unknown(field, cell)) return {};
  if (undressed.wrong.empty())
    error(names_[field], fmt::format("{} is no date", quote(cell)), "write 2025, 2025-03 or 2025-03-31");
  else
    error(names_[field], std::move(undressed.wrong), std::move(undressed.remedy));
  return {};
}

bool RecordRow::flag_at(std::size_t field) const {
  const std::string_view cell = fields_[field];
  if (cell == "true" || cell == "false") return cell == "true";
  if (const std::string_view flag = plain_flag(records_.mapping.value(names_[field], cell)); !flag.empty())
    return flag == "true";
  if (!means_unknown(field, cell))
    error(names_[field], fmt::format("{} is neither true nor false", quote(cell)),
          "write true or false, or leave it empty");
  return false;
}

// What could only be said of whole columns.
void RecordRow::finish() {
  for (std::size_t field = 0; field < seen_.size(); ++field) {
    const ColumnSeen& seen = seen_[field];
    const std::string name(names_[field]);
    if (seen.unknown.count != 0)
      records_.warning(table_.file, seen.unknown.line, name,
                       fmt::format("{} as {} {} read as not known", cells(seen.unknown.count),
                                   quote(seen.unknown.example), seen.unknown.count == 1 ? "is" : "are"),
                       "leave such cells empty, if that is meant", "word-for-unknown");
    if (seen.not_meant.count != 0)
      records_.warning(table_.file, seen.not_meant.line, name,
                       fmt::format("{} left out, as the map says when they count",
                                   seen.not_meant.count == 1 ? "1 cell is" : cells(seen.not_meant.count) + " are"),
                       "[when] in the map says it", "cell-left-out");
    const auto percent = [&](std::string_view word) {
      return command_with(fmt::format("--percent {}={}", name, word));
    };
    if (seen.bare_above.count != 0 && !seen.dress.by_header)
      records_.error(table_.file, seen.bare_above.line, name,
                     fmt::format("{} of {} are numbers without %, and {} is above 1", seen.bare.count,
                                 cells(seen.shares), quote(seen.bare_above.example)),
                     "if all are percent: " + percent("number"));
    else if (seen.bare.count != 0 && seen.bare_above.count == 0 &&
             (seen.dress.by_header || (seen.dress.foreign && seen.dress.percent == Percent::unsaid)))
      records_.error(table_.file, seen.bare.line, name,
                     fmt::format("{} without %, none above 1: is {} a fraction or percent?", cells(seen.bare.count),
                                 quote(seen.bare.example)),
                     fmt::format("if they are fractions of 1: {}; if they are percent: {}", percent("fraction"),
                                 percent("number")));
    if (seen.open.count != 0) {
      const std::string comma = undressed_amount(seen.open.example, seen.dress, ',').plain;
      const std::string point = undressed_amount(seen.open.example, seen.dress, '.').plain;
      records_.error(table_.file, seen.open.line, name,
                     fmt::format("{} is {} or {}; {} so, and {}", quote(seen.open.example), point, comma,
                                 seen.open.count == 1 ? "1 cell is written" : cells(seen.open.count) + " are written",
                                 seen.point && seen.comma ? "others write decimals both ways" : "no other tells"),
                     fmt::format("if the decimal mark is a point: {}; if it is a comma: {}",
                                 command_with("--decimal ."), command_with("--decimal ,")));
    }
    if (seen.decimal == ',' && seen.scaled_thousands.count != 0)
      records_.error(
          table_.file, seen.scaled_thousands.line, name,
          fmt::format("{} has a point where others have a decimal comma", quote(seen.scaled_thousands.example)),
          "say which mark it is: " + command_with("--decimal ,"));
  }
}

}  // namespace tierscope::core
