#pragma once
// Files of other trades (filings, registers, graph tools, input-output tables) become an ordinary folder of tables.

#include <functional>

#include <tierscope/model.hpp>

namespace tierscope {

struct ImportOptions {
  std::string aliases;             // a table `alias,id`: names that somebody joined by hand
  std::string rejects;             // a file for the rows that were not taken
  bool append = false;             // adds to the folder that is there
  std::string direction;           // gephi, gexf: what an edge means: supplies, or buys; empty: the reading's `reverse`
  bool quarters = false;           // sec-notes: 10-Q too
  std::vector<std::string> forms;  // sec-notes: others than 10-K, 20-F and 40-F, as in S-1
  std::string min_share;           // io: smaller ones go into one aggregate a row; empty: 0.01 %
  std::string year;                // io: of the table
  std::string currency;            // io: of its amounts, as in "M USD"

  static constexpr void describe(const auto& field) {
    using O = ImportOptions;
    field("aliases", &O::aliases, "a table with the columns alias and id: names that you joined by hand",
          Metavar{"FILE"});
    field("rejects", &O::rejects, "where the rows that are not taken go, with their reasons", Metavar{"FILE"});
    field("append", &O::append, "add to the folder that is there, and show what was added");
    field("direction", &O::direction, "gephi, gexf: supplies (source to target) or buys", Metavar{"WORD"});
    field("quarters", &O::quarters, "sec-notes: take quarterly reports (10-Q) too");
    field("forms", &O::forms, "sec-notes: take these forms too, as in S-1,F-1", Metavar{"LIST"});
    field("min-share", &O::min_share, "io: smaller shares go into one aggregate a row (0.01%)", Metavar{"SHARE"});
    field("year", &O::year, "io: the year of the table", Metavar{"YEAR"});
    field("currency", &O::currency, "io: the unit of its amounts, as in \"M USD\"", Metavar{"UNIT"});
  }
};

/// Rows of one file that had one fate.
struct ImportedRows {
  std::string file;
  std::string_view outcome;  // taken, review: taken, and to be looked at; skipped
  std::string reason;        // why; empty: nothing is to be said
  std::size_t rows = 0;
  std::optional<std::uint64_t> first;  // line, or record, from 1

  static constexpr void describe(const auto& field) {
    using R = ImportedRows;
    field("file", &R::file, "the file, or the file in an archive", key);
    field("outcome", &R::outcome, "taken; review: taken, and to be looked at; skipped", key);
    field("reason", &R::reason, "why", key, Show::if_any);
    field("rows", &R::rows, "rows of the input: every one is counted once", Unit::count);
    field("first", &R::first, "the first of them: its line, or the number of its record", Unit::count);
  }
};
static_assert(all_described<ImportedRows>);

/// What `append` changed in the folder.
struct AddedRow {
  std::string_view table;
  std::string row;
  std::string what;

  static constexpr void describe(const auto& field) {
    using R = AddedRow;
    field("table", &R::table, "companies, relations, sources or rates", key);
    field("row", &R::row, "the row's id, or its relation", key);
    field("what", &R::what, "new, or the cell that was filled in");
  }
};
static_assert(all_described<AddedRow>);

struct ImportReport {
  About about;
  Table<ImportedRows> results;  // by file, as they were read
  Table<AddedRow> added;
  std::size_t rows = 0, taken = 0, skipped = 0, companies = 0, relations = 0, source_count = 0;

  static constexpr void describe(const auto& field) {
    using A = ImportReport;
    field("results", &A::results, "what became of the rows of the input", Called{"rows"});
    field("added", &A::added, "what was added to the folder that was there", Show::if_any);
    field("rows", &A::rows, "rows of the input", Unit::count);
    field("taken", &A::taken, "rows that were taken, those to be looked at among them", Unit::count);
    field("skipped", &A::skipped, "rows that were not", Unit::count);
    field("companies", &A::companies, "companies that were written", Unit::count);
    field("relations", &A::relations, "relations that were written", Unit::count);
    field("source_count", &A::source_count, "sources that were written", Unit::count);
  }
};

/// How far it is: what is done, bytes read, bytes in all.
using ImportProgress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t all)>;

/// Reads `inputs`, files of `format` (import_formats()), and writes companies.csv, relations.csv and sources.csv into
/// `folder`, all or none. Whatever is wrong with a row leaves that row out, and is counted. Problems: inputs that
/// cannot be read or are of another format, options. O(rows log rows); what is kept of a row is on disk.
Result<ImportReport> import_files(const std::string& format, const std::vector<std::string>& inputs,
                                  const std::string& folder, const ImportOptions& options = {},
                                  const Reading& reading = {}, const ImportProgress& progress = {});

/// The formats, each with what it is.
const std::vector<std::pair<std::string_view, std::string_view>>& import_formats();

}  // namespace tierscope
