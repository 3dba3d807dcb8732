#include <doctest/doctest.h>

#include "memory_files.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

const std::string relations = "from,to,kind\na,b,owns\n";
const std::string formats =
    "; a graph is a folder with relations.csv, a table of relations (.csv, .tsv, .xlsx), a .dot, .gv, .graphml, .gexf "
    "or "
    ".xml file, "
    "or - for standard input\n";
const std::string xml = "<graphml><graph edgedefault=\"directed\"><node id=\"a\"/></graph></graphml>";

Records read(std::map<std::string, std::string> contents, const std::string& path) {
  MemoryFiles files;
  files.files = std::move(contents);
  Records records;
  read_graph(files, path, records);
  read_rows(records);
  return records;
}

std::string problems(std::map<std::string, std::string> contents, const std::string& path) {
  const Records records = read(std::move(contents), path);
  CHECK(records.tables.empty());
  return problems_of(records);
}

std::vector<std::string> kinds(const Records& records) {
  std::vector<std::string> names;
  for (const RecordTable& table : records.tables) names.emplace_back(to_string(table.kind));
  return names;
}

}  // namespace

TEST_CASE("a folder is read as its tables, companies first and relations last") {
  const Records records = read({{"g/relations.csv", relations},
                                {"g/companies.csv", "id\na\n"},
                                {"g/sources.csv", "id\ns\n"},
                                {"g/rates.csv", "from,to,rate\nUSD,CNY,7\n"},
                                {"g/other.csv", "no table of ours"}},
                               "g");
  CHECK(problems_of(records) == "");
  CHECK(kinds(records) == std::vector<std::string>{"companies", "sources", "rates", "relations"});
  CHECK(records.files ==
        std::vector<std::string>{"g/companies.csv", "g/sources.csv", "g/rates.csv", "g/relations.csv"});
  CHECK(records.tables[3].file == 3);
}

TEST_CASE("a folder needs relations.csv only") {
  const Records records = read({{"g/relations.csv", relations}}, "g");
  CHECK(problems_of(records) == "");
  CHECK(tables_of(records) == "relations: from,to,kind\n2: a|b|owns\n");
}

TEST_CASE("a folder without relations.csv is refused, but its other tables are read") {
  const Records records = read({{"a/g/companies.csv", "id\na,b\n"}}, "a/g/");
  CHECK(
      problems_of(records) ==
      "a/g: the folder has no relations.csv; a graph folder holds relations.csv and, if there are any, companies.csv, "
      "sources.csv, rates.csv\n"
      "a/g/companies.csv:2: the row has 2 fields, the header 1 column; put text that contains a comma in quotes\n");
}

TEST_CASE("problems name the file as the user typed it, without the folder's last slashes") {
  CHECK(read({{"./g/relations.csv", relations}}, "./g//").files == std::vector<std::string>{"./g/relations.csv"});
  CHECK(read({{"/relations.csv", relations}}, "/").files == std::vector<std::string>{"/relations.csv"});
}

TEST_CASE("several graphs keep their own tables and files") {
  MemoryFiles files;
  files.files = {{"g/relations.csv", relations}, {"h.xml", xml}};
  Records records;
  for (const char* path : {"g/", "none.dot", "h.xml"}) read_graph(files, path, records);
  CHECK(records.graphs == std::vector<std::string>{"g/", "none.dot", "h.xml"});
  CHECK(records.files == std::vector<std::string>{"g/relations.csv", "none.dot", "h.xml"});
  REQUIRE(records.tables.size() == 2);
  CHECK(records.tables[0].graph == 0);
  CHECK(records.tables[1].graph == 2);
  CHECK(records.tables[1].file == 2);
  CHECK(problems_of(records) == "none.dot: no such file or folder\n");
}

TEST_CASE("the reader is picked by the extension, in any case") {
  CHECK(tables_of(read({{"g.graphml", xml}}, "g.graphml")) == "companies: id\n1: a\n");
  CHECK(tables_of(read({{"g.b/G.XML", xml}}, "g.b/G.XML")) == "companies: id\n1: a\n");
  for (const char* path : {"g.dot", "g.gv", "g.Dot"}) {
    const Records records = read({{path, "digraph { a -> b [kind=owns] }"}}, path);
    CHECK(problems_of(records) == "");
    CHECK_FALSE(records.tables.empty());
  }
}

TEST_CASE("a folder is a folder whatever its name") {
  CHECK(kinds(read({{"g.dot/relations.csv", relations}}, "g.dot")) == std::vector<std::string>{"relations"});
}

TEST_CASE("standard input is DOT, or GraphML where it begins with <") {
  CHECK(tables_of(read({{"-", "\xef\xbb\xbf\n \t" + xml}}, "-")) == "companies: id\n2: a\n");
  const Records dot = read({{"-", "digraph { a -> b [kind=owns] }"}}, "-");
  CHECK(problems_of(dot) == "");
  CHECK_FALSE(dot.tables.empty());
  CHECK(dot.files == std::vector<std::string>{"<stdin>"});
  CHECK(dot.graphs == std::vector<std::string>{"-"});
  CHECK(problems({{"-", ""}}, "-") == "<stdin>: the file is empty" + formats);
}

TEST_CASE("what is no graph is refused with what would be one") {
  CHECK(problems({}, "g") == "g: no such file or folder\n");
  CHECK(problems({}, "g.csv") == "g.csv: no such file or folder\n");
  CHECK(problems({}, "") == "\"\": no such file or folder\n");
  CHECK(problems({{"g.txt", "x"}}, "g.txt") == "g.txt: the format of this file is unknown" + formats);
  CHECK(problems({{"a.dot/g", "x"}}, "a.dot/g") == "a.dot/g: the format of this file is unknown" + formats);
}

TEST_CASE("a table of relations is a graph, also on standard input") {
  const std::string made = "relations: from,to,kind\n2: a|b|owns\n";
  CHECK(tables_of(read({{"g/relations.csv", relations}}, "g/relations.csv")) == made);
  CHECK(tables_of(read({{"edges.CSV", relations}}, "edges.CSV")) == made);
  CHECK(tables_of(read({{"e.tsv", "from\tto\tkind\na\tb\towns\n"}}, "e.tsv")) == made);
  CHECK(tables_of(read({{"-", relations}}, "-")) == made);
  CHECK(problems({{"g/edges.csv", relations}}, "g") ==
        "g: the folder has no relations.csv; is it 'edges.csv'? Then name the file itself: tierscope check "
        "g/edges.csv\n");
}

TEST_CASE("a file that cannot be read says why") {
  MemoryFiles files;
  files.files = {{"g/companies.csv", "id\n"}};
  files.unreadable = {{"g/relations.csv", "Permission denied"}, {"h.dot", "Input/output error"}};
  Records records;
  read_graph(files, "g", records);
  read_graph(files, "h.dot", records);
  CHECK(
      problems_of(records) ==
      "g/relations.csv: cannot read this file: Permission denied\nh.dot: cannot read this file: Input/output error\n");
}

TEST_CASE("bytes that are no UTF-8 text never reach a reader") {
  const auto problem = [](const std::string& bytes) {
    const auto what = [](const std::string& found) { return found.substr(0, found.find(';')); };
    const std::string found = problems({{"g/relations.csv", bytes}}, "g");
    for (const char* path : {"g.xml", "g.dot"})
      CHECK(what(problems({{path, bytes}}, path)) == path + what(found).substr(found.find(':')));
    return found;
  };
  const std::string encoding =
      " is not valid UTF-8; save the file as UTF-8, or name its encoding: tierscope check g "
      "--encoding windows-1252\n";
  CHECK(problem("") == "g/relations.csv: the file is empty" + formats);
  CHECK(problem("\xef\xbb\xbf") == "g/relations.csv: the file is empty" + formats);
  CHECK(problem(std::string("a\r\nb\rc\n\0\n", 9)) ==
        "g/relations.csv:4: binary file (a NUL byte); save it as UTF-8 text, or name its encoding: --encoding "
        "UTF-16LE\n");
  CHECK(problem("a\nb \xe9\n\xff") == "g/relations.csv:2: byte 0xE9" + encoding);
  CHECK(problem("\xed\xa0\x80") == "g/relations.csv:1: byte 0xED" + encoding);
  CHECK(problem("\xff\xfe"
                "a") ==
        "g/relations.csv: the file begins as UTF-16, but is not; name its encoding with --encoding, or save it as "
        "UTF-8\n");
}

TEST_CASE("UTF-16 with its mark is read, and other encodings where they are named") {
  const auto wide = [](const std::string& text, bool big) {
    std::string bytes = big ? "\xfe\xff" : "\xff\xfe";
    for (const char c : text) big ? (bytes += '\0') += c : (bytes += c) += '\0';
    return bytes;
  };
  for (const bool big : {true, false})
    CHECK(tables_of(read({{"e.csv", wide(relations, big)}}, "e.csv")) == "relations: from,to,kind\n2: a|b|owns\n");
  const auto told = [](const std::string& encoding, const std::string& bytes) {
    MemoryFiles files;
    files.files["e.csv"] = bytes;
    Records records;
    records.mapping.encoding = encoding;
    read_graph(files, "e.csv", records);
    read_rows(records);
    return tables_of(records) + problems_of(records);
  };
  CHECK(told("windows-1252", "from,to,kind\nM\xfcller,b,owns\n") == "relations: from,to,kind\n2: Müller|b|owns\n");
  CHECK(told("gbk", "from,to,kind\n\xd6\xd0,b,owns\n") == "relations: from,to,kind\n2: 中|b|owns\n");
  CHECK(told("ascii", "from,to,kind\n\xd6,b,owns\n") ==
        "e.csv:2: byte 0xD6 is not ascii; name its encoding with --encoding, or save it as UTF-8\n");
  CHECK(told("klingon", "from,to,kind\n") ==
        "e.csv: 'klingon' is an unknown encoding; use a name that iconv knows (iconv --list), as in windows-1252\n");
}

TEST_CASE("a UTF-8 byte order mark is no text, and problems of all files are collected") {
  const Records records = read({{"g/relations.csv", "\xef\xbb\xbf" + relations},
                                {"g/companies.csv", "\xff"},
                                {"g/sources.csv", ""},
                                {"g/rates.csv", "rate\n"}},
                               "g");
  CHECK(tables_of(records) == "relations: from,to,kind\n2: a|b|owns\n");
  CHECK(records.problems.size() == 3);
}

TEST_CASE("cells outlive the records that they were read for") {
  Records records;
  {
    MemoryFiles files;
    files.files = {{"g/relations.csv", relations}, {"h.xml", xml}};
    read_graph(files, "g", records);
    read_graph(files, "h.xml", records);
  }
  Records moved = std::move(records);
  read_rows(moved);
  CHECK(tables_of(moved) == "relations: from,to,kind\n2: a|b|owns\ncompanies: id\n1: a\n");
}

}  // namespace tierscope::core
