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

// ` up to length 6`, which bounds what was looked for.
std::string bound_words(const CyclesResult& result) {
  return result.longest == 0 ? "" : fmt::format(" up to length {}", result.longest);
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

// What most loops would fall with; one loop falls with each of its relations.
void note_bearing(const Model& model, const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.cycles.size() < 2) return;
  constexpr std::size_t told = 3;
  for (std::size_t i = 0; i < std::min(told, result.relations.size()) && result.relations[i].gone != 0; ++i)
    notes.push_back(fmt::format("Without {}: {} of the {} {}listed gone.",
                                relation_words(model, *result.relations[i].relation), result.relations[i].gone,
                                counted(result.cycles.size(), "loop"), result.complete ? "" : "found and "));
}

void note_order(const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.cycles.empty()) return;
  std::size_t ordered = 0;
  std::size_t unknown = 0;
  for (const Cycle& cycle : result.cycles) {
    ordered += cycle.time_ordered == true ? 1 : 0;
    unknown += !cycle.time_ordered ? 1 : 0;
  }
  notes.push_back(fmt::format(
      "Time-ordered (money out first, orders at the same time or after): {}; not: {}; not told, without financing "
      "or dates: {}.",
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
                    in_cell(result.circularity->index, {.unit = Unit::share})));
  else if (result.currencies_of_hops.size() > 1)
    notes.push_back("No circularity index: amounts are " +
                    not_comparable(result.currencies_of_hops[0], result.currencies_of_hops[1]) +
                    "; --currency gives one.");
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
  if (result.complete) {
    if (result.count == 0) return;
    notes.push_back("The search is complete" + bound_words(result) + ".");
    if (!params.count && result.listed != 0 && result.loops(result.listed + 1, SIZE_MAX) != 0)
      notes.push_back(fmt::format("Loops of more than {} companies are counted, not listed; --max-length lists them.",
                                  result.listed));
    return;
  }
  notes.push_back(fmt::format("The search {} after {} and is NOT complete{}",
                              result.interrupted ? "was interrupted" : "stopped", counted(result.count, "loop"),
                              result.interrupted ? "." : ": give --max-length, --stop-after 0, or --count."));
  if (params.count) return;
  if (result.complete_to >= result.shortest)
    notes.push_back(fmt::format("No loop of {} companies or fewer is missing; of longer ones only a part was found.",
                                result.complete_to));
  if (!result.cycles.empty() && result.cycles.back().ranks.size() > result.complete_to)
    notes.emplace_back("Among those of which only a part was found, the order is that of the part.");
}

void note_legs(const CyclesResult& result, std::vector<std::string>& notes) {
  if (result.cycles.empty()) return;
  notes.emplace_back(
      "A loop's amount is what can circulate: the smallest of its hops' sums; a hop adds up its deals and the largest "
      "statement of each level. A circular deal has a financing and a "
      "commercial leg; it is legal and usually disclosed vendor financing.");
  if (result.currencies.size() > 1)
    notes.emplace_back(
        "Amounts in several currencies cannot be compared: loops of one length stand currency by currency. --currency "
        "compares them.");
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
  std::string where;
  for (std::size_t i = 0; i < params.classes.size(); ++i) where += (i == 0 ? " of class " : " or ") + params.classes[i];
  for (std::size_t i = 0; i < params.through.size(); ++i)
    where += (i == 0 ? " through " : " and ") + label(model, find_company(model, params.through[i]));
  if (!params.window.empty()) where += " within " + params.window;
  if (result.count == 0)
    return fmt::format("No loop of payments{}{}{}", result.complete ? "" : " found until now", where,
                       bound_words(result));
  const std::size_t pairs = result.loops(2, 2);
  const std::size_t triples = result.loops(3, 3);
  const std::size_t longer = result.loops(4, SIZE_MAX);
  const std::size_t deals = result.loops(2, 3, CycleClass::circular_deal);
  std::string text;
  if (pairs != 0) text = counted(pairs, "loop") + " of payments between two companies";
  if (triples != 0)
    text += pairs != 0 ? fmt::format(" and {} among three", triples)
                       : counted(triples, "loop") + " of payments among three companies";
  text += where;
  if (pairs + triples != 0 && params.classes.empty())
    text += pairs + triples == 1
                ? deals == 1 ? ", a circular deal" : ""
                : fmt::format(", {} of them {}", deals, deals == 1 ? "a circular deal" : "circular deals");
  if (longer != 0) {
    const std::size_t from = std::max<std::size_t>(4, result.shortest);
    const std::string lengths = result.longest == 0      ? fmt::format("{} companies or more", from)
                                : result.longest == from ? fmt::format("{} companies", from)
                                                         : fmt::format("{} to {} companies", from, result.longest);
    const std::string chains =
        fmt::format("{} of {}{}", counted(longer, "chain"), lengths, longer == 1 ? " closes" : " close");
    text = pairs + triples == 0 ? chains + where : text + "; " + counted_until_stopped(chains, result.complete);
  }
  text = counted_until_stopped(text, result.complete);
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
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
  for (std::string& note : view_notes(model)) notes.push_back(std::move(note));
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
