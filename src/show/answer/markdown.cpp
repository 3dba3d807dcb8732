#include <ostream>

#include "base/unicode.hpp"
#include "show/answer/grid.hpp"

namespace tierscope::core {
namespace {

// Nothing in a name or a note may become markup.
std::string markdown_text(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool list = i == 0 && (c == '-' || c == '+');
    // `1. item` at the front is a list, `www.` and `://` anywhere a link.
    const bool number = c == '.' && text.find_first_not_of("0123456789") == i;
    const bool link =
        (c == '.' && i >= 3 && fold(text.substr(i - 3, 3)) == "www") || (c == ':' && text.substr(i, 3) == "://");
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      if (list || number || link || std::string_view("\\`*_{}[]#!|~$@").find(c) != std::string_view::npos)
        result += '\\';
      result += c;
    }
  }
  return result;
}

// Between < and > an address stays a link, and an & of its own no entity; only those that browsers fetch become one.
std::string link(const SourceWords& source) {
  if (!fetched(source.url))
    return markdown_text(source.words) + (source.url.empty() ? "" : ", " + markdown_text(source.url));
  std::string address;
  for (const char c : source.url) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '<' || c == '>' || c == ' ' || c == '\\' || byte < 0x20 || c == '|')
      ((address += '%') += digits[byte >> 4U]) += digits[byte & 15U];
    else if (c == '&')
      address += "&amp;";
    else
      address += c;
  }
  return "[" + markdown_text(source.words) + "](<" + address + ">)";
}

void write_markdown_table(const Grid& grid, std::ostream& out) {
  for (const GridColumn& column : grid.columns) out << "| " << markdown_text(column.label) << ' ';
  out << "|\n";
  for (const GridColumn& column : grid.columns) out << (column.number ? "| ---: " : "| --- ");
  out << "|\n";
  for (const auto& row : grid.rows) {
    for (std::size_t c = 0; c < row.size(); ++c)
      out << "| "
          << (grid.columns[c].address && fetched(row[c]) ? link({std::string(host_of(row[c])), row[c]})
                                                         : markdown_text(row[c]))
          << ' ';
    out << "|\n";
  }
}

}  // namespace

Next write_markdown(const Plan& plan, std::ostream& out) {
  const Shown shown = core::shown(plan);
  if (shown.end != Next::end) return shown.end;
  bool first = true;
  const auto blank = [&] {
    if (!first) out << '\n';
    first = false;
  };
  if (!shown.title.empty() && !plan.table) {
    blank();
    out << "### " << markdown_text(shown.title) << '\n';
  }
  for (const Grid& grid : shown.grids) {
    if (grid.rows.empty() && grid.more.empty()) continue;
    blank();
    if (!grid.heading.empty()) out << "#### " << markdown_text(grid.heading) << "\n\n";
    write_markdown_table(grid, out);
    if (!grid.more.empty()) out << '\n' << markdown_text(grid.more) << '\n';
  }
  if (!shown.notes.empty()) blank();
  for (const std::string& note : shown.notes) out << "- " << markdown_text(note) << '\n';
  if (!shown.sources.empty()) {
    blank();
    out << "Sources\n\n";
  }
  for (std::size_t i = 0; i < shown.sources.size(); ++i) out << i + 1 << ". " << link(shown.sources[i]) << '\n';
  return Next::end;
}

}  // namespace tierscope::core
