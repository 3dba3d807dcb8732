#include "read/dress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/blanks.hpp"
#include "base/quantity.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

using std::string_view;

struct Word {
  string_view text;
  string_view meaning;
};

// Words that others claim by are read here, and none is written: so `~` is no literal, and `_` stands for a blank.
constexpr char tilde_text[] = {'~', '\0'};
constexpr string_view tilde = tilde_text;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// `_` is a blank.
bool same_words(string_view text, string_view words) {
  return std::equal(text.begin(), text.end(), words.begin(), words.end(),
                    [](char a, char b) { return a == b || (a == ' ' && b == '_'); });
}

bool is_one_of(string_view words, string_view word) {
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find('|', begin), words.size());
    if (same_words(word, words.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

// Full-width signs as ASCII, all blanks as one, all dashes as `-`.
std::string simple(string_view text) {
  constexpr Word signs[] = {{"\u00a0", " "},  {"\u202f", " "},   {"\u2009", " "},   {"\u2007", " "},  {"\u3000", " "},
                            {"–", "-"},       {"—", "-"},        {"−", "-"},        {"‒", "-"},       {"‐", "-"},
                            {"‑", "-"},       {"\u301c", tilde}, {"\u2248", tilde}, {"’", "'"},       {"、", ","},
                            {"\u2265", ">="}, {"\u2264", "<="},  {"\u2267", ">="},  {"\u2266", "<="}, {"…", ".."}};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const string_view rest = text.substr(i);
    const auto* const sign = std::find_if(std::begin(signs), std::end(signs),
                                          [&](const Word& known) { return rest.starts_with(known.text); });
    const auto byte = [&](std::size_t at) { return at < rest.size() ? static_cast<unsigned char>(rest[at]) : 0U; };
    if (sign != std::end(signs)) {
      result += sign->meaning;
      i += sign->text.size();
    } else if (byte(0) == 0xef && (byte(1) == 0xbc || byte(1) == 0xbd)) {  // U+FF01…FF5E
      const unsigned code = (byte(1) - 0xbc) * 0x40 + (byte(2) - 0x80);
      if (code >= 1 && code <= 0x5e)
        result += static_cast<char>(code + 0x20);
      else
        result += rest.substr(0, 3);
      i += 3;
    } else {
      result += text[i++];
    }
  }
  return std::string(trimmed(result));
}

bool take(string_view& text, string_view word) {
  const std::size_t size = word.size();
  if (text.size() < size || !same_words(fold(text.substr(0, size)), word)) return false;
  const bool letters = static_cast<unsigned char>(word.back()) < 0x80 && word.back() >= 'a' && word.back() <= 'z';
  // "overall" does not begin with "over".
  if (letters && text.size() > size && ((text[size] | 0x20) >= 'a' && (text[size] | 0x20) <= 'z')) return false;
  text = trimmed(text.substr(size));
  return true;
}

bool take_last(string_view& text, string_view word) {
  if (text.size() < word.size() || !same_words(fold(text.substr(text.size() - word.size())), word)) return false;
  text = trimmed(text.substr(0, text.size() - word.size()));
  return true;
}

constexpr Word bounds[] = {{"approximately", tilde},
                           {"approx.", tilde},
                           {"approx", tilde},
                           {"about", tilde},
                           {"around", tilde},
                           {"roughly", tilde},
                           {"nearly", tilde},
                           {"almost", tilde},
                           {"circa", tilde},
                           {"ca.", tilde},
                           {"ca", tilde},
                           {"c.", tilde},
                           {"etwa", tilde},
                           {"rund", tilde},
                           {"environ", tilde},
                           {"约", tilde},
                           {"約", tilde},
                           {"大约", tilde},
                           {"大約", tilde},
                           {tilde, tilde},
                           {"more_than", ">"},
                           {"greater_than", ">"},
                           {"over", ">"},
                           {"above", ">"},
                           {"exceeding", ">"},
                           {"超过", ">"},
                           {"超過", ">"},
                           {"逾", ">"},
                           {"über", ">"},
                           {"at_least", ">="},
                           {"minimum", ">="},
                           {"min.", ">="},
                           {"less_than", "<"},
                           {"fewer_than", "<"},
                           {"under", "<"},
                           {"below", "<"},
                           {"不到", "<"},
                           {"低于", "<"},
                           {"unter", "<"},
                           {"not_more_than", "<="},
                           {"up_to", "<="},
                           {"at_most", "<="},
                           {"maximum", "<="},
                           {"max.", "<="},
                           {"bis_zu", "<="},
                           {">=", ">="},
                           {"<=", "<="},
                           {">", ">"},
                           {"<", "<"}};
constexpr Word ends[] = {{"or_more", ">="}, {"and_above", ">="}, {"以上", ">="}, {"+", ">="},
                         {"or_less", "<="}, {"以下", "<="},      {"未満", "<"}};

/// Words in front and behind that make a bound of a number; nothing where they contradict each other.
std::optional<string_view> take_bound(string_view& text) {
  string_view bound;
  for (const Word& word : bounds)
    if (take(text, word.text)) {
      bound = word.meaning;
      break;
    }
  for (const Word& word : ends) {
    if (!take_last(text, word.text)) continue;
    if (!bound.empty()) return {};
    bound = word.meaning;
    break;
  }
  return bound;
}

/// The digits at the front with all marks between and behind them that can belong to a number.
string_view take_number(string_view& text) {
  std::size_t end = 0;
  while (end < text.size()) {
    const char c = text[end];
    const bool mark = c == '.' || c == ',' || c == '\'';
    const auto digits_from = [&](std::size_t at) {
      std::size_t n = 0;
      while (at + n < text.size() && digit(text[at + n])) ++n;
      return n;
    };
    if (digit(c) || (mark && end != 0 && digits_from(end + 1) != 0) ||
        (c == ' ' && end != 0 && digits_from(end + 1) == 3))
      ++end;
    else
      break;
  }
  const string_view number = text.substr(0, end);
  text = trimmed(text.substr(end));
  return number;
}

enum class Reading : std::uint8_t { plain, open, none };

/// Three digits in each group but the first; Indian: two but in the last, which has three.
bool grouped(string_view digits, char mark) {
  std::vector<std::size_t> groups{0};
  for (const char c : digits)
    if (c == mark)
      groups.push_back(0);
    else
      ++groups.back();
  if (groups.size() < 2 || groups.back() != 3 || groups.front() == 0 || groups.front() > 3 || digits.front() == '0')
    return false;
  const auto all = [&](std::size_t size) {
    return std::all_of(groups.begin() + 1, groups.end() - 1, [&](std::size_t n) { return n == size; });
  };
  return all(3) || (mark == ',' && groups.front() <= 2 && all(2));
}

std::string without(string_view text, char mark) {
  std::string result(text);
  std::erase(result, mark);
  return result;
}

/// Into `plain`, with a point. `decimal` and `thousands`: as told, 0 and "" = not.
Reading plain_number(string_view text, char decimal, string_view thousands, std::string& plain) {
  std::string number(text);
  for (const char mark : {' ', '\''}) {
    const std::size_t whole = std::min(number.find_first_of(".,"), number.size());
    if (number.find(mark) == std::string::npos) continue;
    if (number.find(mark, whole) != std::string::npos || !grouped(string_view(number).substr(0, whole), mark))
      return Reading::none;
    std::erase(number, mark);
    if (decimal == 0 && whole != text.size()) decimal = text[whole];  // the thousands are marked already
  }
  const auto points = std::count(number.begin(), number.end(), '.');
  const auto commas = std::count(number.begin(), number.end(), ',');
  const char told = thousands.size() == 1 ? thousands.front() : '\0';
  const auto as = [&](char mark) {  // `mark` is the decimal one, the other parts thousands
    const char other = mark == '.' ? ',' : '.';
    const std::size_t at = number.find(mark);
    const string_view whole = string_view(number).substr(0, at);
    if (whole.find(other) != string_view::npos && !grouped(whole, other)) return Reading::none;
    if (at != std::string::npos && number.find_first_of(".,", at + 1) != std::string::npos) return Reading::none;
    plain = without(whole, other);
    if (at != std::string::npos) plain += "." + number.substr(at + 1);
    return Reading::plain;
  };
  if (decimal != 0) return as(decimal);
  if (told == '.' || told == ',') return as(told == '.' ? ',' : '.');
  if (points != 0 && commas != 0) return as(number.rfind('.') > number.rfind(',') ? '.' : ',');
  if (points + commas == 0) return as('.');
  const char mark = points != 0 ? '.' : ',';
  if (points + commas > 1) return as(mark == '.' ? ',' : '.');
  as(mark);
  return grouped(number, mark) ? Reading::open : Reading::plain;
}

struct Scale {
  string_view words;  // folded, with | between
  int exponent;
};
constexpr Scale scales[] = {{"k|thousand|thousands|tsd|tsd.|千|천", 3},
                            {"万|萬|만", 4},
                            {"lakh|lakhs|lac|lacs|十万", 5},
                            {"m|mm|mn|mio|mio.|mln|million|millions|millionen|百万|百萬", 6},
                            {"crore|crores|cr|cr.|千万|千萬", 7},
                            {"亿|億|억", 8},
                            {"b|bn|bln|billion|billions|mrd|mrd.|md|milliard|milliards|milliarden|十亿|十億", 9},
                            {"t|tn|trn|trillion|trillions|兆|조|万亿|萬億", 12}};
constexpr Word currencies[] = {
    {"us$", "USD"},    {"$", "USD"},        {"us dollar", "USD"}, {"us dollars", "USD"}, {"u.s. dollars", "USD"},
    {"dollar", "USD"}, {"dollars", "USD"},  {"美元", "USD"},      {"usd", "USD"},        {"€", "EUR"},
    {"euro", "EUR"},   {"euros", "EUR"},    {"欧元", "EUR"},      {"£", "GBP"},          {"英镑", "GBP"},
    {"rmb", "CNY"},    {"cnh", "CNY"},      {"renminbi", "CNY"},  {"yuan", "CNY"},       {"人民币", "CNY"},
    {"人民幣", "CNY"}, {"人民币元", "CNY"}, {"yen", "JPY"},       {"円", "JPY"},         {"日元", "JPY"},
    {"jp¥", "JPY"},    {"cn¥", "CNY"},      {"won", "KRW"},       {"₩", "KRW"},          {"원", "KRW"},
    {"韩元", "KRW"},   {"₹", "INR"},        {"nt$", "TWD"},       {"ntd", "TWD"},        {"新台币", "TWD"},
    {"新台幣", "TWD"}, {"hk$", "HKD"},      {"港元", "HKD"},      {"a$", "AUD"},         {"c$", "CAD"},
    {"s$", "SGD"},     {"r$", "BRL"},       {"sfr", "CHF"},       {"sfr.", "CHF"},       {"kc", "CZK"}};

std::optional<int> scale_of(string_view word) {
  for (const Scale& scale : scales)
    if (is_one_of(scale.words, word)) return scale.exponent;
  return {};
}

string_view currency_of(string_view word) {
  for (const Word& known : currencies)
    if (known.text == word) return known.meaning;
  std::string upper(word);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const Currency currency = parse_currency(upper);
  return currency ? to_string(currency) : string_view();
}

/// What stands beside the numbers of an amount.
struct Beside {
  std::optional<int> scale;
  string_view currency;
};

/// Takes words that are scales and currencies, longest first, each once; false where one is neither.
bool take_beside(string_view text, Beside& beside) {
  std::string words = fold(text);
  string_view rest = trimmed(words);
  while (!rest.empty()) {
    bool known = false;
    for (std::size_t size = rest.size(); size > 0 && !known; --size) {
      if (size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xc0) == 0x80) continue;
      const string_view word = trimmed(rest.substr(0, size));
      const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
      if (size < rest.size() && letter(rest[size]) && letter(rest[size - 1]) && size < 3) continue;  // mid-word
      if (word == "of" || word == "in") {
        known = true;
      } else if (const auto scale = scale_of(word); scale && !beside.scale) {
        beside.scale = scale;
        known = true;
      } else if (const string_view currency = currency_of(word);
                 !currency.empty() && (beside.currency.empty() || beside.currency == currency)) {
        beside.currency = currency;
        known = true;
      }
      if (known) rest = trimmed(rest.substr(size));
    }
    if (!known) return false;
  }
  return true;
}

std::string with_scale(const std::string& number, int exponent) {
  switch (exponent) {
    case 0: return number;
    case 3: return number + "k";
    case 4: return number + "万";
    case 6: return number + "M";
    case 8: return number + "亿";
    case 9: return number + "B";
    case 12: return number + "T";
    default: return fmt::format("{}e{}", number, exponent);
  }
}

/// Where a number, or a currency before one, begins behind the dash of a range.
bool take_dash(string_view& text) {
  for (const string_view word : {string_view(".."), string_view("-"), tilde, string_view("to"), string_view("bis"),
                                 string_view("至"), string_view("到")})
    if (take(text, word)) return true;
  return false;
}

Undressed wrong(std::string what, std::string remedy) { return {{}, std::move(what), std::move(remedy)}; }

bool only_blanks(string_view text) { return trimmed(text).empty(); }

std::size_t number_begin(string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !digit(text[at])) ++at;
  return at;
}

}  // namespace

bool is_unknown_word(string_view cell) {
  if (cell.empty() || cell.size() > 20) return false;
  return is_one_of(
      "n/a|na|n.a.|n.a|n/d|nan|none|null|nil|#n/a|#na|#value!|#ref!|-|--|---|*|**|?|.|...|..|undisclosed|unknown|unk|"
      "unk.|not_disclosed|not_available|nd|n.d.|k.a.|keine_angabe|未披露|不详|未知|非公開|不明|<na>|nat|tbd",
      fold(simple(cell)));
}

string_view plain_flag(string_view cell) {
  const std::string word = fold(simple(cell));
  if (is_one_of("true|t|1|1.0|yes|y|ja|wahr|vrai|x|是", word)) return "true";
  if (is_one_of("false|f|0|0.0|no|n|nein|falsch|faux|否", word)) return "false";
  return {};
}

bool is_percent_word(string_view unit) {
  return is_one_of("%|percent|per cent|pct|pct.|prozent|in %|in percent|%age|percentage", fold(simple(unit)));
}

std::string plain_unit(string_view unit) {
  Beside beside;
  const std::string text = simple(unit);
  if (only_blanks(text) || !take_beside(text, beside) || (!beside.scale && beside.currency.empty())) return {};
  std::string scale = with_scale("", beside.scale.value_or(0));
  return fmt::format("{}{}{}", scale, scale.empty() || beside.currency.empty() ? "" : " ", beside.currency);
}

Undressed undressed_share(string_view cell, const ColumnDress& dress) {
  const std::string text = simple(cell);
  string_view rest = text;
  const auto bound = take_bound(rest);
  if (!bound) return {};
  take(rest, "between");
  std::string numbers[2];
  bool marked[2] = {};
  std::size_t count = 0;
  while (count < 2) {
    const string_view number = take_number(rest);
    if (number.empty()) return {};
    // A share has no thousands: one mark is a decimal one.
    if (plain_number(number, dress.decimal, dress.thousands, numbers[count]) == Reading::none) return {};
    for (const string_view sign : {"%", "percent", "per cent", "pct.", "pct", "prozent"})
      if (!marked[count] && take(rest, sign)) marked[count] = true;
    ++count;
    if (rest.empty() || (!take_dash(rest) && !take(rest, "and"))) break;
  }
  if (!rest.empty() || (count == 2 && !bound->empty())) return {};
  const bool percent = marked[count - 1];
  if (!percent) {
    if (dress.percent == Percent::text)
      return wrong(fmt::format("{} has no %", quote(cell)),
                   "the column is told to write it; write it, or --percent number");
    if (dress.percent == Percent::number)
      for (std::string& number : numbers) number += "%";
  } else {
    for (std::string& number : numbers) number += "%";
  }
  std::string plain(*bound);
  plain += numbers[0];
  if (count == 2) plain += ".." + numbers[1];
  return {std::move(plain), {}, {}};
}

Undressed undressed_amount(string_view cell, const ColumnDress& dress, char decimal) {
  const std::string text = simple(cell);
  string_view rest = text;
  const auto bound = take_bound(rest);
  if (!bound) return {};
  Beside beside;
  Undressed result;
  std::string numbers[2];
  std::optional<int> own[2];
  std::size_t count = 0;
  while (count < 2) {
    const std::size_t begin = number_begin(rest);
    if (begin == rest.size() || !take_beside(rest.substr(0, begin), beside)) return {};
    rest.remove_prefix(begin);
    const Reading reading = plain_number(take_number(rest), decimal, dress.thousands, numbers[count]);
    if (reading == Reading::none) return {};
    result.open |= reading == Reading::open;
    // What stands up to the dash of a range, or to the end.
    std::size_t end = rest.size();
    for (const string_view dash :
         {string_view(".."), string_view("-"), tilde, string_view(" to "), string_view("至"), string_view("到")})
      end = std::min(end, rest.find(dash));
    const std::optional<int> before = std::exchange(beside.scale, {});
    if (!take_beside(rest.substr(0, end), beside)) return {};
    own[count] = beside.scale ? beside.scale : before;
    beside.scale = {};
    rest = trimmed(rest.substr(end));
    ++count;
    if (rest.empty()) break;
    if (!take_dash(rest)) return {};
  }
  if (!rest.empty() || (count == 2 && !bound->empty())) return {};
  if (count == 2 && own[0].has_value() != own[1].has_value())
    return wrong(fmt::format("the range {} has a scale only at one end", quote(cell)),
                 "write both, as in 14.3B..14.6B USD");
  Beside unit;
  take_beside(dress.unit, unit);
  if (unit.scale && !own[0] && !beside.currency.empty())
    return wrong(fmt::format("{} stands in a column in {}", quote(cell), dress.unit),
                 fmt::format("is it {0} {1} or {2} {1}? write it so", numbers[0], beside.currency,
                             with_scale(numbers[0], *unit.scale)));
  result.plain = *bound;
  for (std::size_t i = 0; i < count; ++i)
    result.plain += (i == 0 ? "" : "..") + with_scale(numbers[i], own[i] ? *own[i] : unit.scale.value_or(0));
  const string_view currency = beside.currency.empty() ? unit.currency : beside.currency;
  if (!currency.empty()) (result.plain += ' ') += currency;
  return result;
}

char decimal_shown(string_view cell) {
  const std::string text = simple(cell);
  for (string_view rest = text; !rest.empty();) {
    rest.remove_prefix(number_begin(rest));
    const string_view number = take_number(rest);
    std::string plain;
    if (number.find_first_of(".,") == string_view::npos || plain_number(number, 0, {}, plain) != Reading::plain)
      continue;
    const bool as_point = plain_number(number, '.', {}, plain) == Reading::plain;
    const bool as_comma = plain_number(number, ',', {}, plain) == Reading::plain;
    if (as_point != as_comma) return as_point ? '.' : ',';
  }
  return 0;
}

bool may_be_thousands(string_view cell, bool& scaled) {
  const std::size_t point = cell.find('.');
  if (point == string_view::npos || point == 0 || point + 4 > cell.size()) return false;
  for (std::size_t i = point + 1; i < point + 4; ++i)
    if (!digit(cell[i])) return false;
  std::size_t begin = point;
  while (begin > 0 && digit(cell[begin - 1])) --begin;
  if (begin == point || point - begin > 3 || cell[begin] == '0') return false;
  if (point + 4 < cell.size() && (digit(cell[point + 4]) || cell[point + 4] == 'e' || cell[point + 4] == 'E'))
    return false;
  const std::size_t behind = cell.find_first_not_of(' ', point + 4);
  // A currency has three letters.
  scaled = behind != string_view::npos &&
           (cell.size() - behind < 3 || !(cell[behind + 1] >= 'A' && cell[behind + 1] <= 'Z'));
  return true;
}

}  // namespace tierscope::core
