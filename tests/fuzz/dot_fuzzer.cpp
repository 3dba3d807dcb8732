// A DOT file.

#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  tierscope::core::MemoryFiles files;
  files.files["g.dot"] = std::string(reinterpret_cast<const char*>(data), size);
  tierscope::core::read_promised(files, "g.dot");
  return 0;
}
