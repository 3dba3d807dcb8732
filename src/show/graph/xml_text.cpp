#include "show/graph/xml_text.hpp"

namespace tierscope::core {

void append_escaped(std::string& xml, std::string_view text, bool attribute) {
  for (const char c : text) {
    switch (c) {
      case '&': xml += "&amp;"; break;
      case '<': xml += "&lt;"; break;
      case '>': xml += "&gt;"; break;
      case '\r': xml += "&#13;"; break;
      // In an attribute, XML readers make blanks of these.
      case '"': xml += attribute ? "&quot;" : "\""; break;
      case '\n': xml += attribute ? "&#10;" : "\n"; break;
      case '\t': xml += attribute ? "&#9;" : "\t"; break;
      default: xml += c;
    }
  }
}

void append_attribute(std::string& xml, std::string_view name, std::string_view value) {
  xml.append(" ").append(name).append("=\"");
  append_escaped(xml, value, true);
  xml += '"';
}

}  // namespace tierscope::core
