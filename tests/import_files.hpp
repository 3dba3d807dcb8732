#pragma once
// What the tests of importers share: an import in memory, and what came of it as text.

#include <tierscope/check.hpp>

#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "import/import.hpp"
#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {

struct Imported {
  std::unique_ptr<MemoryFiles> in = std::make_unique<MemoryFiles>();
  Problems problems;
  std::string title;
  std::string report;  // a line for each row of the report: `file outcome rows first reason`
  std::string notes;   // a line each
  std::size_t rows = 0, taken = 0, skipped = 0;

  const std::string& companies() { return in->files["out/companies.csv"]; }
  const std::string& relations() { return in->files["out/relations.csv"]; }
  const std::string& sources() { return in->files["out/sources.csv"]; }
  std::string wrong() const {
    std::string lines;
    for (const Problem& problem : problems) lines += to_string(problem) + "\n";
    return lines;
  }
  /// Rows of the report with this outcome and reason.
  std::size_t count(const std::string& outcome, const std::string& reason) const {
    std::size_t count = 0;
    std::istringstream lines(report);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string file, what, text;
      std::size_t rows_of_it = 0, first = 0;
      words >> file >> what >> rows_of_it >> first;
      std::getline(words >> std::ws, text);
      if (what == outcome && text == reason) count += rows_of_it;
    }
    return count;
  }
};

inline Imported imported(const std::string& format, const std::map<std::string, std::string>& inputs,
                         ImportOptions options = {}, const Reading& reading = {}) {
  Imported result;
  std::vector<std::string> names;
  for (const auto& [name, bytes] : inputs) {
    result.in->files[name] = bytes;
    if (name != options.aliases) names.push_back(name);
  }
  options.rejects = "rejects.csv";
  const Result<ImportReport> report = import_files(*result.in, format, names, "out", options, reading, {});
  result.problems = report.problems();
  if (!report) return result;
  for (const ImportedRows& row : report->results)
    result.report += row.file + " " + std::string(row.outcome) + " " + std::to_string(row.rows) + " " +
                     std::to_string(row.first.value_or(0)) + " " + row.reason + "\n";
  for (const std::string& note : report->about.notes) result.notes += note + "\n";
  result.title = report->about.title;
  result.rows = report->rows;
  result.taken = report->taken;
  result.skipped = report->skipped;
  return result;
}

/// What `check` calls an error in the folder that was written; and what cannot be read in it.
inline std::string errors_of(Imported& import) {
  Records records;
  read_graph(*import.in, "out", records);
  std::optional<Model> model = build(records);
  std::string lines;
  for (const Problem& problem : records.problems)
    if (problem.severity == Severity::error) lines += to_string(problem) + "\n";
  if (!model) return lines;
  const Result<Check> checked = check(tierscope::Model(std::make_shared<Model>(*std::move(model))), {});
  for (const Finding& finding : checked->results)
    if (finding.severity == "error") lines += std::string(finding.what) + "\n";
  return lines;
}

/// Each prefix of the inputs, and some random changes of them, is imported or refused: every row is counted once.
template <typename Promise>
void damaged(const std::string& format, const std::map<std::string, std::string>& inputs, const Promise& promise,
             const Reading& reading = {}) {
  unsigned seed = 1;
  const auto next = [&] { return seed = seed * 1664525U + 1013904223U; };
  for (const auto& [name, bytes] : inputs)
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      std::map<std::string, std::string> cut = inputs;
      cut[name] = bytes.substr(0, i);
      std::map<std::string, std::string> changed = inputs;
      for (int flips = 0; flips < 3; ++flips)
        changed[name][next() / 7 % bytes.size()] = static_cast<char>(next() >> 9U);
      for (const auto& each : {cut, changed}) {
        const Imported import = imported(format, each, {}, reading);
        promise(import.title.empty() ? has_errors(import.problems) : import.rows == import.taken + import.skipped);
      }
    }
}

}  // namespace tierscope::core
