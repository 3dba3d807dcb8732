#pragma once
// What an importer is given, and where it puts what it found. Every row of the input is counted once.

#include <tierscope/import.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/database.hpp"
#include "import/inputs.hpp"
#include "model/fields.hpp"
#include "read/mapping.hpp"

namespace tierscope::core {

/// Where a row of the input stands.
struct InputRow {
  std::uint32_t file = 0;  // Intake::file
  std::uint64_t line = 0;  // or the number of its record, from 1
  std::string_view text;   // as it is written, for the rejects
};

template <typename Field>
using Cells = std::initializer_list<std::pair<Field, std::string_view>>;
using CompanyCells = Cells<CompanyField>;
using RelationCells = Cells<RelationField>;
using SourceCells = Cells<SourceField>;

/// Rows go through the ordinary reading of cells a batch at a time: what it refuses leaves its input row out, with the
/// reason. What is left is kept in a temporary database, and written in the order of its ids.
class Intake {
 public:
  Intake(const ImportOptions& options, const Mapping& mapping, Files& files, std::vector<InputFile> inputs,
         Problems& problems, ImportProgress progress);
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // ---- what goes in
  const ImportOptions& options() const { return options_; }
  const Mapping& mapping() const { return mapping_; }
  const std::vector<InputFile>& inputs() const { return inputs_; }
  /// Opens one of the inputs; null, and a problem, where it cannot be read. Progress is told of it from then on.
  std::unique_ptr<std::streambuf> open(const InputFile& input);
  void advance(std::uint64_t bytes_read);  // of the file that was opened last
  /// For joins, and for what is decided when all was read. Names of its tables do not begin with `out_`.
  Database& scratch() { return database_; }
  /// The id that `--aliases` gives for a name (in any case, blanks as they may be); empty = none.
  std::string_view alias(std::string_view name) const;

  // ---- what is wrong with the input as a whole
  /// Nothing is written then. `file` as in InputFile::name; empty: an option.
  void error(std::string file, std::uint64_t line, std::string attribute, std::string what, std::string remedy);
  /// A sentence that stands behind the report.
  void note(std::string sentence) { notes_.push_back(std::move(sentence)); }

  // ---- what becomes of its rows
  /// The number of a file in InputRow and in the report.
  std::uint32_t file(const InputFile& input);
  /// Each row of the input, in any order, once, or again where it was deferred. What is called until the next one
  /// belongs to it. A row of which nothing is said and nothing comes is counted as skipped for "nothing to take".
  void row(InputRow row);
  /// It is left out. `reason`: of few kinds, as each is a line of the report.
  void skip(std::string_view reason);
  /// It is taken, and is to be looked at.
  void review(std::string_view reason);
  /// It is taken, though no company, relation or source comes of it: why.
  void use(std::string_view reason);
  /// What becomes of it is told later, by `row` with the same place.
  void defer();

  // ---- what comes of them. An empty cell is not given; the first that gives a cell of a company or source is kept.
  /// `if_related`: written only where a relation names it.
  void company(CompanyCells cells, bool if_related = false);
  void relation(RelationCells cells);
  void source(SourceCells cells);
  /// The same of a whole row, a cell for each field of the table.
  void emit(TableKind kind, std::vector<std::string> cells, bool if_related = false);

  // ---- at the end
  /// Looks at the whole; what `check` would refuse leaves its rows out.
  void finish();
  std::vector<NamedBytes> tables();  // companies.csv, …; to be written while this lives
  NamedBytes rejects();              // file,line,reason,row
  std::vector<ImportedRows> outcomes() const;
  std::vector<std::string> notes() const { return notes_; }
  std::size_t count(TableKind kind);

 private:
  struct Emission {
    TableKind kind;
    bool if_related = false;
    std::uint32_t row = 0;  // of rows_
    std::vector<std::string> cells;
  };
  enum class Fate : std::uint8_t { open, taken, review, skipped, used, deferred };
  struct Row {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    std::string text;
    Fate fate = Fate::open;
    std::string reason;
  };
  struct Count {
    std::size_t rows = 0;
    std::uint64_t first = 0;
  };
  struct Outcome {
    std::uint32_t file;
    Fate fate;
    std::string reason;
    auto operator<=>(const Outcome&) const = default;  // NOLINT(modernize-use-nullptr): sees its 0
  };

  template <typename Field>
  void emit_cells(TableKind kind, Cells<Field> cells, bool if_related);
  void decide(Fate fate, std::string_view reason);
  void flush();
  /// A row that was taken is not.
  void refuse(const Statement& relation, const std::string& reason);
  void reject(std::uint32_t file, std::uint64_t line, std::string_view reason, std::string_view text);
  void count(std::uint32_t file, std::uint64_t line, Fate fate, const std::string& reason, std::int64_t by);
  void read_aliases(Files& files);
  void leave_contradictions_out();
  std::vector<std::vector<std::int64_t>> rings();
  NamedBytes table(TableKind kind, std::string sql);

  const ImportOptions& options_;
  const Mapping& mapping_;
  std::vector<InputFile> inputs_;
  Problems& problems_;
  ImportProgress progress_;
  std::uint64_t bytes_before_ = 0, bytes_here_ = 0, bytes_all_ = 0;
  std::string stage_;

  Database database_;
  std::vector<std::string> files_;  // by number
  std::map<std::string, std::uint32_t, std::less<>> file_numbers_;
  std::map<std::string, std::string, std::less<>> aliases_;
  std::vector<Row> rows_;  // of the batch
  std::vector<Emission> emissions_;
  std::map<Outcome, Count> outcomes_;
  std::vector<std::string> notes_;
  std::int64_t rows_stored_ = 0;
  std::unique_ptr<Statement> put_company_, put_relation_, put_source_, put_reject_;
};

/// One way in.
struct Importer {
  std::string_view name;
  std::string_view summary;
  void (*run)(Intake& intake);
};
const std::vector<Importer>& importers();

}  // namespace tierscope::core
