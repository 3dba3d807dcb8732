#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/unicode.hpp"
#include "memory_files.hpp"
#include "model/fields.hpp"
#include "read/build.hpp"
#include "read/headers.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

Records read(std::string_view dot) {
  Records records;
  records.graphs = {"g"};
  records.files = {"g.dot"};
  read_dot(dot, 0, 0, records);
  return records;
}

/// A model made by hand; `Maker::text` interns.
struct Maker {
  Parts parts;

  Text text(std::string_view text) { return parts.pool->intern(text); }
  void company(std::string_view id, std::string_view name = "") {
    Company company;
    company.id = text(id);
    company.name = name.empty() ? company.id : text(name);
    parts.companies.push_back(company);
  }
  Relation& relation(CompanyIndex from, CompanyIndex to) {
    Relation relation;
    relation.from = from;
    relation.to = to;
    return parts.relations.emplace_back(relation);
  }
  void source(std::string_view id, std::string_view title = "") {
    Source source;
    source.id = text(id);
    source.title = text(title);
    parts.sources.push_back(source);
  }
  void extra(std::vector<Extra> Parts::*extras, std::uint32_t row, std::string_view name, std::string_view value) {
    (parts.*extras).push_back({row, text(name), text(value)});
  }
  std::string dot() { return write_dot(Model(std::move(parts))); }
};

using Rows = std::vector<std::map<std::string, std::string>>;

/// Rows as their cells that are not empty, whatever the order of the columns.
Rows rows_of(const Records& records, TableKind kind) {
  Rows rows;
  for (const RecordTable& table : records.tables) {
    if (table.kind != kind) continue;
    const std::size_t width = table.columns.size();
    for (std::size_t row = 0; row < table.rows(); ++row) {
      rows.emplace_back();
      for (std::size_t i = 0; i < width; ++i)
        if (const std::string_view cell = table.cells[row * width + i]; !cell.empty())
          rows.back().emplace(table.columns[i], cell);
    }
  }
  return rows;
}

Rows rows_of(const Model& model, TableKind kind) {
  Rows rows;
  Flat flat(model, kind);
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < flat.size(); ++i) {
    flat.row(i, cells);
    rows.emplace_back();
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (!cells[c].empty()) rows.back().emplace(flat.columns()[c], cells[c]);
  }
  return rows;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// The most bytes between two quotes of a string.
std::size_t longest_string(const std::string& dot) {
  std::size_t longest = 0;
  bool inside = false;
  for (std::size_t i = 0, begin = 0; i < dot.size(); ++i) {
    if (dot[i] == '\\') {
      ++i;
    } else if (dot[i] == '"') {
      if (inside) longest = std::max(longest, i - begin - 1);
      begin = i;
      inside = !inside;
    }
  }
  return longest;
}

/// Text from pieces that have hurt someone.
std::string hostile() {
  static const std::vector<std::string> pieces = {
      "\\",     "\"",     "\\\"",      "\n",    "\r",   "\t",    "\\n",   "\\N", "%n",      "%",      "<",
      ">",      "<b>",    "</script>", "]",     "[",    "}",     "->",    ";",   ",",       "=",      ":",
      "@",      "+",      "#",         "//",    "/*",   "*/",    "\"+\"", "😀",   "שלום",    "腾讯",   "é",
      "\u202e", "\ufeff", "\x01",      "data_", "kind", "label", "node",  "id",  "source:", "rate:1", "company:",
      "a",      " ",      "\\\n",      "\\\\",  "'",    "&amp;", "--",    "3M"};
  std::string text;
  for (int n = *rc::gen::inRange(0, 9); n > 0; --n) text += *rc::gen::elementOf(pieces);
  return text;
}

std::string hostile_word() {
  std::string text = hostile();
  return text.empty() ? "x" : text;
}

// Such a column would be read as the known one, or be taken for a misspelt one.
bool known_or_near(TableKind kind, const std::string& name) {
  Records records;
  records.files = {"g"};
  RecordTable table;
  table.kind = kind;
  table.columns = {name};
  settle_columns(table, 0, records);
  return find_field(kind, table.columns[0]) || !records.problems.empty();
}

void add_extras(Maker& maker, std::vector<Extra> Parts::*extras, TableKind table, std::uint32_t row) {
  std::set<std::string> names;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
    const std::string name = *rc::gen::inRange(0, 2) == 0
                                 ? hostile_word()
                                 : *rc::gen::element<std::string>("label", "id", "key", "kind", "from", "data_x",
                                                                  "data_", "Graph", "pos", "42");
    if (!known_or_near(table, name) && names.insert(name).second) maker.extra(extras, row, name, hostile_word());
  }
}

/// Companies, relations, sources, rates and unknown columns with hostile text everywhere.
Parts hostile_parts() {
  Maker maker;
  std::set<std::string> ids;
  const auto fresh = [&](std::string id) {
    while (!ids.insert(id).second) id += "'";
    return id;
  };
  const int companies = *rc::gen::inRange(1, 6);
  for (int i = 0; i < companies; ++i) {
    maker.company(fresh(hostile_word()), hostile());
    maker.parts.companies.back().sector = maker.text(hostile());
    maker.parts.companies.back().aggregate = *rc::gen::arbitrary<bool>();
    add_extras(maker, &Parts::company_extras, TableKind::companies, static_cast<std::uint32_t>(i));
  }
  const int relations = *rc::gen::inRange(0, 6);
  for (int i = 0; i < relations; ++i) {
    const auto from = static_cast<CompanyIndex>(*rc::gen::inRange(0, companies));
    Relation& relation = maker.relation(from, static_cast<CompanyIndex>(*rc::gen::inRange(0, companies)));
    relation.note = maker.text(hostile());
    relation.kind = *rc::gen::elementOf(std::vector<Kind>(all_kinds.begin(), all_kinds.end()));
    relation.value.reported = maker.text(hostile());
    add_extras(maker, &Parts::relation_extras, TableKind::relations, static_cast<std::uint32_t>(i));
  }
  ids.clear();
  for (int i = *rc::gen::inRange(0, 3), row = 0; i > 0; --i, ++row) {
    maker.source(fresh(hostile_word()), hostile());
    add_extras(maker, &Parts::source_extras, TableKind::sources, static_cast<std::uint32_t>(row));
  }
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    Rate rate;
    rate.reported = hostile();
    rate.source = maker.text(hostile());
    maker.parts.rates.push_back(rate);
  }
  return std::move(maker.parts);
}

}  // namespace

TEST_CASE("DOT is written in the order of the model, a statement a line, only what is given") {
  Maker maker;
  maker.company("tsmc", "TSMC");
  maker.company("nvidia");
  Relation& relation = maker.relation(0, 1);
  relation.category = maker.text("chips");
  relation.sources = maker.text("ar;ft");
  maker.source("ar", "Annual report");
  Rate rate;
  rate.reported = "7.1";
  rate.date = {2025, 3, 0};
  maker.parts.rates.push_back(rate);
  maker.extra(&Parts::company_extras, 1, "founded", "1993");
  CHECK(maker.dot() ==
        "digraph tierscope {\n"
        "  \"tsmc\" [name=\"TSMC\"]\n"
        "  \"nvidia\" [founded=\"1993\"]\n"
        "  \"tsmc\" -> \"nvidia\" [kind=\"supplies\", category=\"chips\", source=\"ar;ft\"]\n"
        "  \"source:ar\" [kind=\"source\", id=\"ar\", title=\"Annual report\"]\n"
        "  \"rate:1\" [kind=\"rate\", rate=\"7.1\", date=\"2025-03\"]\n"
        "}\n");
}

TEST_CASE("an empty model is an empty graph in DOT") { CHECK(Maker().dot() == "digraph tierscope {\n}\n"); }

TEST_CASE("a company, a source and a rate never share a node in DOT") {
  Maker maker;
  for (const char* id : {"x", "source:x", "rate:1", "company:x", "%x"}) maker.company(id);
  maker.relation(1, 4);
  maker.source("x");
  maker.parts.rates.emplace_back();
  const std::string dot = maker.dot();
  CHECK(dot ==
        "digraph tierscope {\n"
        "  \"x\"\n"
        "  \"company:source:x\" [id=\"source:x\"]\n"
        "  \"company:rate:1\" [id=\"rate:1\"]\n"
        "  \"company:company:x\" [id=\"company:x\"]\n"
        "  \"company:%x\" [id=\"%x\"]\n"
        "  \"company:source:x\" -> \"company:%x\" [kind=\"supplies\"]\n"
        "  \"source:x\" [kind=\"source\", id=\"x\"]\n"
        "  \"rate:1\" [kind=\"rate\"]\n"
        "}\n");
  const Records records = read(dot);
  CHECK(problems_of(records) == "");
  CHECK(tables_of(records) ==
        "companies: id\n2: x\n3: source:x\n4: rate:1\n5: company:x\n6: %x\n"
        "relations: from,to,kind\n7: source:x|%x|supplies\nsources: id\n8: x\nrates: \n9: \n");
}

TEST_CASE("unknown columns that DOT would take for something else are written as data_X") {
  Maker maker;
  maker.company("a");
  maker.relation(0, 0);
  maker.source("s");
  for (const char* name : {"label", "kind", "key", "data_x", "My \"column\"", "node", "id2"})
    maker.extra(&Parts::company_extras, 0, name, "v");
  for (const char* name : {"weight", "key", "id"}) maker.extra(&Parts::relation_extras, 0, name, "v");
  maker.extra(&Parts::source_extras, 0, "kind", "book");
  CHECK(maker.dot() ==
        "digraph tierscope {\n"
        "  \"a\" [data_label=\"v\", data_kind=\"v\", key=\"v\", data_data_x=\"v\", \"My \\\"column\\\"\"=\"v\", "
        "\"node\"=\"v\", id2=\"v\"]\n"
        "  \"a\" -> \"a\" [kind=\"supplies\", data_weight=\"v\", data_key=\"v\", id=\"v\"]\n"
        "  \"source:s\" [kind=\"source\", id=\"s\", data_kind=\"book\"]\n"
        "}\n");
}

TEST_CASE("a column id that names two relations alike is no relation id in DOT") {
  Maker maker;
  maker.company("a");
  maker.relation(0, 0);
  maker.relation(0, 0);
  maker.extra(&Parts::relation_extras, 0, "id", "same");
  maker.extra(&Parts::relation_extras, 1, "id", "same");
  const Model model(std::move(maker.parts));
  const Records records = read(write_dot(model));
  CHECK(problems_of(records) == "");
  CHECK(rows_of(records, TableKind::relations) == rows_of(model, TableKind::relations));
}

TEST_CASE("backslashes, quotes, line breaks and what looks like markup are escaped or quoted in DOT") {
  Maker maker;
  maker.company("a\\", "<b>\\\"q\"\n\r\t\\N</script>%n");
  CHECK(maker.dot() == "digraph tierscope {\n  \"a\\\\\" [name=\"<b>\\\\\\\"q\\\"\\n\\r\t\\\\N</script>%n\"]\n}\n");
}

TEST_CASE("names of any length survive DOT, in pieces that every Graphviz can read") {
  for (const std::string& text :
       {repeated("x", 10'000), repeated("腾", 10'000), repeated("\\\"", 30'000), repeated("😀\\", 100'000)}) {
    Maker maker;
    maker.company("id" + text, text);
    const std::string dot = maker.dot();
    CHECK(longest_string(dot) < 16'383);
    CHECK(invalid_utf8(dot) == std::string::npos);
    const Records records = read(dot);
    CHECK(problems_of(records) == "");
    REQUIRE(records.tables.size() == 1);
    CHECK(records.tables[0].cells[0] == "id" + text);
    CHECK(records.tables[0].cells[1] == text);
  }
}

TEST_CASE("100,000 relations are written and read back in no time") {
  Maker maker;
  for (int i = 0; i < 1000; ++i) maker.company("company" + std::to_string(i), "Name " + std::to_string(i));
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    Relation& relation = maker.relation(i % 1000, i / 100);
    relation.item = maker.text("item " + std::to_string(i));
    relation.value.reported = maker.text(std::to_string(i) + "M USD");
  }
  const Model model(std::move(maker.parts));
  const Records records = read(write_dot(model));
  CHECK(problems_of(records) == "");
  REQUIRE(records.tables.size() == 2);
  const RecordTable& relations = records.tables[1];
  CHECK(relations.columns == std::vector<std::string_view>{"from", "to", "kind", "item", "value"});
  CHECK(relations.rows() == 100'000);
  CHECK(relations.lines.back() == 101'001);
  CHECK(relations.cells.back() == "99999M USD");
}

TEST_CASE("any text in any place survives DOT") {
  const auto survives = [] {
    const Model model(hostile_parts());
    const std::string dot = write_dot(model);
    const Records records = read(dot);
    RC_LOG() << dot;
    RC_ASSERT(problems_of(records) == "");
    for (const TableKind table : all_tables) RC_ASSERT(rows_of(records, table) == rows_of(model, table));
  };
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = 1'000;
  const rc::detail::TestResult result = rc::detail::checkTestable(survives, rc::detail::TestMetadata(), params);
  std::ostringstream message;
  rc::detail::printResultMessage(result, message);
  CHECK_MESSAGE(result.is<rc::detail::SuccessResult>(), message.str());
}

TEST_CASE("DOT becomes a model and the same DOT again") {
  const std::string dot =
      "digraph tierscope {\n"
      "  \"tsmc\" [name=\"TSMC\", country=\"TW\", revenue=\"90B USD\", revenue_period=\"2024\", source=\"ar\", "
      "data_label=\"x\"]\n"
      "  \"nvidia\" [name=\"NVIDIA\", aggregate=\"true\"]\n"
      "  \"tsmc\" -> \"nvidia\" [kind=\"supplies\", value=\"~5B USD\", value_basis=\"annual\", as_of=\"2024\", "
      "source=\"ar\", id=\"r1\"]\n"
      "  \"tsmc\" -> \"nvidia\" [kind=\"supplies\", item=\"i\", id=\"r2\"]\n"
      "  \"source:ar\" [kind=\"source\", id=\"ar\", title=\"Annual report\", data_size=\"9\"]\n"
      "  \"rate:1\" [kind=\"rate\", from=\"USD\", to=\"CNY\", rate=\"7.1\", date=\"2024-12-31\", source=\"ar\"]\n"
      "}\n";
  Records records = read(dot);
  const std::optional<Model> model = build(records);
  CHECK(problems_of(records) == "");
  REQUIRE(model);
  CHECK(write_dot(*model) == dot);
}

}  // namespace tierscope::core
