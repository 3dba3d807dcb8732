#include "read/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/blanks.hpp"
#include "base/quantity.hpp"
#include "base/unicode.hpp"
#include "model/fields.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// `a=b,c=d`: a comma parts where a field and `=` follow, so that names of columns may hold commas.
std::vector<std::string_view> pairs_of(std::string_view text) {
  std::vector<std::string_view> pairs;
  std::size_t begin = 0;
  for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1)) {
    const std::string_view rest = trimmed(text.substr(comma + 1));
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || !is_field(trimmed(rest.substr(0, equals)))) continue;
    pairs.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  pairs.push_back(text.substr(begin));
  return pairs;
}

std::optional<std::pair<std::string, std::string>> pair_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {};
  return std::pair(std::string(trimmed(text.substr(0, equals))), std::string(trimmed(text.substr(equals + 1))));
}

std::string near_field(std::string_view name) {
  Suggestion suggestion(name);
  for (const TableKind table : all_tables)
    for (const std::string_view field : fields_of(table)) suggestion.consider(field);
  return fmt::format("{} is no column of ours{}", quote(name), suggestion.text());
}

std::string map_columns(Mapping& mapping, std::string_view text) {
  for (const std::string_view part : pairs_of(text)) {
    const auto pair = pair_of(part);
    if (!pair || pair->first.empty() || pair->second.empty())
      return fmt::format("{} is no pair such as from=Source, and no TOML file", quote(part));
    if (!is_field(pair->first)) return near_field(pair->first);
    mapping.columns.push_back(*pair);
  }
  return {};
}

std::optional<Percent> parse_percent(std::string_view word) {
  if (word == "number") return Percent::number;
  if (word == "fraction") return Percent::fraction;
  if (word == "text") return Percent::text;
  return {};
}

bool is_unit(std::string_view unit) {
  return parse_amount(fmt::format("1{}{}", unit.size() == 3 ? " " : "", unit)).wrong.empty() ||
         parse_amount(fmt::format("1{} USD", unit)).wrong.empty();
}

/// Of a column, or of all.
std::pair<std::string, std::string> with_field(const std::string& text) {
  if (auto pair = pair_of(text)) return *std::move(pair);
  return {"", text};
}

std::string set_percent(Mapping& mapping, const std::string& text) {
  const auto [field, word] = with_field(text);
  if (!field.empty() && !is_field(field)) return near_field(field);
  const auto percent = parse_percent(word);
  if (!percent) return fmt::format("{} is none of number, fraction, text", quote(word));
  mapping.percent[field] = *percent;
  return {};
}

std::string set_unit(Mapping& mapping, const std::string& text) {
  const auto [field, unit] = with_field(text);
  if (!field.empty() && !is_field(field)) return near_field(field);
  if (!is_unit(unit)) return fmt::format("{} is no unit such as USD, M USD or M", quote(unit));
  mapping.unit[field] = unit;
  return {};
}

std::string set_separator(Mapping& mapping, const std::string& text) {
  const std::string_view mark = text == "tab" || text == "\\t" ? "\t" : std::string_view(text);
  if (mark.size() != 1 || std::string_view(",;|\t").find(mark.front()) == std::string_view::npos)
    return fmt::format("{} is none of , ; | tab", quote(text));
  mapping.separator = mark.front();
  return {};
}

std::string set_decimal(Mapping& mapping, const std::string& text) {
  if (text != "," && text != ".") return fmt::format("{} is neither , nor .", quote(text));
  mapping.decimal = text.front();
  return {};
}

std::string set_thousands(Mapping& mapping, const std::string& text) {
  const bool blank = text == "blank" || text == "space" || text == "\u00a0" || text == "\u202f";
  if (!blank && (text.size() != 1 || std::string_view(",.' ").find(text.front()) == std::string_view::npos))
    return fmt::format("{} is none of , . ' and a blank", quote(text));
  mapping.thousands = blank ? " " : text;
  return {};
}

std::string set_kind(Mapping& mapping, const std::string& text) {
  mapping.as_kind = parse_kind(fold(text));
  if (mapping.as_kind) return {};
  return fmt::format("unknown kind {}; use one of {}", quote(text), kind_words());
}

std::string set_undirected(Mapping& mapping, const std::string& text) {
  mapping.undirected_out = text == "out";
  mapping.undirected_both = text == "both";
  return text == "out" || text == "both" ? "" : fmt::format("{} is neither out nor both", quote(text));
}

std::string set_direction(Mapping& mapping, const std::string& text) {
  mapping.reverse = text == "reverse";
  return text == "reverse" || text == "forward" ? "" : fmt::format("{} is neither reverse nor forward", quote(text));
}

std::string set_header_row(Mapping& mapping, const std::string& text) {
  const char* const end = text.data() + text.size();
  const auto [last, failure] = std::from_chars(text.data(), end, mapping.header_row);
  if (failure == std::errc() && last == end && mapping.header_row != 0) return {};
  return fmt::format("{} is no number of a line, counted from 1", quote(text));
}

struct Setting {
  std::string_view name;
  std::string (*set)(Mapping&, const std::string&);
};
constexpr Setting settings[] = {
    {"percent", set_percent},
    {"unit", set_unit},
    {"decimal", set_decimal},
    {"thousands", set_thousands},
    {"separator", set_separator},
    {"as-kind", set_kind},
    {"direction", set_direction},
    {"undirected-as", set_undirected},
    {"encoding",
     [](Mapping& mapping, const std::string& text) {
       mapping.encoding = text;
       return std::string();
     }},
    {"sheet",
     [](Mapping& mapping, const std::string& text) {
       mapping.sheet = text;
       return std::string();
     }},
    {"header-row", set_header_row},
    {"date",
     [](Mapping& mapping, const std::string& text) {
       mapping.date = text;
       return text.find('%') == std::string::npos ? quote(text) + " is no format such as %d/%m/%Y" : std::string();
     }},
};

template <typename Value>
Value of_field(const std::map<std::string, Value>& values, std::string_view field, Value missing) {
  auto found = values.find(std::string(field));
  if (found == values.end()) found = values.find("");
  return found == values.end() ? missing : found->second;
}

}  // namespace

bool is_field(std::string_view name) {
  return std::any_of(all_tables.begin(), all_tables.end(),
                     [&](TableKind table) { return find_field(table, name).has_value(); });
}

ColumnDress Mapping::dress(std::string_view field) const {
  ColumnDress dress;
  dress.percent = of_field(percent, field, Percent::unsaid);
  dress.unit = of_field(unit, field, std::string());
  dress.decimal = decimal;
  dress.thousands = thousands;
  dress.date = date;
  return dress;
}

std::string_view Mapping::value(std::string_view field, std::string_view cell) const {
  if (values.empty()) return cell;
  const auto of = values.find(std::string(field));
  if (of == values.end()) return cell;
  const std::string folded = fold(cell);
  if (const auto word = of->second.find(folded); word != of->second.end()) return word->second;
  for (const auto& [pattern, word] : of->second)
    if (pattern.size() > 2 && pattern.front() == '*' && pattern.back() == '*' &&
        folded.find(std::string_view(pattern).substr(1, pattern.size() - 2)) != std::string::npos)
      return word;
  return cell;
}

std::string set(Mapping& mapping, std::string_view name, const std::string& value) {
  for (const Setting& setting : settings)
    if (setting.name == name) return setting.set(mapping, value);
  Suggestion suggestion(name);
  for (const Setting& setting : settings) suggestion.consider(setting.name);
  return fmt::format("{} is no setting{}", quote(name), suggestion.text());
}

Mapping mapping_of(const Reading& told, Files& files, Problems& problems) {
  Mapping mapping;
  const auto check = [&](const std::string& option, std::string wrong) {
    if (!wrong.empty()) problems.push_back({Severity::error, {}, 0, "--" + option, std::move(wrong), {}});
  };
  for (const std::string& text : told.map) {
    if (text.find('=') != std::string::npos && !files.exists(text)) {
      check("map", map_columns(mapping, text));
      continue;
    }
    std::string why = "no pair such as from=Source, and no such file";
    if (const auto toml = files.exists(text) ? files.read(text, why) : std::nullopt)
      read_map_file(*toml, text, mapping, problems);
    else
      check("map", fmt::format("{}: {}", quote(text), why));
  }
  const auto one = [&](const std::string& name, const std::string& text) {
    if (!text.empty()) check(name, set(mapping, name, text));
  };
  for (const std::string& text : told.percent) one("percent", text);
  for (const std::string& text : told.unit) one("unit", text);
  one("as-kind", told.as_kind);
  one("decimal", told.decimal);
  one("thousands", told.thousands);
  one("separator", told.separator);
  one("encoding", told.encoding);
  one("date", told.date);
  one("sheet", told.sheet);
  one("header-row", told.header_row);
  one("undirected-as", told.undirected_as);
  if (mapping.decimal != 0 && mapping.thousands == std::string(1, mapping.decimal))
    check("thousands", fmt::format("{} is the decimal mark already", quote(mapping.thousands)));
  mapping.reverse ^= told.reverse;
  mapping.skip_bad |= told.skip_bad;
  return mapping;
}

}  // namespace tierscope::core
