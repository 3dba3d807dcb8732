#include "import/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/csv_text.hpp"
#include "base/unicode.hpp"
#include "model/nobody.hpp"
#include "read/build.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t batch = 2048;

std::string list_of(TableKind kind, std::string_view before = "c_") {
  std::string list;
  for (const std::string_view field : fields_of(kind))
    list += fmt::format("{}\"{}{}\"", list.empty() ? "" : ",", before, field);
  return list;
}

std::string marks(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += i == 0 ? "?" : ",?";
  return list;
}

/// A row of these columns and some more; of two with one id, each cell is the first that is given.
std::string put_named(TableKind kind, bool if_related) {
  std::string sql = fmt::format("INSERT INTO out_{} VALUES({}) ON CONFLICT(c_id) DO UPDATE SET ", to_string(kind),
                                marks(fields_of(kind).size() + (if_related ? 1 : 0)));
  bool first = true;
  for (const std::string_view field : fields_of(kind)) {
    if (field == "id") continue;
    sql += fmt::format("{}\"c_{}\"=CASE \"c_{}\" WHEN '' THEN excluded.\"c_{}\" ELSE \"c_{}\" END", first ? "" : ",",
                       field, field, field, field);
    first = false;
  }
  return if_related ? sql + ",if_related=min(if_related,excluded.if_related)" : sql;
}

}  // namespace

Intake::Intake(const ImportOptions& options, const Mapping& mapping, Files& files, std::vector<InputFile> inputs,
               Problems& problems, ImportProgress progress)
    : options_(options),
      mapping_(mapping),
      inputs_(std::move(inputs)),
      problems_(problems),
      progress_(std::move(progress)) {
  const auto columns = [](TableKind kind) {
    std::string list;
    for (const std::string_view field : fields_of(kind))
      list += fmt::format("\"c_{}\" TEXT{},", field, field == "id" ? " PRIMARY KEY" : "");
    return list;
  };
  database_.run("CREATE TABLE out_companies(" + columns(TableKind::companies) + "if_related INT) WITHOUT ROWID");
  std::string sources = columns(TableKind::sources);
  sources.pop_back();
  database_.run("CREATE TABLE out_sources(" + sources + ") WITHOUT ROWID");
  database_.run("CREATE TABLE out_relations(seq INTEGER PRIMARY KEY," + columns(TableKind::relations) +
                "file INT,line INT,text TEXT,fate INT,reason TEXT,revenue REAL,supply REAL,owned REAL)");
  database_.run("CREATE TABLE out_rejects(file INT,line INT,reason TEXT,text TEXT)");
  put_company_ = std::make_unique<Statement>(database_.prepare(put_named(TableKind::companies, true)));
  put_source_ = std::make_unique<Statement>(database_.prepare(put_named(TableKind::sources, false)));
  put_relation_ = std::make_unique<Statement>(database_.prepare(
      fmt::format("INSERT INTO out_relations VALUES({})", marks(fields_of(TableKind::relations).size() + 9))));
  put_reject_ = std::make_unique<Statement>(database_.prepare("INSERT INTO out_rejects VALUES(?,?,?,?)"));
  for (const InputFile& input : inputs_) bytes_all_ += input.size;
  if (!options_.aliases.empty()) read_aliases(files);
}

std::unique_ptr<std::streambuf> Intake::open(const InputFile& input) {
  std::string why;
  std::unique_ptr<std::streambuf> bytes = input.open(why);
  if (bytes == nullptr) error(input.name, 0, {}, "cannot read this file: " + why, {});
  bytes_before_ += bytes_here_;
  bytes_here_ = 0;
  stage_ = input.base;
  return bytes;
}

void Intake::advance(std::uint64_t bytes_read) {
  bytes_here_ = bytes_read;
  if (progress_) progress_(stage_, bytes_before_ + bytes_here_, std::max(bytes_all_, bytes_before_ + bytes_here_));
}

std::string_view Intake::alias(std::string_view name) const {
  if (aliases_.empty()) return {};
  const auto found = aliases_.find(folded_name(name));
  return found == aliases_.end() ? std::string_view() : found->second;
}

void Intake::read_aliases(Files& files) {
  std::string why;
  const std::unique_ptr<std::streambuf> bytes = files.open(options_.aliases, why);
  if (bytes == nullptr) return error(options_.aliases, 0, {}, "cannot read this file: " + why, {});
  TextTableRows rows(*bytes, ',', true);
  const std::size_t alias = rows.find("alias");
  const std::size_t id = rows.find("id");
  if (alias == TextTableRows::nowhere || id == TextTableRows::nowhere)
    return error(options_.aliases, 1, {}, "the columns alias and id are missing",
                 "begin the file with the line alias,id");
  while (rows.next()) {
    if (rows[alias].empty() || rows[id].empty()) {
      error(options_.aliases, rows.lines().number(), {}, "a row without an alias or an id",
            "give both, or delete the row");
      continue;
    }
    const auto [known, fresh] = aliases_.try_emplace(folded_name(rows[alias]), rows[id]);
    if (!fresh && known->second != rows[id])
      error(options_.aliases, rows.lines().number(), "id",
            fmt::format("'{}' is '{}' here and '{}' above", rows[alias], rows[id], known->second), "keep one of them");
  }
}

void Intake::error(std::string file, std::uint64_t line, std::string attribute, std::string what, std::string remedy) {
  problems_.push_back({Severity::error, std::move(file), static_cast<std::uint32_t>(line), std::move(attribute),
                       std::move(what), std::move(remedy)});
}

std::uint32_t Intake::file(const InputFile& input) {
  const auto [found, fresh] = file_numbers_.try_emplace(input.name, static_cast<std::uint32_t>(files_.size()));
  if (fresh) files_.push_back(input.name);
  return found->second;
}

// ---- rows

void Intake::row(InputRow row) {
  if (rows_.size() >= batch || emissions_.size() >= 4 * batch) flush();
  rows_.push_back({row.file,
                   row.line,
                   options_.rejects.empty() ? std::string() : clean_text(std::string(row.text)),
                   Fate::open,
                   {}});
}

void Intake::decide(Fate fate, std::string_view reason) {
  rows_.back().fate = fate;
  rows_.back().reason = reason;
}
void Intake::skip(std::string_view reason) { decide(Fate::skipped, reason); }
void Intake::review(std::string_view reason) { decide(Fate::review, reason); }
void Intake::use(std::string_view reason) { decide(Fate::used, reason); }
void Intake::defer() { decide(Fate::deferred, {}); }

void Intake::emit(TableKind kind, std::vector<std::string> cells, bool if_related) {
  for (std::string& cell : cells) cell = clean_text(std::move(cell));  // a NUL would make the file a binary one
  if (kind == TableKind::relations)
    for (const auto& [field, text] : mapping_.defaults)
      if (const auto at = find_field(kind, field); at && cells[*at].empty()) cells[*at] = text;
  emissions_.push_back({kind, if_related, static_cast<std::uint32_t>(rows_.size() - 1), std::move(cells)});
  if (rows_.back().fate == Fate::open) rows_.back().fate = Fate::taken;
}
template <typename Field>
void Intake::emit_cells(TableKind kind, Cells<Field> cells, bool if_related) {
  std::vector<std::string> row(fields_of(kind).size());
  for (const auto& [field, text] : cells) row[static_cast<std::size_t>(field)] = text;
  emit(kind, std::move(row), if_related);
}
void Intake::company(CompanyCells cells, bool if_related) { emit_cells(TableKind::companies, cells, if_related); }
void Intake::relation(RelationCells cells) { emit_cells(TableKind::relations, cells, false); }
void Intake::source(SourceCells cells) { emit_cells(TableKind::sources, cells, false); }

void Intake::count(std::uint32_t file, std::uint64_t line, Fate fate, const std::string& reason, std::int64_t by) {
  Count& count = outcomes_[{file, fate, reason}];
  if (count.first == 0 || line < count.first) count.first = line;
  count.rows = static_cast<std::size_t>(static_cast<std::int64_t>(count.rows) + by);
}

void Intake::reject(std::uint32_t file, std::uint64_t line, std::string_view reason, std::string_view text) {
  if (options_.rejects.empty()) return;
  put_reject_->bind(0, std::int64_t{file}).bind(1, static_cast<std::int64_t>(line)).bind(2, reason).bind(3, text).run();
}

// The batch is read as a graph of its own; what its rows are refused for becomes the reason of the input's row.
void Intake::flush() {
  for (Row& row : rows_)
    if (row.fate == Fate::open) row.fate = Fate::skipped, row.reason = "nothing to take";
  Records records;
  records.mapping.skip_bad = true;
  for (const TableKind kind : all_tables) records.files.emplace_back(to_string(kind));
  // Each cell is judged alone: what companies and sources say of themselves elsewhere is settled when they are stored.
  // So an id that comes again is made another, and names, which relations might mean, are left out.
  records.graphs = {"relations", "what they name"};
  std::map<std::pair<TableKind, std::string_view>, int> seen;
  std::map<TableKind, RecordTable> tables;
  for (std::size_t i = 0; i < emissions_.size(); ++i) {
    const Emission& emission = emissions_[i];
    if (rows_[emission.row].fate == Fate::skipped) continue;
    RecordTable& table = tables[emission.kind];
    table.lines.push_back(static_cast<std::uint32_t>(i + 1));
    const std::size_t begin = table.cells.size();
    table.cells.insert(table.cells.end(), emission.cells.begin(), emission.cells.end());
    const std::string& id = emission.cells.front();
    if (emission.kind == TableKind::relations || id.empty()) continue;
    if (const int again = seen[{emission.kind, id}]++; again != 0)
      table.cells[begin] = records.keep(fmt::format("{} {}", id, again));
    if (emission.kind == TableKind::companies)
      for (const CompanyField name : {CompanyField::name, CompanyField::name_local, CompanyField::ticker,
                                      CompanyField::lei, CompanyField::aliases})
        table.cells[begin + static_cast<std::size_t>(name)] = {};
  }
  for (auto& [kind, table] : tables) {
    table.kind = kind;
    table.file = static_cast<std::uint32_t>(kind);
    table.graph = kind == TableKind::relations ? 0 : 1;
    table.columns = fields_of(kind);
    records.tables.push_back(std::move(table));
  }
  records.left_out = [this](std::uint32_t, std::uint32_t line, std::string_view attribute, std::string_view what) {
    Row& row = rows_[emissions_[line - 1].row];
    if (row.fate == Fate::skipped) return;
    row.fate = Fate::skipped;
    row.reason = attribute.empty() ? std::string(what) : fmt::format("{}: {}", attribute, what);
  };
  const std::optional<Model> model = build(records);
  if (!model)
    for (const Problem& problem : records.problems)
      if (problem.severity == Severity::error) problems_.push_back(problem);
  std::vector<const Relation*> read(emissions_.size(), nullptr);
  for (std::size_t i = 0; model && i < model->relation_count(); ++i)
    read[model->relation(i).place.line - 1] = &model->relation(i);
  for (std::size_t i = 0; i < emissions_.size(); ++i) {
    const Emission& emission = emissions_[i];
    const Row& row = rows_[emission.row];
    if (row.fate == Fate::skipped) continue;
    Statement& put = emission.kind == TableKind::companies   ? *put_company_
                     : emission.kind == TableKind::relations ? *put_relation_
                                                             : *put_source_;
    int at = 0;
    if (emission.kind == TableKind::relations) put.bind(at++, ++rows_stored_);
    for (const std::string& cell : emission.cells) put.bind(at++, cell);
    if (emission.kind == TableKind::companies) put.bind(at++, std::int64_t{emission.if_related});
    if (emission.kind == TableKind::relations) {
      put.bind(at, std::int64_t{row.file}).bind(at + 1, static_cast<std::int64_t>(row.line));
      put.bind(at + 2, options_.rejects.empty() ? std::string_view() : std::string_view(row.text));
      put.bind(at + 3, static_cast<std::int64_t>(row.fate)).bind(at + 4, row.reason);
      at += 5;
      const Relation* const relation = read[i];
      for (const Quantity Relation::*figure : {&Relation::revenue_share, &Relation::supply_share, &Relation::stake}) {
        if (relation != nullptr && relation->*figure)
          put.bind(at++, (relation->*figure).low);
        else
          put.bind_null(at++);
      }
    }
    put.run();
  }
  for (const Row& row : rows_) {
    if (row.fate == Fate::deferred) continue;
    count(row.file, row.line, row.fate, row.reason, 1);
    if (row.fate == Fate::skipped) reject(row.file, row.line, row.reason, row.text);
  }
  rows_.clear();
  emissions_.clear();
}

// Columns: seq, file, line, text, fate, reason.
void Intake::refuse(const Statement& relation, const std::string& reason) {
  const auto file = static_cast<std::uint32_t>(relation.integer(1));
  const auto line = static_cast<std::uint64_t>(relation.integer(2));
  count(file, line, static_cast<Fate>(relation.integer(4)), std::string(relation.text(5)), -1);
  count(file, line, Fate::skipped, reason, 1);
  reject(file, line, reason, relation.text(3));
}

void Intake::finish() {
  flush();
  for (const InputFile& input : inputs_)
    if (!input.failure->empty()) error(input.name, 0, {}, "the archive is damaged: " + *input.failure, "get it again");
  leave_contradictions_out();
}

// ---- what is written

std::size_t Intake::count(TableKind kind) {
  Statement statement = database_.prepare(
      kind == TableKind::companies
          ? std::string("SELECT count(*) FROM out_companies WHERE if_related=0 OR c_id IN (SELECT id FROM out_related)")
          : fmt::format("SELECT count(*) FROM out_{}", to_string(kind)));
  return statement.step() ? static_cast<std::size_t>(statement.integer(0)) : 0;
}

NamedBytes Intake::table(TableKind kind, std::string sql) {
  NamedBytes file{std::string(to_string(kind)) + ".csv", {}, {}};
  file.stream = [this, kind, sql = std::move(sql)](std::ostream& out) {
    std::string line;
    for (const std::string_view field : fields_of(kind)) (line += line.empty() ? "" : ",") += field;
    out << line << '\n';
    Statement rows = database_.prepare(sql);
    const int columns = static_cast<int>(fields_of(kind).size());
    while (out && rows.step()) {
      line.clear();
      for (int i = 0; i < columns; ++i) {
        if (i != 0) line += ',';
        append_csv_cell(line, rows.text(i));
      }
      out << (line += '\n');
    }
  };
  return file;
}

std::vector<NamedBytes> Intake::tables() {
  return {table(TableKind::companies,
                "SELECT " + list_of(TableKind::companies) +
                    " FROM out_companies WHERE if_related=0 OR c_id IN (SELECT id FROM out_related) ORDER BY c_id"),
          table(TableKind::relations, "SELECT " + list_of(TableKind::relations) +
                                          " FROM out_relations ORDER BY c_from,c_to,c_kind,c_as_of,seq"),
          table(TableKind::sources, "SELECT " + list_of(TableKind::sources) + " FROM out_sources ORDER BY c_id")};
}

NamedBytes Intake::rejects() {
  NamedBytes file{options_.rejects, {}, {}};
  file.stream = [this](std::ostream& out) {
    out << "file,line,reason,row\n";
    Statement rows = database_.prepare("SELECT file,line,reason,text FROM out_rejects ORDER BY file,line,rowid");
    std::string line;
    while (out && rows.step()) {
      line.clear();
      append_csv_cell(line, files_[static_cast<std::size_t>(rows.integer(0))]);
      line += fmt::format(",{},", rows.integer(1));
      append_csv_cell(line, rows.text(2));
      line += ',';
      append_csv_cell(line, rows.text(3));
      out << (line += '\n');
    }
  };
  return file;
}

std::vector<ImportedRows> Intake::outcomes() const {
  constexpr std::string_view words[] = {"", "taken", "review", "skipped", "taken", ""};
  std::vector<ImportedRows> list;
  for (const auto& [outcome, count] : outcomes_)
    if (count.rows != 0)
      list.push_back({files_[outcome.file], words[static_cast<std::size_t>(outcome.fate)], outcome.reason, count.rows,
                      count.first});
  return list;
}

}  // namespace tierscope::core
