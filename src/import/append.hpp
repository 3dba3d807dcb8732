#pragma once
// New rows for a folder that is there.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/problem.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// One row that is new, or a cell of an old one that was filled in.
struct Addition {
  std::string_view table;  // companies, relations, sources or rates
  std::string row;         // its id, or `a supplies b`
  std::string what;        // `new`, or `revenue: 5M USD`
};

struct Appended {
  std::unique_ptr<Model> model;  // of the old rows, then the new ones; what both have, once
  std::vector<Addition> added;
  Problems problems;  // with errors there is no model
};

/// Merges a folder with tables as `write_folder` has them, by id: of a company's cells those that are given stay.
/// Nothing of it is written.
Appended append_to(Files& files, const std::string& folder, const std::vector<NamedBytes>& tables);

}  // namespace tierscope::core
