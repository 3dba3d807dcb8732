// Definitions, section 1: ids that only serve a graph (n0, 1) are that graph's own when several graphs are read as one.

#include <doctest/doctest.h>

#include "model_of.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

using Texts = std::map<std::string, std::string>;

struct Merged {
  std::optional<Model> model;
  std::string problems;
};

Merged merged(const Texts& texts, const std::vector<std::string>& graphs) {
  MemoryFiles files;
  files.files = texts;
  Records records;
  for (const std::string& graph : graphs) read_graph(files, graph, records);
  Merged result;
  result.model = build(records);
  result.problems = problems_of(records);
  return result;
}

/// `id=name …: from>to …`
std::string graph(const Merged& merged) {
  if (!merged.model) return merged.problems;
  const Model& model = *merged.model;
  std::string text;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    ((((text += v == 0 ? "" : " ") += model.id(v)) += "=") += model.name(v));
  text += ":";
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    (((text += " ") += model.id(model.relation(row).from)) += ">") += model.id(model.relation(row).to);
  return text;
}

/// A folder of the companies `id,name` and the relations `from,to`.
void add(Texts& files, const std::string& folder, const std::string& companies, const std::string& relations) {
  if (!companies.empty()) files[folder + "/companies.csv"] = "id,name\n" + companies;
  std::string& rows = files[folder + "/relations.csv"] = "from,to,kind\n";
  for (std::size_t at = 0, end = 0; at < relations.size(); at = end + 1) {
    end = relations.find('\n', at);
    rows += relations.substr(at, end - at) + ",supplies\n";
  }
}

Merged two(const std::string& one, const std::string& one_rows, const std::string& other,
           const std::string& other_rows) {
  Texts files;
  add(files, "in/one", one, one_rows);
  add(files, "in/two", other, other_rows);
  return merged(files, {"in/one", "in/two/"});
}

}  // namespace

TEST_CASE("n0 of two graphs is two companies where their names differ, and each graph's relations mean its own") {
  const Merged both = two("n0,Alpha\nn1,Beta\nx,Xi\n", "n0,n1\nn1,x\n", "n0,Gamma\nn1,  BETA \nn2,Delta\n",
                          "n0,n1\nn2,n0\nx,n2\nn1,x\n");
  // n1 is Beta in both; n2 stands in one graph alone; x is no such id. The row n1,x of both graphs is one fact, the row
  // n0,n1 is not: Alpha supplies Beta, and Gamma does.
  CHECK(graph(both) == "n0=Alpha n1=Beta x=Xi n0@two=Gamma n2=Delta: n0>n1 n1>x n0@two>n1 n2>n0@two x>n2");
  CHECK(both.problems ==
        "in/two/companies.csv:2: warning: id: 1 id of other companies in another graph: 'n0' is 'Gamma' here and "
        "'Alpha' at in/one/companies.csv:2, so the one here is 'n0@two'; give one name where they are one company\n"
        "in/two/companies.csv:3: warning: name: 'BETA' contradicts 'Beta' at in/one/companies.csv:3; the first is "
        "kept; make the graphs agree\n");
}

TEST_CASE("ids that people give are one company in all graphs, whatever its names") {
  for (const char* id : {"n", "n0a", "a1", "N0", "n-1", "n1.5", "nn1", "c7", "tsmc"}) {
    CAPTURE(id);
    const Merged both = two(std::string(id) + ",Alpha\n", "", std::string(id) + ",Beta\n", "");
    CHECK(graph(both) == std::string(id) + "=Alpha:");
  }
  for (const char* id : {"n0", "0", "1", "n12345", "007", "600519"}) {
    CAPTURE(id);
    const Merged both = two(std::string(id) + ",Alpha\n", "", std::string(id) + ",Beta\n", "");
    CHECK(graph(both) == std::string(id) + "=Alpha " + id + "@two=Beta:");
  }
  // One graph alone has one company of each id, and a name that is one.
  Texts files;
  add(files, "g", "1,Alpha\n2,Beta\n", "1,2\n");
  CHECK(graph(merged(files, {"g"})) == "1=Alpha 2=Beta: 1>2");
  add(files, "g", "1,Alpha\n1,Beta\n", "");
  add(files, "h", "3,Gamma\n", "");
  CHECK(graph(merged(files, {"g", "h"})) ==
        "g/companies.csv:3: id: company '1' again, first at g/companies.csv:2; keep one row for each company\n");
  CHECK(graph(merged(files, {"h", "g"})) ==
        "g/companies.csv:3: id: company '1' again, first at g/companies.csv:2; keep one row for each company\n");
}

TEST_CASE("each further graph is compared with all before") {
  Texts files;
  add(files, "a", "1,Alpha\n", "1,x\n");
  add(files, "b", "1,Beta\n", "1,x\n");
  add(files, "c", "1,beta\n", "1,y\n");
  add(files, "d/b", "1,Delta\n", "1,x\n");
  const Merged all = merged(files, {"a", "b", "c", "d/b"});
  // Two graphs end in b: the second's id tells it with a number.
  CHECK(graph(all) == "1=Alpha 1@b=Beta 1@b-2=Delta x=x y=y: 1>x 1@b>x 1@b>y 1@b-2>x");
}

TEST_CASE("without names nobody knows: one company, with a warning that says so once") {
  const Merged unnamed = two("1,Alpha\n2,Beta\n3,\n", "1,2\n", "1,\n2,\n3,Gamma\n4,Delta\n", "1,2\n2,1\n4,3\n");
  CHECK(graph(unnamed) == "1=Alpha 2=Beta 3=Gamma 4=Delta: 1>2 2>1 4>3");
  CHECK(unnamed.problems ==
        "in/two/companies.csv:2: warning: id: 3 ids that may be of other companies in another graph, as no names "
        "tell: '1' is taken as the company of that id at in/one/companies.csv:2; list the companies with their names, "
        "or give ids of their own\n");
  // A graph without a table of companies has no names either; 5 is new in both.
  const Merged unlisted = two("1,Alpha\n", "1,5\n", "", "1,5\n5,1\n");
  CHECK(graph(unlisted) == "1=Alpha 5=5: 1>5 5>1");
  CHECK(unlisted.problems ==
        "in/one/relations.csv:2: warning: to: no company '5' is listed; it is taken as a company with no more than an "
        "id; list it among the companies\n"
        "in/two/relations.csv:2: warning: id: 2 ids that may be of other companies in another graph, as no names "
        "tell: '1' is taken as the company of that id at in/one/companies.csv:2; list the companies with their names, "
        "or give ids of their own\n");
}

TEST_CASE("graphs of tools that number their nodes are merged, written and read again as the same graph") {
  const auto graphml = [](const std::string& first, const std::string& second) {
    return "<graphml><key id=\"k\" for=\"node\" attr.name=\"name\"/><key id=\"e\" for=\"edge\" attr.name=\"kind\"/>"
           "<graph edgedefault=\"directed\"><node id=\"n0\"><data key=\"k\">" +
           first + "</data></node><node id=\"n1\"><data key=\"k\">" + second +
           "</data></node><edge source=\"n0\" target=\"n1\"><data key=\"e\">supplies</data></edge></graph></graphml>";
  };
  const Merged both = merged({{"chips.graphml", graphml("TSMC", "NVIDIA")},
                              {"cars.graphml", graphml("CATL", "BMW")},
                              {"g.dot", "digraph { n0 [name=CATL] n1 [name=VW] n0 -> n1 [kind=supplies] }"}},
                             {"chips.graphml", "cars.graphml", "g.dot"});
  const std::string expected =
      "n0=TSMC n1=NVIDIA n0@cars.graphml=CATL n1@cars.graphml=BMW n1@g.dot=VW: n0>n1 n0@cars.graphml>n1@cars.graphml "
      "n0@cars.graphml>n1@g.dot";
  CHECK(graph(both) == expected);
  const std::string dot = write_dot(*both.model);
  const Merged from_dot = merged({{"all.dot", dot}}, {"all.dot"});
  CHECK(graph(from_dot) == expected);
  CHECK(write_dot(*from_dot.model) == dot);
  const std::string xml = write_graphml(*both.model);
  const Merged from_xml = merged({{"all.graphml", xml}}, {"all.graphml"});
  CHECK(graph(from_xml) == expected);
  CHECK(write_graphml(*from_xml.model) == xml);
  Texts folder;
  for (const NamedBytes& file : write_folder(*both.model)) folder["all/" + file.path] = whole(file);
  const Merged from_folder = merged(folder, {"all"});
  CHECK(graph(from_folder) == expected);
  CHECK(from_folder.problems == "");
}

}  // namespace tierscope::core
