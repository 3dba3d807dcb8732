#pragma once
// What scripts and pages read, as TypeScript: made from the same descriptions as the JSON.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <tierscope/fields.hpp>

namespace tierscope::core {

/// Interfaces of described structs, each once, behind those that it is made of. A text that may be empty is null in an
/// answer and "" in a page; a table is a list of rows in an answer and columns in a page.
class Contract {
 public:
  enum class Of { answer, page };
  explicit Contract(Of of) : of_(of) {}
  /// `name` is what the struct is called, `base` what it extends. Throws std::logic_error where the name, or that of an
  /// inner struct, is that of another.
  void add(std::string_view name, std::span<const Field> fields, std::string_view help, std::string_view base = {});
  /// `export const emptyName: Name`: text "", numbers 0, lists empty.
  void add_empty(std::string_view name, std::span<const Field> fields);
  const std::string& text() const { return text_; }

 private:
  std::string type_of(const Field& field);
  std::string named(const Field& field, std::string_view usual);
  std::string empty_of(const Field& field, const std::string& indent) const;

  Of of_;
  std::map<std::string, const Field*, std::less<>> known_;
  std::set<std::string, std::less<>> aliases_;
  std::string text_;
};

/// src/web/data/contract.ts: the blocks of a page, and the answers of all questions.
std::string contract();

}  // namespace tierscope::core
