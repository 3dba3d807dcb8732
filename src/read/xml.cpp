#include "read/xml.hpp"

#include "read/xml_stream.hpp"

namespace tierscope::core {

bool read_xml(std::string_view bytes, std::uint32_t file, Records& records, pugi::xml_document& document) {
  if (!check_references(bytes, file, records)) return false;
  // Parsed in place in a copy that the records own, so that texts are views. As a fragment: junk around the root is
  // seen.
  const std::string_view copy = records.keep(std::string(bytes));
  const pugi::xml_parse_result result = document.load_buffer_inplace(
      const_cast<char*>(copy.data()), copy.size(), pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8);
  if (!result) {
    std::string reason = result.description();
    reason.front() = static_cast<char>(reason.front() | 0x20);
    LineCounter lines(bytes);
    records.error(file, lines.at(static_cast<std::size_t>(result.offset)), {}, "the XML is broken: " + reason,
                  std::string(broken_remedy));
  }
  return static_cast<bool>(result);
}

}  // namespace tierscope::core
