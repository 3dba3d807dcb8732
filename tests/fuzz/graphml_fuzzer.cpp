// A GraphML file.

#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  tierscope::core::MemoryFiles files;
  files.files["g.graphml"] = std::string(reinterpret_cast<const char*>(data), size);
  tierscope::core::read_promised(files, "g.graphml");
  return 0;
}
