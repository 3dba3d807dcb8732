#pragma once
// The real file system; main.cpp alone uses it.

#include "base/files.hpp"

namespace tierscope::core {

class DiskFiles : public Files {
 public:
  std::optional<std::string> read(const std::string& path, std::string& why) override;
  std::unique_ptr<std::streambuf> open(const std::string& path, std::string& why) override;
  void release(std::string_view bytes) override;
  bool is_directory(const std::string& path) override;
  /// True also where nobody may look: reading says why.
  bool exists(const std::string& path) override;
  std::vector<std::string> list(const std::string& folder) override;
  bool same(const std::string& a, const std::string& b) override;
  /// Devices, pipes and open files (/dev/stdout, /dev/fd/3) are written directly, since nothing can be renamed over
  /// them. A link's target is replaced, not the link; a new file has the old one's mode. Only should a rename itself
  /// fail midway, which no full disk does, may earlier files be new.
  std::string write(const std::vector<NamedBytes>& files) override;

  /// Asked while files are written: true = give up, unless it was true before. May be null.
  bool (*interrupted)() = nullptr;
};

}  // namespace tierscope::core
