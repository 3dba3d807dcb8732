#include "model/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "model/consolidate.hpp"

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

const Rate* best_rate(const Model& model, Currency from, Currency to, bool& inverse) {
  const Rate* best = nullptr;
  const auto consider = [&](const Rate& rate) {
    const bool forward = rate.from == from && rate.to == to;
    const bool backward = rate.from == to && rate.to == from;
    if (!forward && !backward) return;
    if (model.rest().as_of && rate.date && first_day(rate.date) > last_day(model.rest().as_of)) return;
    const auto key = [](const Rate& r) { return r.date ? last_day(r.date) : INT32_MAX; };
    if (best != nullptr && key(*best) >= key(rate)) return;
    best = &rate;
    inverse = backward;
  };
  for (const Rate& rate : model.rates()) consider(rate);
  return best;
}

// Units of `to` for one unit of `from`; 0 where no rate leads there.
double factor(const Model& model, Currency from, Currency to) {
  bool inverse = false;
  if (const Rate* rate = best_rate(model, from, to, inverse)) return inverse ? 1 / rate->rate : rate->rate;
  // Of several ways through a third currency the one whose older rate is newest, then the first code: never the row
  // order.
  double best = 0;
  std::pair<std::int32_t, std::uint16_t> best_key;
  for (const Rate& step : model.rates()) {
    for (const Currency middle : {step.from, step.to}) {
      bool first_inverse = false;
      bool second_inverse = false;
      const Rate* first = best_rate(model, from, middle, first_inverse);
      const Rate* second = best_rate(model, middle, to, second_inverse);
      if (first == nullptr || second == nullptr) continue;
      const auto age = [](const Rate& rate) { return rate.date ? -last_day(rate.date) : INT32_MIN; };
      const std::pair key(std::max(age(*first), age(*second)), middle.index);
      if (best != 0 && key >= best_key) continue;
      best_key = key;
      best = (first_inverse ? 1 / first->rate : first->rate) * (second_inverse ? 1 / second->rate : second->rate);
    }
  }
  return best;
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
  parts.relation_extras.clear();  // rows are about to be renumbered

  std::vector<Relation> control;
  std::size_t counted = 0;  // those that stay move up, in place
  for (std::size_t row = 0; row < dead.size(); ++row) {
    const Relation& relation = parts.relations[row];
    if (!dead[row] && !superseded[row] && relation.kind == Kind::owns && params.control.contains(relation.status))
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
  const double rate = factor(model, amount.currency, wanted);
  if (rate == 0)
    throw Question(
        fmt::format("no exchange rate from {0} to {1}{2}; add one to rates.csv or give --rate {0}/{1}=NUMBER",
                    to_string(amount.currency), to_string(wanted),
                    model.rest().as_of ? " known by " + to_string(model.rest().as_of) : ""));
  Quantity converted = amount;
  converted.low *= rate;
  converted.high *= rate;
  converted.currency = wanted;
  converted.reported = {};
  return converted;
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
  if (!model.rest().currency) return notes;
  for (const Rate& rate : model.rates()) {
    std::string where = rate.given ? "given on the command line" : rate.date ? to_string(rate.date) : "undated";
    if (rate.source) where += ", " + std::string(model.text(rate.source));
    notes.push_back(fmt::format("Rate at hand: 1 {} = {} {} ({})", to_string(rate.from), model.text(rate.reported),
                                to_string(rate.to), where));
  }
  return notes;
}

}  // namespace tierscope::core
