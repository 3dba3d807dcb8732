// Nodes and edges as tables: Gephi's, Neo4j's.

#include <doctest/doctest.h>

#include <random>

#include "import_files.hpp"

using namespace tierscope;
using namespace tierscope::core;

namespace {

const std::string header =
    "from,to,kind,category,item,value,value_basis,revenue_share,supply_share,stake,status,since,until,as_of,restates,"
    "deal,claim,confidence,source,note\n";
const std::string companies_header =
    "id,name,name_local,sector,country,ticker,lei,aliases,revenue,revenue_period,revenue_scope,revenue_confidence,"
    "aggregate,source\n";

const std::map<std::string, std::string> gephi = {
    {"nodes.csv", "Id;Label;Timeset;sector\nn1;Acme;;chips\nn2;Bolt;;cars\n;Nobody;;\n"},
    {"edges.csv",
     "Source;Target;Type;Id;Label;Timeset;Weight;share\n"
     "n1;n2;Directed;1;;<[2019.0, 2020.0]>;3.0;0.25\n"
     "n2;n3;Undirected;2;;;1;\n"}};

Reading reading_of(std::vector<std::string> map, const std::string& percent = {}) {
  Reading reading;
  reading.as_kind = "supplies";
  reading.map = std::move(map);
  if (!percent.empty()) reading.percent = {percent};
  return reading;
}

}  // namespace

TEST_CASE("gephi: which way edges point is asked, weight is no share, a share's numbers are asked") {
  CHECK(imported("gephi", gephi, {}, reading_of({})).wrong() ==
        "--direction: Gephi's edges do not say what they mean; name it: supplies (Source delivers to Target), or buys "
        "(Source buys from Target)\n");
  ImportOptions options;
  options.direction = "buys";
  CHECK(imported("gephi", gephi, options, {}).wrong() ==
        "edges.csv:1: no column says what an edge is; say what all are: --as-kind supplies\n");
  CHECK(imported("gephi", gephi, options, reading_of({"revenue_share=share"})).wrong() ==
        "edges.csv:2: revenue_share: is '0.25' a fraction or percent?; if all are fractions of 1: --percent "
        "revenue_share=fraction; if percent: --percent revenue_share=number\n");
  Imported import = imported("gephi", gephi, options, reading_of({"revenue_share=share"}, "fraction"));
  CHECK(import.wrong() == "");
  // n1 buys from n2, from 2019 to 2020.
  CHECK(import.relations() == header + "n2,n1,supplies,,,,,0.25,,,,2019,2020,,,,,,gephi-edges-csv,\n");
  CHECK(import.companies() == companies_header + "n1,Acme,,chips,,,,,,,,,,\nn2,Bolt,,cars,,,,,,,,,,\n");
  CHECK(import.sources() == "id,title,publisher,date,url,language\ngephi-edges-csv,edges.csv,,,,\n");
  CHECK(import.report ==
        "edges.csv taken 1 2 \n"
        "edges.csv skipped 1 3 an undirected edge; --undirected-as out or both says what it means\n"
        "nodes.csv taken 2 2 \n"
        "nodes.csv skipped 1 4 a node without an id\n");
  CHECK(import.notes == "columns that are not read: Weight; --map names what they are\n");
  CHECK(errors_of(import) == "");
}

TEST_CASE("gephi: undirected edges as the user says, percent as numbers") {
  ImportOptions options;
  options.direction = "supplies";
  Reading reading = reading_of({"revenue_share=share"}, "number");
  reading.undirected_as = "both";
  const Imported import = imported(
      "gephi", {{"edges.csv", "Source,Target,Type,share\na,b,Undirected,12.5\nb,c,Directed,7\n"}}, options, reading);
  CHECK(import.in->files["out/relations.csv"] == header +
                                                     "a,b,supplies,,,,,12.5%,,,,,,,,,,,gephi-edges-csv,\n"
                                                     "b,a,supplies,,,,,12.5%,,,,,,,,,,,gephi-edges-csv,\n"
                                                     "b,c,supplies,,,,,7%,,,,,,,,,,,gephi-edges-csv,\n");
  CHECK(import.report == "edges.csv taken 2 2 \n");
}

TEST_CASE("neo4j: types in any case, header files, arrays, id spaces, units") {
  Reading reading;
  reading.unit = {"revenue=M USD"};
  Imported import = imported("neo4j",
                             {{"companies.csv",
                               "companyId:ID(Company),name,aliases:string[],revenue:double,secret:IGNORE,:LABEL\n"
                               "1,Acme,Acme Inc;ACM,5,x,Company\n2,Bolt,,,y,Company\n"},
                              {"people.csv", "id:ID(Person),name,:LABEL\n1,Jane Roe,Person\n"},
                              {"owns-header.csv", ":START_ID(Person),:END_ID(Company),:TYPE,stake:double,since:date\n"},
                              {"owns.csv", "1,1,OWNS,0.6,2020-01-01\n1,2,Owns,,\n"},
                              {"rels.csv", ":START_ID(Company),:END_ID(Company),:TYPE\n2,1,SUPPLIES\n2,1,LIKES\n"}},
                             {}, reading);
  CHECK(import.wrong() == "");
  CHECK(import.companies() == companies_header +
                                  "Company:1,Acme,,,,,,Acme Inc;ACM,5M USD,,,,,\n"
                                  "Company:2,Bolt,,,,,,,,,,,,\nPerson:1,Jane Roe,,,,,,,,,,,,\n");
  CHECK(import.relations() == header +
                                  "Company:2,Company:1,supplies,,,,,,,,,,,,,,,,neo4j-rels-csv,\n"
                                  "Person:1,Company:1,owns,,,,,,,0.6,,2020-01-01,,,,,,,neo4j-owns-csv,\n"
                                  "Person:1,Company:2,owns,,,,,,,,,,,,,,,,neo4j-owns-csv,\n");
  CHECK(import.report ==
        "companies.csv taken 2 2 \nowns.csv taken 2 1 \npeople.csv taken 1 2 \nrels.csv taken 1 2 \n"
        "rels.csv skipped 1 3 kind: unknown kind 'likes'\n");
  CHECK(import.notes == "ids are unique within their id space alone, so that they are written as in Company:1\n");
  CHECK(errors_of(import) == "");
}

namespace {

const std::string gexf = R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed">
<attributes class="edge"><attribute id="0" title="revenue_share" type="string"/></attributes>
<attributes class="node"><attribute id="0" title="sector" type="string"/></attributes>
<nodes><node id="a" label="Acme"><attvalues><attvalue for="0" value="chips"/></attvalues>
<nodes><node id="b" label="Bolt &amp; Co"/></nodes></node></nodes>
<edges><edge id="0" source="a" target="b" weight="2.0" kind="supplies" start="2019-01-01"><attvalues><attvalue for="0" value="40%"/></attvalues></edge>
<edge id="1" source="b" target="a" type="undirected" kind="supplies"/>
<edge id="2" source="b" target="a" kind="OWNS"><spells><spell start="2020" end="2021"/></spells></edge></edges></graph></gexf>
)";

}  // namespace

TEST_CASE("gexf: attributes by their titles, nodes within nodes, times, what is no graph") {
  ImportOptions options;
  options.direction = "supplies";
  Imported import = imported("gexf", {{"g.gexf", gexf}}, options);
  CHECK(import.wrong() == "");
  CHECK(import.companies() == companies_header + "a,Acme,,chips,,,,,,,,,,\nb,Bolt & Co,,,,,,,,,,,,\n");
  CHECK(import.relations() == header + "a,b,supplies,,,,,40%,,,,2019-01-01,,,,,,,gexf-g-gexf,\n" +
                                  "b,a,owns,,,,,,,,,2020,2021,,,,,,gexf-g-gexf,\n");
  CHECK(import.report ==
        "g.gexf taken 4 1 \n"
        "g.gexf skipped 1 4 an undirected edge; --undirected-as out or both says what it means\n");
  CHECK(import.notes == "weights of edges are no shares, and are not read\n");
  CHECK(errors_of(import) == "");
  CHECK(imported("gexf", {{"g.gexf", "<gexf><graph><nodes></gexf>"}}, options).wrong() ==
        "g.gexf:1: the XML is broken: mismatched tag; each <element> needs an </element>, each attribute quotes\n"
        "g.gexf: no input holds edges; a graph without edges has no relations\n");
  CHECK(imported("gexf", {{"g.gexf", "<!DOCTYPE lolz [<!ENTITY lol \"lol\">]><gexf>&lol;</gexf>"}}, options).wrong() ==
        "g.gexf:1: the XML is broken: its document type declares something; delete the DOCTYPE and write out its "
        "entities\n"
        "g.gexf: no input holds edges; a graph without edges has no relations\n");
  std::string deep = "<gexf>";
  for (int i = 0; i < 100'000; ++i) deep += "<nodes>";
  CHECK(imported("gexf", {{"g.gexf", deep}}, options).wrong() ==
        "g.gexf:1: elements are nested too deep; a graph is some ten deep\n"
        "g.gexf: no input holds edges; a graph without edges has no relations\n");
  Reading reading;
  reading.reverse = true;
  damaged(
      "gexf", {{"g.gexf", gexf}}, [](bool kept) { CHECK(kept); }, reading);
}

TEST_CASE("gephi: a hundred thousand edges, each quirk counted" * doctest::test_suite("long")) {
  std::mt19937 random(5);
  std::string edges = "Source,Target,Type,Timeset,Weight\n";
  std::map<std::string, std::size_t> wanted;
  for (int i = 0; i < 100'000; ++i) {
    std::string from = std::to_string(random() % 5000);
    const std::string to = std::to_string(5000 + random() % 5000);
    std::string type = "Directed";
    switch (random() % 4) {
      case 0:
        type = "Undirected", ++wanted["an undirected edge; --undirected-as out or both says what it means"];
        break;
      case 1: from.clear(), ++wanted["from: is missing"]; break;
      default: ++wanted[""]; break;
    }
    edges += from + "," + to + "," + type + ",<[2019.0, 2020.0]>,1.0\n";
  }
  ImportOptions options;
  options.direction = "supplies";
  Imported import = imported("gephi", {{"edges.csv", std::move(edges)}}, options, reading_of({}));
  CHECK(import.rows == 100'000);
  for (const auto& [reason, count] : wanted) {
    CAPTURE(reason);
    CHECK(import.count(reason.empty() ? "taken" : "skipped", reason) == count);
  }
  CHECK(errors_of(import) == "");
}

TEST_CASE("gephi and neo4j: damaged files") {
  Reading reading = reading_of({});
  reading.reverse = true;
  damaged(
      "gephi", gephi, [](bool kept) { CHECK(kept); }, reading);
  damaged("neo4j", {{"n.csv", "id:ID,name\n1,Acme\n"}, {"r.csv", ":START_ID,:END_ID,:TYPE\n1,2,OWNS\n"}},
          [](bool kept) { CHECK(kept); });
}
