#pragma once
// What importers of JSON share.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

using Json = nlohmann::json;

/// The value, where the text is JSON that is nested at most 64 deep; else discarded. What is deeper is never parsed:
/// taking it down again would take as deep a stack.
Json parse_json(std::string_view text, bool& too_deep);

/// The objects of a JSON array, or one after the other, read a block at a time: only one is in memory. What stands
/// between them and is no JSON comes as a text of its own, as does an object that is cut off.
class JsonObjects {
 public:
  explicit JsonObjects(std::streambuf& bytes) : bytes_(bytes) {}
  /// The next one; holds until the next call. False at the end.
  bool next(std::string_view& text);
  std::uint64_t number() const { return number_; }                // of the object, from 1
  std::uint64_t read() const { return read_; }                    // bytes so far
  static constexpr std::size_t longest = std::size_t{64} << 20U;  // bytes of an object; what is longer is cut there

 private:
  int get();

  std::streambuf& bytes_;
  std::string text_;
  std::uint64_t number_ = 0;
  std::uint64_t read_ = 0;
};

/// A member's text; empty = there is none.
std::string text_of(const Json& object, const char* key);
/// The texts of a member that is a text or a list of them.
std::vector<std::string> texts_of(const Json& object, const char* key);
/// A member, or null.
const Json& member_of(const Json& object, const char* key);

}  // namespace tierscope::core
