#include "model/text.hpp"

#include <algorithm>
#include <functional>
#include <new>

namespace tierscope {

TextPool::TextPool() : views_(1), slots_(64) {}

void TextPool::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].id != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

Text TextPool::intern(std::string_view text) {
  if (text.empty()) return {};
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(text));
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].id != 0; at = (at + 1) & (slots_.size() - 1))
    if (slots_[at].hash == hash && views_[slots_[at].id] == text) return Text{slots_[at].id};
  if (views_.size() > UINT32_MAX - 1) throw std::bad_alloc();
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
  slots_[at] = {id, hash};
  if (views_.size() * 2 > slots_.size()) grow();
  return Text{id};
}

}  // namespace tierscope
