// Companies that may be one under two spellings. Numbers, single letters and Roman numerals tell companies apart: what
// differs in one of them is no slip.

#include <fmt/format.h>

#include <optional>
#include <set>

#include "ask/check/rows.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "model/nobody.hpp"

namespace tierscope::core {
namespace {

struct Spelling {
  std::string skeleton;
  std::string_view text;
  CompanyIndex company = 0;
};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The numbers of a folded text, and its words of one letter or Roman numerals; each parted from the next.
std::string telling_parts(std::string_view text) {
  const std::string folded = fold(text);
  std::string parts;
  for (std::size_t begin = 0; begin < folded.size();) {
    const bool digits = is_digit(folded[begin]);
    if (!digits && !is_letter(folded[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < folded.size() && (digits ? is_digit(folded[end]) : is_letter(folded[end]))) ++end;
    const std::string word = folded.substr(begin, end - begin);
    if (digits || word.size() == 1 || word.find_first_not_of("ivx") == std::string::npos) parts += word + ' ';
    begin = end;
  }
  return parts;
}

/// One slip of the keyboard inside a long word: two letters swapped, one left out, doubled or mistaken. Siblings that
/// end or begin with another letter, and other characters than letters, are no slips.
bool one_slip(std::string_view a, std::string_view b) {
  if (std::min(a.size(), b.size()) < 8 || edit_distance(a, b, 1) > 1) return false;
  std::size_t first = 0;
  while (first < std::min(a.size(), b.size()) && a[first] == b[first]) ++first;
  std::size_t last = 0;
  while (last < std::min(a.size(), b.size()) - first && a[a.size() - 1 - last] == b[b.size() - 1 - last]) ++last;
  for (const std::string_view other :
       {a.substr(first, a.size() - last - first), b.substr(first, b.size() - last - first)})
    for (const char c : other)
      if (!is_letter(c)) return false;
  return first != 0 && last != 0;
}

bool both_differ(Text a, Text b, const Inspected& data) { return a && b && data.text(a) != data.text(b); }

}  // namespace

void find_spellings(const Inspected& data, Problems& findings) {
  std::vector<Spelling> names;
  for (CompanyIndex v = 0; v < data.company_count(); ++v) {
    const Company& company = data.company(v);
    if (company.aggregate) continue;
    std::set<std::string> own;
    for (const std::string_view text :
         {data.text(company.id), data.text(company.name), data.text(company.name_local)}) {
      std::string skeleton = name_skeleton(text);
      if (skeleton.empty() || anonymous_label(text) || !own.insert(skeleton).second) continue;
      names.push_back({std::move(skeleton), text, v});
    }
  }
  // Neighbours in the alphabet: what is spelt alike, or differs near its end.
  std::stable_sort(names.begin(), names.end(),
                   [](const Spelling& a, const Spelling& b) { return a.skeleton < b.skeleton; });
  std::set<std::pair<CompanyIndex, CompanyIndex>> told;
  for (std::size_t i = 1; i < names.size(); ++i) {
    const Spelling& a = names[i - 1].company < names[i].company ? names[i - 1] : names[i];
    const Spelling& b = names[i - 1].company < names[i].company ? names[i] : names[i - 1];
    if (a.company == b.company || (a.skeleton != b.skeleton && !one_slip(a.skeleton, b.skeleton))) continue;
    if (telling_parts(a.text) != telling_parts(b.text)) continue;
    const Company& x = data.company(a.company);
    const Company& y = data.company(b.company);
    if (both_differ(x.lei, y.lei, data) || both_differ(x.ticker, y.ticker, data)) continue;
    if (!told.insert({a.company, b.company}).second) continue;
    const auto where = [&](const Company& company) {
      return company.place.line == 0 ? std::string() : ", " + data.place(company.place);
    };
    const std::string what =
        a.text == b.text ? fmt::format("{} is the name of '{}' and of '{}'{}", quote(b.text), data.id(b.company),
                                       data.id(a.company), where(x))
                         : fmt::format("{} (company '{}') differs from {} (company '{}'{}) only in spelling",
                                       quote(b.text), data.id(b.company), quote(a.text), data.id(a.company), where(x));
    warn(data, findings, "spelling", y.place, a.text == b.text ? "name" : "id, name", what,
         "if they are one company, use one id");
  }
}

}  // namespace tierscope::core
