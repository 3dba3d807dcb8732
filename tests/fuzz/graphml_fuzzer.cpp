// A GraphML or GEXF file, as its root element says.

#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  tierscope::core::MemoryFiles files;
  files.files["g.xml"] = std::string(reinterpret_cast<const char*>(data), size);
  tierscope::core::read_promised(files, "g.xml");
  return 0;
}
