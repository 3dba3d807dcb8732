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

std::string_view first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.empty() ? 0 : text.front());
  return text.substr(0, lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
}

// Folding a Chinese name takes a microsecond, and few names begin as any of the words does.
class Beginnings {
 public:
  explicit Beginnings(std::span<const std::string_view> words) {
    for (const std::string_view word : words)
      for (const std::string& form : {std::string(word), bare(word)}) characters_.emplace(first_character(form));
  }
  bool of(std::string_view name) const {
    name.remove_prefix(std::min(name.find_first_not_of(" _-\t"), name.size()));
    const std::string_view first = first_character(name);
    // ASCII is folded fast; wide forms of its letters begin with 0xef, and two blanks are no ASCII.
    return first.size() == 1 || first.starts_with('\xef') || first == "\u00a0" || first == "\u3000" ||
           characters_.contains(first);
  }

 private:
  std::set<std::string, std::less<>> characters_;
};

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
  static const Beginnings beginnings(nobody);
  return name.size() < 64 && beginnings.of(name) && words.contains(bare(name));
}

bool anonymous_label(std::string_view name) {
  static const Beginnings beginnings(partners);
  if (name.size() > 40 || !beginnings.of(name)) return false;
  const std::string whole = bare(name);
  return std::any_of(std::begin(partners), std::end(partners), [&](std::string_view partner) {
    return whole.starts_with(partner) && letter_or_number(std::string_view(whole).substr(partner.size()));
  });
}

}  // namespace tierscope::core
