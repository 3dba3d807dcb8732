#pragma once
// XML, with what a tree of it forgets: lines, and text that it would hide or change.

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "read/records.hpp"

namespace tierscope::core {

/// The lines of a text by offset.
class Lines {
 public:
  explicit Lines(std::string_view bytes);
  std::uint32_t at(std::size_t offset) const;
  /// Of the first text from there on.
  std::uint32_t behind_blanks(std::size_t offset) const { return at(bytes_.find_first_not_of(" \t\r\n", offset)); }

 private:
  std::string_view bytes_;
  std::vector<std::size_t> ends_;
};

/// Parses the bytes into `document`, whose texts the records keep. What stands around the root is in it too. False:
/// they are no XML, or have references and entities that the parser would take for other text; said in the records.
bool read_xml(std::string_view bytes, std::uint32_t file, const Lines& lines, Records& records,
              pugi::xml_document& document);

/// As XML has an attribute.
std::string quoted(std::string_view text);

}  // namespace tierscope::core
