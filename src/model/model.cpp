#include "model/model.hpp"

#include <utility>

namespace tierscope {
namespace {

Graph graph_of(const std::vector<Company>& companies, std::vector<Relation>& relations) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  pairs.reserve(relations.size());
  for (std::size_t row = 0; row < relations.size(); ++row) {
    relations[row].row = static_cast<std::uint32_t>(row);
    pairs.emplace_back(relations[row].from, relations[row].to);
  }
  Graph graph(boost::edges_are_unsorted_multi_pass, pairs.begin(), pairs.end(), relations.begin(),
              static_cast<std::uint32_t>(companies.size()));
  for (std::uint32_t v = 0; v < companies.size(); ++v) graph[v] = companies[v];
  return graph;
}

}  // namespace

Model::Model(Parts parts) : graph_(graph_of(parts.companies, parts.relations)), rest_(std::move(parts)) {
  order_.resize(boost::num_edges(graph_));
  for (std::uint32_t edge = 0; edge < order_.size(); ++edge) order_[graph_[Edge(0, edge)].row] = edge;
  rest_.companies = {};
  rest_.relations = {};
}

std::string Model::place(Place place) const {
  if (place.file >= rest_.files.size()) return {};
  const std::string& file = rest_.files[place.file];
  return place.line == 0 ? file : file + ":" + std::to_string(place.line);
}

std::optional<std::size_t> Model::find_source(std::string_view id) const {
  for (std::size_t i = 0; i < rest_.sources.size(); ++i)
    if (text(rest_.sources[i].id) == id) return i;
  return {};
}

Parts Model::thaw() const {
  Parts parts = rest_;
  parts.companies.reserve(company_count());
  for (std::uint32_t v = 0; v < company_count(); ++v) parts.companies.push_back(company(v));
  parts.relations.reserve(relation_count());
  for (std::size_t row = 0; row < relation_count(); ++row) parts.relations.push_back(relation(row));
  return parts;
}

std::vector<std::string_view> split_sources(std::string_view list) {
  std::vector<std::string_view> ids;
  while (!list.empty()) {
    const std::size_t end = list.find(';');
    std::string_view id = list.substr(0, end);
    while (!id.empty() && id.front() == ' ') id.remove_prefix(1);
    while (!id.empty() && id.back() == ' ') id.remove_suffix(1);
    if (!id.empty()) ids.push_back(id);
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
  return ids;
}

}  // namespace tierscope
