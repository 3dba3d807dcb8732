#pragma once
// Pictures of a Diagram: DOT text, and SVG, PNG, PDF laid out and rendered by Graphviz in a child process.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ask/diagram.hpp"
#include "show/picture/theme.hpp"

namespace tierscope::core {

/// DOT with facts and styling: Graphviz draws it, and `read_dot` reads back `diagram.facts`.
std::string draw_dot(const Diagram& diagram, const Theme& theme);

enum class PictureFormat : std::uint8_t { svg, png, pdf };

/// What --format names.
struct NamedPictureFormat {
  std::string_view name;
  std::optional<PictureFormat> rendered;  // none: draw_dot
};
inline constexpr NamedPictureFormat picture_formats[] = {
    {"dot", {}}, {"svg", PictureFormat::svg}, {"png", PictureFormat::png}, {"pdf", PictureFormat::pdf}};

struct Rendered {
  std::string bytes;      // empty where it failed
  std::string failure;    // why: a sentence
  std::string warning;    // such as characters that no installed font has
  bool too_much = false;  // for the page: its text would be smaller than PageSize::least_text; nothing is drawn
};

struct RenderLimits {
  unsigned seconds = 120;  // of CPU, and of waiting
  std::size_t memory = std::size_t{4} << 30;
};

/// Same diagram, same bytes. Graphviz runs in a forked child under the limits: it can crash, hang or exit without
/// harm. The SVG holds tooltips and http(s) links, a title and a description, and no script.
Rendered render(const Diagram& diagram, const Theme& theme, const PageSize& page, PictureFormat format,
                const RenderLimits& limits = {});

/// Graphviz's SVG with tooltips, links, title and description put in; elements are found by their id: c0, c1 …
/// companies, l0 … lines, s0 … sources. It is as large as the page. Empty where the SVG is no XML.
std::string finish_svg(const Diagram& diagram, const PageSize& page, std::string_view svg);

}  // namespace tierscope::core
