// Changes of inputs beside libFuzzer's own: it knows bytes, this knows words and lines, which all formats are made of.

#include <algorithm>
#include <cctype>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(unsigned char* data, std::size_t size, std::size_t max_size);

namespace {

bool of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
    for (end = begin; end < text.size() && of_word(text[end]);) ++end;
    if (end != begin) words.push_back(text.substr(begin, end - begin));
  }
  return words;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    lines.push_back(text.substr(0, text.find('\n') == text.npos ? text.size() : text.find('\n') + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

// A piece takes the place of another, or stands before it; most likely of one as long, as ids are, numbers and dates.
std::string put_one_for_another(std::string_view text, const std::vector<std::string_view>& pieces, unsigned seed) {
  std::minstd_rand random(seed);
  const std::string_view to = pieces[random() % pieces.size()];
  std::string_view from = pieces[random() % pieces.size()];
  for (int tries = 0; tries < 4 && from.size() != to.size(); ++tries) from = pieces[random() % pieces.size()];
  const auto at = static_cast<std::size_t>(to.data() - text.data());
  std::string changed(text);
  changed.replace(at, random() % 4 == 0 ? 0 : to.size(), random() % 8 == 0 ? std::string_view() : from);
  return changed;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(unsigned char* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto pieces = seed % 2 == 0 ? words_of(text) : seed % 8 == 1 ? lines_of(text) : std::vector<std::string_view>();
  if (pieces.empty()) return LLVMFuzzerMutate(data, size, max_size);
  const std::string changed = put_one_for_another(text, pieces, seed / 8);
  const std::size_t length = std::min(changed.size(), max_size);
  std::memcpy(data, changed.data(), length);
  return length;
}
