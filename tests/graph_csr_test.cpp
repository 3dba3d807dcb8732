#include <doctest/doctest.h>

#include <algorithm>
#include <boost/graph/graph_concepts.hpp>
#include <utility>
#include <vector>

#include "graph/csr.hpp"
#include "graph/csr_boost.hpp"
#include "graph_of.hpp"

namespace tierscope::core {
TEST_CASE("a compressed graph keeps parallel edges, loops and the order of the input, both ways") {
  // Rows:               0       1       2       3       4
  const Csr g = csr_of(4, {{2, 1}, {0, 1}, {2, 2}, {2, 1}, {0, 2}});
  // By source: 0 has rows 1 and 4 as edges 0 and 1; 1 has none; 2 has rows 0, 2, 3 as edges 2, 3, 4; 3 has none.
  CHECK(g.size() == 4);
  CHECK(g.edge_count() == 5);
  CHECK(list(g.targets(0)) == std::vector<std::uint32_t>{1, 2});
  CHECK(list(g.targets(1)).empty());
  CHECK(list(g.targets(2)) == std::vector<std::uint32_t>{1, 2, 1});
  CHECK(list(g.targets(3)).empty());
  CHECK(list(g.out_rows(0)) == std::vector<std::uint32_t>{1, 4});
  CHECK(list(g.out_rows(2)) == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(g.first_out(2) == 2);
  CHECK(g.first_out(4) == 5);
  CHECK(g.target(3) == 2);
  CHECK(g.row(3) == 2);
  // Into 1 lead rows 0, 1, 3, which are edges 2, 0, 4.
  CHECK(list(g.in_rows(1)) == std::vector<std::uint32_t>{0, 1, 3});
  CHECK(list(g.sources(1)) == std::vector<std::uint32_t>{2, 0, 2});
  CHECK(list(g.incoming(1)) == std::vector<std::uint32_t>{2, 0, 4});
  CHECK(list(g.in_rows(2)) == std::vector<std::uint32_t>{2, 4});
  CHECK(list(g.sources(2)) == std::vector<std::uint32_t>{2, 0});
  CHECK(list(g.sources(0)).empty());
  CHECK(list(g.sources(3)).empty());
}

TEST_CASE("a compressed graph of nothing") {
  CHECK(Csr().size() == 0);
  CHECK(Csr().edge_count() == 0);
  const Csr lonely = csr_of(2, {});
  CHECK(lonely.size() == 2);
  CHECK(list(lonely.targets(1)).empty());
  CHECK(list(lonely.sources(0)).empty());
  const auto [first, last] = edges(lonely);
  CHECK(first == last);
}

TEST_CASE("Boost sees the same graph") {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Csr>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Csr>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Csr>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Csr>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Csr>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Csr, std::uint32_t, boost::vertex_index_t>));
  RandomGraphs random(1);
  for (int round = 0; round < 200; ++round) {
    const std::uint32_t size = 1 + random.below(6);
    const Pairs pairs = random.pairs(size, random.below(12));
    const Csr g = csr_of(size, pairs);
    CHECK(num_vertices(g) == size);
    CHECK(num_edges(g) == pairs.size());
    std::uint32_t index = 0;
    std::vector<std::uint32_t> rows;
    for (auto [edge, end] = edges(g); edge != end; ++edge) {
      CHECK((*edge).index == index++);
      CHECK(pairs[g.row((*edge).index)] == std::pair(source(*edge, g), target(*edge, g)));
      rows.push_back(g.row((*edge).index));
    }
    std::sort(rows.begin(), rows.end());
    for (std::uint32_t row = 0; row < rows.size(); ++row) CHECK(rows[row] == row);
    CHECK(rows.size() == pairs.size());
    std::size_t out = 0;
    std::size_t in = 0;
    for (auto [v, last] = vertices(g); v != last; ++v) {
      std::vector<std::uint32_t> adjacent;
      for (auto [edge, end] = out_edges(*v, g); edge != end; ++edge, ++out) {
        CHECK(source(*edge, g) == *v);
        adjacent.push_back(target(*edge, g));
        CHECK(pairs[g.row((*edge).index)] == std::pair(*v, target(*edge, g)));
      }
      const auto [begin, end_of] = adjacent_vertices(*v, g);
      CHECK(adjacent == std::vector<std::uint32_t>(begin, end_of));
      CHECK(out_degree(*v, g) == adjacent.size());
      std::uint32_t arrived = 0;
      for (auto [edge, end] = in_edges(*v, g); edge != end; ++edge, ++in, ++arrived)
        CHECK(pairs[g.row((*edge).index)] == std::pair(source(*edge, g), *v));
      CHECK(in_degree(*v, g) == arrived);
      CHECK(degree(*v, g) == adjacent.size() + arrived);
    }
    CHECK(out == pairs.size());
    CHECK(in == pairs.size());
  }
}

}  // namespace tierscope::core
