#include "read/dot/dot_lexer.hpp"

#include <algorithm>
#include <array>

namespace tierscope::core {
namespace {

bool digit(unsigned char c) { return c >= '0' && c <= '9'; }
bool letter(unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80; }

bool keyword(std::string_view text) {
  constexpr std::array<std::string_view, 6> words{"node", "edge", "graph", "digraph", "strict", "subgraph"};
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), same);
  });
}

}  // namespace

std::string dot_text(const DotToken& token) {
  if (token.kind != DotToken::Kind::quoted && token.kind != DotToken::Kind::html) return std::string(token.text);
  const std::string_view inner = token.text.size() < 2 ? "" : token.text.substr(1, token.text.size() - 2);
  if (token.kind == DotToken::Kind::html || inner.find('\\') == std::string_view::npos) return std::string(inner);
  std::string text;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    const char next = inner[i] == '\\' && i + 1 < inner.size() ? inner[i + 1] : '\0';
    if (next == '"' || next == '\\' || next == '\n') {
      if (next == '\\') text += "\\\\";
      if (next == '"') text += '"';
      ++i;
    } else {
      text += inner[i];
    }
  }
  return text;
}

void DotLexer::count_newlines(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (bytes_[i] != '\n') continue;
    inner_newlines.push_back(i);
    ++line_;
  }
}

void DotLexer::leave_open(std::string_view what) {
  unclosed_ = what;
  unclosed_line_ = line_;
  count_newlines(at_, bytes_.size());
  at_ = bytes_.size();
}

void DotLexer::skip_blanks_and_comments() {
  while (at_ < bytes_.size()) {
    const unsigned char c = at(at_);
    if (c == '\n') {
      ++line_;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '#' || (c == '/' && at(at_ + 1) == '/')) {
      const std::size_t end = std::min(bytes_.find('\n', at_), bytes_.size());
      if (end - at_ >= dot_token_limit) too_long.push_back(line_);
      at_ = end;
    } else if (c == '/' && at(at_ + 1) == '*') {
      const std::size_t end = bytes_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return leave_open("comment");
      std::size_t line_begin = at_;
      for (std::size_t i = at_; i <= end; ++i) {
        if (i != end && bytes_[i] != '\n') continue;
        if (i - line_begin >= dot_token_limit) too_long.push_back(line_);
        line_begin = i + 1;
      }
      count_newlines(at_, end);
      at_ = end + 2;
    } else {
      return;
    }
  }
}

DotToken DotLexer::token(DotToken::Kind kind, std::size_t end) {
  DotToken token{kind, false, line_, bytes_.substr(at_, end - at_)};
  if (token.text.size() >= dot_token_limit) too_long.push_back(line_);
  count_newlines(at_, end);
  at_ = end;
  return token;
}

DotToken DotLexer::quoted() {
  // cgraph takes the string in runs without backslash; its newline rule wins over a run of one newline.
  std::uint32_t line = line_;
  std::size_t run = at_ + 1;
  const auto end_run = [&](std::size_t end) {
    if (end - run == 1 && bytes_[run] == '\n') lost_newlines.push_back(line - 1);
  };
  for (std::size_t i = run; i < bytes_.size(); ++i) {
    if (bytes_[i] == '\n') ++line;
    if (bytes_[i] == '"') {
      end_run(i);
      return token(DotToken::Kind::quoted, i + 1);
    }
    if (bytes_[i] != '\\') continue;
    end_run(i);
    const unsigned char next = at(i + 1);
    if (next == '\n') ++line;
    if (next == '"' || next == '\\' || next == '\n') ++i;
    run = i + 1;
  }
  leave_open("quoted string");
  return {DotToken::Kind::end, false, line_, {}};
}

DotToken DotLexer::html() {
  std::size_t depth = 0;
  for (std::size_t i = at_; i < bytes_.size(); ++i) {
    if (bytes_[i] == '<') ++depth;
    if (bytes_[i] == '>' && --depth == 0) return token(DotToken::Kind::html, i + 1);
  }
  leave_open("HTML string");
  return {DotToken::Kind::end, false, line_, {}};
}

DotToken DotLexer::number() {
  std::size_t i = at_;
  if (at(i) == '-') ++i;
  bool dot = false;
  while (digit(at(i)) || (at(i) == '.' && !dot)) dot = at(i++) == '.' || dot;
  const bool split = letter(at(i)) || at(i) == '.';
  if (split)
    while (digit(at(i)) || letter(at(i)) || at(i) == '.') ++i;
  DotToken result = token(DotToken::Kind::name, i);
  result.split_number = split;
  return result;
}

DotToken DotLexer::next() {
  skip_blanks_and_comments();
  if (at_ >= bytes_.size()) return {DotToken::Kind::end, false, line_, {}};
  const unsigned char c = at(at_);
  const unsigned char next = at(at_ + 1);
  if (c == '"') return quoted();
  if (c == '<') return html();
  if (c == '-' && next == '>') return token(DotToken::Kind::arrow, at_ + 2);
  if (c == '-' && next == '-') return token(DotToken::Kind::dashes, at_ + 2);
  const unsigned char first = c == '-' ? next : c;
  if (digit(first) || (first == '.' && digit(at(at_ + (c == '-' ? 2 : 1))))) return number();
  if (!letter(c)) return token(DotToken::Kind::other, at_ + 1);
  std::size_t end = at_;
  while (letter(at(end)) || digit(at(end))) ++end;
  return token(keyword(bytes_.substr(at_, end - at_)) ? DotToken::Kind::keyword : DotToken::Kind::name, end);
}

}  // namespace tierscope::core
