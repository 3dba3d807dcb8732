// What no row alone can tell: shares that come to more than there is, owners who own each other. `check` refuses such
// data, so these rows are left out; which of them is wrong, nobody can tell from them.

#include <fmt/format.h>

#include <tierscope/check.hpp>

#include <algorithm>
#include <array>

#include "graph/components.hpp"
#include "graph/csr.hpp"
#include "import/intake.hpp"
#include "model/nobody.hpp"

namespace tierscope::core {
namespace {

std::string columns_of(TableKind kind) {
  std::string list;
  for (const std::string_view field : fields_of(kind))
    list += fmt::format("{}\"c_{}\"", list.empty() ? "" : ",", field);
  return list;
}

TextTable empty_table(TableKind kind) {
  TextTable table{std::string(to_string(kind)), {}, {}};
  for (const std::string_view field : fields_of(kind)) table.columns.emplace_back(field);
  return table;
}

void add(TextTable& table, const Statement& rows, int from) {
  std::vector<std::string>& cells = table.rows.emplace_back();
  for (std::size_t i = 0; i < table.columns.size(); ++i) cells.emplace_back(rows.text(from + static_cast<int>(i)));
}

/// Rows that may contradict each other, and what `check` says of them.
struct Group {
  std::vector<std::int64_t> numbers;  // `seq` of its relations
  TextTable companies = empty_table(TableKind::companies);
  TextTable relations = empty_table(TableKind::relations);

  std::string cell(std::size_t row, RelationField field) const {
    return relations.rows[row][static_cast<std::size_t>(field)];
  }
  void erase(std::size_t row) {
    numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(row));
    relations.rows.erase(relations.rows.begin() + static_cast<std::ptrdiff_t>(row));
  }

  struct Wrong {
    std::size_t row = 0;
    std::string attribute, what;
  };
  std::optional<Wrong> wrong() const {
    if (relations.rows.empty()) return {};
    const Result<tierscope::Model> model = tierscope::build({companies, relations});
    if (!model) return Wrong{0, "", "rows that cannot be read together"};
    const Result<Check> checked = check(*model, {});
    if (!checked) return {};
    for (const Finding& finding : checked->results)
      if (finding.severity == "error" && finding.line && *finding.line >= 1 && *finding.line <= numbers.size())
        return Wrong{*finding.line - 1, std::string(finding.attribute), std::string(finding.kind)};
    return {};
  }
};

std::string reason_of(std::string_view kind) {
  if (kind == "contradicting-shares") return "shares of one purchase or revenue that come to more than 100 %";
  if (kind == "stakes-above-one") return "stakes of one company that come to more than 100 %";
  if (kind == "two-majorities") return "two majority owners of one company";
  if (kind == "ownership-ring") return "majority owners that own each other";
  if (kind == "shared-label") return "a label that several companies have relations with";
  return std::string(kind);
}

/// The rows that the error is about: of its figure and its year; of a ring or a label, all that make it.
std::vector<std::size_t> rows_of(const Group& group, const Group::Wrong& wrong) {
  std::vector<std::size_t> rows;
  const bool whole = wrong.what == "ownership-ring" || wrong.what == "shared-label" || wrong.attribute.empty();
  const std::string year = group.cell(wrong.row, RelationField::as_of).substr(0, 4);
  for (std::size_t row = 0; row < group.numbers.size(); ++row) {
    const auto figure = find_field(TableKind::relations, wrong.attribute);
    const bool states = figure && !group.relations.rows[row][*figure].empty();
    if (whole || row == wrong.row || (states && group.cell(row, RelationField::as_of).substr(0, 4) == year))
      rows.push_back(row);
  }
  return rows;
}

}  // namespace

void Intake::leave_contradictions_out() {
  database_.run(
      "CREATE INDEX out_by_line ON out_relations(file,line);"
      "CREATE INDEX out_by_from ON out_relations(c_from);"
      "CREATE INDEX out_by_to ON out_relations(c_to)");
  Statement rows_where = database_.prepare("SELECT seq,file,line,text,fate,reason," + columns_of(TableKind::relations) +
                                           " FROM out_relations WHERE seq=?");
  Statement companies =
      database_.prepare("SELECT " + columns_of(TableKind::companies) + " FROM out_companies WHERE c_id=?");
  Statement erase = database_.prepare("DELETE FROM out_relations WHERE file=? AND line=?");
  const auto leave_out = [&](const std::vector<std::int64_t>& numbers) {
    Group group;
    std::set<std::string> ids;
    for (const std::int64_t number : numbers) {
      rows_where.bind(0, number);
      while (rows_where.step()) {
        group.numbers.push_back(number);
        add(group.relations, rows_where, 6);
        ids.insert(group.cell(group.numbers.size() - 1, RelationField::from));
        ids.insert(group.cell(group.numbers.size() - 1, RelationField::to));
      }
    }
    for (const std::string& id : ids) {
      companies.bind(0, id);
      while (companies.step()) add(group.companies, companies, 0);
    }
    while (const std::optional<Group::Wrong> wrong = group.wrong()) {
      std::vector<std::size_t> bad = rows_of(group, *wrong);
      std::reverse(bad.begin(), bad.end());  // the last first: places before it stay
      for (const std::size_t row : bad) {
        const std::int64_t number = group.numbers[row];
        rows_where.bind(0, number);
        if (rows_where.step()) {  // else another of its input row's relations took it away
          refuse(rows_where, reason_of(wrong->what));
          erase.bind(0, rows_where.integer(1)).bind(1, rows_where.integer(2));
          rows_where.reset();
          erase.run();
        }
        group.erase(row);
      }
    }
  };
  const auto groups = [&](std::string_view key, std::string_view where, std::string_view having) {
    std::vector<std::string> keys;
    Statement found = database_.prepare(
        fmt::format("SELECT {0} FROM out_relations WHERE {1} GROUP BY {0} HAVING {2}", key, where, having));
    while (found.step()) keys.emplace_back(found.text(0));
    Statement members =
        database_.prepare(fmt::format("SELECT seq FROM out_relations WHERE {}=? AND {} ORDER BY seq", key, where));
    for (const std::string& one : keys) {
      std::vector<std::int64_t> numbers;
      members.bind(0, one);
      while (members.step()) numbers.push_back(members.integer(0));
      leave_out(numbers);
    }
  };
  // Sums over all years are at least those of one; `check` looks at each year.
  constexpr std::string_view supplies = "c_kind='supplies'";
  groups("c_from", supplies,
         "sum(revenue)>1.0000001 OR (count(*)>sum(c_value='') AND EXISTS(SELECT 1 FROM out_companies WHERE "
         "c_id=c_from AND c_revenue<>'') AND count(revenue)<count(*))");
  groups("c_to", supplies, "sum(supply)>1.0000001");
  groups("c_to", "c_kind='owns'", "sum(owned)>1.0000001 OR sum(owned>=.5)>1");
  for (std::vector<std::int64_t>& ring : rings()) leave_out(ring);
  Statement labels = database_.prepare(
      "SELECT id FROM (SELECT c_from id,c_to other FROM out_relations UNION SELECT c_to,c_from FROM out_relations) "
      "GROUP BY id HAVING count(*)>1");
  std::vector<std::string> shared;
  while (labels.step()) {
    companies.bind(0, labels.text(0));
    std::string name(labels.text(0));
    while (companies.step())
      if (!companies.text(1).empty()) name = companies.text(1);
    if (anonymous_label(name)) shared.emplace_back(labels.text(0));
  }
  Statement of_label = database_.prepare("SELECT seq FROM out_relations WHERE c_from=?1 OR c_to=?1 ORDER BY seq");
  for (const std::string& id : shared) {
    std::vector<std::int64_t> numbers;
    of_label.bind(0, id);
    while (of_label.step()) numbers.push_back(of_label.integer(0));
    leave_out(numbers);
  }
  database_.run(
      "CREATE TABLE out_related(id TEXT PRIMARY KEY) WITHOUT ROWID;"
      "INSERT OR IGNORE INTO out_related SELECT c_from FROM out_relations;"
      "INSERT OR IGNORE INTO out_related SELECT c_to FROM out_relations");
}

// Relations of ownership that may be control, in rings: each ring's rows. 20 bytes a relation are kept.
std::vector<std::vector<std::int64_t>> Intake::rings() {
  database_.run(
      "CREATE TABLE out_owners(number INTEGER PRIMARY KEY,id TEXT UNIQUE);"
      "INSERT OR IGNORE INTO out_owners(id) SELECT c_from FROM out_relations WHERE c_kind='owns';"
      "INSERT OR IGNORE INTO out_owners(id) SELECT c_to FROM out_relations WHERE c_kind='owns'");
  struct Edge {
    std::uint32_t from, to;
    std::int64_t number;
  };
  std::vector<Edge> edges;
  Statement found = database_.prepare(
      "SELECT a.number,b.number,seq FROM out_relations JOIN out_owners a ON a.id=c_from JOIN out_owners b ON "
      "b.id=c_to WHERE c_kind='owns' AND (owned IS NULL OR owned>=.5) ORDER BY seq");
  std::uint32_t most = 0;
  while (found.step()) {
    edges.push_back(
        {static_cast<std::uint32_t>(found.integer(0)), static_cast<std::uint32_t>(found.integer(1)), found.integer(2)});
    most = std::max({most, edges.back().from, edges.back().to});
  }
  const Csr graph(most + 1, static_cast<std::uint32_t>(edges.size()), [&](std::uint32_t row) {
    struct {
      std::uint32_t from, to;
    } const ends{edges[row].from, edges[row].to};
    return ends;
  });
  std::vector<std::vector<std::int64_t>> rings;
  std::vector<std::uint32_t> ring_of(most + 1, UINT32_MAX);
  for (const std::vector<std::uint32_t>& members : strong_components_of(graph)) {
    for (const std::uint32_t v : members) ring_of[v] = static_cast<std::uint32_t>(rings.size());
    rings.emplace_back();
  }
  for (const Edge& edge : edges)
    if (ring_of[edge.from] != UINT32_MAX && ring_of[edge.from] == ring_of[edge.to])
      rings[ring_of[edge.from]].push_back(edge.number);
  std::erase_if(rings, [](const auto& ring) { return ring.size() < 2; });
  return rings;
}

}  // namespace tierscope::core
