#include "model/names.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/unicode.hpp"

namespace tierscope::core {

// One slip in a short word, up to three in a long one; a single letter suggests nothing.
Suggestion::Suggestion(std::string_view word) : word_(fold(word.substr(0, 100))) {
  if (word_.size() > 1) distance_ = std::clamp<std::size_t>(word_.size() / 3, 1, 3) + 1;
}

void Suggestion::consider(std::string_view candidate) {
  if (distance_ == 0) return;
  const std::size_t distance = edit_distance(word_, fold(candidate), distance_ - 1);
  if (distance >= distance_) return;
  distance_ = distance;
  best_ = candidate;
}

std::string Suggestion::text() const { return best_.empty() ? "" : "; did you mean " + quote(best_) + "?"; }

std::string quote(std::string_view word) {
  const std::string_view head = prefix_of_width(word, 60);
  return "'" + std::string(head) + (head.size() < word.size() ? "…'" : "'");
}

std::string name_skeleton(std::string_view name) {
  std::string folded = fold(name);
  for (const std::string_view form : {" inc", " inc.", " corp", " corp.", " corporation", " ltd", " ltd.", " limited",
                                      " co.", " llc", " plc", " ag", " gmbh", ", inc.", " incorporated"})
    if (folded.ends_with(form)) folded.erase(folded.size() - form.size());
  std::erase_if(folded, [](char c) { return std::string_view(" .,-_'&()/").find(c) != std::string_view::npos; });
  return folded;
}

namespace {

constexpr Text Company::*name_fields[] = {&Company::id, &Company::ticker, &Company::name, &Company::name_local,
                                          &Company::lei};
constexpr std::size_t most_choices = 10;

// All names of all companies, groups' members with their groups; folded when a word is no id.
class Names {
 public:
  explicit Names(const Model& model) : model_(model) {
    for (CompanyIndex v = 0; v < model.company_count(); ++v) candidates_.push_back({&model.company(v), v, {}, {}});
    for (const Member& member : model.rest().members) candidates_.push_back({&member.company, member.group, {}, {}});
  }

  /// Nothing for a miss; throws for several.
  std::optional<CompanyIndex> find(std::string_view word) {
    for (const Candidate& candidate : candidates_)
      if (model_.text(candidate.company->id) == word) return candidate.index;
    fold_all();
    const std::string wanted = fold(word);
    if (wanted.empty()) return {};
    for (std::size_t field = 0; field < std::size(name_fields); ++field)
      if (const auto one = only(word, [&](const Candidate& c) { return c.folded[field] == wanted; })) return one;
    const auto has_alias = [&](const Candidate& c) {
      return std::find(c.aliases.begin(), c.aliases.end(), wanted) != c.aliases.end();
    };
    if (const auto one = only(word, has_alias)) return one;
    if (const auto one = without_form(word)) return one;
    // One letter is part of too much; one Chinese character may be enough.
    if (wanted.size() < 2) return {};
    return only(word, [&](const Candidate& c) {
      const auto holds = [&](const std::string& name) { return name.find(wanted) != std::string::npos; };
      return std::any_of(c.folded.begin(), c.folded.end(), holds) ||
             std::any_of(c.aliases.begin(), c.aliases.end(), holds);
    });
  }

  [[noreturn]] void miss(std::string_view word) const {
    Suggestion suggestion(word);
    for (const Candidate& candidate : candidates_)
      for (const auto field : name_fields) suggestion.consider(model_.text(candidate.company->*field));
    throw Question("no company " + quote(word) + " in the graph" + suggestion.text());
  }

 private:
  struct Candidate {
    const Company* company;
    CompanyIndex index;
    std::array<std::string, std::size(name_fields)> folded;
    std::vector<std::string> aliases;
  };

  void fold_all() {
    if (std::exchange(folded_, true)) return;
    for (Candidate& candidate : candidates_) {
      for (std::size_t field = 0; field < std::size(name_fields); ++field)
        candidate.folded[field] = fold(model_.text(candidate.company->*name_fields[field]));
      for (const std::string_view alias : split_list(model_.text(candidate.company->aliases)))
        candidate.aliases.push_back(fold(alias));
    }
  }

  // "nvidia corp" for NVIDIA Corporation, "sk hynix" for sk-hynix; but "a,b" is no spelling of "ab".
  std::optional<CompanyIndex> without_form(std::string_view word) const {
    const std::string wanted = name_skeleton(word);
    const std::size_t comma = word.find(',');
    if (wanted.empty() || (comma != std::string_view::npos && name_skeleton(word.substr(0, comma)) != wanted))
      return {};
    return only(word, [&](const Candidate& c) {
      return name_skeleton(c.folded[0]) == wanted || name_skeleton(c.folded[2]) == wanted ||
             name_skeleton(c.folded[3]) == wanted;
    });
  }

  template <typename Matches>
  std::optional<CompanyIndex> only(std::string_view word, const Matches& matches) const {
    std::vector<CompanyIndex> found;
    for (const Candidate& candidate : candidates_)
      if (matches(candidate)) found.push_back(candidate.index);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.empty()) return {};
    if (found.size() == 1) return found.front();
    std::string choices;
    for (std::size_t i = 0; i < std::min(found.size(), most_choices); ++i) {
      choices += (choices.empty() ? "" : ", ") + std::string(model_.id(found[i]));
      if (model_.name(found[i]) != model_.id(found[i])) choices += " (" + std::string(model_.name(found[i])) + ")";
    }
    if (found.size() > most_choices) choices += " and " + std::to_string(found.size() - most_choices) + " more";
    throw Question(quote(word) + " names several companies: " + choices + "; give the id");
  }

  const Model& model_;
  std::vector<Candidate> candidates_;
  bool folded_ = false;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

}  // namespace

CompanyIndex find_company(const Model& model, std::string_view word) {
  Names names(model);
  if (const auto found = names.find(word)) return *found;
  names.miss(word);
}

std::vector<CompanyIndex> find_companies(const Model& model, std::span<const std::string> texts) {
  Names names(model);
  std::vector<CompanyIndex> companies;
  const auto add = [&](CompanyIndex company) {
    if (std::find(companies.begin(), companies.end(), company) == companies.end()) companies.push_back(company);
  };
  for (const std::string& text : texts) {
    if (const auto whole = names.find(text)) {
      add(*whole);
      continue;
    }
    if (text.find(',') == std::string::npos) names.miss(text);
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view word = trimmed(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (word.empty()) continue;
      const auto found = names.find(word);
      if (!found) names.miss(word);
      add(*found);
    }
  }
  return companies;
}

}  // namespace tierscope::core
