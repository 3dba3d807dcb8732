#pragma once
// A table of relations as it is: read by the front door, its bad rows left out.

#include "base/files.hpp"
#include "import/intake.hpp"
#include "model/model.hpp"

namespace tierscope::core {

struct TableImport {
  std::optional<Model> model;
  std::vector<ImportedRows> outcomes;
  std::string rejects;  // as a file
};

/// Everything that is wrong with the tables as a whole is a problem; then there is no model.
TableImport import_tables(Files& files, const std::vector<std::string>& inputs, const Mapping& mapping,
                          Problems& problems);

}  // namespace tierscope::core
