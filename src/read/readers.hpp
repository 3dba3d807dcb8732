#pragma once
// From paths to records: picks the reader, guards the bytes.

#include "base/files.hpp"
#include "read/records.hpp"

namespace tierscope::core {

/// A format that one file holds. `bytes` are valid UTF-8 without NUL and BOM, not empty, and outlive the records.
/// A reader adds tables and problems (file:line, what, remedy); it never throws on bad input and never drops silently.
using Reader = void (*)(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records);

void read_dot(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records);
void read_graphml(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records);
void read_gexf(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records);
/// A CSV table (RFC 4180, header first) of the given kind. Its rows are read, and checked, when they are asked for.
void read_csv(std::string_view bytes, TableKind kind, std::uint32_t file, std::uint32_t graph, Records& records);

/// A workbook: its sheets that are called as our tables, else one sheet of relations. Any bytes.
void read_xlsx(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records);

/// Reads one graph: a folder of CSV tables, a table or a workbook of relations, a `.dot`, `.gv`, `.graphml`, `.gexf`
/// file, or
/// `-` (any of them but a folder, on standard input). `files` outlives the records.
void read_graph(Files& files, const std::string& path, Records& records);

}  // namespace tierscope::core
