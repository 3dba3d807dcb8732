#pragma once
// The graph formats, all lossless: what they write, their reader makes the same model of.

#include <string>
#include <vector>

#include "base/files.hpp"
#include "model/model.hpp"

namespace tierscope::core {

std::string write_dot(const Model& model);
std::string write_graphml(const Model& model);
/// companies.csv, relations.csv, sources.csv and, where the graph has any, rates.csv; paths are the bare file names,
/// and the model must live until they are written.
std::vector<NamedBytes> write_folder(const Model& model);

/// One CSV record with a line feed (base/csv_text.hpp).
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace tierscope::core
