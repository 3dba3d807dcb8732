#include "show/page/explore_page.hpp"

#include <algorithm>

#include "show/page/pack.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view title_place = "@@TITLE@@";
constexpr std::string_view data_place = "@@DATA@@";

void append_html(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
}

// A page of so many values takes some 3 MB; a larger one is packed, a smaller one can be read by others as it is.
constexpr std::size_t plain_values = 200'000;

void append_blocks(std::string& out, const std::vector<Block>& blocks) {
  std::size_t size = 0;
  for (const Block& block : blocks) size += size_of(block);
  Packer packer;
  for (const Block& block : blocks) {
    out += "<script type=\"application/json\" id=\"" + block.id + "\">";
    if (size > plain_values)
      packer.append(out, block);
    else
      append_json(out, block);
    out += "</script>\n";
  }
}

}  // namespace

std::string explore_page(std::string_view html, std::string_view title, const std::vector<Block>& blocks) {
  std::string page;
  while (true) {
    const std::size_t next = std::min(html.find(title_place), html.find(data_place));
    page += html.substr(0, next);
    if (next == std::string_view::npos) return page;
    html.remove_prefix(next);
    const bool is_title = html.starts_with(title_place);
    if (is_title)
      append_html(page, title);
    else
      append_blocks(page, blocks);
    html.remove_prefix(is_title ? title_place.size() : data_place.size());
  }
}

}  // namespace tierscope::core
