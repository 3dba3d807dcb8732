#include "base/text.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <utility>

namespace tierscope::core {
namespace {

constexpr std::size_t latest = 1U << 13;  // 192 KiB: fits beside the caller in the second cache
constexpr std::size_t longest = UINT32_MAX;

void write(char* place, std::string_view text) {
  *place++ = static_cast<char>(std::min<std::size_t>(text.size(), 255));
  if (text.size() >= 255) {
    const auto length = static_cast<std::uint32_t>(text.size());
    std::memcpy(place, &length, sizeof length);
    place += sizeof length;
  }
  std::copy(text.begin(), text.end(), place);
}

std::uint64_t eight(const char* bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}
std::uint64_t four(const char* bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// Multiplication carries each bit to all higher ones, the shift brings these back to the lower ones, which are used.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t hash = (a ^ 0x9e3779b97f4a7c15U) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 32U) ^ b) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 32U);
}

}  // namespace

// Loads of whole words that may overlap, and never reach beyond the text.
TextPool::Key TextPool::key_of(std::string_view text) {
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  if (size > short_text) {
    std::uint64_t hash = size;
    for (std::size_t i = 0; i + 16 < size; i += 16) hash = mixed(hash ^ eight(bytes + i), eight(bytes + i + 8));
    return {mixed(hash ^ eight(bytes + size - 16), eight(bytes + size - 8)), long_text};
  }
  Key key{0, std::uint64_t{size} << 56U};
  if (size > 8) {
    key.first = eight(bytes);
    key.second |= eight(bytes + size - 8) >> (8 * (16 - size));
  } else if (size == 8) {
    key.first = eight(bytes);
  } else if (size >= 4) {
    key.first = four(bytes) | four(bytes + size - 4) << (8 * (size - 4));
  } else {
    for (std::size_t i = 0; i < size; ++i)
      key.first |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return key;
}

std::uint32_t TextPool::hash_of(const Key& key) {
  return static_cast<std::uint32_t>(key.second >= long_text ? key.first : mixed(key.first, key.second));
}

TextPool::TextPool() : interned_{nullptr}, slots_(64) {}

std::uint32_t TextPool::keep(std::string_view text) {
  if (text.size() > longest) throw std::bad_alloc();
  const bool is_long = text.size() >= escape;
  const std::size_t size = 1 + (is_long ? sizeof(std::uint32_t) : 0) + text.size();
  if (block - used_ < size) {
    const std::size_t count = (size + block - 1) / block;
    if ((blocks_.size() + count) * (block / unit) > stored) throw std::bad_alloc();
    memory_.push_back(std::make_unique_for_overwrite<char[]>(count * block));
    for (std::size_t i = 0; i < count; ++i) blocks_.push_back(memory_.back().get() + i * block);
    used_ = 0;
    if (count > 1) {  // nothing is put behind it: that keeps the rest simple
      write(memory_.back().get(), text);
      used_ = block;
      return static_cast<std::uint32_t>((blocks_.size() - count) * (block / unit));
    }
  }
  write(memory_.back().get() + used_, text);
  const std::size_t place = (blocks_.size() - 1) * (block / unit) + used_ / unit;
  used_ = std::min(block, (used_ + size + unit - 1) / unit * unit);
  return static_cast<std::uint32_t>(place);
}

TextPool::Slots::Slots(std::size_t count) : size_(count) {
  constexpr std::size_t huge = 1U << 21U;
  const std::size_t bytes = count * sizeof(Slot);
  const bool large = bytes >= 2 * huge;
  memory_.reset(static_cast<Slot*>(large ? std::aligned_alloc(huge, bytes) : std::malloc(bytes)));
  if (!memory_) throw std::bad_alloc();
  if (large) ::madvise(memory_.get(), bytes, MADV_HUGEPAGE);  // a wish: without it all is the same, but slower
  std::uninitialized_fill_n(memory_.get(), count, Slot{});
}

void TextPool::Slots::Free::operator()(Slot* memory) const { std::free(memory); }

void TextPool::grow() {
  const Slots old = std::exchange(slots_, Slots(slots_.size() * 2));
  for (std::size_t each = 0; each < old.size(); ++each) {
    const Slot slot = old[each];
    if (slot.id == 0) continue;
    std::size_t i = slot.hash & (slots_.size() - 1);
    while (slots_[i].id != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

Text TextPool::intern(std::string_view text) {
  if (text.empty()) return {};
  Key key = key_of(text);
  const std::uint32_t hash = hash_of(key);
  std::size_t i = hash & (slots_.size() - 1);
  for (; slots_[i].id != 0; i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].hash == hash && holds(slots_[i], key, text)) return Text{slots_[i].id};
  if (interned_.size() >= stored) throw std::bad_alloc();
  const auto id = static_cast<std::uint32_t>(interned_.size());
  const std::uint32_t place = keep(text);
  interned_.push_back(address(place));
  if (text.size() > short_text) key.second |= place;
  slots_[i] = {key, id, hash};
  if (std::size_t{id} * 2 > slots_.size()) grow();
  return Text{id};
}

void TextPool::expect(std::string_view text) const {
  __builtin_prefetch(&slots_[hash_of(key_of(text)) & (slots_.size() - 1)]);
}

void TextPool::expect_soon(std::string_view text) const {
  if (text.size() <= short_text) return;
  const Slot& slot = slots_[hash_of(key_of(text)) & (slots_.size() - 1)];
  if (slot.key.second >= long_text) __builtin_prefetch(address(slot.key));
}

Text TextPool::store(std::string_view text) {
  if (text.empty()) return {};
  if (latest_.empty()) latest_.resize(latest);
  Key key = key_of(text);
  const std::uint32_t hash = hash_of(key);
  Slot& slot = latest_[hash % latest];
  if (slot.id != 0 && slot.hash == hash && holds(slot, key, text)) return Text{slot.id};
  const std::uint32_t place = keep(text);
  if (text.size() > short_text) key.second |= place;
  slot = {key, stored + place, hash};
  return Text{slot.id};
}

}  // namespace tierscope::core
