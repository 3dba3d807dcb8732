#include "show/page/explore_page.hpp"

#include <algorithm>

#include "show/json_text.hpp"
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

// How many values a tree holds; stops counting above `most`.
std::size_t size_of(const Value& value, std::size_t most) {
  std::size_t size = 1;
  if (const auto* list = std::get_if<Value::List>(&value.data()))
    for (auto entry = list->begin(); entry != list->end() && size <= most; ++entry)
      size += size_of(*entry, most - size);
  if (const auto* members = std::get_if<Value::Members>(&value.data()))
    for (auto member = members->begin(); member != members->end() && size <= most; ++member)
      size += size_of(member->second, most - size);
  return size;
}

void append_blocks(std::string& out, const std::vector<std::pair<std::string, Value>>& blocks) {
  std::size_t size = 0;
  for (const auto& block : blocks) size += size_of(block.second, plain_values);
  Packer packer;
  for (const auto& [id, value] : blocks) {
    out += "<script type=\"application/json\" id=\"" + id + "\">";
    append_json(out, size > plain_values ? packer.pack(value) : value, JsonFor::html);
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

}  // namespace tierscope::core
