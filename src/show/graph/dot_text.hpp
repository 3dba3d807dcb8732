#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/fields.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// Appends the text as a DOT string, always in quotes: backslash, quote and line breaks escaped, so that no text is
/// markup. Texts longer than Graphviz's own programs read in one token are written in pieces, `"..." + "..."`.
void append_quoted(std::string& dot, std::string_view text);

/// How a DOT file looks, beside its data: attributes of presentation, which the reader drops.
struct DotStyle {
  struct Cluster {
    std::string name;        // cluster0 …
    std::string attributes;  // statements such as `label="cloud"; color=grey`
    std::vector<CompanyIndex> companies;
  };
  std::string head;                                               // lines behind the opening brace
  std::function<std::string(TableKind, std::size_t)> attributes;  // of a row, `a="1", b="2"`; may be empty
  std::vector<Cluster> clusters;
};

/// write_dot() with a look.
std::string write_dot(const Model& model, const DotStyle& style);

}  // namespace tierscope::core
