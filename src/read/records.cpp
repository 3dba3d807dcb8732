#include "read/records.hpp"

#include <fmt/format.h>

namespace tierscope::core {

std::string_view Records::keep_copy(std::string_view text) {
  constexpr std::size_t piece = std::size_t{1} << 16U;
  if (text.size() > piece / 4) return keep(std::string(text));
  if (copies_ == nullptr || copies_->capacity() - copies_->size() < text.size()) {
    copies_ = &storage.emplace_back();
    copies_->reserve(piece);
  }
  const std::size_t at = copies_->size();
  copies_->append(text);
  return std::string_view(*copies_).substr(at);
}

void Records::bad_row(std::uint32_t file, std::uint32_t line, std::string attribute, std::string what,
                      std::string remedy) {
  if (mapping.skip_bad) {
    if (left_out) left_out(file, line, attribute, what);
    LeftOut& left = left_out_[file];
    if (left.count == 0) {
      left.line = line;
      left.example = fmt::format("{}{}{}", attribute, attribute.empty() ? "" : ": ", what);
    }
    if (left.count == 0 || left.last != line) ++left.count;
    left.last = line;
    return;
  }
  const auto [found, fresh] =
      repeated_.try_emplace(fmt::format("{}:{}:{}", file, attribute, what), Repeated{problems.size(), 0});
  if (!fresh) {
    ++found->second.count;
    return;
  }
  error(file, line, std::move(attribute), std::move(what), std::move(remedy));
}

void Records::say_counts() {
  for (const auto& [key, repeated] : repeated_)
    if (repeated.count != 0 && repeated.problem < problems.size())
      problems[repeated.problem].what +=
          fmt::format(" (and in {} more row{})", repeated.count, repeated.count == 1 ? "" : "s");
  repeated_.clear();
  for (const auto& [file, left] : left_out_)
    warning(file, left.line, {},
            fmt::format("{} row{} left out for errors, first this one: {}", left.count,
                        left.count == 1 ? " is" : "s are", left.example),
            "without --skip-bad all are told", "rows-left-out");
  left_out_.clear();
}

}  // namespace tierscope::core
