#pragma once
// A diagram in Graphviz's words: the attributes of each company and line, shared by the DOT file and the renderer.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ask/diagram.hpp"
#include "show/picture/theme.hpp"

namespace tierscope::core {

/// Name and value; a `label` holds an HTML-like label without its angle brackets, all text escaped.
using Attributes = std::vector<std::pair<std::string, std::string>>;

/// Text for an HTML-like label: markup escaped, controls made visible.
std::string html_text(std::string_view text);

/// Breaks at blanks into at most `lines` lines of `columns` terminal columns; what does not fit ends in `…`.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t lines);

/// Only http and https; every character that could end an attribute or be taken for markup is percent-encoded. Empty
/// for any other address.
std::string safe_link(std::string_view url);

class Styled {
 public:
  Styled(const Diagram& diagram, const Theme& theme);

  Attributes company(std::size_t i) const;  // label and tooltip only
  Attributes line(std::size_t i) const;     // without its label
  /// The words on a line, an HTML-like label; empty where the picture has no room for them.
  std::string line_label(std::size_t i) const;
  /// Title and subtitle; the numbered findings; the legend; the notes; one source. HTML-like labels, wrapped to
  /// `columns` of text at size 11; fonts are `scale` times their usual size.
  std::string head(std::size_t columns, double scale) const;
  /// The companies that have a bar, ranked; at most `rows`. Empty where fewer than two have one.
  std::string bars(std::size_t rows, std::size_t columns, double scale) const;
  std::string listed(std::size_t columns, double scale) const;
  std::string legend(std::size_t columns, double scale) const;
  std::string notes(std::size_t columns, double scale) const;
  std::string source(std::size_t i, std::size_t columns, std::size_t lines, double scale) const;
  std::string more_sources(std::size_t hidden, double scale) const;

  /// Sectors of two companies or more, each with the positions of its companies; the subject stands alone.
  struct Sector {
    std::string name;
    std::vector<std::size_t> companies;
  };
  std::vector<Sector> sectors() const;

  const Diagram& diagram;
  const Theme& theme;

 private:
  std::string bar(const std::vector<BarPart>& parts, double wide, double high) const;
  bool labels_fit_;
};

}  // namespace tierscope::core
