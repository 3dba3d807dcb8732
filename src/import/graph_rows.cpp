#include "import/graph_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <tierscope/kinds.hpp>

#include "base/unicode.hpp"
#include "import/slug.hpp"
#include "model/names.hpp"
#include "read/dress.hpp"
#include "read/synonyms.hpp"

namespace tierscope::core {
namespace {

std::string_view at(GraphRows::Cells cells, std::size_t column) {
  return column < cells.size() ? cells[column] : std::string_view();
}

/// Of `companyId:ID(Company)` and `:START_ID(Company)` the id space; empty = none.
std::string space_of(std::string_view column) {
  const std::size_t open = column.find('(');
  return open == std::string_view::npos || !column.ends_with(')')
             ? std::string()
             : std::string(column.substr(open + 1, column.size() - open - 2));
}

void take_times(std::string_view text, std::string& since, std::string& until) {
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

}  // namespace

GraphRows::GraphRows(Intake& intake, Tool tool) : intake_(intake), mapping_(intake.mapping()), tool_(tool) {
  if (tool_ != Tool::neo4j && !mapping_.reverse && intake_.options().direction.empty())
    intake_.error({}, 0, "--direction", "Gephi's edges do not say what they mean",
                  "name it: supplies (Source delivers to Target), or buys (Source buys from Target)");
}

void GraphRows::fail(const InputFile& input, std::string what, std::string remedy) {
  failed_ = true;
  intake_.error(input.name, 1, {}, std::move(what), std::move(remedy));
}

GraphColumns GraphRows::columns_of(const InputFile& input, const std::vector<std::string>& written) {
  const bool table = tool_ == Tool::gephi;  // Gephi's own names of columns
  GraphColumns columns;
  std::vector<std::string> plain;
  plain.reserve(written.size());
  for (const std::string& name : written) plain.push_back(plain_column(without_unit(name).name));
  std::vector<bool> used(written.size(), false);
  const auto take = [&](std::size_t c) { return used[c] = true, c; };
  for (std::size_t c = 0; c < written.size(); ++c) {
    const std::string& name = plain[c];
    if (name == "source" || name == ":startid") columns.from = take(c), columns.from_space = space_of(written[c]);
    if (name == "target" || name == ":endid") columns.to = take(c), columns.to_space = space_of(written[c]);
    if (name == ":type") columns.kind = take(c);
    if (name == ":id" || (table && name == "id")) columns.id = take(c), columns.id_space = space_of(written[c]);
    if (name == ":label" || fold(written[c]).ends_with(":ignore")) take(c);
    if (table && name == "type") columns.type = take(c);
    if (table && (name == "timeset" || name == "interval")) columns.times = take(c);
    if (name == "kind") columns.kind = take(c);
    if (tool_ != Tool::neo4j && name == "label") columns.name = take(c);
  }
  if (!columns.id_space.empty()) spaces_.insert(columns.id_space);
  const TableKind kind_of_table = columns.edges() ? TableKind::relations : TableKind::companies;
  const std::vector<std::string_view> fields = fields_of(kind_of_table);
  for (std::size_t field = 0; field < fields.size(); ++field) {
    if (field == 0 || (columns.edges() && field <= 2)) continue;  // ids and kind
    std::size_t found = TextTableRows::nowhere;
    bool foreign = false;
    for (const auto& [told, column] : mapping_.columns)
      for (std::size_t c = 0; c < written.size() && found == TextTableRows::nowhere; ++c)
        if (told == fields[field] && (written[c] == column || plain[c] == plain_column(column)))
          found = take(c), foreign = plain_column(column) != plain_column(fields[field]);
    for (std::size_t c = 0; c < written.size() && found == TextTableRows::nowhere; ++c)
      if (!used[c] && plain[c] == plain_column(fields[field])) found = take(c);
    if (found == TextTableRows::nowhere) continue;
    columns.fields.emplace_back(field, found);
    columns.foreign.push_back(foreign);
  }
  for (std::size_t c = 0; c < written.size(); ++c)
    if (!used[c] && !written[c].empty()) unread_.insert(written[c]);
  if (!columns.edges() && columns.id == TextTableRows::nowhere)
    fail(input, fmt::format("holds neither nodes nor edges; its columns are {}", fmt::join(written, ", ")),
         table ? "nodes have the column Id, edges Source and Target"
               : "nodes have a column with :ID, edges :START_ID and :END_ID");
  if (columns.edges() && columns.kind == TextTableRows::nowhere && !mapping_.as_kind &&
      !mapping_.defaults.contains("kind"))
    fail(input, "no column says what an edge is", "say what all are: --as-kind supplies");
  return columns;
}

void GraphRows::begin(const InputFile& input) {
  input_ = input.name;
  source_ = fmt::format("{}-{}",
                        tool_ == Tool::neo4j  ? "neo4j"
                        : tool_ == Tool::gexf ? "gexf"
                                              : "gephi",
                        slug(input.base));
  title_ = input.base;
}

void GraphRows::finish() {
  if (spaces_.size() > 1)
    intake_.note(fmt::format("ids are unique within their id space alone, so that they are written as in {}:1",
                             *spaces_.begin()));
  if (!unread_.empty())
    intake_.note(fmt::format("columns that are not read: {}; --map names what they are", fmt::join(unread_, ", ")));
  if (!edges_ && !intake_.inputs().empty() && !failed_)
    intake_.error(intake_.inputs().front().name, 0, {}, "no input holds edges",
                  tool_ == Tool::neo4j   ? "give the table with the columns :START_ID and :END_ID"
                  : tool_ == Tool::gephi ? "give the table with the columns Source and Target"
                                         : "a graph without edges has no relations");
}

std::string GraphRows::id_of(std::string_view id, const std::string& space) const {
  return spaces_.size() > 1 && !space.empty() && !id.empty() ? fmt::format("{}:{}", space, id) : std::string(id);
}

void GraphRows::node(Cells cells_of, const GraphColumns& columns) {
  if (at(cells_of, columns.id).empty()) return intake_.skip("a node without an id");
  std::vector<std::string> cells(fields_of(TableKind::companies).size());
  for (const auto& [field, column] : columns.fields) cells[field] = at(cells_of, column);
  std::string& revenue = cells[static_cast<std::size_t>(CompanyField::revenue)];
  if (!revenue.empty()) undress_amount("revenue", revenue);
  const auto cell = [&](CompanyField field) -> std::string& { return cells[static_cast<std::size_t>(field)]; };
  cell(CompanyField::id) = id_of(at(cells_of, columns.id), columns.id_space);
  if (columns.name != TextTableRows::nowhere && cell(CompanyField::name).empty())
    cell(CompanyField::name) = at(cells_of, columns.name);
  intake_.emit(TableKind::companies, std::move(cells));
}

void GraphRows::edge(std::uint64_t line, Cells cells_of, const GraphColumns& columns, bool undirected) {
  edges_ = true;
  const std::string type = columns.type == TextTableRows::nowhere ? std::string() : fold(at(cells_of, columns.type));
  undirected = undirected || type == "undirected";
  if (undirected && !mapping_.undirected_out && !mapping_.undirected_both)
    return intake_.skip("an undirected edge; --undirected-as out or both says what it means");
  std::vector<std::string> cells(fields_of(TableKind::relations).size());
  const auto cell = [&](RelationField field) -> std::string& { return cells[static_cast<std::size_t>(field)]; };
  for (std::size_t i = 0; i < columns.fields.size(); ++i) {
    const auto [field, column] = columns.fields[i];
    cells[field] = at(cells_of, column);
    if (!cells[field].empty() && !dress(line, field, columns.foreign[i], cells[field])) return;
  }
  cell(RelationField::from) = id_of(at(cells_of, columns.from), columns.from_space);
  cell(RelationField::to) = id_of(at(cells_of, columns.to), columns.to_space);
  if (mapping_.as_kind)
    cell(RelationField::kind) = to_string(*mapping_.as_kind);
  else if (columns.kind != TextTableRows::nowhere)
    cell(RelationField::kind) = fold(mapping_.value("kind", at(cells_of, columns.kind)));
  if (columns.times != TextTableRows::nowhere)
    take_times(at(cells_of, columns.times), cell(RelationField::since), cell(RelationField::until));
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

bool GraphRows::dress(std::uint64_t line, std::size_t field, bool foreign, std::string& text) {
  const std::string_view name = fields_of(TableKind::relations)[field];
  const ColumnDress told = mapping_.dress(name);
  const bool share = name == "revenue_share" || name == "supply_share" || name == "stake";
  if (share && foreign && told.percent == Percent::unsaid && text.back() >= '0' && text.back() <= '9') {
    if (asked_.insert(std::string(name)).second)
      intake_.error(
          input_, line, std::string(name), fmt::format("is {} a fraction or percent?", quote(text)),
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

void GraphRows::undress_amount(std::string_view field, std::string& text) const {
  const ColumnDress told = mapping_.dress(field);
  if (!told.told()) return;
  const Undressed plain = undressed_amount(text, told, told.decimal == 0 ? '.' : told.decimal);
  if (!plain.plain.empty()) text = plain.plain;
}

}  // namespace tierscope::core
