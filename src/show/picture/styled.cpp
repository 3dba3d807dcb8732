#include "show/picture/styled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "ask/rows.hpp"
#include "base/unicode.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t labelled_lines = 60;  // above, only the lines of the answer keep their words
constexpr double bar_width = 110;

// Between two #rrggbb colours.
std::string mixed(std::string_view a, std::string_view b, double share) {
  std::string colour = "#";
  for (std::size_t i = 1; i < 7; i += 2) {
    const auto part = [&](std::string_view c) { return std::stoi(std::string(c.substr(i, 2)), nullptr, 16); };
    colour += fmt::format("{:02x}", static_cast<int>(std::lround(part(a) * (1 - share) + part(b) * share)));
  }
  return colour;
}

// Graphviz takes whole points alone, and cuts what is behind the point.
std::string font(double size, std::string_view colour, const std::string& html) {
  return fmt::format("<font point-size=\"{}\" color=\"{}\">{}</font>", std::lround(std::ceil(size - 1e-6)), colour,
                     html);
}

std::string row(const std::string& html) { return "<tr><td align=\"left\">" + html + "</td></tr>"; }

std::string table(std::string_view attributes, const std::string& rows) {
  return fmt::format("<table align=\"left\" border=\"0\" cellborder=\"0\" cellspacing=\"0\" {}>{}</table>", attributes,
                     rows);
}

// Coloured cells in a row, as wide as they say: a table that may grow would pull them apart.
std::string strip(double width, double height, const std::string& cells) {
  return table(fmt::format("cellpadding=\"0\" fixedsize=\"true\" width=\"{}\" height=\"{}\"", std::lround(width),
                           std::lround(height)),
               "<tr>" + cells + "</tr>");
}

std::string cell(double width, double height, std::string_view colour) {
  return fmt::format("<td width=\"{}\" height=\"{}\" fixedsize=\"true\" bgcolor=\"{}\"></td>", std::lround(width),
                     std::lround(height), colour);
}

// An outline: what rests on an estimate is hollow.
std::string hollow_cell(double width, double height, std::string_view colour, std::string_view paper) {
  return fmt::format("<td width=\"{}\" height=\"{}\" fixedsize=\"true\" border=\"1\" color=\"{}\" bgcolor=\"{}\"></td>",
                     std::lround(width), std::lround(height), colour, paper);
}

std::string_view shade_of(const Theme& theme, Shade shade) {
  return shade == Shade::strong ? theme.accent : shade == Shade::soft ? theme.accent_soft : theme.line;
}

std::string symbol(const Theme& theme, Symbol kind, double scale) {
  std::string cells;
  double wide = 0;
  double high = 0;
  const auto add = [&](double width, double height, std::string_view colour) {
    cells += cell(width * scale, std::max(1.0, height * scale), colour);
    wide += static_cast<double>(std::lround(width * scale));
    high = std::max(1.0, height * scale);
  };
  switch (kind) {
    case Symbol::line: add(24, 1.5, theme.trade); break;
    case Symbol::thick_line: add(24, 4, theme.trade); break;
    case Symbol::accent_line: add(24, 4, theme.accent); break;
    case Symbol::financing_line: return font(11 * scale, theme.finance, "—▷");
    case Symbol::ownership_line: return font(11 * scale, theme.line, "—◆");
    case Symbol::dashed_line:
      for (int i = 0; i < 3; ++i) {
        add(6, 1.5, theme.line);
        add(3, 1.5, theme.paper);
      }
      break;
    case Symbol::hollow_line:
      return strip(24 * scale, 4 * scale, hollow_cell(24 * scale, 4 * scale, theme.line, theme.paper));
    case Symbol::hollow_bar:
      return strip(14 * scale, 7 * scale, hollow_cell(14 * scale, 7 * scale, theme.accent, theme.paper));
    case Symbol::accent_card: add(14, 10, theme.accent); break;
    case Symbol::strong_bar: add(14, 7, theme.accent); break;
    case Symbol::soft_bar: add(14, 7, theme.accent_soft); break;
    case Symbol::faint_bar: add(14, 7, theme.line); break;
    case Symbol::none: return "";
  }
  return strip(wide, high, cells);
}

// Where there is no room, the title is cut: publisher and date tell whether to look further.
std::vector<std::string> source_lines(const std::string& number, const std::string& title, const std::string& behind,
                                      std::size_t columns, std::size_t lines) {
  std::vector<std::string> best = wrapped(number + title + behind, columns, lines + 1);
  for (std::size_t room = width(title); best.size() > lines && room > 8; room -= 2)
    best = wrapped(std::string(number).append(cut(title, room)).append(behind), columns, lines + 1);
  if (best.size() <= lines) return best;
  return wrapped(number + (behind.starts_with(", ") ? behind.substr(2) : title + behind), columns, lines);
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string html;
  for (const char c : visible(text)) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\\': html += "\\\\"; break;  // \N, \G and \E would be replaced by names of Graphviz's objects
      default: html += c;
    }
  }
  return html;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns, std::size_t lines) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < lines) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    std::string_view line = prefix_of_width(text, columns);
    if (line.size() < text.size()) {
      if (out.size() + 1 == lines) {
        out.push_back(cut(text, columns));
        return out;
      }
      const std::size_t blank = text[line.size()] == ' ' ? line.size() : line.rfind(' ');
      if (blank != std::string_view::npos && blank > line.size() / 3) line = line.substr(0, blank);
    }
    out.emplace_back(line);
    text.remove_prefix(line.size());
  }
  return out;
}

std::string safe_link(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return {};
  std::string link;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || std::string_view("\"'<>\\^`{|}").find(c) != std::string_view::npos)
      link += fmt::format("%{:02X}", byte);
    else
      link += c;
  }
  return link;
}

Styled::Styled(const Diagram& d, const Theme& t)
    : diagram(d), theme(t), labels_fit_(d.lines.size() <= labelled_lines) {}

Attributes Styled::company(std::size_t i) const {
  const DrawnCompany& drawn = diagram.companies[i];
  const Company& company = diagram.facts.company(drawn.company);
  const std::string name(diagram.facts.text(company.name));
  const bool subject = drawn.tone == Tone::subject;
  const std::string_view ink = subject ? theme.subject_ink : theme.ink;
  const std::string_view muted = subject ? theme.subject_muted : theme.muted;
  const double size = subject ? 15 : std::floor(11 + 3 * drawn.weight);
  std::string rows;
  const std::vector<std::string> lines = wrapped(name, 26, 2);
  const std::string local(diagram.facts.text(company.name_local));
  const bool beside = !local.empty() && local != name && lines.size() == 1 && width(name) + width(local) <= 26;
  for (const std::string& line : lines)
    rows += row(
        font(size, ink, (company.aggregate ? "<i>" : "<b>") + html_text(line) + (company.aggregate ? "</i>" : "</b>")) +
        (beside ? " " + font(size - 1, muted, html_text(local)) : ""));
  std::string small;
  if (!local.empty() && local != name && !beside) small = html_text(wrapped(local, 26, 1).front());
  if (company.ticker)
    small += (small.empty() ? "" : " · ") + html_text(wrapped(diagram.facts.text(company.ticker), 16, 1).front());
  if (!small.empty()) rows += row(font(9, muted, small));
  for (const std::string& line : wrapped(drawn.figure, 34, 2))
    rows += row(font(9, drawn.tone == Tone::accent ? theme.accent : muted, html_text(line)));
  if (!drawn.bar.empty()) rows += "<tr><td align=\"left\">" + bar(drawn.bar, bar_width, 5) + "</td></tr>";
  const std::string fill = subject                      ? std::string(theme.subject)
                           : drawn.tone == Tone::accent ? mixed(theme.card, theme.accent, 0.08 + 0.17 * drawn.weight)
                                                        : std::string(theme.card);
  return {{"label", table(fmt::format("cellpadding=\"{}\" style=\"rounded\" bgcolor=\"{}\"", subject ? 6 : 4, fill),
                          "<tr><td>" + table("cellpadding=\"1\"", rows) + "</td></tr>")},
          {"tooltip", drawn.tooltip},
          {"URL", safe_link(drawn.link)}};
}

std::string Styled::bar(const std::vector<BarPart>& parts, double wide, double high) const {
  std::string cells;
  // Whole points whose ends are rounded, so that the parts together are as wide as the bar.
  double used = 0;
  const auto add = [&](double until, std::string_view colour, bool hollow) {
    const double from = std::round(used * wide);
    const double to = std::round(std::min(1.0, until) * wide);
    if (to > from) cells += hollow ? hollow_cell(to - from, high, colour, theme.paper) : cell(to - from, high, colour);
    used = until;
  };
  for (const BarPart& part : parts) add(used + part.fraction, shade_of(theme, part.shade), part.estimated);
  add(1, theme.faint, false);
  return strip(wide, high, cells);
}

std::string Styled::bars(std::size_t rows, std::size_t columns, double scale) const {
  std::vector<std::size_t> ranked;
  for (std::size_t i = 0; i < diagram.companies.size(); ++i)
    if (!diagram.companies[i].bar.empty()) ranked.push_back(i);
  if (ranked.size() < 2) return {};
  std::stable_sort(ranked.begin(), ranked.end(), [&](std::size_t a, std::size_t b) {
    return diagram.companies[a].weight > diagram.companies[b].weight;
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(rows, ranked.size()); ++i) {
    const DrawnCompany& drawn = diagram.companies[ranked[i]];
    const std::string name(diagram.facts.text(diagram.facts.company(drawn.company).name));
    text += "<tr><td align=\"right\">" + font(11 * scale, theme.ink, html_text(wrapped(name, columns / 4, 1).front())) +
            "</td><td>" +
            bar(drawn.bar, std::round(2.0 * static_cast<double>(columns) * scale), std::round(11 * scale)) +
            "</td><td align=\"left\">" +
            font(11 * scale, drawn.tone == Tone::accent ? theme.accent : theme.ink,
                 "<b>" + html_text(wrapped(drawn.figure, columns * 2 / 5, 1).front()) + "</b>") +
            "</td></tr>";
  }
  return table(fmt::format("cellpadding=\"{}\"", std::lround(3 * scale)), text);
}

Attributes Styled::line(std::size_t i) const {
  const DrawnLine& line = diagram.lines[i];
  std::string colour(line.tone == Tone::accent ? theme.accent
                     : line.ownership          ? theme.line
                     : line.financing          ? theme.finance
                                               : theme.trade);
  double wide = line.tone == Tone::accent ? 1.6 + 4.4 * line.weight : 1 + 3 * line.weight;
  if (line.estimated) {  // hollow: two thin lines with paper between
    colour = fmt::format("{0}:{1}:{0}", colour, theme.paper);
    wide = std::max(0.8, wide / 3);
  }
  Attributes attributes{{"color", colour},
                        {"penwidth", format_number(wide, 2)},
                        {"arrowhead", line.ownership   ? "diamond"
                                      : line.financing ? "empty"
                                                       : "normal"},
                        {"tooltip", line.tooltip},
                        {"URL", safe_link(line.link)}};
  if (line.dashed) attributes.emplace_back("style", "dashed");
  if (!line.tiers) attributes.emplace_back("constraint", "false");
  return attributes;
}

std::string Styled::line_label(std::size_t i) const {
  const DrawnLine& line = diagram.lines[i];
  if (!labels_fit_ && line.tone != Tone::accent) return {};
  std::string rows;
  std::string_view rest = line.label;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    for (const std::string& text : wrapped(rest.substr(0, end), 30, 3))
      rows += row(font(9, line.tone == Tone::accent ? theme.accent : theme.muted, html_text(text)));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return rows.empty() ? "" : table("cellpadding=\"0\"", rows);
}

std::string Styled::head(std::size_t columns, double scale) const {
  std::string rows;
  for (const std::string& line : wrapped(diagram.title, columns * 11 / 24, 3))
    rows += row(font(24 * scale, theme.ink, "<b>" + html_text(line) + "</b>"));
  for (const std::string& line : wrapped(diagram.subtitle, columns * 11 / 13, 4))
    rows += row(font(13 * scale, theme.muted, html_text(line)));
  return table("cellpadding=\"2\"", rows);
}

std::string Styled::listed(std::size_t columns, double scale) const {
  // Side by side only where all first lines have room: what would be cut is the figure. The lines under them are
  // broken.
  std::size_t widest = 1;
  for (const std::string& text : diagram.listed)
    widest = std::max(widest, width(std::string_view(text).substr(0, text.find('\n'))));
  const std::size_t beside = std::clamp<std::size_t>(columns / (widest + 4), 1, 3);
  const std::size_t a_column = (diagram.listed.size() + beside - 1) / beside;
  std::string rows;
  for (std::size_t i = 0; i < a_column; ++i) {
    rows += "<tr>";
    for (std::size_t k = i; k < diagram.listed.size(); k += a_column) {
      std::string lines;
      std::string_view rest = diagram.listed[k];
      for (bool first = true; !rest.empty(); first = false) {
        const std::size_t end = rest.find('\n');
        for (const std::string& line :
             wrapped(rest.substr(0, end), (first ? columns : columns * 11 / 9) / beside - 4, 2))
          lines += row(font((first ? 11 : 9) * scale, first ? theme.ink : theme.muted, html_text(line)));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
      }
      rows +=
          (k == i ? "<td align=\"left\" valign=\"top\">" : "<td width=\"16\"></td><td align=\"left\" valign=\"top\">") +
          table("cellpadding=\"0\"", lines) + "</td>";
    }
    rows += "</tr>";
  }
  return rows.empty() ? "" : table(fmt::format("cellpadding=\"{}\"", std::lround(2 * scale)), rows);
}

std::string Styled::legend(std::size_t columns, double scale) const {
  std::size_t widest = 1;
  for (const LegendEntry& entry : diagram.legend) widest = std::max(widest, width(entry.text) + 8);
  const std::size_t a_row = std::clamp<std::size_t>(columns / widest, 1, 4);
  std::string rows;
  for (std::size_t i = 0; i < diagram.legend.size(); ++i) {
    if (i % a_row == 0) rows += i == 0 ? "<tr>" : "</tr><tr>";
    const LegendEntry& entry = diagram.legend[i];
    rows +=
        "<td align=\"left\">" + symbol(theme, entry.symbol, scale) + "</td><td align=\"left\">" +
        font(11 * scale, theme.ink, html_text(wrapped(entry.text, std::max<std::size_t>(columns, 20) - 8, 1).front())) +
        "</td><td> </td>";
  }
  return rows.empty() ? "" : table("cellpadding=\"3\"", rows + "</tr>");
}

std::string Styled::notes(std::size_t columns, double scale) const {
  std::string text;
  for (const std::string& note : diagram.notes) text += (text.empty() ? "" : " ") + note;
  std::string rows;
  for (const std::string& line : wrapped(text, columns * 11 / 10, 4))
    rows += row(font(9.5 * scale, theme.muted, html_text(line)));
  return rows.empty() ? "" : table("cellpadding=\"1\"", rows);
}

std::string Styled::source(std::size_t i, std::size_t columns, std::size_t lines, double scale) const {
  const std::string words = describe_source(diagram.facts, diagram.sources[i]).words;
  const std::optional<std::size_t> listed = diagram.facts.find_source(diagram.sources[i]);
  const std::string title = listed ? visible(diagram.facts.text(diagram.facts.sources()[*listed].title)) : "";
  std::string rows;
  for (const std::string& line :
       source_lines(fmt::format("[{}] ", i + 1), title, words.substr(title.size()), columns * 13 / 9, lines))
    rows += row(font(8.5 * scale, theme.muted, html_text(line)));
  return table("cellpadding=\"0\"", rows);
}

std::string Styled::more_sources(std::size_t hidden, double scale) const {
  return table("cellpadding=\"0\"",
               row(font(8.5 * scale, theme.muted,
                        fmt::format("… and {} more: in the tooltips of the SVG, and in the DOT file", hidden))));
}

std::vector<Styled::Sector> Styled::sectors() const {
  std::vector<Sector> sectors;
  if (!diagram.by_sector) return sectors;
  std::map<std::string_view, std::size_t> place;
  for (std::size_t i = 0; i < diagram.companies.size(); ++i) {
    const std::string_view name = diagram.facts.text(diagram.facts.company(diagram.companies[i].company).sector);
    if (name.empty() || diagram.companies[i].tone == Tone::subject) continue;
    const auto [found, fresh] = place.try_emplace(name, sectors.size());
    if (fresh) sectors.push_back({std::string(name), {}});
    sectors[found->second].companies.push_back(i);
  }
  std::erase_if(sectors, [](const Sector& sector) { return sector.companies.size() < 2; });
  return sectors;
}

}  // namespace tierscope::core
