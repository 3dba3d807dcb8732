// GraphML for Gephi, Cytoscape, networkx and igraph: companies and relations alone, typed.

#include <ostream>

#include "show/graph/graphs.hpp"
#include "show/graph/typed.hpp"
#include "show/graph/xml_text.hpp"

namespace tierscope::core {
namespace {

// The columns that hold anything, and their keys, which are numbered through both tables.
class KeyedTable {
 public:
  KeyedTable(const Model& model, TableKind kind, std::size_t& next_key)
      : element_(kind == TableKind::companies ? "node" : "edge"), table_(model, kind) {
    const std::vector<bool> used = table_.used();
    for (const bool holds : used) keys_.push_back(holds ? "d" + std::to_string(next_key++) : std::string());
  }

  std::string declarations() const {
    std::string xml;
    for (std::size_t c = 0; c < keys_.size(); ++c) {
      if (keys_[c].empty()) continue;
      xml += "  <key";
      append_attribute(xml, "id", keys_[c]);
      append_attribute(xml, "for", element_);
      append_attribute(xml, "attr.name", table_.columns()[c].name);
      append_attribute(xml, "attr.type", type_word(table_.columns()[c].type));
      xml += "/>\n";
    }
    return xml;
  }

  void write(std::ostream& out) {
    std::string xml;
    for (std::size_t index = 0; index < table_.size(); ++index) {
      const std::vector<std::string>& cells = table_.row(index);
      xml.assign("    <").append(element_);
      if (element_ == "node") {
        append_attribute(xml, "id", table_.id());
      } else {
        append_attribute(xml, "source", table_.from());
        append_attribute(xml, "target", table_.to());
      }
      xml += ">\n";
      for (std::size_t c = 0; c < cells.size(); ++c) {
        if (cells[c].empty()) continue;
        xml.append("      <data key=\"").append(keys_[c]).append("\">");
        append_escaped(xml, cells[c], false);
        xml += "</data>\n";
      }
      out << xml << "    </" << element_ << ">\n";
    }
  }

 private:
  std::string_view element_;
  TypedTable table_;
  std::vector<std::string> keys_;  // empty: nothing stands below it
};

}  // namespace

void write_typed_graphml(const Model& model, std::ostream& out) {
  std::size_t keys = 0;
  KeyedTable companies(model, TableKind::companies, keys);
  KeyedTable relations(model, TableKind::relations, keys);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      << companies.declarations() << relations.declarations() << "  <graph edgedefault=\"directed\">\n";
  companies.write(out);
  relations.write(out);
  out << "  </graph>\n</graphml>\n";
}

}  // namespace tierscope::core
