// A workbook: its parts, each ended by a line `====`, as an archive; without such a line the bytes of an archive.

#include "promises.hpp"
#include "zip_of.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace tierscope::core;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view separator = "====\n";
  std::map<std::string, std::string> parts;
  for (const char* const part : {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                 "xl/sharedStrings.xml", "xl/styles.xml"}) {
    const std::size_t end = input.find(separator);
    if (end == std::string_view::npos) break;
    parts[part] = input.substr(0, end);
    input.remove_prefix(end + separator.size());
  }
  MemoryFiles files;
  files.files["g.xlsx"] = parts.empty() ? std::string(input) : zip(parts);
  read_promised(files, "g.xlsx");
  return 0;
}
