#pragma once
// Companies as people name them.

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// The company whose id, ticker, name or local name (tried in this order) equals `word` in any case and width.
/// Throws Question for no match ("did you mean …") or several. O(companies).
CompanyIndex find_company(const Model& model, std::string_view word);

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
