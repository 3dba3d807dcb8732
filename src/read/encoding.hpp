#pragma once
// Text in other encodings than UTF-8.

#include <optional>
#include <string>
#include <string_view>

namespace tierscope::core {

/// The encoding that the mark at the beginning of the bytes names: `UTF-16`; empty = none, or UTF-8's.
std::string_view marked_encoding(std::string_view bytes);

/// The bytes as UTF-8. Nothing and `why` where iconv does not know the encoding, or the bytes are not in it; then
/// `offset` is the first byte that is not, else npos.
std::optional<std::string> to_utf8(std::string_view bytes, const std::string& encoding, std::string& why,
                                   std::size_t& offset);

}  // namespace tierscope::core
