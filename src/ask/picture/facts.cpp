#include "ask/picture/facts.hpp"

#include <set>
#include <string_view>

namespace tierscope::core {
namespace {

/// The rows of the model that `drawn` was made of, in the order of its relations.
std::vector<std::size_t> origins(const Model& model, const Model& drawn) {
  std::vector<bool> aside(model.relation_count(), false);
  for (const SetAside& s : drawn.set_aside()) aside[s.relation.row] = true;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < aside.size(); ++row)
    if (!aside[row]) rows.push_back(row);
  return rows;
}

}  // namespace

Model facts_of(const Sketch& sketch, const Model& model, bool consolidated, const std::vector<bool>& wanted_kinds,
               std::vector<CompanyIndex>& company_of, std::vector<std::size_t>& place_of) {
  const Model& base = consolidated ? sketch.drawn : model;
  Parts parts = base.thaw();
  parts.set_aside.clear();
  constexpr auto gone = static_cast<CompanyIndex>(-1);
  company_of.assign(parts.companies.size(), gone);
  std::vector<Company> companies;
  for (CompanyIndex v = 0; v < company_of.size(); ++v) {
    if (!sketch.companies[v]) continue;
    company_of[v] = static_cast<CompanyIndex>(companies.size());
    companies.push_back(parts.companies[v]);
  }
  std::vector<std::size_t> origin;
  if (consolidated)
    for (std::size_t row = 0; row < parts.relations.size(); ++row) origin.push_back(row);
  else
    origin = origins(model, sketch.drawn);
  std::vector<std::size_t> drawn_of(parts.relations.size(), SIZE_MAX);
  for (std::size_t i = 0; i < origin.size(); ++i) drawn_of[origin[i]] = i;
  place_of.assign(sketch.drawn.relation_count(), SIZE_MAX);
  std::vector<Relation> relations;
  std::vector<std::size_t> new_row(parts.relations.size(), SIZE_MAX);
  for (std::size_t row = 0; row < parts.relations.size(); ++row) {
    Relation r = parts.relations[row];
    const std::size_t drawn = drawn_of[row];
    const bool kept = drawn != SIZE_MAX ? sketch.relations[drawn] : wanted_kinds[static_cast<std::size_t>(r.kind)];
    if (!kept || company_of[r.from] == gone || company_of[r.to] == gone) continue;
    r.from = company_of[r.from];
    r.to = company_of[r.to];
    new_row[row] = relations.size();
    if (drawn != SIZE_MAX) place_of[drawn] = relations.size();
    relations.push_back(r);
  }
  const auto move = [](std::vector<Extra>& extras, const auto& to) {
    std::vector<Extra> moved;
    for (Extra extra : extras) {
      const auto place = static_cast<std::size_t>(to[extra.row]);
      if (place >= static_cast<CompanyIndex>(-1)) continue;
      extra.row = static_cast<std::uint32_t>(place);
      moved.push_back(extra);
    }
    extras = std::move(moved);
  };
  move(parts.company_extras, company_of);
  move(parts.relation_extras, new_row);
  // A picture of a part cites that part's sources; the whole keeps all.
  if (companies.size() < parts.companies.size() || relations.size() < parts.relations.size()) {
    std::set<std::string_view> cited;
    const auto cite = [&](Text list) {
      for (const std::string_view id : split_list(base.text(list))) cited.insert(id);
    };
    for (const Company& company : companies) cite(company.sources);
    for (const Relation& r : relations) cite(r.sources);
    for (const Rate& rate : parts.rates) cite(rate.source);
    std::vector<Source> sources;
    std::vector<std::size_t> new_source(parts.sources.size(), SIZE_MAX);
    for (std::size_t i = 0; i < parts.sources.size(); ++i) {
      if (!cited.contains(base.text(parts.sources[i].id))) continue;
      new_source[i] = sources.size();
      sources.push_back(parts.sources[i]);
    }
    parts.sources = std::move(sources);
    move(parts.source_extras, new_source);
  }
  parts.companies = std::move(companies);
  parts.relations = std::move(relations);
  return Model(std::move(parts));
}

}  // namespace tierscope::core
