#pragma once
// What rows of one direction come to, as an interval (definitions, sections 3 and 7).

#include <span>

#include "model/model.hpp"

namespace tierscope::core {

/// Does the amount count? Guarantees and grants carry no cash, a restated amount is in another row.
bool adds_cash(const Relation& relation);

struct AmountSum {
  Quantity amount;       // unknown: no row states one, or they are not comparable
  double financing = 0;  // the low of what the financing among it comes to
  Currency currency;     // of the amounts
  Currency other;        // another that stands beside: they are not comparable
  bool none = false;     // there is no row: [0, 0]

  bool comparable() const { return !other; }
};

/// The amounts of rows between the same payer and payee, in the currency that the view wants, graded by all that enter.
///
/// Of a link: the largest of the statements of its level, and of each deal (that of its name, across links; else of its
/// day), added up. Amounts without a day are one deal each `as_of`, and may all be one, or one of the dated: low the
/// largest, high the sum. High is infinite where a link that carries cash states no amount; a row of a stake alone and
/// one that restates open nothing. `only_active`: of rows in force alone. Throws Question where a rate is missing.
/// O(rows log rows).
AmountSum sum_of_amounts(const Model& model, std::span<const Relation* const> rows, bool only_active = false);

/// `not comparable: USD and CNY`.
std::string not_comparable(Currency a, Currency b);

}  // namespace tierscope::core
