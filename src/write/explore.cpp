#include "write/explore.hpp"

#include <algorithm>

#include "write/json_text.hpp"

namespace tierscope {
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

void append_blocks(std::string& out, const std::vector<std::pair<std::string, Value>>& blocks) {
  for (const auto& [id, value] : blocks) {
    out += "<script type=\"application/json\" id=\"" + id + "\">";
    append_json(out, value, JsonFor::html);
    out += "</script>\n";
  }
}

}  // namespace

std::string explore_page(std::string_view html, std::string_view title,
                         const std::vector<std::pair<std::string, Value>>& blocks) {
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

}  // namespace tierscope
