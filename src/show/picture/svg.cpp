#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <sstream>

#include "ask/rows.hpp"
#include "base/unicode.hpp"
#include "show/picture/draw.hpp"
#include "show/picture/styled.hpp"

namespace tierscope::core {
namespace {

struct Words {
  std::string tooltip;
  std::string link;
};

// What stands behind an element of this id.
Words words_of(const Diagram& diagram, std::string_view id) {
  std::size_t i = 0;
  if (id.size() < 2 || std::from_chars(id.data() + 1, id.data() + id.size(), i).ec != std::errc()) return {};
  if (id[0] == 'c' && i < diagram.companies.size()) return {diagram.companies[i].tooltip, diagram.companies[i].link};
  if (id[0] == 'l' && i < diagram.lines.size()) return {diagram.lines[i].tooltip, diagram.lines[i].link};
  if (id[0] != 's' || i >= diagram.sources.size()) return {};
  const SourceWords source = describe_source(diagram.facts, diagram.sources[i]);
  return {source.url.empty() ? source.words + "\nno address" : source.words + "\n" + source.url, source.url};
}

// Line breaks stay: a tooltip has lines. Everything else that is no text becomes visible.
std::string tooltip_text(std::string_view text) {
  std::string lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines += visible(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    lines += '\n';
    text.remove_prefix(end + 1);
  }
}

void put_words(pugi::xml_node group, const Words& words) {
  pugi::xml_node title = group.child("title");
  if (!title) title = group.prepend_child("title");
  title.text().set(tooltip_text(words.tooltip).c_str());
  const std::string link = safe_link(words.link);
  if (link.empty()) return;
  pugi::xml_node anchor = group.append_child("a");
  anchor.append_attribute("xlink:href") = link.c_str();
  anchor.append_attribute("target") = "_blank";
  anchor.append_attribute("rel") = "noopener";
  for (pugi::xml_node child = title.next_sibling(); child && child != anchor;) {
    const pugi::xml_node next = child.next_sibling();
    anchor.append_move(child);
    child = next;
  }
}

void walk(const Diagram& diagram, pugi::xml_node parent) {
  for (pugi::xml_node group : parent.children("g")) {
    const std::string_view of = group.attribute("class").value();
    if (of == "node" || of == "edge") {
      const Words words = words_of(diagram, group.attribute("id").value());
      if (words.tooltip.empty())
        group.remove_child("title");
      else
        put_words(group, words);
      // One company, line or source may take several elements, but an id must be unique.
      group.remove_attribute("id");
    } else {
      group.remove_child("title");
      walk(diagram, group);
    }
  }
}

}  // namespace

std::string finish_svg(const Diagram& diagram, const PageSize& page, std::string_view svg) {
  pugi::xml_document document;
  if (!document.load_buffer(svg.data(), svg.size(), pugi::parse_default | pugi::parse_ws_pcdata_single)) return {};
  pugi::xml_node root = document.child("svg");
  if (!root) return {};
  walk(diagram, root);
  if (page.width > 0) {
    root.attribute("width").set_value(page.width);
    root.attribute("height").set_value(page.height);
  }
  pugi::xml_node description = root.prepend_child("desc");
  description.append_attribute("id") = "description";
  std::string text = diagram.subtitle;
  for (const std::string& finding : diagram.listed) text += "\n" + finding;
  for (const DrawnLine& line : diagram.lines) {
    if (line.tone != Tone::accent) continue;
    const auto name = [&](std::size_t i) { return label(diagram.facts, diagram.companies[i].company); };
    std::string words = line.label;
    std::replace(words.begin(), words.end(), '\n', ' ');
    text += "\n" + name(line.from) + " → " + name(line.to) + ": " + words;
  }
  for (const std::string& note : diagram.notes) text += "\n" + note;
  description.text().set(tooltip_text(text).c_str());
  pugi::xml_node title = root.prepend_child("title");
  title.append_attribute("id") = "title";
  title.text().set(tooltip_text(diagram.title).c_str());
  root.append_attribute("role") = "graphics-document document";
  root.append_attribute("aria-labelledby") = "title description";
  std::ostringstream out;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  root.print(out, " ", pugi::format_indent | pugi::format_no_declaration);
  return std::move(out).str();
}

}  // namespace tierscope::core
