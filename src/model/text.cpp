#include "model/text.hpp"

#include <algorithm>

namespace tierscope {

TextPool::TextPool() {
  views_.emplace_back();
  ids_.emplace(std::string_view(), 0);
}

Text TextPool::intern(std::string_view text) {
  if (const auto found = ids_.find(text); found != ids_.end()) return Text{found->second};
  if (block_size_ - used_ < text.size()) {
    block_size_ = std::max<std::size_t>(text.size(), blocks_.empty() ? 1U << 14 : 1U << 20);
    used_ = 0;
    blocks_.push_back(std::make_unique<char[]>(block_size_));
  }
  char* const place = blocks_.back().get() + used_;
  std::copy(text.begin(), text.end(), place);
  used_ += text.size();
  const auto id = static_cast<std::uint32_t>(views_.size());
  views_.emplace_back(place, text.size());
  ids_.emplace(views_.back(), id);
  return Text{id};
}

}  // namespace tierscope
