#include "show/page/explore_parts.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace tierscope::core {

std::vector<CompanyPlace> Seen::companies_of(std::span<const CompanyIndex> of_view) const {
  std::vector<CompanyPlace> list;
  for (const CompanyIndex v : of_view) list.push_back(company(v));
  return list;
}

RelationPlace Seen::row(const Relation& r) const {
  // What is set aside keeps its row in the whole model; what counts has been numbered afresh.
  const bool counts = r.row < model.relation_count() && &model.relation(r.row) == &r;
  return counts ? rows[r.row] : r.row;
}

std::vector<RelationPlace> Seen::rows_of(std::span<const Relation* const> relations) const {
  std::vector<RelationPlace> list;
  for (const Relation* r : relations) list.push_back(row(*r));
  return list;
}

Seen see(const Model& whole, const ViewParams& params) {
  Seen seen{view(whole, params), {}, {}};
  std::vector<bool> aside(whole.relation_count(), false);
  for (const SetAside& left : seen.model.set_aside()) aside[left.relation.row] = true;
  for (std::uint32_t row = 0; row < aside.size(); ++row)
    if (!aside[row]) seen.rows.push_back(row);
  seen.companies.resize(seen.model.company_count());
  std::iota(seen.companies.begin(), seen.companies.end(), 0U);
  if (!params.consolidate) return seen;
  // A group bears the id of its ultimate parent.
  std::unordered_map<std::uint32_t, CompanyIndex> by_id;
  for (CompanyIndex v = 0; v < whole.company_count(); ++v) by_id.emplace(whole.company(v).id.id, v);
  for (CompanyIndex v = 0; v < seen.companies.size(); ++v) seen.companies[v] = by_id.at(seen.model.company(v).id.id);
  return seen;
}

PageRange page_range(double low, double high) {
  return {low, high == unbounded ? std::optional<double>() : std::optional(high)};
}

std::string states(const Model& whole, const Seen& all) {
  constexpr char letters[] = {'n', 's', 'l', 'g'};  // by Reason; a status sets nothing aside here
  std::string text(whole.relation_count(), 'l');
  for (const SetAside& left : all.model.set_aside())
    text[left.relation.row] = letters[static_cast<std::size_t>(left.reason)];
  return text;
}

}  // namespace tierscope::core
