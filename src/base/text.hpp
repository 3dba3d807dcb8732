#pragma once
// Interned text. A model stores every distinct name once; companies and relations hold 4-byte handles.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace tierscope::core {

/// Handle of a stored string; id 0 is the empty string, which stands for "not given". Handles of interned strings are
/// equal where the strings are, and small numbers; of other strings nothing follows from different handles.
struct Text {
  std::uint32_t id = 0;
  explicit operator bool() const { return id != 0; }
  friend bool operator==(Text a, Text b) { return a.id == b.id; }
  friend bool operator<(Text a, Text b) { return a.id < b.id; }
};

/// Grows only, up to 2^31 - 1 interned strings and 8 GiB in all; views stay valid for the pool's life. One byte (five
/// above 254 bytes) and some padding beside each string, and 32 to 56 more for one that is interned. O(length)
/// expected.
class TextPool {
 public:
  TextPool();
  TextPool(const TextPool&) = delete;
  TextPool& operator=(const TextPool&) = delete;
  /// For what is compared and repeated: ids, categories, sources.
  Text intern(std::string_view text);
  /// `intern` will be asked for this text: fetches what that looks up from far memory. First the table, some rows later
  /// the string that is found there, where it is longer than what the table holds itself.
  void expect(std::string_view text) const;
  void expect_soon(std::string_view text) const;
  /// For what is only shown again, such as the texts of figures: millions of different ones are not searched for
  /// equals, except among the latest.
  Text store(std::string_view text);
  std::string_view view(Text text) const {
    if (text.id == 0) return {};
    return at(text.id < stored ? interned_[text.id] : address(text.id - stored));
  }

 private:
  static constexpr std::uint32_t stored = 1U << 31;  // handles from here on are places in memory, in units
  static constexpr std::size_t unit = 4;             // bytes
  static constexpr std::size_t block = 1U << 18;     // bytes
  static constexpr std::uint8_t escape = 255;        // a length that takes four bytes more

  // A string of up to 15 bytes as two numbers, equal where the strings are; its length is the highest byte. Of a longer
  // one, a hash and its place.
  struct Key {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
  };
  static constexpr std::size_t short_text = 15;
  static constexpr std::uint64_t long_text = std::uint64_t{255} << 56U;  // and the place
  static Key key_of(std::string_view text);
  static std::uint32_t hash_of(const Key& key);

  // A hash table of ids with open addressing, twice as large at least as what it holds; std::unordered_map takes 56
  // bytes a string and two cache misses more. A short string is in it, so that a look for it is a look at one place.
  struct Slot {
    Key key;
    std::uint32_t id = 0;  // 0 = free
    std::uint32_t hash = 0;
  };
  const char* address(const Key& key) const { return address(static_cast<std::uint32_t>(key.second)); }
  bool holds(const Slot& slot, const Key& key, std::string_view text) const {
    if (slot.key.first != key.first) return false;
    return text.size() <= short_text ? slot.key.second == key.second
                                     : slot.key.second >= long_text && at(address(slot.key)) == text;
  }
  const char* address(std::uint32_t place) const {
    return blocks_[place / (block / unit)] + std::size_t{place % (block / unit)} * unit;
  }
  static std::string_view at(const char* place) {
    const auto length = static_cast<std::uint8_t>(*place);
    if (length != escape) return {place + 1, length};
    std::uint32_t longer = 0;
    std::memcpy(&longer, place + 1, sizeof longer);
    return {place + 1 + sizeof longer, longer};
  }

  // Zeroed, in huge pages where it is large: each look into it is somewhere else.
  class Slots {
   public:
    explicit Slots(std::size_t count);
    std::size_t size() const { return size_; }
    Slot& operator[](std::size_t i) { return memory_.get()[i]; }
    const Slot& operator[](std::size_t i) const { return memory_.get()[i]; }

   private:
    struct Free {
      void operator()(Slot* memory) const;
    };
    std::unique_ptr<Slot, Free> memory_;
    std::size_t size_;
  };

  std::uint32_t keep(std::string_view text);
  void grow();

  std::vector<std::unique_ptr<char[]>> memory_;
  std::vector<const char*> blocks_;  // of equal size; a long string takes several that lie together
  std::size_t used_ = block;         // bytes of the last block
  std::vector<const char*> interned_;
  Slots slots_;
  std::vector<Slot> latest_;  // of `store`, by hash
};

}  // namespace tierscope::core
