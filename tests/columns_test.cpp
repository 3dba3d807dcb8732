#include <doctest/doctest.h>

#include "memory_files.hpp"
#include "model_of.hpp"

namespace tierscope::core {
namespace {

Records relations(const std::string& table) {
  MemoryFiles files;
  files.files["g/relations.csv"] = table;
  Records records;
  read_graph(files, "g", records);
  return records;
}

std::string problems(const std::string& table) { return problems_of(relations(table)); }

std::string hints(const std::string& table) {
  Records records = relations(table);
  REQUIRE(build(records));
  std::string lines;
  for (const Problem& hint : records.hints) lines += to_string(hint) + "\n";
  return lines;
}

}  // namespace

TEST_CASE("case, blanks, _ and - do not count in the name of a column") {
  const Model model = model_of("From,TO,kind,Revenue-Share,asof,value basis\na,b,supplies,64%,2025,annual\n");
  CHECK(model.relation(0).revenue_share.low == .64);
  CHECK(model.relation(0).as_of == parse_date("2025"));
  CHECK(model.relation(0).basis == Basis::annual);
}

TEST_CASE("a column one or two slips beside a known one is an error where that one is missing, else a warning") {
  CHECK(problems("from,to,kind,revenu_share\n") ==
        "g/relations.csv:1: revenu_share: unknown column; did you mean 'revenue_share'?; rename the column\n");
  CHECK(problems("from,to,kind,valwe\n") ==
        "g/relations.csv:1: valwe: unknown column; did you mean 'value'?; rename the column\n");
  CHECK(
      problems("from,to,kind,value,valwe\n") ==
      "g/relations.csv:1: warning: valwe: unknown column; did you mean 'value'?; it is kept, but no answer reads it\n");
  // volume is two slips from value, too many for a word so short; two letters are no misspelling of others.
  CHECK(problems("from,to,kind,volume,id,is\n") == "");
}

TEST_CASE("two spellings of one column are refused") {
  CHECK(problems("from,to,kind,as_of,As-Of\n") ==
        "g/relations.csv:1: As-Of: 'As-Of' and 'as_of' are one column; rename or delete one of the two\n");
}

TEST_CASE("unknown columns are kept and named once, for check alone") {
  const std::string table = "from,to,kind,mood,reviewed by\na,b,supplies,good,Kim\nb,c,supplies,bad,Kim\n";
  CHECK(problems(table) == "");
  CHECK(hints(table) ==
        "g/relations.csv:1: warning: the relations have columns that no answer reads: 'mood', 'reviewed by'; they are "
        "kept; is one misspelt?\n");
  CHECK(model_of(table).rest().relation_extras.size() == 4);
}

TEST_CASE("a table whose last line does not end may be cut off") {
  CHECK(hints("from,to,kind,revenue_share\na,t,supplies,12%\n") == "");
  CHECK(hints("from,to,kind,revenue_share\r\na,t,supplies,12%\r") == "");
  CHECK(
      hints("from,to,kind,revenue_share\na,t,supplies,1") ==
      "g/relations.csv:2: warning: the last line has no line end; is the file whole? Then end it with a line break\n");
}

}  // namespace tierscope::core
