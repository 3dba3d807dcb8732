#include "ask/show/show.hpp"

namespace tierscope::core {

ShowResult show(const Model& model, CompanyIndex company) {
  ShowResult result;
  result.company = company;
  for (const std::uint32_t row : model.out_rows(company)) {
    const Relation& r = model.relation(row);
    (r.kind == Kind::supplies ? result.customers : result.finances).push_back(&r);
  }
  for (const std::uint32_t row : model.in_rows(company)) {
    const Relation& r = model.relation(row);
    (r.kind == Kind::supplies ? result.suppliers : result.financed_by).push_back(&r);
  }
  for (const Member& member : model.rest().members)
    if (member.group == company) result.members.push_back(&member.company);
  return result;
}

}  // namespace tierscope::core
