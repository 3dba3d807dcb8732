// The tables of neo4j-admin database import
// (https://neo4j.com/docs/operations-manual/current/import/).

#include <algorithm>
#include <ostream>

#include "ask/rows.hpp"
#include "show/graph/graphs.hpp"
#include "show/graph/typed.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view nodes_name = "nodes.csv";
constexpr std::string_view relationships_name = "relationships.csv";

constexpr std::string_view type_suffix(Typed type) {
  switch (type) {
    case Typed::number: return ":double";
    case Typed::boolean: return ":boolean";
    case Typed::text: break;
  }
  return "";
}

bool breaks(char c) { return c == '\n' || c == '\r'; }

// Without the apostrophe that guards cells of our own tables: it would be part of the name there. A line break would be
// the end of the row, unless the import is told otherwise.
void append_cell(std::string& line, std::string_view cell) {
  if (cell.find_first_of(",\"\n\r") == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    if (c == '"') line += '"';
    line += breaks(c) ? ' ' : c;
  }
  line += '"';
}

class ImportTable {
 public:
  ImportTable(const Model& model, TableKind kind) : node_(kind == TableKind::companies), table_(model, kind) {}

  void write(std::ostream& out) {
    const std::vector<TypedColumn>& columns = table_.columns();
    std::string line = node_ ? "id:ID(Company),name" : ":START_ID(Company),:END_ID(Company),:TYPE";
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c == own()) continue;
      append_cell(line += ',', columns[c].name + std::string(type_suffix(columns[c].type)));
    }
    out << line << (node_ ? ",:LABEL\n" : "\n");
    for (std::size_t index = 0; index < table_.size(); ++index) {
      const std::vector<std::string>& cells = table_.row(index);
      line.clear();
      append_cell(line, node_ ? table_.id() : table_.from());
      if (!node_) append_cell(line += ',', table_.to());
      append_cell(line += ',', node_ ? cells[own()] : upper(cells[own()]));
      for (std::size_t c = 0; c < cells.size(); ++c)
        if (c != own()) append_cell(line += ',', cells[c]);
      out << line << (node_ ? ",Company\n" : "\n");
    }
  }

  std::size_t texts_with_breaks() {
    std::size_t count = 0;
    for (std::size_t index = 0; index < table_.size(); ++index)
      for (const std::string& cell : table_.row(index)) count += std::any_of(cell.begin(), cell.end(), breaks);
    return count;
  }

 private:
  /// The column that is the format's own: the name of a node, the type of a relationship.
  std::size_t own() const { return node_ ? 0 : 1; }

  static std::string upper(std::string word) {
    for (char& c : word)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return word;
  }

  bool node_;
  TypedTable table_;
};

}  // namespace

std::vector<NamedBytes> write_neo4j(const Model& model) {
  const auto table = [&model](std::string_view name, TableKind kind) {
    return NamedBytes{
        std::string(name), {}, [&model, kind](std::ostream& out) { ImportTable(model, kind).write(out); }};
  };
  return {table(nodes_name, TableKind::companies), table(relationships_name, TableKind::relations)};
}

std::vector<std::string> left_out_of_neo4j(const Model& model) {
  std::vector<std::string> causes = left_out_of_typed(model);
  std::size_t texts = 0;
  for (const TableKind kind : {TableKind::companies, TableKind::relations})
    texts += ImportTable(model, kind).texts_with_breaks();
  if (texts != 0) causes.push_back("the line breaks of " + counted(texts, "text") + " (each is a blank)");
  return causes;
}

}  // namespace tierscope::core
