#pragma once
// `import` on any file system.

#include <tierscope/import.hpp>

#include "base/files.hpp"

namespace tierscope::core {

/// As tierscope::import_files; written is what is left of problems.
Result<ImportReport> import_files(Files& files, const std::string& format, const std::vector<std::string>& inputs,
                                  const std::string& folder, const ImportOptions& options, const Reading& reading,
                                  const ImportProgress& progress);

}  // namespace tierscope::core
