#pragma once

#include <string>
#include <string_view>

namespace tierscope {

/// Appends the text as a DOT string, always in quotes: backslash, quote and line breaks escaped, so that no text is
/// markup. Texts longer than Graphviz's own programs read in one token are written in pieces, `"..." + "..."`.
void append_quoted(std::string& dot, std::string_view text);

}  // namespace tierscope
