#include "import/import.hpp"

#include <fmt/format.h>

#include <system_error>

#include "base/disk.hpp"
#include "import/append.hpp"
#include "import/importers.hpp"
#include "import/table.hpp"
#include "model/names.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope {
namespace core {
namespace {

std::string with_slash(const std::string& folder) { return folder + (folder.ends_with('/') ? "" : "/"); }

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

class Import {
 public:
  Import(Files& files, const std::string& folder, const ImportOptions& options)
      : files_(files), folder_(with_slash(folder)), options_(options) {}

  Problems problems;

  /// Of rows that lie in `tables` until they are written.
  void write(std::vector<NamedBytes> tables, NamedBytes rejects, ImportReport& report) {
    Appended appended;
    if (options_.append && files_.exists(folder_ + "relations.csv")) {
      appended = append_to(files_, folder_, tables);
      problems.insert(problems.end(), appended.problems.begin(), appended.problems.end());
      if (!appended.model) return;
      tables = write_folder(*appended.model);
      for (Addition& addition : appended.added)
        added_.push_back({addition.table, std::move(addition.row), std::move(addition.what)});
    }
    for (NamedBytes& table : tables) table.path.insert(0, folder_);
    // Rates of an older graph must not survive beside the new one.
    const std::string rates = folder_ + "rates.csv";
    if (!appended.model && files_.exists(rates)) {
      std::vector<std::string> header;
      for (const std::string_view field : fields_of(TableKind::rates)) header.emplace_back(field);
      tables.push_back({rates, csv_line(header), {}});
    }
    if (!options_.rejects.empty()) tables.push_back(std::move(rejects));
    if (const std::string failure = files_.write(tables); !failure.empty())
      problems.push_back({Severity::error, {}, 0, {}, failure, {}});
    report.added = std::move(added_);
  }

  /// What stands in every report; its rows are there.
  static void tell(const std::vector<std::string>& inputs, std::vector<ImportedRows> rows, ImportReport& report) {
    for (const ImportedRows& one : rows) {
      report.rows += one.rows;
      (one.outcome == "skipped" ? report.skipped : report.taken) += one.rows;
    }
    report.results = std::move(rows);
    report.about.command = "import";
    report.about.graphs = inputs;
    report.about.noun = "kind of rows";
    report.about.shown = 0;
    report.about.title = fmt::format(
        "{} of {} of {} taken: {}, {}, {}", report.taken, counted(report.rows, "row", "rows"),
        inputs.size() == 1 ? inputs.front() : fmt::format("{} inputs", inputs.size()),
        counted(report.companies, "company", "companies"), counted(report.relations, "relation", "relations"),
        counted(report.source_count, "source", "sources"));
  }

 private:
  Files& files_;
  std::string folder_;
  const ImportOptions& options_;
  std::vector<AddedRow> added_;
};

}  // namespace

Result<ImportReport> import_files(Files& files, const std::string& format, const std::vector<std::string>& inputs,
                                  const std::string& folder, const ImportOptions& options, const Reading& reading,
                                  const ImportProgress& progress) {
  Import import(files, folder, options);
  Problems& problems = import.problems;
  Suggestion suggestion(format);
  std::string all;
  bool known = false;
  for (const auto& [name, summary] : import_formats()) {
    known = known || name == format;
    suggestion.consider(name);
    all += (all.empty() ? "" : ", ") + std::string(name);
  }
  if (!known)
    problems.push_back(
        {Severity::error, {}, 0, "FORMAT", quote(format) + " is none of " + all + suggestion.text(), {}});
  const Mapping mapping = mapping_of(reading, files, problems);
  if (has_errors(problems)) return problems;
  ImportReport report;
  try {
    if (format == "table") {
      TableImport tables = import_tables(files, inputs, mapping, problems);
      if (!tables.model) return problems;
      report.companies = tables.model->company_count();
      report.relations = tables.model->relation_count();
      report.source_count = tables.model->sources().size();
      import.write(write_folder(*tables.model), {options.rejects, std::move(tables.rejects), {}}, report);
      Import::tell(inputs, std::move(tables.outcomes), report);
    } else {
      std::vector<InputFile> list = inputs_of(files, inputs, problems);
      if (has_errors(problems)) return problems;
      Intake intake(options, mapping, files, std::move(list), problems, progress);
      if (has_errors(problems)) return problems;
      for (const Importer& importer : importers())
        if (importer.name == format) importer.run(intake);
      if (has_errors(problems)) return problems;
      intake.finish();
      if (has_errors(problems)) return problems;
      report.companies = intake.count(TableKind::companies);
      report.relations = intake.count(TableKind::relations);
      report.source_count = intake.count(TableKind::sources);
      import.write(intake.tables(), intake.rejects(), report);
      Import::tell(inputs, intake.outcomes(), report);
      report.about.notes = intake.notes();
    }
  } catch (const std::system_error& failure) {
    problems.push_back({Severity::error, {}, 0, {}, "cannot read on: " + failure.code().message(), {}});
  } catch (const DatabaseFailure& failure) {
    problems.push_back({Severity::error,
                        {},
                        0,
                        {},
                        fmt::format("the temporary database: {}", failure.what()),
                        "name a folder with more room in TMPDIR"});
  }
  if (has_errors(problems)) return problems;
  return {std::move(report), std::move(problems)};
}

}  // namespace core

Result<ImportReport> import_files(const std::string& format, const std::vector<std::string>& inputs,
                                  const std::string& folder, const ImportOptions& options, const Reading& reading,
                                  const ImportProgress& progress) {
  core::DiskFiles files;
  return core::import_files(files, format, inputs, folder, options, reading, progress);
}

const std::vector<std::pair<std::string_view, std::string_view>>& import_formats() {
  static const std::vector<std::pair<std::string_view, std::string_view>> list = [] {
    std::vector<std::pair<std::string_view, std::string_view>> formats{
        {"table", "tables or workbooks of relations, with --map where their columns have other names"}};
    for (const core::Importer& importer : core::importers()) formats.emplace_back(importer.name, importer.summary);
    return formats;
  }();
  return list;
}

}  // namespace tierscope
