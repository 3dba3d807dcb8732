#pragma once
// What is wrong with data or with a question, as a value: nothing in this library throws on data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tierscope {

enum class Severity : std::uint8_t { error, warning };

/// One finding. `what` quotes the text; `remedy` says what would be right. About a question, `file` is empty.
struct Problem {
  Severity severity = Severity::error;
  std::string file;
  std::uint32_t line = 0;  // from 1; 0 = the whole file
  std::string attribute;
  std::string what;
  std::string remedy;
  std::string_view kind{};  // of a warning: the rule, a machine word such as `unknown-source`
  bool advice = false;      // a warning that changes no answer: `check` alone tells of it
};

using Problems = std::vector<Problem>;

bool has_errors(const Problems& problems);

/// `file:line: attribute: what; remedy`, control characters made visible.
std::string to_string(const Problem& problem);

/// A value, or the problems that kept it from being made; beside a value they are warnings.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value, Problems warnings = {}) : value_(std::move(value)), problems_(std::move(warnings)) {}
  Result(Problems problems) : problems_(std::move(problems)) {}

  explicit operator bool() const { return value_.has_value(); }
  /// Only where there is a value.
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  T* operator->() & { return &*value_; }
  const T* operator->() const& { return &*value_; }
  /// A loop over `question(…)->rows` would run over rows that are gone: give the result a name first.
  T* operator->() && = delete;
  const Problems& problems() const { return problems_; }

 private:
  std::optional<T> value_;
  Problems problems_;
};

}  // namespace tierscope
