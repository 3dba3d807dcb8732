// The peer of scripts/bench: Boost.Graph's two cycle enumerations. boost_cycles tiernan|hawick EDGES LONGEST(0 = any)
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/directed_graph.hpp>
#include <boost/graph/hawick_circuits.hpp>
#include <boost/graph/tiernan_all_cycles.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

namespace boost {
// tiernan_all_cycles asks for it; vecS has nothing to renumber.
inline void renumber_vertex_indices(const Graph&) {}
}  // namespace boost

struct Count {
  std::uint64_t* total;
  template <typename Path, typename G>
  void cycle(const Path& path, const G&) const {
    *total += path.size() >= 2 ? 1 : 0;
  }
};

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::ifstream edges(argv[2]);
  Graph graph;
  for (std::size_t u = 0, v = 0; edges >> u >> v;) boost::add_edge(u, v, graph);
  const std::size_t longest = std::strtoull(argv[3], nullptr, 10);
  std::uint64_t total = 0;
  if (std::string(argv[1]) == "hawick")
    boost::hawick_circuits(graph, Count{&total});
  else
    boost::tiernan_all_cycles(graph, Count{&total}, 2,
                              longest == 0 ? std::numeric_limits<std::size_t>::max() : longest);
  std::cout << total << '\n';
}
