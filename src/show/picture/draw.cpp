#include "show/picture/draw.hpp"

#include <fmt/format.h>

#include "show/graph/dot_text.hpp"
#include "show/picture/styled.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t text_columns = 150;

std::string joined(const Attributes& attributes) {
  std::string text;
  for (const auto& [name, value] : attributes) {
    if (value.empty()) continue;
    text += (text.empty() ? "" : ", ") + name + "=";
    if (name == "label") {
      text += "<" + value + ">";
    } else if (name == "URL") {
      // Graphviz copies addresses into SVG as they are: a bare & would be no XML.
      std::string link = value;
      for (std::size_t at = link.find('&'); at != std::string::npos; at = link.find('&', at + 1))
        link.replace(at, 1, "&amp;");
      append_quoted(text, link);
    } else {
      append_quoted(text, value);
    }
  }
  return text;
}

}  // namespace

std::string draw_dot(const Diagram& diagram, const Theme& theme) {
  const Styled styled(diagram, theme);
  DotStyle style;
  const std::string legend = styled.legend(text_columns, 1);
  const std::string notes = styled.notes(text_columns, 1);
  std::string head = styled.head(text_columns, 1);
  for (const std::string& part : {styled.listed(text_columns, 1), legend, notes})
    if (!part.empty()) head += "</td></tr><tr><td align=\"left\">" + part;
  style.head = fmt::format(
      "  graph [rankdir=LR, outputorder=edgesfirst, nodesep=0.2, ranksep=0.8, pad=0.4, bgcolor=\"{}\", "
      "fontname=\"{}\", "
      "labelloc=t, labeljust=l,\n"
      "    label=<<table border=\"0\" cellspacing=\"0\" cellpadding=\"3\"><tr><td "
      "align=\"left\">{}</td></tr></table>>]\n"
      "  node [shape=plain, fontname=\"{}\"]\n"
      "  edge [fontname=\"{}\", arrowsize=0.7]\n",
      theme.paper, font_stack, head, font_stack, font_stack);

  struct Look {
    std::size_t line = SIZE_MAX;
    bool first = false;
  };
  std::vector<Look> looks(diagram.facts.relation_count());
  for (std::size_t i = 0; i < diagram.lines.size(); ++i)
    for (const std::size_t row : diagram.lines[i].rows) looks[row] = {i, row == diagram.lines[i].rows.front()};
  std::vector<std::size_t> cited(diagram.facts.sources().size(), SIZE_MAX);
  for (std::size_t i = 0; i < diagram.sources.size(); ++i)
    if (const auto place = diagram.facts.find_source(diagram.sources[i])) cited[*place] = i;

  style.attributes = [&](TableKind table, std::size_t row) -> std::string {
    switch (table) {
      case TableKind::companies: return joined(styled.company(row));
      case TableKind::sources:
        return cited[row] == SIZE_MAX ? "style=invis" : joined({{"label", styled.source(cited[row], 70, 2, 1)}});
      case TableKind::rates: return "style=invis";
      case TableKind::relations: break;
    }
    // One line a pair: the other relations of it, and what is history, are there as data alone.
    const Look look = looks[row];
    if (!look.first) return "style=invis, constraint=false";
    const DrawnLine& line = diagram.lines[look.line];
    Attributes attributes = styled.line(look.line);
    if (diagram.companies[line.from].company != diagram.facts.relation(row).from) {
      // The arrow points against the relation: money flows back to the supplier.
      for (auto& [name, value] : attributes)
        if (name == "arrowhead") name = "arrowtail";
      attributes.emplace_back("dir", "back");
    }
    attributes.emplace_back("label", styled.line_label(look.line));
    return joined(attributes);
  };
  const std::vector<Styled::Sector> sectors = styled.sectors();
  for (std::size_t k = 0; k < sectors.size(); ++k) {
    DotStyle::Cluster cluster;
    cluster.name = fmt::format("cluster{}", k);
    cluster.attributes = "label=";
    append_quoted(cluster.attributes, sectors[k].name);
    cluster.attributes += fmt::format(
        "; fontsize=9; fontcolor=\"{}\"; color=\"{}\"; fillcolor=\"{}\"; style=\"rounded,filled\"; labeljust=l",
        theme.muted, theme.panel_edge, theme.panel);
    for (const std::size_t i : sectors[k].companies) cluster.companies.push_back(diagram.companies[i].company);
    style.clusters.push_back(std::move(cluster));
  }
  return write_dot(diagram.facts, style);
}

}  // namespace tierscope::core
