#include <map>

#include "model/fields.hpp"
#include "show/graph/graphs.hpp"
#include "show/graph/node_names.hpp"
#include "show/graph/xml_text.hpp"

namespace tierscope::core {
namespace {

/// The attr.name of a column; nothing where the element itself says it. read_graphml takes `data_` away again.
std::string attribute_name(TableKind table, const std::string& column) {
  if (find_field(table, column)) {
    const bool own = table == TableKind::relations ? column == "from" || column == "to" : column == "id";
    return own ? std::string() : column;
  }
  const bool taken = column == "id" || column == "kind" || column == "from" || column == "to";
  return taken || column.starts_with("data_") ? "data_" + column : column;
}

class GraphmlWriter {
 public:
  void add_table(const Model& model, TableKind table) {
    const std::string_view element = table == TableKind::relations ? "edge" : "node";
    Flat flat(model, table);
    std::vector<std::string> names;
    for (const std::string& column : flat.columns()) names.push_back(attribute_name(table, column));
    std::vector<std::string> keys(names.size());
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < flat.size(); ++row) {
      flat.row(row, cells);
      data_.clear();
      elements_.append("    <").append(element);
      begin(table, row, cells);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (names[i].empty() || cells[i].empty()) continue;
        if (keys[i].empty()) keys[i] = key(element, names[i]);
        add_data(keys[i], cells[i]);
      }
      if (data_.empty()) {
        elements_ += "/>\n";
      } else {
        elements_.append(">\n").append(data_).append("    </").append(element).append(">\n");
      }
    }
  }

  std::string text() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" +
           declarations_ + "  <graph id=\"tierscope\" edgedefault=\"directed\">\n" + elements_ +
           "  </graph>\n</graphml>\n";
  }

 private:
  void begin(TableKind table, std::size_t row, const std::vector<std::string>& cells) {
    if (table == TableKind::relations) {
      append_attribute(elements_, "source", company_node(cells[static_cast<std::size_t>(RelationField::from)]));
      append_attribute(elements_, "target", company_node(cells[static_cast<std::size_t>(RelationField::to)]));
    } else if (table == TableKind::rates) {
      append_attribute(elements_, "id", "rate:" + std::to_string(row + 1));
      add_data(key("node", "kind"), "rate");
    } else {
      static_assert(static_cast<int>(CompanyField::id) == 0 && static_cast<int>(SourceField::id) == 0);
      const bool source = table == TableKind::sources;
      const std::string id = source ? "source:" + cells[0] : company_node(cells[0]);
      append_attribute(elements_, "id", id);
      if (source) add_data(key("node", "kind"), "source");
      if (id != cells[0]) add_data(key("node", "id"), cells[0]);
    }
  }

  /// Declared in the order of first use; the keys of nodes and those of edges are apart.
  const std::string& key(std::string_view element, const std::string& name) {
    const auto [found, fresh] = keys_.try_emplace({std::string(element), name}, "d" + std::to_string(keys_.size()));
    if (fresh) {
      declarations_ += "  <key";
      append_attribute(declarations_, "id", found->second);
      append_attribute(declarations_, "for", element);
      append_attribute(declarations_, "attr.name", name);
      append_attribute(declarations_, "attr.type", "string");
      declarations_ += "/>\n";
    }
    return found->second;
  }

  void add_data(const std::string& key_id, std::string_view text) {
    data_.append("      <data key=\"").append(key_id).append("\">");
    append_escaped(data_, text, false);
    data_ += "</data>\n";
  }

  std::map<std::pair<std::string, std::string>, std::string> keys_;
  std::string declarations_;
  std::string elements_;
  std::string data_;  // of the current element
};

}  // namespace

std::string write_graphml(const Model& model) {
  GraphmlWriter writer;
  for (const TableKind table : {TableKind::companies, TableKind::sources, TableKind::rates, TableKind::relations})
    writer.add_table(model, table);
  return writer.text();
}

}  // namespace tierscope::core
