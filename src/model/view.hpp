#pragma once
// A model as of a date, with the statuses that count, of companies under common control (definitions, section 3).

#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

struct ViewParams {
  Date as_of;           // a partial date means its last day; none: the newest date in the data
  bool always = false;  // no limit at all
  std::optional<Duration> max_age = Duration{12, 0};
  bool strict = false;
  Confidence least = Confidence::estimated;  // figures of a weaker confidence are taken as unknown
  StatusSet statuses = StatusSet::all();
  bool consolidate = false;
  Currency currency;        // amounts are wanted in this currency
  std::vector<Rate> rates;  // from the command, tried before the graph's own
};

/// The relations that hold at the date and are of a status in the set, each with those of its figures that hold
/// (model/chosen.hpp); an `ended` one that was still in force then is `active`. All others are in set_aside(), with the
/// first reason that holds. With `consolidate`, companies joined by `owns` relations in force above 50 % (or of
/// unstated stake) are one, whatever the set: to ask to see a rumour is not to believe it. O(companies + relations log
/// relations).
Model view(Model model, const ViewParams& params);

/// An amount in the currency that the view wants, or as it is where none is wanted (model/rates.hpp). Throws Question
/// naming the pair where no rate leads there.
Quantity in_wanted_currency(const Model& model, const Quantity& amount);

/// low and high added; throws Question naming both currencies where they differ (rates are used only when asked).
Quantity add_amounts(const Model& model, const Quantity& a, const Quantity& b);

/// What an answer says of how its view was made: whom `consolidate` did not join and why, and
/// `Rate used: 1 USD = 7.0809 CNY (2023, fed-g5a-2024-02-01)` for each rate that a conversion has rested on until now.
std::vector<std::string> view_notes(const Model& model);

}  // namespace tierscope::core
