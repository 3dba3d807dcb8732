// The peer of scripts/bench: Boost.Graph's own readers. boost_read graphviz|graphml FILE prints the number of edges.
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/graph/graphviz.hpp>
#include <fstream>
#include <iostream>
#include <string>

struct Company {
  std::string id, name, sector, country, revenue;
};
struct Relation {
  std::string kind, category, item, value, revenue_share, supply_share, status, as_of, source;
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Company, Relation>;

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::ifstream file(argv[2]);
  Graph graph;
  boost::dynamic_properties properties(boost::ignore_other_properties);
  properties.property("node_id", get(&Company::id, graph));
  properties.property("name", get(&Company::name, graph));
  properties.property("sector", get(&Company::sector, graph));
  properties.property("country", get(&Company::country, graph));
  properties.property("revenue", get(&Company::revenue, graph));
  properties.property("kind", get(&Relation::kind, graph));
  properties.property("category", get(&Relation::category, graph));
  properties.property("item", get(&Relation::item, graph));
  properties.property("value", get(&Relation::value, graph));
  properties.property("revenue_share", get(&Relation::revenue_share, graph));
  properties.property("supply_share", get(&Relation::supply_share, graph));
  properties.property("status", get(&Relation::status, graph));
  properties.property("as_of", get(&Relation::as_of, graph));
  properties.property("source", get(&Relation::source, graph));
  if (std::string(argv[1]) == "graphviz")
    boost::read_graphviz(file, graph, properties);
  else
    boost::read_graphml(file, graph, properties);
  std::cout << num_edges(graph) << '\n';
}
