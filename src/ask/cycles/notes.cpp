#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "ask/cycles/cycles.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

std::string bound_words(const CyclesParams& params) {
  return params.max_length == 0 ? "" : fmt::format(" up to length {}", params.max_length);
}

std::string_view noun(Kind kind) {
  switch (kind) {
    case Kind::supplies: return "supplies to";
    case Kind::pays: return "payment to";
    case Kind::invests: return "investment in";
    case Kind::lends: return "loan to";
    case Kind::guarantees: return "guarantee for";
    case Kind::grants: return "grant to";
    case Kind::owns: return "stake in";
  }
  return {};
}

std::string relation_words(const Model& model, const Relation& r) {
  std::string words = fmt::format("{}'s {} {}", label(model, r.from), noun(r.kind), label(model, r.to));
  if (r.item) words += " (" + std::string(subject(model, r)) + ")";
  return words;
}

// What most loops would fall with.
void note_bearing(const Model& model, const CyclesResult& result, std::vector<std::string>& notes) {
  constexpr std::size_t told = 3;
  for (std::size_t i = 0; i < std::min(told, result.relations.size()) && result.relations[i].gone != 0; ++i)
    notes.push_back(fmt::format("Without {}: {} of {} gone.", relation_words(model, *result.relations[i].relation),
                                result.relations[i].gone, counted(result.count, "loop")));
}

void note_order(const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.cycles.empty()) return;
  std::size_t ordered = 0;
  std::size_t unknown = 0;
  for (const Cycle& cycle : result.cycles) {
    ordered += cycle.time_ordered == true ? 1 : 0;
    unknown += !cycle.time_ordered ? 1 : 0;
  }
  notes.push_back(
      fmt::format("Time-ordered (money out first, orders at the same time or after): {}; not: {}; unknown for want of "
                  "dates: {}.",
                  counted(ordered, "loop"), result.cycles.size() - ordered - unknown, unknown));
}

// The same amount both ways between two companies, which alone would close a loop. Several equal amounts are joined by
// their value, not one by one.
void note_both_ways(const Model& model, const CyclesResult& result, std::vector<std::string>& notes) {
  constexpr std::size_t told = 5;
  using Amount = std::tuple<double, double, std::uint16_t>;
  const auto amount = [](const Relation& r) { return Amount(r.value.low, r.value.high, r.value.currency.index); };
  std::size_t pairs = 0;
  for (const Cycle& cycle : result.cycles) {
    if (cycle.ranks.size() != 2) continue;
    std::map<Amount, std::vector<const Relation*>> back;
    for (const Relation* const r : result.hop(result.edge(cycle, 1)).legs)
      if (r->value && !r->restates) back[amount(*r)].push_back(r);
    for (const Relation* const a : result.hop(result.edge(cycle, 0)).legs) {
      const auto same = a->value && !a->restates ? back.find(amount(*a)) : back.end();
      if (same == back.end()) continue;
      for (const Relation* const b : same->second) {
        if (pairs >= told) break;
        ++pairs;
        notes.push_back(
            fmt::format("Possible duplicate: {} and {} are both {}: one instrument entered both ways? If so, mark one "
                        "restates=true.",
                        relation_words(model, *a), relation_words(model, *b), in_words(a->value)));
        if (pairs == told) notes.emplace_back("There may be more such pairs.");
      }
    }
    if (pairs >= told) return;
  }
}

void note_circularity(const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.circularity)
    notes.push_back(
        fmt::format("Circularity index {}: at most that part of all amounts (low bounds; unknown ones carry nothing) "
                    "could be the same money going round.",
                    format_percent(result.circularity->index)));
  else if (result.currencies_of_hops > 1)
    notes.emplace_back("No circularity index: the amounts are in several currencies; --currency gives one.");
  else if (result.too_many_hops)
    notes.emplace_back("No circularity index: too many hops lie on loops, or on too long ones.");
}

void note_null(const CyclesResult& result, const CyclesParams& params, std::vector<std::string>& notes) {
  if (!result.null) return;
  notes.push_back(
      fmt::format("Null model: {} of the partners (seed {}), every company keeping its numbers of payers and of paid. "
                  "p: how often chance alone makes at least as many loops. Of all loops, whatever --through and "
                  "--window say.",
                  counted(result.null->runs, "shuffle"), params.seed));
}

void note_search(const CyclesResult& result, const CyclesParams& params, std::vector<std::string>& notes) {
  if (result.complete && result.count == 0) return;
  if (result.complete)
    notes.push_back("The search is complete" + bound_words(params) + ".");
  else if (result.interrupted)
    notes.push_back(
        fmt::format("The search was interrupted after {} and is NOT complete.", counted(result.count, "loop")));
  else
    notes.push_back(
        fmt::format("The search stopped after {} and is NOT complete: give --max-length, --stop-after 0, "
                    "or --count.",
                    counted(result.count, "loop")));
}

void note_legs(const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.cycles.empty()) return;
  notes.emplace_back(
      "A loop's amount is what can circulate: the smallest of its hops' sums. A circular deal has a financing and a "
      "commercial leg; it is legal and usually disclosed vendor financing.");
  if (result.currencies.size() > 1)
    notes.emplace_back(
        "Amounts in several currencies cannot be compared: the loops stand currency by currency. --currency compares "
        "them.");
  const auto any = [&](const auto& holds) {
    return std::any_of(result.relations.begin(), result.relations.end(),
                       [&](const Bearing& bearing) { return holds(*bearing.relation); });
  };
  if (any([](const Relation& r) { return contingent(r.kind); }))
    notes.emplace_back("Contingent legs (guarantees, grants) carry no cash and add nothing.");
  if (any([](const Relation& r) { return r.restates; }))
    notes.emplace_back("A restated amount is contained in another row and adds nothing.");
}

}  // namespace

std::string cycles_title(const Model& model, const CyclesResult& result, const CyclesParams& params) {
  std::string where = bound_words(params);
  for (std::size_t i = 0; i < params.through.size(); ++i)
    where += (i == 0 ? " through " : " and ") + label(model, find_company(model, params.through[i]));
  if (!params.window.empty()) where += " within " + params.window;
  if (result.count == 0)
    return (result.complete ? "No loop of payments" : "No loop of payments found until now") + where;
  std::size_t deals = 0;
  for (const auto& [length, classes] : result.by_length)
    deals += classes[static_cast<std::size_t>(CycleClass::circular_deal)];
  return fmt::format("{}{} of payments{}, {} of them {}", result.complete ? "" : "At least ",
                     counted(result.count, "loop"), where, deals, deals == 1 ? "a circular deal" : "circular deals");
}

std::vector<std::string> cycles_notes(const Model& model, const CyclesResult& result, const CyclesParams& params) {
  std::vector<std::string> notes;
  note_bearing(model, result, notes);
  note_order(result, notes);
  note_both_ways(model, result, notes);
  note_circularity(result, notes);
  note_null(result, params, notes);
  note_search(result, params, notes);
  note_legs(result, notes);
  const auto concerns = [](const Relation& r) { return r.kind != Kind::owns; };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  for (std::string& note : rate_notes(model)) notes.push_back(std::move(note));
  if (!result.hops.empty()) notes.push_back(evidence_of(model, result).span_note());
  return notes;
}

Evidence evidence_of(const Model& model, const CyclesResult& result) {
  Evidence evidence(model);
  for (const std::uint32_t edge : result.hops)
    for (const Relation* const r : result.hop(edge).legs) evidence.add(*r);
  return evidence;
}

}  // namespace tierscope::core
