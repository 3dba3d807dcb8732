#include "model/names.hpp"

#include <algorithm>

#include "model/unicode.hpp"

namespace tierscope {

Suggestion::Suggestion(std::string_view word)
    : word_(fold(word.substr(0, 100))), distance_(std::max<std::size_t>(1, std::min<std::size_t>(3, word_.size() / 3)) + 1) {}

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
  const auto count = static_cast<CompanyIndex>(model.company_count());
  for (CompanyIndex v = 0; v < count; ++v)
    if (model.id(v) == word) return v;
  const std::string wanted = fold(word);
  constexpr Text Company::*fields[] = {&Company::id, &Company::ticker, &Company::name, &Company::name_local};
  for (const auto field : fields) {
    std::vector<CompanyIndex> found;
    for (CompanyIndex v = 0; v < count; ++v) {
      const Text text = model.company(v).*field;
      if (text && fold(model.text(text)) == wanted) found.push_back(v);
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) continue;
    std::string ids;
    for (const CompanyIndex v : found) ids += (ids.empty() ? "" : ", ") + std::string(model.id(v));
    throw Question(quote(word) + " names several companies: " + ids + "; give the id");
  }
  Suggestion suggestion(word);
  for (CompanyIndex v = 0; v < count; ++v)
    for (const auto field : fields) suggestion.consider(model.text(model.company(v).*field));
  throw Question("no company " + quote(word) + " in the graph" + suggestion.text());
}

}  // namespace tierscope
