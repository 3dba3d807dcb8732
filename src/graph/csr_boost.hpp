#pragma once
// Makes Csr a graph for Boost's algorithms: VertexListGraph, EdgeListGraph, IncidenceGraph, AdjacencyGraph and
// BidirectionalGraph. Internal to graph/: costs a second of compile time, so no header of it includes this one.

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <tuple>
#include <utility>

#include "graph/csr.hpp"

namespace tierscope::core {

/// Knows both ends, so that none is looked up.
struct CsrEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t index = 0;
  friend bool operator==(const CsrEdge& a, const CsrEdge& b) { return a.index == b.index; }
};

/// Edges by value, hence forward at most for the old concepts.
template <typename Derived>
using CsrEdgeIterator = boost::iterator_facade<Derived, CsrEdge, boost::forward_traversal_tag, CsrEdge>;

class CsrOutEdges : public CsrEdgeIterator<CsrOutEdges> {
 public:
  CsrOutEdges() = default;
  CsrOutEdges(const Csr& graph, std::uint32_t from, std::uint32_t edge) : graph_(&graph), from_(from), edge_(edge) {}

 private:
  friend class boost::iterator_core_access;
  CsrEdge dereference() const { return {from_, graph_->target(edge_), edge_}; }
  bool equal(const CsrOutEdges& other) const { return edge_ == other.edge_; }
  void increment() { ++edge_; }
  const Csr* graph_ = nullptr;
  std::uint32_t from_ = 0;
  std::uint32_t edge_ = 0;
};

class CsrInEdges : public CsrEdgeIterator<CsrInEdges> {
 public:
  CsrInEdges() = default;
  CsrInEdges(const std::uint32_t* source, const std::uint32_t* edge, std::uint32_t to)
      : source_(source), edge_(edge), to_(to) {}

 private:
  friend class boost::iterator_core_access;
  CsrEdge dereference() const { return {*source_, to_, *edge_}; }
  bool equal(const CsrInEdges& other) const { return edge_ == other.edge_; }
  void increment() {
    ++source_;
    ++edge_;
  }
  const std::uint32_t* source_ = nullptr;
  const std::uint32_t* edge_ = nullptr;
  std::uint32_t to_ = 0;
};

class CsrEdges : public CsrEdgeIterator<CsrEdges> {
 public:
  CsrEdges() = default;
  CsrEdges(const Csr& graph, std::uint32_t edge) : graph_(&graph), edge_(edge) { skip(); }

 private:
  friend class boost::iterator_core_access;
  CsrEdge dereference() const { return {from_, graph_->target(edge_), edge_}; }
  bool equal(const CsrEdges& other) const { return edge_ == other.edge_; }
  void increment() {
    ++edge_;
    skip();
  }
  void skip() {  // vertices without edges, and those that are done
    while (from_ < graph_->size() && graph_->first_out(from_ + 1) <= edge_) ++from_;
  }
  const Csr* graph_ = nullptr;
  std::uint32_t from_ = 0;
  std::uint32_t edge_ = 0;
};

struct CsrTraversal : boost::vertex_list_graph_tag,
                      boost::edge_list_graph_tag,
                      boost::bidirectional_graph_tag,
                      boost::adjacency_graph_tag {};

}  // namespace tierscope::core

namespace boost {

template <>
struct graph_traits<::tierscope::core::Csr> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = ::tierscope::core::CsrEdge;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  using traversal_category = ::tierscope::core::CsrTraversal;
  using vertex_iterator = counting_iterator<std::uint32_t>;
  using edge_iterator = ::tierscope::core::CsrEdges;
  using out_edge_iterator = ::tierscope::core::CsrOutEdges;
  using in_edge_iterator = ::tierscope::core::CsrInEdges;
  using adjacency_iterator = const std::uint32_t*;
  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};
/// Flow algorithms wrap a const graph and ask for the traits of that.
template <>
struct graph_traits<const ::tierscope::core::Csr> : graph_traits<::tierscope::core::Csr> {};

template <>
struct property_map<::tierscope::core::Csr, vertex_index_t> {
  using type = typed_identity_property_map<std::uint32_t>;
  using const_type = type;
};
template <>
struct property_map<const ::tierscope::core::Csr, vertex_index_t>
    : property_map<::tierscope::core::Csr, vertex_index_t> {};

}  // namespace boost

// Found by the algorithms where they look for functions of the graph: in its own namespace.
namespace tierscope::core {

using CsrTraits = boost::graph_traits<Csr>;

inline std::uint32_t num_vertices(const Csr& g) { return g.size(); }
inline std::uint32_t num_edges(const Csr& g) { return g.edge_count(); }
inline std::uint32_t source(const CsrEdge& edge, const Csr&) { return edge.from; }
inline std::uint32_t target(const CsrEdge& edge, const Csr&) { return edge.to; }
inline std::uint32_t out_degree(std::uint32_t v, const Csr& g) { return g.first_out(v + 1) - g.first_out(v); }
inline std::uint32_t in_degree(std::uint32_t v, const Csr& g) {
  return static_cast<std::uint32_t>(g.sources(v).size());
}
inline std::uint32_t degree(std::uint32_t v, const Csr& g) { return out_degree(v, g) + in_degree(v, g); }

inline std::pair<CsrTraits::vertex_iterator, CsrTraits::vertex_iterator> vertices(const Csr& g) {
  return {CsrTraits::vertex_iterator(0), CsrTraits::vertex_iterator(g.size())};
}
inline std::pair<CsrEdges, CsrEdges> edges(const Csr& g) { return {CsrEdges(g, 0), CsrEdges(g, g.edge_count())}; }
inline std::pair<CsrOutEdges, CsrOutEdges> out_edges(std::uint32_t v, const Csr& g) {
  return {CsrOutEdges(g, v, g.first_out(v)), CsrOutEdges(g, v, g.first_out(v + 1))};
}
inline std::pair<CsrInEdges, CsrInEdges> in_edges(std::uint32_t v, const Csr& g) {
  const auto from = g.sources(v);
  const auto edge = g.incoming(v);
  return {CsrInEdges(from.data(), edge.data(), v), CsrInEdges(from.data() + from.size(), edge.data() + edge.size(), v)};
}
inline std::pair<const std::uint32_t*, const std::uint32_t*> adjacent_vertices(std::uint32_t v, const Csr& g) {
  const auto to = g.targets(v);
  return {to.data(), to.data() + to.size()};
}
inline boost::typed_identity_property_map<std::uint32_t> get(boost::vertex_index_t, const Csr&) { return {}; }
inline std::uint32_t get(boost::vertex_index_t, const Csr&, std::uint32_t v) { return v; }

/// The place of an edge, for property maps over vectors.
struct CsrEdgeIndex {
  using key_type = CsrEdge;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;
};
inline std::uint32_t get(CsrEdgeIndex, const CsrEdge& edge) { return edge.index; }

}  // namespace tierscope::core
