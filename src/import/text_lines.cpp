#include <algorithm>
#include <optional>

#include "base/unicode.hpp"
#include "import/inputs.hpp"
#include "read/encoding.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t block = std::size_t{1} << 20U;
constexpr std::size_t longest_line = std::size_t{256} << 20U;

std::string as_utf8(std::string_view bytes) {
  std::string why;
  std::size_t offset = 0;
  std::optional<std::string> text = to_utf8(bytes, "windows-1252", why, offset);
  if (!text) text = to_utf8(bytes, "latin1", why, offset);  // has every byte
  return text ? *std::move(text) : std::string();
}

}  // namespace

std::string clean_text(std::string text) {
  if (invalid_utf8(text) != std::string_view::npos) text = as_utf8(text);
  const auto doubtful = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\xc2'; };
  if (std::none_of(text.begin(), text.end(), doubtful)) return text;
  std::size_t removed = 0;
  return without_controls(text, removed);
}

bool TextLines::fill() {
  if (ended_) return false;
  buffer_.erase(0, begin_);
  begin_ = 0;
  if (buffer_.size() > longest_line) {
    too_long_ = ended_ = true;
    return false;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + block);
  const std::streamsize got = bytes_.sgetn(buffer_.data() + had, block);
  buffer_.resize(had + static_cast<std::size_t>(std::max<std::streamsize>(got, 0)));
  if (read_ == 0 && buffer_.starts_with("\xef\xbb\xbf")) begin_ = 3;
  read_ += buffer_.size() - had;
  ended_ = buffer_.size() == had;
  return !ended_;
}

bool TextLines::next(std::string_view& line) {
  while (true) {
    // From the begin of the line to its end, which may lie behind what was read.
    std::size_t at = begin_;
    bool within = false;  // quotes
    std::uint64_t breaks = 0;
    std::size_t end = std::string::npos;
    while (end == std::string::npos) {
      const std::size_t stop = std::min(buffer_.find('\n', at), buffer_.size());
      const char* const text = buffer_.data();
      if (quoted_ && std::count(text + at, text + stop, '"') % 2 != 0) within = !within;
      if (stop == buffer_.size()) {
        const std::size_t seen = buffer_.size() - begin_;
        if (!fill()) {
          end = buffer_.size();
          break;
        }
        at = begin_ == 0 ? seen : begin_;  // a mark was left out: nothing was seen
        continue;
      }
      at = stop + 1;
      if (within)
        ++breaks;
      else
        end = stop;
    }
    if (end == buffer_.size() && begin_ >= buffer_.size()) return false;
    line = std::string_view(buffer_).substr(begin_, end - begin_);
    begin_ = std::min(end + 1, buffer_.size());
    number_ = next_number_;
    next_number_ += breaks + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (invalid_utf8(line) != std::string_view::npos) {
      if (repaired_++ == 0) first_repaired_ = number_;
      repaired_line_ = as_utf8(line);
      line = repaired_line_;
    }
    return true;
  }
}

TextTableRows::TextTableRows(std::streambuf& bytes, char separator, bool quoted, std::string_view header)
    : lines_(bytes, quoted), separator_(separator), quoted_(quoted) {
  line_ = header;
  if (header.empty() && !lines_.next(line_)) return;
  split();
  for (const std::string_view cell : cells_) {
    written_.emplace_back(cell);
    columns_.push_back(fold(cell));
  }
  cells_.clear();
}

std::size_t TextTableRows::find(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), fold(column));
  return found == columns_.end() ? nowhere : static_cast<std::size_t>(found - columns_.begin());
}

bool TextTableRows::next() {
  if (!lines_.next(line_)) return false;
  split();
  return true;
}

void TextTableRows::split() {
  cells_.clear();
  unquoted_.clear();
  unquoted_.reserve(line_.size());  // views into it stay
  std::string_view rest = line_;
  while (true) {
    if (quoted_ && rest.starts_with('"')) {
      const std::size_t begin = unquoted_.size();
      std::size_t at = 1;
      while (at < rest.size()) {
        const std::size_t close = std::min(rest.find('"', at), rest.size());
        unquoted_.append(rest.substr(at, close - at));
        at = close + 1;
        if (at >= rest.size() || rest[at] != '"') break;
        unquoted_ += '"';
        ++at;
      }
      const std::size_t end = std::min(rest.find(separator_, std::min(at, rest.size())), rest.size());
      cells_.emplace_back(unquoted_.data() + begin, unquoted_.size() - begin);
      if (end == rest.size()) return;
      rest.remove_prefix(end + 1);
      continue;
    }
    const std::size_t end = std::min(rest.find(separator_), rest.size());
    cells_.push_back(rest.substr(0, end));
    if (end == rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

}  // namespace tierscope::core
