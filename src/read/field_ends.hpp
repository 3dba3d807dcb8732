#pragma once
// Where fields of a separated table end, found 64 bytes at a time.

#include <bit>
#include <cstddef>
#include <cstdint>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tierscope::core {

/// The next separator or line end from a place on. Asked from left to right, it looks at each byte once.
template <char separator>
class FieldEnds {
 public:
  FieldEnds(const char* begin, const char* end) : begin_(begin), end_(end) {}

  /// Its place, or the end of the bytes.
  const char* from(const char* at) {
#if defined(__SSE2__)
    while (true) {
      const std::size_t within = static_cast<std::size_t>(at - begin_) - block_;
      if (within < 64) {
        const std::uint64_t left = marks_ >> within;
        if (left != 0) return at + std::countr_zero(left);
        at = begin_ + block_ + 64;
      }
      if (end_ - at < 64) break;
      block_ = static_cast<std::size_t>(at - begin_);
      marks_ = marks(at);
    }
#endif
    while (at != end_ && *at != separator && *at != '\n' && *at != '\r') ++at;
    return at;
  }

 private:
#if defined(__SSE2__)
  static std::uint64_t marks(const char* at) {
    std::uint64_t found = 0;
    for (unsigned i = 0; i < 4; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at) + i);
      const auto equal = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
      const __m128i any = _mm_or_si128(equal(separator), _mm_or_si128(equal('\n'), equal('\r')));
      found |= std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(any))} << (16 * i);
    }
    return found;
  }
#endif

  const char* begin_;
  const char* end_;
  std::size_t block_ = SIZE_MAX / 2;  // from begin_; none yet
  std::uint64_t marks_ = 0;           // of its 64 bytes
};

}  // namespace tierscope::core
