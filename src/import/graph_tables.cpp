// Nodes and edges as tables: Gephi's CSV, and what Neo4j's bulk import reads.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include <tierscope/kinds.hpp>

#include "base/unicode.hpp"
#include "import/importers.hpp"
#include "import/slug.hpp"
#include "model/names.hpp"
#include "read/dress.hpp"
#include "read/synonyms.hpp"

namespace tierscope::core {
namespace {

enum class Tool : std::uint8_t { gephi, neo4j };

constexpr std::size_t nowhere = TextTableRows::nowhere;

/// The separator that stands most often in the first line.
char separator_of(std::string_view line) {
  constexpr std::string_view marks = ",;\t|";
  std::array<std::ptrdiff_t, marks.size()> counts{};
  for (std::size_t i = 0; i < marks.size(); ++i) counts[i] = std::count(line.begin(), line.end(), marks[i]);
  return marks[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// Of `companyId:ID(Company)` and `:START_ID(Company)` the id space; empty = none.
std::string space_of(std::string_view column) {
  const std::size_t open = column.find('(');
  return open == std::string_view::npos || !column.ends_with(')')
             ? std::string()
             : std::string(column.substr(open + 1, column.size() - open - 2));
}

/// What a table's columns are.
struct Columns {
  std::size_t id = nowhere, name = nowhere, from = nowhere, to = nowhere, kind = nowhere, type = nowhere,
              times = nowhere;
  std::string id_space, from_space, to_space;
  std::vector<std::pair<std::size_t, std::size_t>> fields;  // of ours, and the column
  std::vector<bool> foreign;                                // of each: the column has another name than the field
  std::vector<std::string> unread;
  bool edges() const { return from != nowhere && to != nowhere; }
};

class GraphTables {
 public:
  GraphTables(Intake& intake, Tool tool) : intake_(intake), mapping_(intake.mapping()), tool_(tool) {}

  void run() {
    if (tool_ == Tool::gephi && !mapping_.reverse && intake_.options().direction.empty())
      intake_.error({}, 0, "--direction", "Gephi's edges do not say what they mean",
                    "name it: supplies (Source delivers to Target), or buys (Source buys from Target)");
    for (const InputFile& input : intake_.inputs()) read_header(input);
    std::set<std::string> spaces;
    for (const auto& [name, columns] : columns_) spaces.insert(columns.id_space);
    spaces.erase("");
    spaced_ = spaces.size() > 1;
    if (spaced_)
      intake_.note(fmt::format("ids are unique within their id space alone, so that they are written as in {}:1",
                               *spaces.begin()));
    for (const InputFile& input : intake_.inputs())
      if (columns_.contains(input.name)) read(input);
    if (!unread_.empty())
      intake_.note(fmt::format("columns that are not read: {}; --map names what they are", fmt::join(unread_, ", ")));
    if (!edges_ && !intake_.inputs().empty() && !failed_)
      intake_.error(intake_.inputs().front().name, 0, {}, "no input holds edges",
                    tool_ == Tool::gephi ? "give the table with the columns Source and Target"
                                         : "give the table with the columns :START_ID and :END_ID");
  }

 private:
  static bool is_header(const InputFile& input) {
    return input.base.ends_with("-header.csv") || input.base.ends_with("_header.csv");
  }
  static std::string stem_of(const InputFile& input) {
    std::string stem = input.base.substr(0, input.base.rfind('.'));
    for (const std::string_view tail : {"-header", "_header"})
      if (stem.ends_with(tail)) stem.resize(stem.size() - tail.size());
    return stem;
  }

  void fail(const InputFile& input, std::string what, std::string remedy) {
    failed_ = true;
    intake_.error(input.name, 1, {}, std::move(what), std::move(remedy));
  }

  // The first line of the table, or that of the header file beside it.
  void read_header(const InputFile& input) {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
    if (bytes == nullptr) return;
    TextLines lines(*bytes, true);
    std::string_view line;
    if (!lines.next(line)) return fail(input, "the file is empty", "give a table whose first line names its columns");
    if (tool_ == Tool::neo4j && is_header(input)) {
      headers_[stem_of(input)] = line;
      return;
    }
    const auto beside = std::find_if(headers_.begin(), headers_.end(),
                                     [&](const auto& header) { return stem_of(input).starts_with(header.first); });
    const std::string header(beside != headers_.end() ? std::string_view(beside->second) : line);
    separators_[input.name] = mapping_.separator != 0 ? mapping_.separator : separator_of(header);
    if (beside != headers_.end()) header_of_[input.name] = header;
    std::stringbuf nothing;
    const TextTableRows named(nothing, separators_[input.name], true, header);
    columns_[input.name] = columns_of(input, named.written());
  }

  Columns columns_of(const InputFile& input, const std::vector<std::string>& written) {
    Columns columns;
    std::vector<std::string> plain;
    for (const std::string& name : written) plain.push_back(plain_column(without_unit(name).name));
    std::vector<bool> used(written.size(), false);
    const auto take = [&](std::size_t c) { return used[c] = true, c; };
    for (std::size_t c = 0; c < written.size(); ++c) {
      const std::string& name = plain[c];
      if (name == "source" || name == ":startid") columns.from = take(c), columns.from_space = space_of(written[c]);
      if (name == "target" || name == ":endid") columns.to = take(c), columns.to_space = space_of(written[c]);
      if (name == ":type") columns.kind = take(c);
      if (name == ":id" || (tool_ == Tool::gephi && name == "id"))
        columns.id = take(c), columns.id_space = space_of(written[c]);
      if (name == ":label" || fold(written[c]).ends_with(":ignore")) take(c);
      if (tool_ == Tool::gephi && name == "type") columns.type = take(c);
      if (tool_ == Tool::gephi && (name == "timeset" || name == "interval")) columns.times = take(c);
      if (name == "kind") columns.kind = take(c);
      if (tool_ == Tool::gephi && name == "label") columns.name = take(c);
    }
    const TableKind table = columns.edges() ? TableKind::relations : TableKind::companies;
    const std::vector<std::string_view> fields = fields_of(table);
    for (std::size_t field = 0; field < fields.size(); ++field) {
      if (field == 0 || (table == TableKind::relations && field <= 2)) continue;  // ids and kind
      std::size_t found = nowhere;
      bool foreign = false;
      for (const auto& [told, column] : mapping_.columns)
        for (std::size_t c = 0; c < written.size() && found == nowhere; ++c)
          if (told == fields[field] && (written[c] == column || plain[c] == plain_column(column)))
            found = take(c), foreign = plain_column(column) != plain_column(fields[field]);
      for (std::size_t c = 0; c < written.size() && found == nowhere; ++c)
        if (!used[c] && plain[c] == plain_column(fields[field])) found = take(c);
      if (found == nowhere) continue;
      columns.fields.emplace_back(field, found);
      columns.foreign.push_back(foreign);
    }
    for (std::size_t c = 0; c < written.size(); ++c)
      if (!used[c] && !written[c].empty()) unread_.insert(written[c]);
    if (!columns.edges() && columns.id == nowhere)
      fail(input, fmt::format("holds neither nodes nor edges; its columns are {}", fmt::join(written, ", ")),
           tool_ == Tool::gephi ? "nodes have the column Id, edges Source and Target"
                                : "nodes have a column with :ID, edges :START_ID and :END_ID");
    if (columns.edges() && columns.kind == nowhere && !mapping_.as_kind && !mapping_.defaults.contains("kind"))
      fail(input, "no column says what an edge is", "say what all are: --as-kind supplies");
    return columns;
  }

  void read(const InputFile& input) {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
    if (bytes == nullptr) return;
    const Columns& columns = columns_[input.name];
    const std::uint32_t file = intake_.file(input);
    const auto header = header_of_.find(input.name);
    TextTableRows rows(*bytes, separators_[input.name], true,
                       header == header_of_.end() ? std::string_view() : std::string_view(header->second));
    edges_ = edges_ || columns.edges();
    source_ = fmt::format("{}-{}", tool_ == Tool::gephi ? "gephi" : "neo4j", slug(input.base));
    title_ = input.base;
    while (rows.next()) {
      intake_.row({file, rows.lines().number(), rows.line()});
      intake_.advance(rows.lines().read());
      columns.edges() ? edge(input, rows, columns) : node(rows, columns);
    }
  }

  std::string id_of(std::string_view id, const std::string& space) const {
    return spaced_ && !space.empty() && !id.empty() ? fmt::format("{}:{}", space, id) : std::string(id);
  }

  void node(const TextTableRows& rows, const Columns& columns) {
    if (rows[columns.id].empty()) return intake_.skip("a node without an id");
    std::vector<std::string> cells(fields_of(TableKind::companies).size());
    for (const auto& [field, column] : columns.fields) cells[field] = rows[column];
    std::string& revenue = cells[static_cast<std::size_t>(CompanyField::revenue)];
    if (!revenue.empty()) undress_amount("revenue", revenue);
    const auto cell = [&](CompanyField field) -> std::string& { return cells[static_cast<std::size_t>(field)]; };
    cell(CompanyField::id) = id_of(rows[columns.id], columns.id_space);
    if (columns.name != nowhere && cell(CompanyField::name).empty()) cell(CompanyField::name) = rows[columns.name];
    intake_.emit(TableKind::companies, std::move(cells));
  }

  void edge(const InputFile& input, const TextTableRows& rows, const Columns& columns) {
    const std::string type = columns.type == nowhere ? std::string() : fold(rows[columns.type]);
    const bool undirected = type == "undirected";
    if (undirected && !mapping_.undirected_out && !mapping_.undirected_both)
      return intake_.skip("an undirected edge; --undirected-as out or both says what it means");
    std::vector<std::string> cells(fields_of(TableKind::relations).size());
    const auto cell = [&](RelationField field) -> std::string& { return cells[static_cast<std::size_t>(field)]; };
    for (std::size_t i = 0; i < columns.fields.size(); ++i) {
      const auto [field, column] = columns.fields[i];
      cells[field] = rows[column];
      if (!cells[field].empty() && !dress(input, rows, field, columns.foreign[i], cells[field])) return;
    }
    cell(RelationField::from) = id_of(rows[columns.from], columns.from_space);
    cell(RelationField::to) = id_of(rows[columns.to], columns.to_space);
    if (mapping_.as_kind)
      cell(RelationField::kind) = to_string(*mapping_.as_kind);
    else if (columns.kind != nowhere)
      cell(RelationField::kind) = fold(mapping_.value("kind", rows[columns.kind]));
    if (columns.times != nowhere)
      take_times(rows[columns.times], cell(RelationField::since), cell(RelationField::until));
    if (cell(RelationField::source).empty()) {
      intake_.source({{SourceField::id, source_}, {SourceField::title, title_}});
      cell(RelationField::source) = source_;
    }
    if (mapping_.reverse || intake_.options().direction == "buys")
      std::swap(cell(RelationField::from), cell(RelationField::to));
    std::vector<std::string> back = cells;
    intake_.emit(TableKind::relations, std::move(cells));
    if (!undirected || !mapping_.undirected_both) return;
    std::swap(back[0], back[1]);
    intake_.emit(TableKind::relations, std::move(back));
  }

  // Of numbers without a unit, the column's word; where nobody gave one, it is asked, once.
  bool dress(const InputFile& input, const TextTableRows& rows, std::size_t field, bool foreign, std::string& text) {
    const std::string_view name = fields_of(TableKind::relations)[field];
    const ColumnDress told = mapping_.dress(name);
    const bool share = name == "revenue_share" || name == "supply_share" || name == "stake";
    if (share && foreign && told.percent == Percent::unsaid && text.back() >= '0' && text.back() <= '9') {
      if (asked_.insert(std::string(name)).second)
        intake_.error(
            input.name, rows.lines().number(), std::string(name),
            fmt::format("is {} a fraction or percent?", quote(text)),
            fmt::format("if all are fractions of 1: --percent {0}=fraction; if percent: --percent {0}=number", name));
      return false;
    }
    if (share && told.told()) {
      const Undressed plain = undressed_share(text, told);
      if (!plain.plain.empty()) text = plain.plain;
    }
    if (name == "value") undress_amount(name, text);
    return true;
  }

  void undress_amount(std::string_view field, std::string& text) const {
    const ColumnDress told = mapping_.dress(field);
    if (!told.told()) return;
    const Undressed plain = undressed_amount(text, told, told.decimal == 0 ? '.' : told.decimal);
    if (!plain.plain.empty()) text = plain.plain;
  }

  // `<[2019.0, 2020.0]>`: from the first year to the last.
  static void take_times(std::string_view text, std::string& since, std::string& until) {
    const std::size_t open = text.find('[');
    const std::size_t comma = text.find(',', open);
    const std::size_t close = text.find_first_of("]);", comma);
    if (open == std::string_view::npos || comma == std::string_view::npos || close == std::string_view::npos) return;
    const auto day = [](std::string_view word) {
      while (word.starts_with(' ')) word.remove_prefix(1);
      return std::string(word.substr(0, word.ends_with(".0") ? word.size() - 2 : word.size()));
    };
    if (since.empty()) since = day(text.substr(open + 1, comma - open - 1));
    if (until.empty()) until = day(text.substr(comma + 1, close - comma - 1));
    if (since == "-Infinity") since.clear();
    if (until == "Infinity") until.clear();
  }

  Intake& intake_;
  const Mapping& mapping_;
  Tool tool_;
  bool failed_ = false, edges_ = false, spaced_ = false;
  std::map<std::string, std::string> headers_;    // of header files, by stem
  std::map<std::string, std::string> header_of_;  // by input
  std::map<std::string, char> separators_;
  std::map<std::string, Columns> columns_;
  std::set<std::string> unread_, asked_;
  std::string source_, title_;
};

}  // namespace

void import_gephi(Intake& intake) { GraphTables(intake, Tool::gephi).run(); }
void import_neo4j(Intake& intake) { GraphTables(intake, Tool::neo4j).run(); }

}  // namespace tierscope::core
