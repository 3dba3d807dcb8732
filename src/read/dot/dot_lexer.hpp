#pragma once
// The tokens of DOT exactly as cgraph's scanner takes them, each with its line, which cgraph does not keep.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

struct DotToken {
  enum class Kind : std::uint8_t { end, name, quoted, html, keyword, arrow, dashes, other };
  Kind kind = Kind::end;
  bool split_number = false;  // 3M: cgraph would make two names of it
  std::uint32_t line = 1;     // of its first byte
  std::string_view text;      // as in the file, with quotes or angle brackets

  bool is(char punctuation) const { return kind == Kind::other && text.size() == 1 && text[0] == punctuation; }
  bool is_id() const { return kind == Kind::name || kind == Kind::quoted || kind == Kind::html; }
};

/// The text that cgraph makes of a name, a quoted or an HTML string: `\"` is a quote, an escaped newline is nothing,
/// all other backslash sequences stay.
std::string dot_text(const DotToken& token);

/// Any bytes; O(bytes) over all calls. A comment or string without an end is the last token's trouble, see `unclosed`.
class DotLexer {
 public:
  explicit DotLexer(std::string_view bytes) : bytes_(bytes) {}
  DotToken next();

  /// What has no end (`quoted string`, ...) and where it begins; empty if all is closed.
  std::string_view unclosed() const { return unclosed_; }
  std::uint32_t unclosed_line() const { return unclosed_line_; }

  /// Offsets of the newlines inside strings and comments: cgraph is fed up to the others.
  std::vector<std::size_t> inner_newlines;
  /// Lines where a newline stands alone between two escapes or quotes: cgraph loses it.
  std::vector<std::uint32_t> lost_newlines;
  /// Lines with tokens or comments too long to be scanned in a reasonable time.
  std::vector<std::uint32_t> too_long;

 private:
  void skip_blanks_and_comments();
  DotToken token(DotToken::Kind kind, std::size_t end);
  DotToken quoted();
  DotToken html();
  DotToken number();
  void count_newlines(std::size_t begin, std::size_t end);
  void leave_open(std::string_view what);
  unsigned char at(std::size_t i) const { return i < bytes_.size() ? static_cast<unsigned char>(bytes_[i]) : 0; }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::string_view unclosed_;
  std::uint32_t unclosed_line_ = 0;
};

/// A token, or a line of a comment, of this many bytes is refused: cgraph's time grows with its square.
inline constexpr std::size_t dot_token_limit = 65'536;

}  // namespace tierscope::core
