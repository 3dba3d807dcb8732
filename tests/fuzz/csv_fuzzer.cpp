// A folder of CSV tables.

#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace tierscope::core;
  MemoryFiles files;
  put_tables({reinterpret_cast<const char*>(data), size}, files);
  if (!files.files.empty()) read_promised(files, "g");
  return 0;
}
