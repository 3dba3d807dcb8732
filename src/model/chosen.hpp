#pragma once
// Which rows speak at a date, and which of their figures: levels and deals, in force and to come (definitions, section
// 3).

#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// Is the amount of the row a level (how things stand at `as_of`), or else a deal?
bool level_amount(const Relation& relation);

/// Of the amounts of rows that are deals: the day on which the deal was made; nothing: nobody said.
inline bool dated_deal(const Relation& relation) { return relation.deal || relation.since; }

/// What a row says of the link at a date.
enum class Standing : std::uint8_t { in_force, to_come, rumoured, ended };

/// An `ended` row is in force up to its `until`, else to the last day of its `as_of`. No date: nothing is tested.
Standing standing(const Relation& relation, Date as_of);

/// Is the row known at the date (none: always)?
bool known(const Relation& relation, Date as_of);

/// The newest `as_of`: of a row in force its last day, of a row to come or a plan its first; no date where none has
/// one.
Date default_date(const Model& model);

/// What holds of a row.
struct Holds {
  bool value = false;
  bool revenue_share = false;
  bool supply_share = false;
  bool stake = false;
  bool row = false;   // the row itself, beside its figures: it is the newest word on the link
  bool over = false;  // nothing holds because it has ended or has not begun; else because of newer rows
  friend bool operator==(const Holds&, const Holds&) = default;
  explicit operator bool() const { return value || revenue_share || supply_share || stake || row; }
};

/// The last day of a date.
Date whole_day(Date date);

/// For each row of the model. O(relations log relations of a company).
std::vector<Holds> holding(const Model& model, Date as_of);

}  // namespace tierscope::core
