#include "model/model.hpp"

#include <utility>

#include "model/rates.hpp"

namespace tierscope::core {
namespace {

Csr graph_of(const Parts& parts) {
  const auto& relations = parts.relations;
  return {static_cast<std::uint32_t>(parts.companies.size()), static_cast<std::uint32_t>(relations.size()),
          [&](std::uint32_t row) { return std::pair(relations[row].from, relations[row].to); }};
}

Parts completed(Parts parts) {
  for (std::size_t row = 0; row < parts.relations.size(); ++row)
    parts.relations[row].row = static_cast<std::uint32_t>(row);
  if (!parts.converter) parts.converter = std::make_shared<Rates>(parts.rates, parts.as_of, parts.currency);
  return parts;
}

}  // namespace

Model::Model(Parts parts) : rest_(completed(std::move(parts))), graph_(graph_of(rest_)) {
  source_of_id_.reserve(rest_.sources.size());
  for (std::uint32_t i = 0; i < rest_.sources.size(); ++i) source_of_id_.emplace(text(rest_.sources[i].id), i);
}

std::string Model::place(Place place) const {
  if (place.file >= rest_.files.size()) return {};
  const std::string& file = rest_.files[place.file];
  return place.line == 0 ? file : file + ":" + std::to_string(place.line);
}

std::optional<std::size_t> Model::find_source(std::string_view id) const {
  const auto found = source_of_id_.find(id);
  if (found == source_of_id_.end()) return {};
  return found->second;
}

std::vector<std::string_view> split_list(std::string_view list) {
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

}  // namespace tierscope::core
