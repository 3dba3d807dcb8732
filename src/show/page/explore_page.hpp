#pragma once
// One HTML file that holds a graph, the answers to it, and the code that shows them.

#include <string>
#include <string_view>
#include <vector>

#include "show/page/block.hpp"

namespace tierscope::core {

/// The page as it was built from src/web, with the places @@TITLE@@ and @@DATA@@, each once.
std::string_view page_template();

/// Fills both places in one pass, so that text which looks like a place stays text. The title is escaped; each block
/// becomes a <script type="application/json"> of its id, in which nothing can end it. A large page's blocks are packed
/// (Packer).
std::string explore_page(std::string_view html, std::string_view title, const std::vector<Block>& blocks);

}  // namespace tierscope::core
