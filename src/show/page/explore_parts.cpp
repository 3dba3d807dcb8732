#include "show/page/explore_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace tierscope::core {

Value Seen::companies_of(std::span<const CompanyIndex> of_view) const {
  Value::List list;
  for (const CompanyIndex v : of_view) list.push_back(company(v));
  return list;
}

Value Seen::row(const Relation& r) const {
  // What is set aside keeps its row in the whole model; what counts has been numbered afresh.
  const bool counts = r.row < model.relation_count() && &model.relation(r.row) == &r;
  return std::size_t{counts ? rows[r.row] : r.row};
}

Value Seen::rows_of(std::span<const Relation* const> relations) const {
  Value::List list;
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

Value quantity_value(const Model& model, const Quantity& q) {
  if (!q || (q.low == 0 && std::isinf(q.high))) return {};
  Value::Members members{{"low", q.low},
                         {"high", std::isinf(q.high) ? Value() : Value(q.high)},
                         {"text", q.currency ? format_amount(q) : format_share(q)}};
  if (q.reported) members.emplace_back("reported", model.text(q.reported));
  if (q.currency) members.emplace_back("currency", to_string(q.currency));
  if (q.approximate) members.emplace_back("approximate", true);
  return members;
}

std::string states(const Model& whole, const Seen& all) {
  constexpr char letters[] = {'n', 's', 'l', 'g'};  // by Reason; a status sets nothing aside here
  std::string text(whole.relation_count(), 'l');
  for (const SetAside& left : all.model.set_aside())
    text[left.relation.row] = letters[static_cast<std::size_t>(left.reason)];
  return text;
}

}  // namespace tierscope::core
