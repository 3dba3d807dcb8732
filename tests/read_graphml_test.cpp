#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

Records read(std::string_view xml) {
  Records records;
  records.graphs = {"g"};
  records.files = {"g.graphml"};
  read_graphml(xml, 0, 0, records);
  return records;
}

/// Keys and the inside of a graph, each on lines of its own from line 2.
std::string graphml(const std::string& keys, const std::string& graph) {
  return "<graphml>\n" + keys + "<graph edgedefault=\"directed\">\n" + graph + "</graph>\n</graphml>\n";
}

std::string tables(const std::string& xml) {
  const Records records = read(xml);
  CHECK(problems_of(records) == "");
  return tables_of(records);
}

std::string problems(const std::string& xml) { return problems_of(read(xml)); }

const std::string name_key = "<key id=\"n\" for=\"node\" attr.name=\"name\"/>\n";

/// A model by way of the CSV reader.
std::optional<Model> model_of(std::initializer_list<std::pair<TableKind, std::string>> csv) {
  Records records;
  records.graphs = {"g"};
  records.files = {"csv"};
  for (const auto& [kind, text] : csv) read_csv(records.keep(text), kind, 0, 0, records);
  std::optional<Model> model = build(records);
  CHECK_MESSAGE(model, problems_of(records));
  return model;
}

std::string folder_text(const Model& model) {
  std::string text;
  for (const NamedBytes& file : write_folder(model)) text += file.path + "\n" + whole(file);
  return text;
}

}  // namespace

TEST_CASE("GraphML nodes are companies and edges relations, with the line on which each begins") {
  CHECK(tables(graphml(name_key + "<key id=\"k\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\"/>\n",
                       "<node id=\"a\"><data key=\"n\">Alpha</data></node>\n"
                       "<node id=\"b\"/>\n"
                       "<edge source=\"a\" target=\"b\">\n<data key=\"k\">supplies</data></edge>\n")) ==
        "companies: id,name\n5: a|Alpha\n6: b|\n"
        "relations: from,to,kind\n7: a|b|supplies\n");
}

TEST_CASE("the data of a GraphML node say whether it is a source or a rate, and its true id") {
  CHECK(tables(graphml(
            "<key id=\"k\" for=\"node\" attr.name=\"kind\"/>\n<key id=\"i\" for=\"all\" attr.name=\"id\"/>\n"
            "<key id=\"t\" attr.name=\"title\"/>\n<key id=\"r\" for=\"node\" attr.name=\"rate\"/>\n"
            "<key id=\"f\" for=\"all\" attr.name=\"from\"/>\n",
            "<edge source=\"n0\" target=\"n1\"><data key=\"t\">E</data></edge>\n"
            "<node id=\"s\"><data key=\"t\">T</data><data key=\"k\">source</data></node>\n"
            "<node id=\"s1\"><data key=\"i\"> S </data><data key=\"k\">\n source </data></node>\n"
            "<node id=\"r1\"><data key=\"k\">rate</data><data key=\"f\">USD</data><data key=\"r\">7</data></node>\n"
            "<node id=\"n0\"><data key=\"i\">a</data></node>\n"
            "<node id=\"n1\"><data key=\"i\"></data><data key=\"k\">company</data></node>\n")) ==
        "companies: id\n13: a\n14: n1\n"
        "sources: id,title\n9: s|T\n10: S|\n"
        "rates: from,rate\n12: USD|7\n"
        "relations: from,to,title\n8: a|n1|E\n");
}

TEST_CASE("a GraphML column that is empty in all rows of a table is not in the table") {
  CHECK(tables(graphml(name_key + "<key id=\"m\" for=\"node\" attr.name=\"mood\"/>\n",
                       "<node id=\"a\"><data key=\"n\"></data><data key=\"m\">x</data></node>\n"
                       "<node id=\"b\"><data key=\"n\"><![CDATA[ ]]></data><data key=\"m\"/></node>\n")) ==
        "companies: id,mood\n5: a|x\n6: b|\n");
}

TEST_CASE("GraphML defaults hold where an element has no data of its own") {
  CHECK(tables(graphml("<key id=\"n\" for=\"node\" attr.name=\"name\"><desc>d</desc><default>none</default></key>\n"
                       "<key id=\"k\" for=\"edge\" attr.name=\"kind\"><default>supplies</default></key>\n",
                       "<node id=\"a\"><data key=\"n\">A</data></node>\n<node id=\"b\"/>\n"
                       "<node id=\"c\"><data key=\"n\"/></node>\n<edge source=\"a\" target=\"b\"/>\n")) ==
        "companies: id,name\n5: a|A\n6: b|none\n7: c|\nrelations: from,to,kind\n8: a|b|supplies\n");
}

TEST_CASE("data_X in GraphML is the column X, so that no unknown column is taken for another") {
  CHECK(tables(graphml(
            "<key id=\"1\" for=\"node\" attr.name=\"data_kind\"/>\n"
            "<key id=\"2\" for=\"all\" attr.name=\"data_data_x\"/>\n"
            "<key id=\"3\" for=\"edge\" attr.name=\"data_id\"/>\n<key id=\"4\" for=\"node\" attr.name=\"data_\"/>\n",
            "<node id=\"a\"><data key=\"1\">big</data><data key=\"2\">y</data><data key=\"4\">z</data></node>\n"
            "<edge source=\"a\" target=\"a\"><data key=\"3\">e1</data><data key=\"2\">w</data></edge>\n")) ==
        "companies: id,kind,data_x,data_\n7: a|big|y|z\nrelations: from,to,id,data_x\n8: a|a|e1|w\n");
}

TEST_CASE("GraphML text survives: references, CDATA, comments inside, line ends, outer blanks") {
  CHECK(tables(graphml(name_key,
                       "<node id=\"a&#10;&quot;b\"><data key=\"n\"> &lt;x&gt; &#20013;&#x4e2d;\r\n<![CDATA[&<y>]]>"
                       "<!-- not & this --> end\n</data></node>\n")) ==
        "companies: id,name\n4: a\n\"b| <x> 中中\n&<y> end\n\n");
}

TEST_CASE("GraphML of networkx is read") {
  CHECK(tables("<?xml version='1.0' encoding='utf-8'?>\n"
               "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\">\n"
               "  <key id=\"d1\" for=\"edge\" attr.name=\"kind\" attr.type=\"string\" />\n"
               "  <key id=\"d0\" for=\"node\" attr.name=\"name\" attr.type=\"string\" />\n"
               "  <graph edgedefault=\"directed\">\n"
               "    <node id=\"a\">\n      <data key=\"d0\">Alpha</data>\n    </node>\n    <node id=\"b\" />\n"
               "    <edge source=\"a\" target=\"b\" id=\"0\">\n      <data key=\"d1\">supplies</data>\n    </edge>\n"
               "    <edge source=\"a\" target=\"b\" id=\"1\">\n      <data key=\"d1\">owns</data>\n    </edge>\n"
               "  </graph>\n</graphml>\n") ==
        "companies: id,name\n6: a|Alpha\n9: b|\nrelations: from,to,kind\n10: a|b|supplies\n13: a|b|owns\n");
}

TEST_CASE("GraphML of Gephi, which uses a key id for nodes and edges alike, is read") {
  const Records records = read(
      "<?xml version=\"1.0\"?><graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "<key attr.name=\"label\" attr.type=\"string\" for=\"node\" id=\"label\"/>\n"
      "<key attr.name=\"note\" attr.type=\"string\" for=\"node\" id=\"note\"/>\n"
      "<key attr.name=\"kind\" attr.type=\"string\" for=\"edge\" id=\"note\"/>\n"
      "<graph edgedefault=\"directed\">\n"
      "<node id=\"a\">\n<data key=\"label\">Alpha</data>\n<data key=\"note\">n</data>\n</node>\n"
      "<edge id=\"e\" source=\"a\" target=\"a\">\n<data key=\"note\">owns</data>\n</edge>\n</graph></graphml>");
  CHECK(problems_of(records) ==
        "g.graphml: warning: read are 'label' as name; --map says otherwise, if that is not meant\n");
  CHECK(tables_of(records) == "companies: id,name,note\n6: a|Alpha|n\nrelations: from,to,kind\n10: a|a|owns\n");
}

TEST_CASE("GraphML of igraph, and with a namespace prefix or a DOCTYPE that declares nothing, is read") {
  CHECK(tables("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<!DOCTYPE graphml SYSTEM \"http://graphml.graphdrawing.org/dtds/graphml.dtd\">\n"
               "<!-- Created by igraph -->\n<x:graphml xmlns:x=\"http://graphml.graphdrawing.org/xmlns\">\n"
               "<x:key id=\"v_id\" for=\"node\" attr.name=\"id\" attr.type=\"string\"/>\n"
               "<x:graph id=\"G\" edgedefault=\"directed\" parse.nodes=\"1\">\n"
               "<x:node id=\"n0\"><x:data key=\"v_id\">a</x:data></x:node>\n"
               "<x:edge source=\"n0\" target=\"n0\" directed=\"true\"/></x:graph></x:graphml>") ==
        "companies: id\n7: a\nrelations: from,to\n8: a|a\n");
}

TEST_CASE("GraphML of yEd is read but for its shapes, which one warning says") {
  const Records records = read(
      "<graphml xmlns:y=\"http://www.yworks.com/xml/graphml\">\n"
      "<key for=\"port\" id=\"d0\" yfiles.type=\"portgraphics\"/>\n<key for=\"graphml\" id=\"d7\" "
      "yfiles.type=\"resources\"/>\n"
      "<key attr.name=\"name\" attr.type=\"string\" for=\"node\" id=\"d4\"/>\n"
      "<key for=\"node\" id=\"d6\" yfiles.type=\"nodegraphics\"/><key for=\"node\" id=\"d8\" yfiles.type=\"x\"/>\n"
      "<key attr.name=\"Description\" attr.type=\"string\" for=\"graph\" id=\"d5\"/>\n"
      "<graph edgedefault=\"directed\" id=\"G\">\n<data key=\"d5\" xml:space=\"preserve\"/>\n"
      "<node id=\"n0\"><data key=\"d4\" xml:space=\"preserve\"><![CDATA[Alpha]]></data>\n"
      "<data key=\"d6\"><y:ShapeNode><y:NodeLabel>n<y:b/></y:NodeLabel></y:ShapeNode></data><data "
      "key=\"d8\">plain</data></node>\n"
      "</graph><data key=\"d7\"><y:Resources/></data></graphml>\n");
  CHECK(
      problems_of(records) ==
      "g.graphml:2: warning: yEd's shapes and labels are not kept; labels are names where no property is called name; "
      "write what else counts as properties\n");
  CHECK(tables_of(records) == "companies: id,name\n9: n0|Alpha\n");
}

TEST_CASE("attributes of the whole graph are left out with a warning") {
  CHECK(problems(graphml("<key id=\"g\" for=\"graph\" attr.name=\"title\"/>\n", "<data key=\"g\">T</data>\n")) ==
        "g.graphml:4: warning: title: attributes of the whole graph are not kept\n");
}

TEST_CASE("GraphML keys are declared, once, with a name and for something") {
  CHECK(problems(graphml("<key id=\"k\" for=\"node\"/>\n<key for=\"node\" attr.name=\"x\"/>\n"
                         "<key id=\"z\" for=\"tree\" attr.name=\"z\"/>\n" +
                             name_key + name_key + "<key id=\"w\" attr.name=\"w\">x<b/></key>\n",
                         "<node id=\"a\"><data key=\"z\">1</data><data>2</data></node>\n")) ==
        "g.graphml:2: attr.name: key \"k\" has no attr.name; name the attribute\n"
        "g.graphml:3: id: a key without an id; give it the id that its <data> name\n"
        "g.graphml:4: for: \"tree\" is not known; write node, edge, graph or all\n"
        "g.graphml:6: id: key \"n\" is declared twice; give each key an id of its own\n"
        "g.graphml:7: text outside of any <data>: \"x\"; write it as <data key=\"...\">\n"
        "g.graphml:7: <b> inside of <key> is not GraphML; the format has <key>, <graph>, <node>, <edge> and <data>\n"
        "g.graphml:9: key: no key \"\" is declared for a node; name the key of the <data>\n"
        "g.graphml:9: warning: key \"z\" is not declared, and read for a node; declare it: <key id=\"z\" for=\"node\" "
        "attr.name=\"...\"/>\n");
}

TEST_CASE("a GraphML key that is declared for others, or for nobody, is read with one warning") {
  const Records records = read(
      graphml(name_key,
              "<node id=\"a\"/>\n<edge source=\"a\" target=\"a\"><data key=\"n\">x</data><data "
              "key=\"kind\">owns</data></edge>\n<edge source=\"a\" target=\"a\"><data key=\"n\">y</data></edge>\n"));
  CHECK(problems_of(records) ==
        "g.graphml:5: warning: key \"kind\" is not declared, and read for a edge; declare it: <key id=\"kind\" "
        "for=\"edge\" attr.name=\"...\"/>\n"
        "g.graphml:5: warning: key \"n\" is declared for others, and used for a edge; declare it: <key id=\"n\" "
        "for=\"edge\" attr.name=\"...\"/>\n");
  CHECK(tables_of(records) == "companies: id\n4: a\nrelations: from,to,name,kind\n5: a|a|x|owns\n6: a|a|y|\n");
}

TEST_CASE("GraphML of APOC and yEd: labels, drawn names, groups") {
  const Records apoc = read(graphml("<key id=\"kind\" for=\"edge\" attr.name=\"kind\"/>\n",
                                    "<node id=\"n0\" labels=\":Firm\"><data key=\"labels\">:Firm</data></node>\n"
                                    "<node id=\"n1\" labels=\":Firm\"/>\n<edge source=\"n0\" target=\"n1\" "
                                    "label=\"SELLS\"><data key=\"kind\">supplies</data></edge>\n"));
  CHECK(
      problems_of(apoc) ==
      "g.graphml:4: warning: key \"labels\" is not declared, and read for a node; declare it: <key id=\"labels\" "
      "for=\"node\" attr.name=\"...\"/>\n"
      "g.graphml:6: warning: the attribute \"label\" of <edge> is not GraphML's, and left out; write it as <data "
      "key=\"...\">, if it counts\n"
      "g.graphml:4: warning: the attribute \"labels\" of <node> is not GraphML's, and left out (2 times); write it as "
      "<data key=\"...\">, if it counts\n");
  const Records yed = read(
      graphml("<key for=\"node\" id=\"d6\" yfiles.type=\"nodegraphics\"/>\n",
              "<node id=\"g\"><graph id=\"g:\" edgedefault=\"directed\"><node id=\"g::n0\"><data "
              "key=\"d6\"><y:ShapeNode><y:NodeLabel>Alpha</y:NodeLabel></y:ShapeNode></data></node></graph></node>\n"
              "<node id=\"n1\"/>\n<edge source=\"g::n0\" target=\"n1\"/>\n"));
  CHECK(tables_of(yed) == "companies: id,name\n4: g::n0|Alpha\n5: n1|\nrelations: from,to\n6: g::n0|n1\n");
}

TEST_CASE("GraphML nodes have ids, one each, and a known kind") {
  const Records records = read(graphml("<key id=\"k\" for=\"node\" attr.name=\"kind\"/>\n",
                                       "<node id=\"a\"/>\n<node id=\"a\"/>\n<node/>\n"
                                       "<node id=\"b\"><data key=\"k\">person</data></node>\n"
                                       "<edge source=\"a\" target=\"b\"/>\n"));
  CHECK(problems_of(records) ==
        "g.graphml:5: id: a second node \"a\"; give each node an id of its own\n"
        "g.graphml:6: id: a node without an id; give each node an id of its own\n"
        "g.graphml:7: kind: \"person\" is no kind of node; write company, source or rate\n");
  CHECK(tables_of(records) == "companies: id\n4: a\n");
}

TEST_CASE("GraphML edges join companies of the same graph") {
  const Records records = read(graphml("<key id=\"k\" for=\"node\" attr.name=\"kind\"/>\n",
                                       "<node id=\"a\"/>\n<node id=\"s\"><data key=\"k\">source</data></node>\n"
                                       "<edge source=\"a\" target=\"x\"/>\n<edge source=\"s\"/>\n"
                                       "<edge source=\"a\" target=\"a\"/>\n"));
  CHECK(problems_of(records) ==
        "g.graphml:6: target: there is no node \"x\"; name a node of this graph\n"
        "g.graphml:7: source: node \"s\" is no company; a relation joins two companies\n"
        "g.graphml:7: target: the attribute is missing; name a node of this graph\n");
  CHECK(tables_of(records) == "companies: id\n4: a\nsources: id\n5: s\nrelations: from,to\n8: a|a\n");
}

TEST_CASE("GraphML attributes are given once, in data") {
  CHECK(problems(graphml(name_key + "<key id=\"m\" for=\"all\" attr.name=\"name\"/>\n"
                                    "<key id=\"f\" for=\"edge\" attr.name=\"from\"/>\n",
                         "<node id=\"a\" name=\"Alpha\" y:z=\"1\" xmlns=\"u\" parse.order=\"1\"/>\n"
                         "<node id=\"b\"><data key=\"n\" value=\"B\">B</data><data key=\"m\">C</data></node>\n"
                         "<edge source=\"a\" target=\"b\" weight=\"1\"><data key=\"f\">b</data></edge>\n")) ==
        "g.graphml:7: name: the attribute is given twice; give it once\n"
        "g.graphml:8: from: the attribute is given twice; give it once\n"
        "g.graphml:6: warning: the attribute \"name\" of <node> is not GraphML's, and left out; write it as <data "
        "key=\"...\">, if it counts\n"
        "g.graphml:7: warning: the attribute \"value\" of <data> is not GraphML's, and left out; write it as <data "
        "key=\"...\">, if it counts\n"
        "g.graphml:8: warning: the attribute \"weight\" of <edge> is not GraphML's, and left out; write it as <data "
        "key=\"...\">, if it counts\n");
}

TEST_CASE("an attribute that stands twice breaks the XML") {
  CHECK(problems(graphml("", "<node id=\"a\" id=\"b\"/>\n")) ==
        "g.graphml:3: the XML is broken: duplicate attribute; each <element> needs an </element>, each attribute "
        "quotes\n");
}

TEST_CASE("GraphML without a direction is refused") {
  CHECK(problems("<graphml><graph edgedefault=\"undirected\">\n<node id=\"a\"/>\n"
                 "<edge source=\"a\" target=\"a\" directed=\"false\"/></graph></graphml>") ==
        "g.graphml:1: edgedefault: \"undirected\" is not read; relations have a direction: write "
        "edgedefault=\"directed\", or say that the first end supplies the second: tierscope check g --undirected-as "
        "out\n");
  CHECK(
      problems(graphml("", "<node id=\"a\"/>\n<edge source=\"a\" target=\"a\" directed=\"false\"/>\n")) ==
      "g.graphml:4: directed: \"false\" is not read; relations have a direction: write directed=\"true\", or say that "
      "the first end supplies the second: tierscope check g --undirected-as out\n");
  Records both;
  both.graphs = {"g"};
  both.files = {"g.graphml"};
  both.mapping.undirected_both = true;
  read_graphml(
      "<graphml><graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>"
      "<edge source=\"a\" target=\"b\"/></graph></graphml>",
      0, 0, both);
  CHECK(problems_of(both) == "");
  CHECK(tables_of(both) == "companies: id\n1: a\n1: b\nrelations: from,to\n1: a|b\n1: b|a\n");
  CHECK(problems("<graphml><graph/></graphml>") ==
        "g.graphml:1: edgedefault: the attribute is missing; relations have a direction: write "
        "edgedefault=\"directed\"\n");
}

TEST_CASE("bad nodes and edges of GraphML are left out where the user would rather do without them") {
  Records records;
  records.graphs = {"g"};
  records.files = {"g.graphml"};
  records.mapping.skip_bad = true;
  read_graphml(graphml("",
                       "<node id=\"a\"/><node/>\n<edge source=\"a\" target=\"x\"/>\n"
                       "<edge source=\"a\" target=\"a\" directed=\"false\"/>\n<edge source=\"a\" "
                       "target=\"b\"/>\n<node id=\"b\"/>\n"),
               0, 0, records);
  records.say_counts();
  CHECK(problems_of(records) ==
        "g.graphml:3: warning: 3 rows are left out for errors, first this one: id: a node without an id; without "
        "--skip-bad all are told\n");
  CHECK(tables_of(records) == "companies: id\n3: a\n7: b\nrelations: from,to\n6: a|b\n");
}

TEST_CASE("hyperedges, other elements and stray text in GraphML are refused, ports left out") {
  const std::string other = " is not GraphML; the format has <key>, <graph>, <node>, <edge> and <data>\n";
  CHECK(problems(graphml(name_key,
                         "<hyperedge><endpoint node=\"a\"/></hyperedge>\n"
                         "<node id=\"a\"><port name=\"p\"/><graph/>stray <!-- --></node>\n"
                         "<edge source=\"a\" target=\"a\" sourceport=\"p\"><node id=\"b\"/></edge>\n"
                         "<nodes/>\n<node id=\"c\"><data key=\"n\">x<b>y</b></data></node>\n")) ==
        "g.graphml:4: <hyperedge> inside of <graph>: hyperedges are not read; write an <edge> for each pair\n"
        "g.graphml:5: text outside of any <data>: \"stray\"; write it as <data key=\"...\">\n"
        "g.graphml:6: <node> inside of <edge>" +
            other + "g.graphml:7: <nodes> inside of <graph>" + other +
            "g.graphml:8: name: <b> inside of <data>; write text, with &lt; for <\n"
            "g.graphml:5: warning: ports are left out (2 times); an edge joins the nodes themselves\n");
}

TEST_CASE("a GraphML file has one graph") {
  const Records records = read(
      "<graphml><desc>d</desc>\n<graph edgedefault=\"directed\"><node id=\"a\"/></graph>\n"
      "<graph edgedefault=\"directed\"/>\n<node/></graphml>");
  CHECK(problems_of(records) ==
        "g.graphml:3: a second graph in one file; write each graph to a file of its own\n"
        "g.graphml:4: <node> inside of <graphml> is not GraphML; the format has <key>, <graph>, <node>, <edge> and "
        "<data>\n");
  CHECK(tables_of(records) == "companies: id\n2: a\n");
  CHECK(problems("\n<graphml/>") ==
        "g.graphml:2: there is no <graph>; write nodes and edges into <graph edgedefault=\"directed\">\n");
}

TEST_CASE("XML that is not GraphML is refused") {
  const std::string remedy = "; a GraphML file begins with <graphml>\n";
  CHECK(problems("<?xml version=\"1.0\"?>\n<gexf/>") ==
        "g.graphml:2: not GraphML: the root element is <gexf>" + remedy);
  CHECK(problems("<!-- nothing -->\n") == "g.graphml: not GraphML: there is no element" + remedy);
  const std::string one = "; a file holds one <graphml>...</graphml>\n";
  CHECK(problems("hello") == "g.graphml:1: text outside of the root element" + one);
  CHECK(problems("<graphml><graph edgedefault=\"directed\"/></graphml>\n&amp; more") ==
        "g.graphml:2: text outside of the root element" + one);
  CHECK(problems("<graphml/>\n<graphml/>") == "g.graphml:2: a second root element" + one);
}

TEST_CASE("broken XML is refused with its line") {
  const std::string remedy = "; each <element> needs an </element>, each attribute quotes\n";
  CHECK(problems("<graphml>\n<graph edgedefault=\"directed\">\r\n</node>\n") ==
        "g.graphml:3: the XML is broken: mismatched tag" + remedy);
  CHECK(problems("<graphml>\n\r\n\r<graph id=a>") ==
        "g.graphml:4: the XML is broken: not well-formed (invalid token)" + remedy);
}

TEST_CASE("entities are refused: those of a DOCTYPE and those that no one declared") {
  CHECK(
      problems("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>\n"
               "<graphml>&lol2;</graphml>") ==
      "g.graphml:2: DOCTYPE: declarations inside of the DOCTYPE are not accepted; delete the DOCTYPE and write out its "
      "entities\n");
  const std::string remedy = " stands for no character; write the character itself, or &amp; for &\n";
  CHECK(problems("<graphml a=\"&nbsp;\">\n&amp;&#65;&#x1F600;AT&T &amp lt; <!-- &c; --><![CDATA[&d;]]><?e &e;?>\n"
                 "&#0;&#xD800;&#x110000;&#1;&#xfffe;&#;&#x;&#65a; &aaaaaaaaaaaaaaaaaaaaaaaaaaaaa;\n&</graphml>\n&") ==
        "g.graphml:1: \"&nbsp;\"" + remedy + "g.graphml:2: \"&T\"" + remedy + "g.graphml:2: \"&amp\"" + remedy +
            "g.graphml:3: \"&#0;\"" + remedy + "g.graphml:3: \"&#xD800;\"" + remedy + "g.graphml:3: \"&#x110000;\"" +
            remedy + "g.graphml:3: \"&#1;\"" + remedy + "g.graphml:3: \"&#xfffe;\"" + remedy + "g.graphml:3: \"&#;\"" +
            remedy + "g.graphml:3: \"&#x;\"" + remedy + "g.graphml:3: \"&#65a;\"" + remedy +
            "g.graphml:3: \"&aaaaaaaaaaaaaaaaaaa\"" + remedy + "g.graphml:4: \"&\"" + remedy + "g.graphml:5: \"&\"" +
            remedy);
}

TEST_CASE("valid GraphML cut at any byte is refused, but for its last line end") {
  const std::string text = "<?xml version=\"1.0\"?>\n<!DOCTYPE graphml SYSTEM \"x\">\n" +
                           graphml(name_key + "<key id=\"y\" for=\"node\" yfiles.type=\"s\"/>\n",
                                   "<node id=\"a\"><data key=\"n\">&lt;<![CDATA[x]]><!-- c --></data></node>\n"
                                   "<edge source=\"a\" target=\"a\"/>\n");
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::vector<char> cut(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(has_errors(read({cut.data(), cut.size()}).problems) == (size < text.size() - 1));
  }
}

TEST_CASE("a million nested XML elements are refused without recursion") {
  std::string open;
  std::string close;
  for (int i = 0; i < 1'000'000; ++i) {
    open += "<node>";
    close += "</node>";
  }
  CHECK(problems(open + close) ==
        "g.graphml:1: not GraphML: the root element is <node>; a GraphML file begins with <graphml>\n");
  CHECK(
      problems("<graphml>" + open) ==
      "g.graphml:1: <node> inside of <graphml> is not GraphML; the format has <key>, <graph>, <node>, <edge> and "
      "<data>\n"
      "g.graphml:1: the XML is broken: no element found; each <element> needs an </element>, each attribute quotes\n");
  CHECK(problems(graphml(name_key, "<node id=\"a\"><data key=\"n\">" + open + close + "</data></node>")) ==
        "g.graphml:4: name: <node> inside of <data>; write text, with &lt; for <\n");
}

TEST_CASE("a small GraphML file cannot ask for a huge table") {
  std::string keys;
  std::string nodes;
  for (int i = 0; i < 5000; ++i) {
    const std::string id = std::to_string(i);
    keys += "<key id=\"" + id + "\" for=\"node\" attr.name=\"c" + id + "\"><default>x</default></key>\n";
    nodes += "<node id=\"" + id + "\"/>\n";
  }
  CHECK(problems(graphml(keys, nodes)) ==
        "g.graphml:5002: 5004 attributes are too many for the nodes and edges of so small a file; split the graph, or "
        "leave out what is not needed\n");
}

TEST_CASE("write_graphml declares the keys it uses, indents, and keeps the ids of companies, sources and rates apart") {
  const auto model =
      model_of({{TableKind::sources, "id,title\ns,T & <\"U\">\n"},
                {TableKind::companies, "id,name,kind\na,Alpha,big\nb,,\nsource:s,,\ncompany:source:s,,\n"},
                {TableKind::rates, "from,to,rate\nUSD,CNY,7\n"},
                {TableKind::relations, "from,to,kind,note,id\na,source:s,supplies,\"x\ny\",e1\na,b,owns,,\n"}});
  REQUIRE(model);
  CHECK(write_graphml(*model) == R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="name" attr.type="string"/>
  <key id="d1" for="node" attr.name="data_kind" attr.type="string"/>
  <key id="d2" for="node" attr.name="id" attr.type="string"/>
  <key id="d3" for="node" attr.name="kind" attr.type="string"/>
  <key id="d4" for="node" attr.name="title" attr.type="string"/>
  <key id="d5" for="node" attr.name="from" attr.type="string"/>
  <key id="d6" for="node" attr.name="to" attr.type="string"/>
  <key id="d7" for="node" attr.name="rate" attr.type="string"/>
  <key id="d8" for="edge" attr.name="kind" attr.type="string"/>
  <key id="d9" for="edge" attr.name="note" attr.type="string"/>
  <key id="d10" for="edge" attr.name="data_id" attr.type="string"/>
  <graph id="tierscope" edgedefault="directed">
    <node id="a">
      <data key="d0">Alpha</data>
      <data key="d1">big</data>
    </node>
    <node id="b"/>
    <node id="company:source:s">
      <data key="d2">source:s</data>
    </node>
    <node id="company:company:source:s">
      <data key="d2">company:source:s</data>
    </node>
    <node id="source:s">
      <data key="d3">source</data>
      <data key="d2">s</data>
      <data key="d4">T &amp; &lt;"U"&gt;</data>
    </node>
    <node id="rate:1">
      <data key="d3">rate</data>
      <data key="d5">USD</data>
      <data key="d6">CNY</data>
      <data key="d7">7</data>
    </node>
    <edge source="a" target="company:source:s">
      <data key="d8">supplies</data>
      <data key="d9">x
y</data>
      <data key="d10">e1</data>
    </edge>
    <edge source="a" target="b">
      <data key="d8">owns</data>
    </edge>
  </graph>
</graphml>
)");
}

TEST_CASE("a model is the same after GraphML, whatever its texts are") {
  const auto text = [] {
    static const std::vector<std::string> pieces{"'", "=",  "\"", "<", ">", "&",  "]]>", "&amp;",    "<!--",        "a",
                                                 " ", "\n", "\t", ",", ";", "\\", "中",  "\xc2\x85", "\xef\xbf\xbd"};
    std::string joined;
    for (const std::string& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
      joined += piece;
    return joined;
  };
  static const std::vector<std::string> prefixes{"", "source:", "rate:", "company:", "data_", "'"};
  CHECK(rc::check("models survive GraphML", [&] {
    std::string sources = "y,x,id\n" + csv_line({text(), text(), "s"});
    std::string companies = "id,name,x,data_y,kind,to,y\n";
    std::string relations = "from,to,kind,note,id,data_from,=1\n";
    std::string from;
    for (int i = 0; i < 5; ++i) {
      const std::string id = *rc::gen::elementOf(prefixes) + "c" + text() + std::to_string(i);
      companies += csv_line({id, text(), text(), text(), text(), text(), text()});
      relations += csv_line({from.empty() ? id : from, id, "owns", text(), text(), text(), text()});
      from = id;
    }
    const auto model = model_of({{TableKind::sources, sources},
                                 {TableKind::companies, companies},
                                 {TableKind::rates, "from,to,rate\nUSD,CNY,7\nEUR,CNY,8\n"},
                                 {TableKind::relations, relations}});
    RC_ASSERT(model.has_value());
    Records records = read(write_graphml(*model));
    RC_ASSERT(problems_of(records) == "");
    const auto again = build(records);
    RC_ASSERT(again.has_value());
    RC_ASSERT(folder_text(*again) == folder_text(*model));
    RC_ASSERT(write_graphml(*again) == write_graphml(*model));
  }));
}

}  // namespace tierscope::core
