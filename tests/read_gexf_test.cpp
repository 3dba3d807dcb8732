#include <doctest/doctest.h>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

Records read(std::string_view xml, const Mapping& told = {}) {
  Records records;
  records.graphs = {"g"};
  records.files = {"g.gexf"};
  records.mapping = told;
  read_gexf(xml, 0, 0, records);
  return records;
}

/// Declarations and the inside of a graph, each on lines of its own from line 2.
std::string gexf(const std::string& inside, const std::string& type = " defaultedgetype=\"directed\"") {
  return "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\"><graph" + type + ">\n" + inside + "</graph></gexf>\n";
}

const std::string two_nodes = "<nodes><node id=\"a\" label=\"Alpha\"/><node id=\"b\"/></nodes>\n";

std::string problems(const std::string& xml) { return problems_of(read(xml)); }

}  // namespace

TEST_CASE("GEXF nodes are companies and edges relations, attributes by their titles, times as since and until") {
  const Records records = read(gexf(
      "<attributes class=\"node\"><attribute id=\"0\" title=\"sector\" type=\"string\"/></attributes>\n"
      "<attributes class=\"edge\"><attribute id=\"0\" title=\"revenue_share\" type=\"string\"/></attributes>\n"
      "<nodes><node id=\"a\" label=\"Alpha\"><attvalues><attvalue for=\"0\" value=\"chips\"/></attvalues>\n"
      "<nodes><node id=\"b\"><viz:color r=\"1\"/></node></nodes></node></nodes>\n"
      "<edges><edge id=\"1\" source=\"a\" target=\"b\" kind=\"supplies\" weight=\"2\" start=\"2020\" end=\"2021\">\n"
      "<attvalues><attvalue for=\"0\" value=\"&gt;40%\"/></attvalues></edge>\n"
      "<edge source=\"b\" target=\"a\" kind=\"owns\"><spells><spell start=\"2019\"/></spells></edge></edges>\n"));
  CHECK(problems_of(records) == "");
  CHECK(tables_of(records) ==
        "companies: id,name,sector\n4: a|Alpha|chips\n5: b||\n"
        "relations: from,to,kind,since,until,weight,revenue_share\n6: a|b|supplies|2020|2021|2|>40%\n"
        "8: b|a|owns|2019|||\n");
}

TEST_CASE("GEXF as convert writes it is read back: figures from their bounds") {
  Records csv;
  csv.graphs = {"g"};
  csv.files = {"csv"};
  read_csv(csv.keep("from,to,kind,revenue_share,value,item\na,b,supplies,10%..20%,~5M USD,\"chips & <x>\"\n"),
           TableKind::relations, 0, 0, csv);
  const std::optional<Model> model = build(csv);
  REQUIRE(model);
  std::ostringstream out;
  write_gexf(*model, out);
  Records back = read(out.str());
  const std::optional<Model> again = build(back);
  REQUIRE_MESSAGE(again, problems_of(back));
  CHECK(again->relation_count() == 1);
  CHECK(tables_of(read(out.str())) ==
        "companies: id,name,aggregate\n21: a|a|false\n26: b|b|false\n"
        "relations: from,to,kind,weight,item,status,restates,value,revenue_share\n"
        "33: a|b|supplies|0.1|chips & <x>|active|false|~5000000 USD|10%..20%\n");
}

TEST_CASE("GEXF edges that do not say which way they point are refused, or read as told") {
  const std::string edge = two_nodes + "<edges><edge source=\"a\" target=\"b\" kind=\"supplies\"/></edges>\n";
  const std::string remedy =
      "; relations have a direction: write defaultedgetype=\"directed\", or say that the first end supplies the "
      "second: tierscope check g --undirected-as out\n";
  CHECK(problems(gexf(edge, "")) == "g.gexf:3: type: nothing says which way the edge points" + remedy);
  CHECK(problems(gexf(edge, " defaultedgetype=\"undirected\"")) ==
        "g.gexf:3: type: \"undirected\" is not read" + remedy);
  CHECK(problems(gexf(two_nodes + "<edges><edge source=\"a\" target=\"b\" type=\"mutual\"/></edges>\n")) ==
        "g.gexf:3: type: \"mutual\" is not read" + remedy);
  Mapping both;
  both.undirected_both = true;
  CHECK(tables_of(read(gexf(edge, " defaultedgetype=\"undirected\""), both)) ==
        "companies: id,name\n2: a|Alpha\n2: b|\nrelations: from,to,kind\n3: a|b|supplies\n3: b|a|supplies\n");
}

TEST_CASE("what GEXF lacks or says twice is told") {
  CHECK(problems(gexf("<nodes><node label=\"x\"/><node id=\"a\"/>\n<node id=\"a\"/></nodes>\n"
                      "<edges><edge source=\"a\" target=\"c\"/><edge source=\"a\"/></edges>\n")) ==
        "g.gexf:2: id: a node without an id; give each node an id of its own\n"
        "g.gexf:3: id: a second node \"a\"; give each node an id of its own\n"
        "g.gexf:4: target: there is no node \"c\"; name a node of this graph, before its edges\n"
        "g.gexf:4: target: the attribute is missing; name a node of this graph, before its edges\n");
  CHECK(problems(gexf("<attributes class=\"node\"><attribute id=\"s\" title=\"sector\"/></attributes>\n"
                      "<nodes><node id=\"a\"><attvalues><attvalue for=\"s\" value=\"x\" end=\"2020\"/>\n"
                      "<attvalue for=\"s\" value=\"y\" start=\"2020\"/><attvalue for=\"t\" value=\"1\"/></attvalues>"
                      "</node></nodes>\n")) ==
        "g.gexf: warning: of values that change in time the last one given is read\n"
        "g.gexf: warning: the attribute \"t\" is not declared before it is given, and left out\n");
}

TEST_CASE("what is no GEXF is refused") {
  CHECK(problems("<graphml/>") ==
        "g.gexf:1: not GEXF: the root element is <graphml>; a GEXF file begins with <gexf>\n");
  CHECK(problems("<gexf>\n</gexf>") == "g.gexf:2: it holds no graph; GEXF has the elements gexf and graph\n");
  CHECK(problems("<gexf>\n<graph></gexf>") ==
        "g.gexf:2: the XML is broken: mismatched tag; each <element> needs an </element>, each attribute quotes\n");
  CHECK(problems("<!DOCTYPE g [<!ENTITY lol \"lol\">]>\n<gexf>&lol;</gexf>") ==
        "g.gexf:1: DOCTYPE: declarations inside of the DOCTYPE are not accepted; delete the DOCTYPE and write out its "
        "entities\n");
  const std::string text = gexf(two_nodes + "<edges><edge source=\"a\" target=\"b\" kind=\"supplies\"/></edges>\n");
  for (std::size_t size = 1; size < text.size() - 1; ++size)
    CHECK_MESSAGE(has_errors(read(text.substr(0, size)).problems), size);
}

TEST_CASE("an .xml file is what its root element says, whatever stands before it") {
  for (const std::string before : {"", "<?xml version=\"1.0\"?>\n", "<!-- <graphml> -->\n", "<!DOCTYPE gexf>\n"}) {
    MemoryFiles files;
    files.files["g.xml"] = before + gexf(two_nodes);
    files.files["-"] = files.files["g.xml"];
    for (const char* const path : {"g.xml", "-"}) {
      Records records;
      read_graph(files, path, records);
      CHECK_MESSAGE(problems_of(records) == "", before);
    }
  }
}

}  // namespace tierscope::core
