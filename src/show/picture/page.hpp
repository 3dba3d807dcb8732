#pragma once
// The page: Graphviz's layout of companies and lines, with headline, legend, notes and sources set around it.

#include <string>

#include "ask/diagram.hpp"
#include "show/picture/theme.hpp"

namespace tierscope::core {

/// Calls Graphviz in this process: only for render()'s child. `device` is Graphviz's name of the format. Empty where
/// Graphviz fails, and where a page of fixed size has no room for all of it at a legible size: `too_much`.
std::string render_page(const Diagram& diagram, const Theme& theme, const PageSize& page, const char* device,
                        bool& too_much);

}  // namespace tierscope::core
