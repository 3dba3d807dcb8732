#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

Records read(std::string_view text, TableKind kind = TableKind::companies) {
  Records records;
  records.graphs = {"g"};
  records.files = {"t.csv"};
  read_csv(text, kind, 0, 0, records);
  read_rows(records);
  return records;
}

std::string rows(std::string_view text) {
  const Records records = read(text);
  CHECK(problems_of(records) == "");
  return tables_of(records);
}

std::string problems(std::string_view text, TableKind kind = TableKind::companies) {
  return problems_of(read(text, kind));
}

/// The cells of one record in a table of its width.
std::vector<std::string> read_back(const std::string& line, std::size_t width) {
  std::vector<std::string> header{"id"};
  while (header.size() < width) header.push_back("c" + std::to_string(header.size()));
  Records records;
  records.files = {"t.csv"};
  const std::string_view bytes = records.keep(csv_line(header) + line);
  read_csv(bytes, TableKind::companies, 0, 0, records);
  read_rows(records);
  if (!records.problems.empty() || records.tables.at(0).rows() != 1) return {problems_of(records)};
  return {records.tables[0].cells.begin(), records.tables[0].cells.end()};
}

}  // namespace

TEST_CASE("a CSV table has a header and rows with the line on which each begins") {
  CHECK(rows("id,name\na,Alpha\nb,Beta\n") == "companies: id,name\n2: a|Alpha\n3: b|Beta\n");
}

TEST_CASE("CSV columns stand in any order, unknown ones are kept, header names are trimmed") {
  CHECK(rows(" name ,\" mood \",\tid\nAlpha,good,a\n") == "companies: name,mood,id\n2: Alpha|good|a\n");
}

TEST_CASE("the header of a second CSV file behind the first is no row") {
  CHECK(problems("id,name\na,Alpha\nid, \"name\"\nb,Beta\n") == "t.csv:3: the header again; delete the line\n");
  CHECK(rows("id,name\nid,Name\n") == "companies: id,name\n2: id|Name\n");  // a company
  CHECK(rows("id\nid\n") == "companies: id\n2: id\n");                      // and so it is here, for all one can tell
}

TEST_CASE("a CSV table may have no rows") {
  CHECK(rows("id\n") == "companies: id\n");
  CHECK(rows("id") == "companies: id\n");
}

TEST_CASE("CSV lines end with LF, CRLF or CR, and the last one with none") {
  CHECK(rows("id,name\r\na,b\r\nc,d") == "companies: id,name\n2: a|b\n3: c|d\n");
  CHECK(rows("id,name\ra,b\rc,d") == "companies: id,name\n2: a|b\n3: c|d\n");
}

TEST_CASE("blank CSV lines are skipped and counted") {
  CHECK(rows("\n \t\nid,name\n\n  \r\na,b\n\n") == "companies: id,name\n6: a|b\n");
}

TEST_CASE("quoted CSV cells hold commas, quotes and line ends") {
  CHECK(rows("id,name\na,\"x, \"\"y\"\"\"\n\"b\",\"\"\n") == "companies: id,name\n2: a|x, \"y\"\n3: b|\n");
  CHECK(rows("id,name\na,\"1\n2\r\n3\r4\"\nb,c\n") == "companies: id,name\n2: a|1\n2\r\n3\r4\n6: b|c\n");
  CHECK(rows("id,name\na,\"\"\"\"\n") == "companies: id,name\n2: a|\"\n");
}

TEST_CASE("unquoted CSV cells lose outer blanks, quoted ones keep them") {
  CHECK(rows("id,name\n a b ,\t c\t\n \" a \" ,\" b\"\n") == "companies: id,name\n2: a b|c\n3:  a | b\n");
}

TEST_CASE("the last CSV cell may be empty without a line end") {
  CHECK(rows("id,name\na,") == "companies: id,name\n2: a|\n");
}

TEST_CASE("a quote inside of an unquoted CSV cell is text") {
  CHECK(rows("id,name\na,5\" disk\n") == "companies: id,name\n2: a|5\" disk\n");
}

TEST_CASE("one apostrophe before what a spreadsheet would run is taken away, no other") {
  CHECK(rows("id,name\na,'=1\nb,''+1\nc,\"'-1\"\nd,'@x\ne,'a\nf,'\ng,=1\nh,' =\n") ==
        "companies: id,name\n2: a|=1\n3: b|'+1\n4: c|-1\n5: d|@x\n6: e|'a\n7: f|'\n8: g|=1\n9: h|' =\n");
  CHECK(rows("id,name\na,\"'\tx\"\nb,\"'\rx\"\n") == "companies: id,name\n2: a|\tx\n3: b|\rx\n");
}

TEST_CASE("CSV cells are views into the file unless a quote is doubled") {
  const std::string text = "id,name\na,\"plain, quoted\"\nb,\"a \"\"copy\"\"\"\n";
  const Records records = read(text);
  const std::vector<std::string_view>& cells = records.tables.at(0).cells;
  const auto inside = [&](std::string_view cell) {
    return cell.data() >= text.data() && cell.data() < text.data() + text.size();
  };
  CHECK(inside(cells[0]));
  CHECK(inside(cells[1]));
  CHECK_FALSE(inside(cells[3]));
  CHECK(records.storage.size() == 3);  // two names of columns, and the copy
}

TEST_CASE("CSV rows that are too short or too long are refused, the others read") {
  const Records records = read("id,name,sector\na\nb,c,d\n\ne,f,g,h\n");
  CHECK(problems_of(records) ==
        "t.csv:2: the row has 1 field, the header 3 columns; add a comma for each empty field\n"
        "t.csv:5: the row has 4 fields, the header 3 columns; put text that contains a comma in quotes\n");
  CHECK(tables_of(records) == "companies: id,name,sector\n3: b|c|d\n");
}

TEST_CASE("an unterminated CSV quote is reported where it begins, and the rows below are read") {
  const Records records = read("id,name\na,b\nc,\"d\ne,f \"\"\n");
  CHECK(problems_of(records) ==
        "t.csv:3: name: a quoted field begins here and never ends; close it with a quote (\") before the next comma or "
        "line\n");
  CHECK(tables_of(records) == "companies: id,name\n2: a|b\n4: e|f \"\"\n");
}

TEST_CASE("text after a closing CSV quote is refused with the line of the quote, and the rows below are read") {
  const Records records = read("id,name\na,\"b\" c\nd,\"e\n\"f\ng,h\n");
  CHECK(
      problems_of(records) ==
      "t.csv:2: name: text follows the closing quote of a field; end the field with a comma, and write a quote inside "
      "it twice (\"\")\n"
      "t.csv:4: name: text follows the closing quote of a field that begins in line 3; end the field with a comma, and "
      "write a quote inside it twice (\"\")\n");
  CHECK(tables_of(records) == "companies: id,name\n5: g|h\n");
}

TEST_CASE("a CSV header names every column, and each once") {
  CHECK(problems("id,name,,name, \"\" \na,b,c,d,e\nf\n") ==
        "t.csv:1: column 3 has no name; name the column in the header, or delete it\n"
        "t.csv:1: name: the header names this column twice; rename or delete one of the two\n"
        "t.csv:1: warning: 1 nameless column at the end left out; delete it, or name it, to have it read\n"
        "t.csv:3: the row has 1 field, the header 5 columns; add a comma for each empty field\n");
}

TEST_CASE("a CSV file without a header is refused") {
  const std::string remedy = "; name the columns in the first line: id,title,publisher,date,url,language\n";
  CHECK(problems("", TableKind::sources) == "t.csv: the header is missing" + remedy);
  CHECK(problems("\n \r\n", TableKind::sources) == "t.csv: the header is missing" + remedy);
  CHECK(tables_of(read("\n")) == "");
}

TEST_CASE("a CSV header that breaks off stops the file") {
  const Records records = read("id,\"name\na,b\n");
  CHECK(
      problems_of(records) ==
      "t.csv:1: a quoted field begins here and never ends; close it with a quote (\") before the next comma or line\n");
  CHECK(records.tables.empty());
}

TEST_CASE("each CSV table has required columns, and one message tells what it has and a command that would read it") {
  CHECK(problems("payer,payee\n", TableKind::relations) ==
        "t.csv:1: from: the header lacks from, to, kind; found are 'payer', 'payee'; to read it so: tierscope check g "
        "--map from=payer,to=payee --as-kind supplies\n");
  CHECK(problems("key\n", TableKind::companies) ==
        "t.csv:1: id: the header lacks id; found are 'key'; to read it so: tierscope check g --map id=key\n");
  CHECK(problems("title\n", TableKind::sources) ==
        "t.csv:1: id: the header lacks id; found are 'title'; the columns of this table are "
        "id,title,publisher,date,url,language\n");
  CHECK(problems("\nfrom\n", TableKind::rates) ==
        "t.csv:2: to: the header lacks to, rate; found are 'from'; the columns of this table are "
        "from,to,rate,date,source\n");
}

TEST_CASE("a CSV table without a required column has no rows, but its broken ones are reported") {
  const Records records = read("name,mood\na,b\nc\n");
  CHECK(records.tables.empty());
  CHECK(records.problems.size() == 2);
  CHECK(to_string(records.problems.back()) ==
        "t.csv:3: the row has 1 field, the header 2 columns; add a comma for each empty field");
}

TEST_CASE("a CSV table may be parted by semicolons, tabs or bars") {
  CHECK(rows("id;name\na;b, c\n") == "companies: id,name\n2: a|b, c\n");
  CHECK(rows("id\tname\na\t\n") == "companies: id,name\n2: a|\n");
  CHECK(rows("id|name\na|\"b|c\"\n") == "companies: id,name\n2: a|b|c\n");
  CHECK(rows("sep=;\r\nid;name, note\r\na;b\r\n") == "companies: id,name, note\n3: a|b\n");
  CHECK(problems("id;name\na\n") ==
        "t.csv:2: the row has 1 field, the header 2 columns; add a semicolon for each empty field\n");
}

TEST_CASE("a valid CSV table cut at any byte yields rows or problems") {
  const std::string text = "id,name\r\na,\"x, \"\"y\"\"\n\"\n\"b\",' =\rc,'=1\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    // A copy of its own, so that the sanitizer sees a step too far.
    const std::vector<char> cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    const Records records = read({cut.data(), cut.size()});
    CHECK(records.problems.size() + records.tables.size() >= 1);
    for (const RecordTable& table : records.tables) CHECK(table.cells.size() == table.rows() * table.columns.size());
  }
}

TEST_CASE("a CSV field of 10 MB is read whole, quoted or not") {
  const std::string big(10'000'000, 'x');
  CHECK(read("id,name\na," + big + "\n").tables.at(0).cells.at(1).size() == big.size());
  CHECK(read("id,name\na,\"\"\"" + big + "\"\n").tables.at(0).cells.at(1).size() == big.size() + 1);
}

TEST_CASE("a wide CSV header does not claim memory for rows that are too short") {
  std::string text = "id";
  for (int i = 0; i < 100'000; ++i) text += ",c" + std::to_string(i);
  text += std::string(100'000, '\n');
  for (int i = 0; i < 100; ++i) text += "a\n";
  const Records records = read(text);
  REQUIRE(records.problems.size() == 1);  // one cause
  CHECK(records.tables.at(0).rows_at_most <= text.size() / 12);
}

TEST_CASE("a CSV file's memory is given back while its rows are read, and nobody looks there again") {
  // 200,000 rows of 44 to 54 bytes, 9.5 MB: two parts of 4 MiB go before the end. A released byte becomes '#'.
  MemoryFiles files;
  std::string& text = files.files["g/relations.csv"] = "from,to,kind,note\n";
  for (int i = 0; i < 200'000; ++i)
    text += "c" + std::to_string(i % 1000) + ",c" + std::to_string(i / 1000) +
            ",supplies,\"a \"\"note\"\" that is long\"\n";
  text += "a,b,supplies\n";
  Records records;
  read_graph(files, "g", records);
  CHECK(!build(records));
  CHECK(problems_of(records) ==
        "g/relations.csv:2: warning: from, to: 1000 companies are known only by id; list them in companies.csv with "
        "names, sectors and revenue\n"
        "g/relations.csv:200002: the row has 3 fields, the header 4 columns; add a comma for each empty field\n");
}

TEST_CASE("csv_line guards, quotes and ends what it writes") {
  CHECK(csv_line({"a", "", "b c"}) == "a,,b c\n");
  CHECK(csv_line({"a,b", "c\"d", "e\nf", " g", "h\t"}) == "\"a,b\",\"c\"\"d\",\"e\nf\",\" g\",\"h\t\"\n");
  CHECK(csv_line({"=1", "+1", "-1", "@a", "\ta", "\ra"}) == "'=1,'+1,'-1,'@a,\"'\ta\",\"'\ra\"\n");
  CHECK(csv_line({"'=1", "''=1", "'a", "'"}) == "''=1,'''=1,'a,'\n");
  CHECK(csv_line({""}) == "\"\"\n");
}

TEST_CASE("what csv_line writes, read_csv reads back") {
  const auto hostile =
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("'''=+-@\t\r\n\"\",, ;\\#abc0\xe4\xb8\xad")));
  // Ten records a case: rapidcheck runs 100 cases.
  CHECK(rc::check("cells survive", [&] {
    for (int record = 0; record < 10; ++record) {
      const auto cells = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(hostile));
      // A row of nothing but separators is none.
      if (cells.size() > 1 && std::all_of(cells.begin(), cells.end(), [](auto& cell) { return cell.empty(); }))
        continue;
      RC_ASSERT(read_back(csv_line(cells), cells.size()) == cells);
    }
  }));
}

}  // namespace tierscope::core
