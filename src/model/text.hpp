#pragma once
// Interned text. A model stores every distinct string once; companies and relations hold 4-byte handles.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tierscope {

/// Handle of an interned string; id 0 is the empty string, which stands for "not given".
struct Text {
  std::uint32_t id = 0;
  explicit operator bool() const { return id != 0; }
  friend bool operator==(Text a, Text b) { return a.id == b.id; }
  friend bool operator<(Text a, Text b) { return a.id < b.id; }
};

/// Grows only, up to 2^32 - 1 strings; views stay valid for the pool's life. Interning is O(length) expected.
class TextPool {
 public:
  TextPool();
  TextPool(const TextPool&) = delete;
  TextPool& operator=(const TextPool&) = delete;
  Text intern(std::string_view text);
  std::string_view view(Text text) const { return views_[text.id]; }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_size_ = 0;
  std::size_t used_ = 0;
  std::vector<std::string_view> views_;
  // A hash table of ids with open addressing, twice as large at least as what it holds: 8 to 16 bytes a string, where
  // std::unordered_map takes 56 and a cache miss more.
  struct Slot {
    std::uint32_t id = 0;  // 0 = free
    std::uint32_t hash = 0;
  };
  void grow();
  std::vector<Slot> slots_;
};

}  // namespace tierscope
