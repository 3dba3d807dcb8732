#include "model/view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/chosen.hpp"
#include "model/consolidate.hpp"
#include "model/rates.hpp"

namespace tierscope::core {
namespace {

// What of the row does not hold is taken out of it.
Relation as_it_holds(Relation relation, const Holds& holds, Date as_of) {
  if (relation.status == Status::ended && standing(relation, as_of) == Standing::in_force)
    relation.status = Status::active;
  if (relation.restates) return relation;
  if (!holds.value) relation.value = {};
  if (!holds.revenue_share) relation.revenue_share = {};
  if (!holds.supply_share) relation.supply_share = {};
  if (!holds.stake) relation.stake = {};
  return relation;
}

}  // namespace

Model view(Model model, const ViewParams& params) {
  const auto weaker_than = [](Confidence a, Confidence b) { return a != b && weaker(a, b) == a; };
  const Date as_of = params.always ? Date{} : params.as_of ? whole_day(params.as_of) : default_date(model);
  const std::vector<Holds> holds = holding(model, as_of);

  Parts parts = std::move(model).thaw();
  parts.as_of = as_of;
  parts.statuses = params.statuses;
  parts.max_age = params.max_age;
  parts.strict = params.strict;
  parts.currency = params.currency;
  parts.rates.insert(parts.rates.begin(), params.rates.begin(), params.rates.end());
  parts.converter = std::make_shared<Rates>(parts.rates, parts.as_of, parts.currency);
  parts.relation_extras.clear();  // rows are about to be renumbered

  for (Company& company : parts.companies)
    if (company.revenue.confidence != Confidence::none && weaker_than(company.revenue.confidence, params.least))
      company.revenue = {};
  std::vector<Relation> control;
  std::size_t counted = 0;  // those that stay move up, in place
  for (std::size_t row = 0; row < holds.size(); ++row) {
    if (!holds[row]) {
      parts.set_aside.push_back({parts.relations[row], holds[row].over ? Reason::not_live : Reason::superseded});
      continue;
    }
    Relation relation = as_it_holds(parts.relations[row], holds[row], as_of);
    // A stake that is taken as unknown would join companies: it stays.
    for (Quantity* figure : {&relation.value, &relation.revenue_share, &relation.supply_share})
      if (weaker_than(figure->confidence, params.least)) *figure = {};
    if (relation.kind == Kind::owns && relation.status == Status::active) control.push_back(relation);
    if (!params.statuses.contains(relation.status))
      parts.set_aside.push_back({relation, Reason::status});
    else
      parts.relations[counted++] = relation;
  }
  parts.relations.resize(counted);
  if (params.consolidate) consolidate(parts, control);
  return Model(std::move(parts));
}

Quantity in_wanted_currency(const Model& model, const Quantity& amount) {
  const Currency wanted = model.rest().currency;
  if (!amount || !wanted || amount.currency == wanted) return amount;
  if (const std::optional<Quantity> converted = model.converter().convert(amount)) return *converted;
  throw Question(fmt::format("no exchange rate from {0} to {1}; add one to rates.csv or give --rate {0}/{1}=NUMBER",
                             to_string(amount.currency), to_string(wanted)));
}

Quantity add_amounts(const Model& model, const Quantity& a, const Quantity& b) {
  const Quantity x = in_wanted_currency(model, a);
  const Quantity y = in_wanted_currency(model, b);
  if (!x) return y;
  if (!y) return x;
  if (!(x.currency == y.currency))
    throw Question(fmt::format("{0} and {1} amounts meet in one sum; give --currency {0} or --currency {1}",
                               to_string(x.currency), to_string(y.currency)));
  Quantity sum = between(x.low + y.low, x.high + y.high, x.currency);
  sum.approximate = x.approximate || y.approximate;
  return sum;
}

std::vector<std::string> view_notes(const Model& model) {
  std::vector<std::string> notes = model.rest().remarks;
  for (const Rate& rate : model.converter().used())
    notes.push_back("Rate used: " + describe_rate(*model.rest().pool, rate));
  return notes;
}

}  // namespace tierscope::core
