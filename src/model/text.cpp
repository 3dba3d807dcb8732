#include "model/text.hpp"

#include <algorithm>
#include <functional>
#include <new>

namespace tierscope {
namespace {

constexpr std::size_t latest = 1U << 13;  // 128 KiB: fits beside the caller in the second cache
constexpr std::size_t longest = UINT32_MAX;

std::uint32_t hash_of(std::string_view text) { return static_cast<std::uint32_t>(std::hash<std::string_view>()(text)); }

}  // namespace

void TextPool::Places::push(const char* place) {
  if (size_ == stored - 1) throw std::bad_alloc();
  if (size_ % chunk == 0) chunks_.push_back(std::make_unique<const char*[]>(chunk));
  chunks_.back()[size_ % chunk] = place;
  ++size_;
}

TextPool::TextPool() : slots_(64) { interned_.push(nullptr); }

const char* TextPool::keep(std::string_view text) {
  if (text.size() > longest) throw std::bad_alloc();
  const auto length = static_cast<std::uint32_t>(text.size());
  const std::size_t size = sizeof length + text.size();
  if (block_size_ - used_ < size) {
    block_size_ = std::max<std::size_t>(size, blocks_.empty() ? 1U << 14 : 1U << 20);
    used_ = 0;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size_));
  }
  char* const place = blocks_.back().get() + used_;
  std::memcpy(place, &length, sizeof length);
  std::copy(text.begin(), text.end(), place + sizeof length);
  used_ += size;
  return place;
}

void TextPool::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot slot : old) {
    if (slot.id == 0) continue;
    std::size_t i = slot.hash & (slots_.size() - 1);
    while (slots_[i].id != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

Text TextPool::intern(std::string_view text) {
  if (text.empty()) return {};
  const std::uint32_t hash = hash_of(text);
  std::size_t i = hash & (slots_.size() - 1);
  for (; slots_[i].id != 0; i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].hash == hash && at(slots_[i].place) == text) return Text{slots_[i].id};
  const std::uint32_t id = interned_.size();
  const char* const place = keep(text);
  interned_.push(place);
  slots_[i] = {id, hash, place};
  if (std::size_t{id} * 2 > slots_.size()) grow();
  return Text{id};
}

void TextPool::expect(std::string_view text) const {
  if (expected_.id == 0 || expected_.place != text.data()) {
    expected_ = {1, hash_of(text), text.data()};
    __builtin_prefetch(&slots_[expected_.hash & (slots_.size() - 1)]);
    return;
  }
  __builtin_prefetch(slots_[expected_.hash & (slots_.size() - 1)].place);
  expected_ = {};
}

Text TextPool::store(std::string_view text) {
  if (text.empty()) return {};
  if (latest_.empty()) latest_.resize(latest);
  const std::uint32_t hash = hash_of(text);
  Slot& slot = latest_[hash % latest];
  if (slot.id != 0 && slot.hash == hash && at(slot.place) == text) return Text{slot.id};
  slot = {stored + stored_.size(), hash, keep(text)};
  stored_.push(slot.place);
  return Text{slot.id};
}

}  // namespace tierscope
