#pragma once
// Companies as people name them.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// The company that `word` names: its id exactly; else its id, ticker, name, local name, LEI or alias (tried in this
/// order) in any case and width; else its id, name or local name without punctuation and the form of a company ("nvidia
/// corp"); else what a part of only one company's names is ("byte" for ByteDance; one letter is no part). Throws
/// Question for no match ("did you mean …") and for several, listing up to ten. O(companies).
CompanyIndex find_company(const Model& model, std::string_view word);

/// For options that may be repeated and hold lists: each text as a whole, as a name may hold a comma, else what stands
/// between its commas. Each company once, in the order named. Throws as find_company.
std::vector<CompanyIndex> find_companies(const Model& model, std::span<const std::string> texts);

/// What spellings of one name have in common: folded letters and digits, without the form of the company.
std::string name_skeleton(std::string_view name);

/// `; did you mean 'x'?` for the candidate nearest to the word, empty when none is near.
class Suggestion {
 public:
  explicit Suggestion(std::string_view word);
  void consider(std::string_view candidate);
  std::string text() const;

 private:
  std::string word_;
  std::string best_;
  std::size_t distance_ = 0;
};

/// `word` in single quotes, cut to 60 columns, for messages.
std::string quote(std::string_view word);

}  // namespace tierscope::core
