#include "model/nobody.hpp"

#include <algorithm>
#include <set>
#include <span>

#include "base/unicode.hpp"

namespace tierscope::core {
namespace {

// Folded, without blanks, `_` and `-`.
std::string bare(std::string_view name) {
  std::string text = fold(name);
  std::erase_if(text, [](char c) { return c == ' ' || c == '_' || c == '-' || c == '\t'; });
  return text;
}

using Words = std::set<std::string, std::less<>>;

Words bare_set(std::span<const std::string_view> words) {
  Words set;
  for (const std::string_view word : words) set.insert(bare(word));
  return set;
}

constexpr std::string_view nobody[] = {"others",
                                       "other",
                                       "other customers",
                                       "other suppliers",
                                       "various",
                                       "various customers",
                                       "various suppliers",
                                       "miscellaneous",
                                       "undisclosed",
                                       "undisclosed customer",
                                       "undisclosed customers",
                                       "undisclosed supplier",
                                       "undisclosed suppliers",
                                       "not disclosed",
                                       "unknown",
                                       "unnamed",
                                       "n/a",
                                       "none",
                                       "total",
                                       "all",
                                       "rest",
                                       "free float",
                                       "其他",
                                       "其它",
                                       "其他客户",
                                       "其他供应商",
                                       "合计",
                                       "その他",
                                       "不明",
                                       "Sonstige",
                                       "Sonstige Kunden",
                                       "Übrige",
                                       "Diverse",
                                       "Autres",
                                       "Divers",
                                       "Otros",
                                       "Varios",
                                       "Altri",
                                       "Прочие"};

constexpr std::string_view partners[] = {"customer", "client", "supplier", "vendor", "distributor",
                                         "company",  "客户",   "供应商",   "公司"};
constexpr std::string_view numbers[] = {"one",  "two", "three",  "four",   "five", "six", "seven", "eight",
                                        "nine", "ten", "eleven", "twelve", "一",   "二",  "三",    "四",
                                        "五",   "六",  "七",     "八",     "九",   "十",  "甲",    "乙",
                                        "丙",   "丁",  "i",      "ii",     "iii",  "iv",  "v",     "vi"};

bool letter_or_number(std::string_view text) {
  if (text.empty()) return false;
  if (text.size() == 1 && text[0] >= 'a' && text[0] <= 'z') return true;
  if (text.size() <= 6 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return true;
  return std::find(std::begin(numbers), std::end(numbers), text) != std::end(numbers);
}

}  // namespace

std::string folded_name(std::string_view name) {
  std::string kept;
  for (const char c : fold(name)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n';
    if (blank && (kept.empty() || kept.back() == ' ')) continue;
    kept += blank ? ' ' : c;
  }
  if (!kept.empty() && kept.back() == ' ') kept.pop_back();
  return kept;
}

bool names_nobody(std::string_view name) {
  static const Words words = bare_set(nobody);
  return name.size() < 64 && words.contains(bare(name));
}

bool anonymous_label(std::string_view name) {
  if (name.size() > 40) return false;
  std::string_view text;
  const std::string whole = bare(name);
  for (const std::string_view partner : partners) {
    text = whole;
    if (text.starts_with(partner) && letter_or_number(text.substr(partner.size()))) return true;
  }
  return false;
}

}  // namespace tierscope::core
