#pragma once
// What is wrong with the data (Problem, collected) or with the question (Question, thrown).

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace tierscope {

/// Where something was read: an index into the list of files, and a line from 1 (0 = the whole file).
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
};

enum class Severity : std::uint8_t { error, warning };

/// One finding about the data. `what` quotes the text; `remedy` says what would be right.
struct Problem {
  Severity severity = Severity::error;
  std::string file;
  std::uint32_t line = 0;
  std::string attribute;
  std::string what;
  std::string remedy;
};

using Problems = std::vector<Problem>;

bool has_errors(const Problems& problems);

/// `file:line: attribute: what; remedy`, control characters made visible.
std::string to_string(const Problem& problem);

/// The data are sound but the question cannot be answered (unknown company, missing exchange rate): exit 1.
struct Question : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The data contradict themselves in a way only an analysis sees (shares above 100 %): exit 1, all problems listed.
struct BadData : std::runtime_error {
  explicit BadData(Problems found) : std::runtime_error("the data are contradictory"), problems(std::move(found)) {}
  Problems problems;
};

}  // namespace tierscope
