#pragma once
// Interned text. A model stores every distinct name once; companies and relations hold 4-byte handles.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace tierscope {

/// Handle of a stored string; id 0 is the empty string, which stands for "not given". Handles of interned strings are
/// equal where the strings are, and small numbers; of other strings nothing follows from different handles.
struct Text {
  std::uint32_t id = 0;
  explicit operator bool() const { return id != 0; }
  friend bool operator==(Text a, Text b) { return a.id == b.id; }
  friend bool operator<(Text a, Text b) { return a.id < b.id; }
};

/// Grows only, up to 2^31 - 1 strings of each sort; views stay valid for the pool's life. 12 bytes a string beside its
/// own, and 32 to 64 more for one that is interned. O(length) expected.
class TextPool {
 public:
  TextPool();
  TextPool(const TextPool&) = delete;
  TextPool& operator=(const TextPool&) = delete;
  /// For what is compared and repeated: ids, categories, sources.
  Text intern(std::string_view text);
  /// `intern` will soon be asked for this text: fetches what that looks up from far memory, the first time the table,
  /// the second time the string that is found there. Call it, do something else, call it again, do something else.
  void expect(std::string_view text) const;
  /// For what is only shown again, such as the texts of figures: millions of different ones are not searched for
  /// equals, except among the latest.
  Text store(std::string_view text);
  std::string_view view(Text text) const {
    if (text.id == 0) return {};
    return at(text.id < stored ? interned_[text.id] : stored_[text.id - stored]);
  }

 private:
  static constexpr std::uint32_t stored = 1U << 31;  // the first id of those that are not interned

  // Addresses that stay where they are, so that growing copies nothing.
  class Places {
   public:
    const char* operator[](std::uint32_t i) const { return chunks_[i / chunk][i % chunk]; }
    std::uint32_t size() const { return size_; }
    void push(const char* place);

   private:
    static constexpr std::uint32_t chunk = 1U << 12;
    std::vector<std::unique_ptr<const char*[]>> chunks_;
    std::uint32_t size_ = 0;
  };
  // A hash table of ids with open addressing, twice as large at least as what it holds; std::unordered_map takes 56
  // bytes a string and a cache miss more.
  struct Slot {
    std::uint32_t id = 0;  // 0 = free
    std::uint32_t hash = 0;
    const char* place = nullptr;  // one far look less than by the id
  };
  static std::string_view at(const char* place) {
    std::uint32_t length = 0;
    std::memcpy(&length, place, sizeof length);
    return {place + sizeof length, length};
  }

  const char* keep(std::string_view text);
  void grow();

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_size_ = 0;
  std::size_t used_ = 0;
  Places interned_;
  Places stored_;
  std::vector<Slot> slots_;
  std::vector<Slot> latest_;  // of `store`, by hash
  mutable Slot expected_;     // hash and table place of the text that is expected; id 1 = the table was fetched
};

}  // namespace tierscope
