#include "model/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "model/consolidate.hpp"
#include "model/rates.hpp"

namespace tierscope::core {
namespace {

auto link_of(const Relation& r) { return std::make_tuple(r.from, r.to, r.kind, r.category.id, r.item.id); }

// Undated observations are older than any dated one.
std::int64_t age_key(const Relation& r) { return r.as_of ? last_day(r.as_of) : INT64_MIN; }

// Marks, in row order, the rows that a newer observation of the same link supersedes.
std::vector<bool> superseded_rows(const Model& model, const std::vector<bool>& dead) {
  std::vector<bool> superseded(model.relation_count(), false);
  std::vector<const Relation*> own;  // of one company
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    own.clear();
    for (const std::uint32_t row : model.out_rows(v))
      if (const Relation& r = model.relation(row); !dead[r.row]) own.push_back(&r);
    std::sort(own.begin(), own.end(), [](const Relation* x, const Relation* y) {
      if (x->to != y->to) return x->to < y->to;  // decides nearly always
      return std::make_tuple(link_of(*x), age_key(*x), x->row) < std::make_tuple(link_of(*y), age_key(*y), y->row);
    });
    for (std::size_t i = 1; i < own.size(); ++i)
      if (link_of(*own[i - 1]) == link_of(*own[i])) superseded[own[i - 1]->row] = true;
  }
  return superseded;
}

}  // namespace

bool live(const Relation& relation, Date as_of) {
  if (!as_of) return true;
  const std::int32_t day = last_day(as_of);
  return (!relation.since || first_day(relation.since) <= day) &&
         (!relation.until || last_day(relation.until) >= day) && (!relation.as_of || first_day(relation.as_of) <= day);
}

Model view(Model model, const ViewParams& params) {
  std::vector<bool> dead(model.relation_count());
  for (std::size_t row = 0; row < dead.size(); ++row) dead[row] = !live(model.relation(row), params.as_of);
  const std::vector<bool> superseded = superseded_rows(model, dead);

  Parts parts = std::move(model).thaw();
  parts.as_of = params.as_of;
  parts.statuses = params.statuses;
  parts.currency = params.currency;
  parts.rates.insert(parts.rates.begin(), params.rates.begin(), params.rates.end());
  parts.converter = std::make_shared<Rates>(parts.rates, parts.as_of, parts.currency);
  parts.relation_extras.clear();  // rows are about to be renumbered

  std::vector<Relation> control;
  std::size_t counted = 0;  // those that stay move up, in place
  for (std::size_t row = 0; row < dead.size(); ++row) {
    const Relation& relation = parts.relations[row];
    if (!dead[row] && !superseded[row] && relation.kind == Kind::owns && relation.status == Status::active)
      control.push_back(relation);
    if (dead[row])
      parts.set_aside.push_back({relation, Reason::not_live});
    else if (superseded[row])
      parts.set_aside.push_back({relation, Reason::superseded});
    else if (!params.statuses.contains(relation.status))
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

std::vector<std::string> rate_notes(const Model& model) {
  std::vector<std::string> notes;
  for (const Rate& rate : model.converter().used())
    notes.push_back("Rate used: " + describe_rate(*model.rest().pool, rate));
  return notes;
}

}  // namespace tierscope::core
