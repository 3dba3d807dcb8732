// GEXF 1.3 (https://gexf.net/schema.html), for Gephi above all.

#include <ostream>

#include "show/graph/graphs.hpp"
#include "show/graph/typed.hpp"
#include "show/graph/xml_text.hpp"

namespace tierscope::core {
namespace {

// Names and weights are GEXF's own attributes, the others declared by their place.
class GexfTable {
 public:
  GexfTable(const Model& model, TableKind kind)
      : node_(kind == TableKind::companies), table_(model, kind), used_(table_.used()) {
    used_[0] = false;
  }

  void declare(std::ostream& out) const {
    std::string xml;
    for (std::size_t c = 0; c < used_.size(); ++c) {
      if (!used_[c]) continue;
      xml += "      <attribute";
      append_attribute(xml, "id", std::to_string(c));
      append_attribute(xml, "title", table_.columns()[c].name);
      append_attribute(xml, "type", type_word(table_.columns()[c].type));
      xml += "/>\n";
    }
    if (xml.empty()) return;
    out << "    <attributes class=\"" << (node_ ? "node" : "edge") << "\">\n" << xml << "    </attributes>\n";
  }

  void write(std::ostream& out) {
    const std::string_view element = node_ ? "node" : "edge";
    std::string xml;
    out << "    <" << element << "s>\n";
    for (std::size_t index = 0; index < table_.size(); ++index) {
      const std::vector<std::string>& cells = table_.row(index);
      xml.assign("      <").append(element);
      if (node_) {
        append_attribute(xml, "id", table_.id());
        append_attribute(xml, "label", cells[0]);
      } else {
        append_attribute(xml, "id", std::to_string(index));
        append_attribute(xml, "source", table_.from());
        append_attribute(xml, "target", table_.to());
        // Edges of one pair stay apart in Gephi where they are of different kinds.
        append_attribute(xml, "kind", cells[1]);
        if (!cells[0].empty()) append_attribute(xml, "weight", cells[0]);
      }
      xml += ">\n        <attvalues>\n";
      for (std::size_t c = 1; c < cells.size(); ++c) {
        if (cells[c].empty()) continue;
        xml += "          <attvalue";
        append_attribute(xml, "for", std::to_string(c));
        append_attribute(xml, "value", cells[c]);
        xml += "/>\n";
      }
      // There is always one: whether it is an aggregate, whether it restates.
      out << xml << "        </attvalues>\n      </" << element << ">\n";
    }
    out << "    </" << element << "s>\n";
  }

 private:
  bool node_;
  TypedTable table_;
  std::vector<bool> used_;
};

}  // namespace

void write_gexf(const Model& model, std::ostream& out) {
  GexfTable companies(model, TableKind::companies);
  GexfTable relations(model, TableKind::relations);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
         "  <graph defaultedgetype=\"directed\" mode=\"static\">\n";
  companies.declare(out);
  relations.declare(out);
  companies.write(out);
  relations.write(out);
  out << "  </graph>\n</gexf>\n";
}

}  // namespace tierscope::core
