#include "model/names.hpp"

#include <algorithm>

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

CompanyIndex find_company(const Model& model, std::string_view word) {
  struct Candidate {
    const Company* company;
    CompanyIndex index;
  };
  std::vector<Candidate> candidates;
  for (CompanyIndex v = 0; v < model.company_count(); ++v) candidates.push_back({&model.company(v), v});
  for (const Member& member : model.rest().members) candidates.push_back({&member.company, member.group});
  for (const Candidate& candidate : candidates)
    if (model.text(candidate.company->id) == word) return candidate.index;
  const std::string wanted = fold(word);
  constexpr Text Company::*fields[] = {&Company::id, &Company::ticker, &Company::name, &Company::name_local};
  for (const auto field : fields) {
    std::vector<CompanyIndex> found;
    for (const Candidate& candidate : candidates) {
      const Text text = candidate.company->*field;
      if (text && fold(model.text(text)) == wanted && (found.empty() || found.back() != candidate.index))
        found.push_back(candidate.index);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() == 1) return found.front();
    if (found.empty()) continue;
    std::string ids;
    for (const CompanyIndex v : found) ids += (ids.empty() ? "" : ", ") + std::string(model.id(v));
    throw Question(quote(word) + " names several companies: " + ids + "; give the id");
  }
  Suggestion suggestion(word);
  for (const Candidate& candidate : candidates)
    for (const auto field : fields) suggestion.consider(model.text(candidate.company->*field));
  throw Question("no company " + quote(word) + " in the graph" + suggestion.text());
}

}  // namespace tierscope::core
