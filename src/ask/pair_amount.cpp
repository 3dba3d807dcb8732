#include "ask/pair_amount.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "model/view.hpp"

namespace tierscope::core {
namespace {

using Rows = std::span<const Relation* const>;

/// A sum of amounts of one currency; `unknown` once a second one was added.
class Sum {
 public:
  void add(const Quantity& amount) {
    if (any_ && !(sum_.currency == amount.currency)) mixed_ = true;
    sum_ = between(sum_.low + amount.low, sum_.high + amount.high, amount.currency);
    grade_.add(amount);
    any_ = true;
  }
  void open() { sum_.high = unbounded; }
  Quantity get() const { return any_ && !mixed_ ? grade_.mark(sum_) : Quantity(); }

 private:
  Quantity sum_;
  Grade grade_;
  bool any_ = false;
  bool mixed_ = false;
};

const Company& reporter(const Model& model, const Relation& r) {
  const auto& joined = model.rest().joined;
  return joined.empty() ? model.company(r.from) : joined[model.origin(r.row).from];
}

// Of the rows of two companies.
Quantity of_pair(const Model& model, const RevenueLink& link, Rows pair) {
  Sum sum;
  std::optional<int> year;  // 0: of an amount without a date
  bool known = true;
  const auto add = [&](const Quantity& amount, Date as_of) {
    known &= !year || *year == as_of.year;
    year = as_of.year;
    sum.add(amount);
  };
  const auto key = [](const Relation* r) { return std::pair(r->category.id, r->item.id); };
  for_each_run(pair, key, [&](Rows item) {
    if (const Relation* const annual = stating_amount(item, Basis::annual))
      return add(in_wanted_currency(model, annual->value), annual->as_of);
    const Relation* const share = stating(item, &Relation::revenue_share);
    if (share == nullptr) return;
    const Company& supplier = reporter(model, *share);
    const bool counts = std::find(link.behind.begin(), link.behind.end(), share) != link.behind.end();
    if (counts && supplier.revenue && of_the_revenues_year(model, supplier, *share))
      add(part_of_revenue(model, supplier, share->revenue_share), share->as_of);
    else
      known = false;
  });
  return known ? sum.get() : Quantity();
}

}  // namespace

Quantity amount_of(const Model& model, const RevenueLink& link) {
  Sum sum;
  bool open = false;
  const auto origin = [&](const Relation* r) {
    const Origin of = model.origin(r->row);
    return std::pair(of.from, of.to);
  };
  for_each_run(link.relations, origin, [&](Rows pair) {
    const Quantity amount = of_pair(model, link, pair);
    if (amount)
      sum.add(amount);
    else
      open = true;
  });
  if (open) sum.open();
  return sum.get();
}

Quantity part_of_revenue(const Model& model, const Company& supplier, const Quantity& share) {
  const Quantity revenue = in_wanted_currency(model, supplier.revenue);
  Grade grade;
  grade.add(share);
  grade.add_revenue(revenue);
  const auto product = [](double a, double b) { return a == 0 || b == 0 ? 0 : a * b; };  // of an unbounded one too
  return grade.mark(between(product(share.low, revenue.low), product(share.high, revenue.high), revenue.currency));
}

}  // namespace tierscope::core
