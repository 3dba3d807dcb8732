#include <ostream>

#include "show/answer/grid.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view style =
    "body{font:15px/1.5 system-ui,\"Noto Sans CJK SC\",sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}"
    "table{border-collapse:collapse;margin:1rem 0}th,td{padding:.3rem .8rem .3rem 0;text-align:left;"
    "vertical-align:top;border-bottom:1px solid #ddd}.n{text-align:right;white-space:nowrap;"
    "font-variant-numeric:tabular-nums}p{max-width:50rem}ol{padding-left:1.5rem}a{color:#0b5394}";

std::string html_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += c;
    }
  }
  return result;
}

// `1,4` as links to the list of sources.
std::string cited(std::string_view numbers) {
  std::string links;
  while (!numbers.empty()) {
    const std::size_t end = std::min(numbers.find(','), numbers.size());
    const std::string number(numbers.substr(0, end));
    if (!links.empty()) links += ", ";
    links.append("<a href=\"#source-").append(number).append("\">").append(number).append("</a>");
    numbers.remove_prefix(std::min(end + 1, numbers.size()));
  }
  return links;
}

std::string linked(std::string_view address, std::string_view words) {
  if (!fetched(address)) return html_text(words);
  return "<a href=\"" + html_text(address) + "\">" + html_text(words) + "</a>";
}

std::string cell_of(const GridColumn& column, std::string_view text) {
  if (column.sources) return cited(text);
  return column.address && fetched(text) ? linked(text, host_of(text)) : html_text(text);
}

void write_html_table(const Grid& grid, std::ostream& out) {
  if (!grid.heading.empty()) out << "<h2>" << html_text(grid.heading) << "</h2>\n";
  out << "<table>\n<thead><tr>";
  for (const GridColumn& column : grid.columns)
    out << (column.number ? "<th class=\"n\">" : "<th>") << html_text(column.label) << "</th>";
  out << "</tr></thead>\n<tbody>\n";
  for (const auto& row : grid.rows) {
    out << "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c)
      out << (grid.columns[c].number ? "<td class=\"n\">" : "<td>") << cell_of(grid.columns[c], row[c]) << "</td>";
    out << "</tr>\n";
  }
  out << "</tbody>\n</table>\n";
  if (!grid.more.empty()) out << "<p>" << html_text(grid.more) << "</p>\n";
}

}  // namespace

// A page of its own: no script, nothing to fetch.
Next write_html(const Plan& plan, std::ostream& out) {
  const Shown shown = core::shown(plan);
  if (shown.end != Next::end) return shown.end;
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" << html_text(shown.title)
      << "</title>\n<style>" << style << "</style>\n</head>\n<body>\n<h1>" << html_text(shown.title) << "</h1>\n";
  for (const Grid& grid : shown.grids)
    if (!grid.rows.empty() || !grid.more.empty()) write_html_table(grid, out);
  for (const std::string& note : shown.notes) out << "<p>" << html_text(note) << "</p>\n";
  if (!shown.sources.empty()) out << "<h2>Sources</h2>\n<ol>\n";
  for (std::size_t i = 0; i < shown.sources.size(); ++i) {
    const SourceWords& source = shown.sources[i];
    out << "<li id=\"source-" << i + 1 << "\">" << linked(source.url, source.words) << "</li>\n";
  }
  if (!shown.sources.empty()) out << "</ol>\n";
  out << "</body>\n</html>\n";
  return Next::end;
}

}  // namespace tierscope::core
