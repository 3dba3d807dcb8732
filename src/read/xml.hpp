#pragma once
// XML as a tree: for the small parts of workbooks.

#include <cstdint>
#include <pugixml.hpp>
#include <string_view>

#include "read/records.hpp"

namespace tierscope::core {

/// Parses the bytes into `document`, whose texts the records keep. What stands around the root is in it too. False:
/// they are no XML, or have references and entities that the parser would take for other text; said in the records.
bool read_xml(std::string_view bytes, std::uint32_t file, Records& records, pugi::xml_document& document);

}  // namespace tierscope::core
