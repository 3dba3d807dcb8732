#pragma once
// The graph formats. DOT, our GraphML and the folder are lossless: what they write, their reader makes the same model
// of. The others are for programs of others, and say what they leave out.

#include <iosfwd>
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

void write_typed_graphml(const Model& model, std::ostream& out);
void write_gexf(const Model& model, std::ostream& out);
/// nodes.csv and relationships.csv, as write_folder.
std::vector<NamedBytes> write_neo4j(const Model& model);
std::vector<std::string> left_out_of_neo4j(const Model& model);

/// One CSV record with a line feed (base/csv_text.hpp).
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace tierscope::core
