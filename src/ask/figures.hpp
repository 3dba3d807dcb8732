#pragma once
// What shares of one total have in common: which row of a link states one, whose period is too old to be summed with
// the newest, and what sum is a contradiction (definitions, section 3 and its fine print).

#include <span>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// The share that one link (same from, to, kind, category and item) states of a total.
struct LinkShare {
  const Relation* relation = nullptr;  // the row that states it
  Quantity share;
  bool computed = false;  // from an amount: it has no digits of its own
  bool stale = false;
};

/// Of the rows of one link, the one that states the figure: in force before to come before rumoured before ended, of
/// several the newest, then the later row. Null where none does; a restating row states nothing.
const Relation* stating(std::span<const Relation* const> link, Quantity Relation::*figure);
const Relation* stating_amount(std::span<const Relation* const> link, Basis basis);
const Relation* stating_claim(std::span<const Relation* const> link);

/// Marks the shares of one total whose period ended the view's greatest age or more before the end of the newest one's.
/// An undated share is never stale. O(shares).
void mark_stale(const Model& model, std::span<LinkShare> shares);

/// What the low shares of one total that are not stale come to.
struct SharesSum {
  double low = 0;
  double divisor = 1;        // their sum, where it is above 1 for its rounding alone
  bool contradicts = false;  // above 1 by more than rounding allows
};
SharesSum sum_of(const Model& model, std::span<const LinkShare> shares);

/// Half a unit of the last printed digit of a share, as a fraction; of an approximate one half a unit of its last
/// non-zero digit, at most 5 points; of an interval that of its low text; 0 for a computed one and for low 0.
double rounding_of(const Model& model, const LinkShare& share);

/// Rows that follow each other and have the same key, one after the other.
template <typename Rows, typename Key, typename Use>
void for_each_run(const Rows& rows, const Key& key, const Use& use) {
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && key(rows[end]) == key(rows[begin])) ++end;
    use(std::span(rows).subspan(begin, end - begin));
    begin = end;
  }
}

}  // namespace tierscope::core
