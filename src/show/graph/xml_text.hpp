#pragma once
// Text inside of XML, as GraphML and GEXF write it.

#include <string>
#include <string_view>

namespace tierscope::core {

void append_escaped(std::string& xml, std::string_view text, bool attribute);

/// ` name="value"`
void append_attribute(std::string& xml, std::string_view name, std::string_view value);

}  // namespace tierscope::core
