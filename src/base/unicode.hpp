#pragma once
// The few Unicode questions that the product asks, answered by utf8proc.

#include <cstddef>
#include <string>
#include <string_view>

namespace tierscope::core {

/// Byte offset of the first invalid UTF-8 sequence, or npos.
std::size_t invalid_utf8(std::string_view text);

/// NFKC with case folding: `ＢｙｔｅDance` and `bytedance` fold to the same text. Invalid UTF-8 is returned unchanged.
std::string fold(std::string_view text);

/// Terminal columns: Chinese characters take two, combining marks none.
std::size_t width(std::string_view text);

/// Text that no terminal interprets: control characters, direction overrides and what nobody would see become
/// `\u{..}`, line breaks a space.
std::string visible(std::string_view text);

/// Removes control characters (all of C0 but tab and newline, DEL, C1) and what is no character (U+FFFE, U+FFFF), and
/// makes CRLF and CR one newline. `removed` counts what was dropped beside carriage returns.
std::string without_controls(std::string_view text, std::size_t& removed);

/// What XML may not hold though it is UTF-8, U+FFFE and U+FFFF, becomes U+FFFD; whether there was any.
bool replace_noncharacters(std::string& text);

/// The first characters that fit `columns`, never splitting a character; at least one character unless empty.
std::string_view prefix_of_width(std::string_view text, std::size_t columns);

/// The text, or its beginning and `…` in so many columns: whole words, unless that would lose a third of them.
std::string cut(std::string_view text, std::size_t columns);

/// Damerau–Levenshtein distance over code points, stopping above `limit` (returns limit + 1).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace tierscope::core
