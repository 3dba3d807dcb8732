#include "show/picture/body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

namespace tierscope::core {
namespace {

constexpr std::size_t tangled = 500;          // lines: as many as huge companies
constexpr std::size_t labelled_tangle = 150;  // lines: straight, and in fewer rounds

std::string label_of(const Attributes& attributes) {
  for (const auto& [name, value] : attributes)
    if (name == "label") return value;
  return {};
}

// The column of a node that is laid out.
long column_at(Agnode_t* node) { return std::lround(std::strtod(Sheet::get(node, "pos").c_str(), nullptr) / 4); }

// The words stand on their line: it runs through the cell under them, from its left end to its right.
constexpr double rule_height = 8;
std::string on_a_rule(const std::string& words) {
  return fmt::format(
      "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\"><tr><td>{}</td></tr>"
      "<tr><td port=\"rule\" height=\"{}\"></td></tr></table>",
      words, rule_height);
}

Agnode_t* copy(const Sheet& page, Agnode_t* from, const std::string& name, const std::string& html) {
  Agnode_t* node = page.node(name, html);
  Sheet::set(node, "pos", Sheet::get(from, "pos"));
  return node;
}

}  // namespace

Body::Body(GVC_t* context, const Styled& styled, double nodesep, double ranksep)
    : sheet_(context), styled_(styled), against_(against_tiers(styled.diagram)) {
  const Diagram& diagram = styled.diagram;
  sheet_.set("rankdir", "LR");
  sheet_.set("newrank", "true");  // else a sector's companies are held in one column, against their lines
  sheet_.set("nodesep", points(nodesep));
  sheet_.set("ranksep", points(ranksep));
  for (std::size_t i = 0; i < diagram.companies.size(); ++i)
    companies_.push_back(sheet_.node(fmt::format("c{}", i), label_of(styled.company(i))));
  for (std::size_t i = 0; i < diagram.lines.size(); ++i) add_line(i);
}

bool Body::layout() {
  // dot's time grows with the square of the lines that cross columns, and beyond that nobody follows a line anyway.
  const bool big = styled_.diagram.companies.size() > huge || styled_.diagram.lines.size() > tangled;
  if (styled_.diagram.lines.size() > labelled_tangle) {
    for (const char* const name : {"nslimit", "nslimit1"}) sheet_.set(name, "2");
    sheet_.set("mclimit", "0.3");
    sheet_.set("splines", "line");
  }
  if (big) sheet_.set("overlap", "prism");
  if (!sheet_.layout(big ? "sfdp" : "dot")) return false;
  const std::vector<double> bb = numbers(Sheet::get(sheet_.graph(), "bb"));
  if (bb.size() != 4) return false;
  size = {bb[2] - bb[0], bb[3] - bb[1]};
  std::map<long, std::size_t> per_column;
  for (Agnode_t* node = agfstnode(sheet_.graph()); node != nullptr; node = agnxtnode(sheet_.graph(), node))
    ++per_column[column_at(node)];
  columns = per_column.size();
  for (const auto& [x, count] : per_column) tallest_column = std::max(tallest_column, count);
  return true;
}

void Body::copy_to(const Sheet& page) const {
  std::vector<Agnode_t*> companies;
  for (std::size_t i = 0; i < companies_.size(); ++i)
    companies.push_back(copy(page, companies_[i], fmt::format("c{}", i), label_of(styled_.company(i))));
  copy_lines(page, companies);
  for (const auto& [node, line] : labels_) {
    Agnode_t* label = copy(page, node, fmt::format("labell{}", line), on_a_rule(styled_.line_label(line)));
    Sheet::set(label, "id", fmt::format("l{}", line));
  }
}

void Body::copy_lines(const Sheet& page, const std::vector<Agnode_t*>& companies) const {
  const auto add = [&](const Piece& piece, const std::string& pos) {
    const DrawnLine& line = styled_.diagram.lines[piece.line];
    const bool back = against_[piece.line];
    Agedge_t* edge = page.edge(companies[back ? line.to : line.from], companies[back ? line.from : line.to],
                               fmt::format("l{}", piece.line));
    Sheet::set(edge, "pos", pos);
    for (const auto& [name, value] : styled_.line(piece.line)) {
      if (name == "tooltip" || name == "URL" || name == "constraint") continue;
      Sheet::set(edge, back && name == "arrowhead" ? "arrowtail" : name.c_str(), value);
    }
    Sheet::set(edge, "dir", !piece.arrow ? "none" : back ? "back" : "forward");
  };
  for (const Piece& piece : pieces_) add(piece, Sheet::get(piece.edge, "pos"));
  for (const auto& [node, line] : labels_) {
    const std::vector<double> at = numbers(Sheet::get(node, "pos"));
    if (at.size() != 2) continue;
    const Box box = Sheet::size(node);
    const double y = at[1] - box.height / 2 + rule_height / 2;
    const auto x = [&](double part) { return at[0] + (part - 0.5) * box.width; };
    add({nullptr, line, false}, fmt::format("{0:.3f},{4:.3f} {1:.3f},{4:.3f} {2:.3f},{4:.3f} {3:.3f},{4:.3f}", x(0) - 1,
                                            x(1 / 3.0), x(2 / 3.0), x(1) + 1, y));
  }
}

void Body::add_line(std::size_t i) {
  const DrawnLine& line = styled_.diagram.lines[i];
  const std::string label = styled_.line_label(i);
  const std::string id = fmt::format("l{}", i);
  const bool back = against_[i];
  Agnode_t* const from = companies_[back ? line.to : line.from];
  Agnode_t* const to = companies_[back ? line.from : line.to];
  if (!label.empty()) {
    Agnode_t* middle = sheet_.node(id, on_a_rule(label));
    Agedge_t* first = sheet_.edge(from, middle, id);
    Agedge_t* second = sheet_.edge(middle, to, id);
    Sheet::set(first, "headport", "rule:w");
    Sheet::set(second, "tailport", "rule:e");
    Sheet::set(first, "dir", back ? "back" : "none");
    Sheet::set(second, "dir", back ? "none" : "forward");
    Sheet::set(first, "weight", "2");
    Sheet::set(second, "weight", "2");
    pieces_.push_back({first, i, back});
    pieces_.push_back({second, i, !back});
    labels_.emplace_back(middle, i);
    return;
  }
  Agedge_t* edge = sheet_.edge(from, to, id);
  if (back) Sheet::set(edge, "dir", "back");
  pieces_.push_back({edge, i, true});
}

}  // namespace tierscope::core
