#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/dot_names.hpp"
#include "model/fields.hpp"
#include "show/graph/dot_text.hpp"
#include "show/graph/graphs.hpp"
#include "show/graph/node_names.hpp"

namespace tierscope::core {
// Graphviz's own programs refuse tokens from 16,383 bytes on, so longer texts are written as "..." + "...".
static constexpr std::size_t piece_limit = 16'000;

void append_quoted(std::string& dot, std::string_view text) {
  dot += '"';
  std::size_t piece = 0;
  for (const char c : text) {
    const bool first_of_character = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (piece >= piece_limit && first_of_character) {
      dot += "\" + \"";
      piece = 0;
    }
    switch (c) {
      case '\\': dot += "\\\\"; break;
      case '"': dot += "\\\""; break;
      case '\n': dot += "\\n"; break;
      case '\r': dot += "\\r"; break;
      default: dot += c;
    }
    piece += 2;
  }
  dot += '"';
}

namespace {

// `%` names are Graphviz's.
std::string dot_node(std::string_view id) { return company_node(id, id.starts_with('%')); }

bool plain_word(std::string_view text) {
  constexpr std::string_view keywords[] = {"node", "edge", "graph", "digraph", "strict", "subgraph"};
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  return !text.empty() && letter(text[0]) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); }) &&
         std::find(std::begin(keywords), std::end(keywords), text) == std::end(keywords);
}

class DotWriter {
 public:
  DotWriter(const Model& model, const DotStyle& style) : model_(model), style_(style) {}

  std::string text() {
    dot_ = "digraph tierscope {\n" + style_.head;
    for (const TableKind table : all_tables) add_table(table);
    for (const DotStyle::Cluster& cluster : style_.clusters) {
      dot_ += "  subgraph " + cluster.name + " {\n    " + cluster.attributes + "\n   ";
      for (const CompanyIndex company : cluster.companies) {
        dot_ += ' ';
        append_quoted(dot_, dot_node(model_.id(company)));
      }
      dot_ += "\n  }\n";
    }
    dot_ += "}\n";
    return std::move(dot_);
  }

 private:
  void add_table(TableKind table) {
    Flat flat(model_, table);
    std::vector<std::string> attributes;
    for (const std::string& column : flat.columns()) attributes.push_back(attribute_of(table, column));
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < flat.size(); ++row) {
      flat.row(row, cells);
      statement(table, row, cells);
      for (std::size_t i = 0; i < cells.size(); ++i)
        if (!attributes[i].empty() && !cells[i].empty()) attribute(attributes[i], cells[i]);
      if (style_.attributes) {
        const std::string look = style_.attributes(table, row);
        if (!look.empty()) dot_ += (any_ ? ", " : " [") + look;
        any_ = any_ || !look.empty();
      }
      dot_ += any_ ? "]\n" : "\n";
    }
  }

  // Quoted where need be; nothing for a column that the statement itself says.
  std::string attribute_of(TableKind table, const std::string& column) const {
    const bool relations = table == TableKind::relations;
    std::string attribute = column;
    if (find_field(table, column)) {
      if (relations ? column == "from" || column == "to" : column == "id") return {};
    } else if (needs_data_prefix(column) || column == (relations ? "key" : "kind") ||
               (relations && column == "id" && !ids_differ())) {
      attribute = std::string(dot_data_prefix) + column;
    }
    if (plain_word(attribute)) return attribute;
    std::string quoted;
    append_quoted(quoted, attribute);
    return quoted;
  }

  // The `id` of a relation names it alone; a column `id` that does not is another matter.
  bool ids_differ() const {
    std::unordered_set<std::string_view> seen;
    for (const Extra& extra : model_.rest().relation_extras)
      if (model_.text(extra.name) == "id" && !seen.insert(model_.text(extra.value)).second) return false;
    return true;
  }

  void statement(TableKind table, std::size_t row, const std::vector<std::string>& cells) {
    any_ = false;
    dot_ += "  ";
    switch (table) {
      case TableKind::companies: {
        const std::string node = dot_node(cells[0]);
        append_quoted(dot_, node);
        if (node != cells[0]) attribute("id", cells[0]);
        break;
      }
      case TableKind::relations:
        append_quoted(dot_, dot_node(cells[0]));
        dot_ += " -> ";
        append_quoted(dot_, dot_node(cells[1]));
        break;
      case TableKind::sources:
        append_quoted(dot_, "source:" + cells[0]);
        attribute("kind", "source");
        attribute("id", cells[0]);
        break;
      case TableKind::rates:
        append_quoted(dot_, "rate:" + std::to_string(row + 1));
        attribute("kind", "rate");
        break;
    }
  }

  void attribute(std::string_view name, std::string_view value) {
    dot_ += any_ ? ", " : " [";
    any_ = true;
    dot_.append(name).append("=");
    append_quoted(dot_, value);
  }

  const Model& model_;
  const DotStyle& style_;
  std::string dot_;
  bool any_ = false;  // the statement has an attribute
};

}  // namespace

std::string write_dot(const Model& model) { return DotWriter(model, {}).text(); }

std::string write_dot(const Model& model, const DotStyle& style) { return DotWriter(model, style).text(); }

}  // namespace tierscope::core
