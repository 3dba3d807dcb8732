// Files of other trades: the first line names a format, then come its files, each behind a line `<<< name`.

#include <tierscope/check.hpp>
#include <tierscope/rows.hpp>

#include "import/import.hpp"
#include "promises.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace tierscope;
  using namespace tierscope::core;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string format(input.substr(0, input.find('\n')));
  MemoryFiles files;
  std::vector<std::string> names;
  for (std::size_t at = input.find("\n<<< "); at != std::string_view::npos;) {
    const std::size_t begin = at + 5;
    const std::size_t line = std::min(input.find('\n', begin), input.size());
    at = input.find("\n<<< ", line);
    const std::string name = "in/" + std::string(input.substr(begin, line - begin));
    if (name.find("/../") != std::string::npos || name.ends_with('/')) continue;
    const std::size_t text = std::min(line + 1, input.size());
    if (files.files.emplace(name, input.substr(text, std::min(at, input.size()) - std::min(text, at))).second)
      names.push_back(name);
  }
  if (names.empty()) return 0;
  ImportOptions options;
  options.rejects = "rejects.csv";
  Reading reading;
  reading.as_kind = "supplies";
  reading.reverse = format == "gephi" || format == "gexf";
  const Result<ImportReport> report = import_files(files, format, names, "out", options, reading, {});
  promise(static_cast<bool>(report) != has_errors(report.problems()), "an import gives a report or an error");
  promise(static_cast<bool>(report) == files.exists("out/relations.csv"), "tables are written with a report alone");
  if (!report) return 0;
  std::size_t rows = 0;
  for (const ImportedRows& one : report->results) rows += one.rows;
  promise(rows == report->rows && rows == report->taken + report->skipped, "every row is counted once");
  const std::optional<core::Model> model = read_promised(files, "out");
  promise(model.has_value(), "what was imported can be read");
  promise(model->relation_count() == report->relations, "the report counts the relations that are written");
  return 0;
}
