#include "ask/cycles/cycles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "ask/cycles/loop_dates.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t null_length = 4;  // of the null model where no --max-length is given

// Amounts of hops, each summed once.
class Amounts {
 public:
  explicit Amounts(const MoneyFlow& flow) : flow_(flow) {}
  const Quantity& of(const Hop& hop) {
    const auto [found, fresh] = known_.try_emplace(&hop);
    if (fresh) found->second = flow_.amount(hop);
    return found->second;
  }

 private:
  const MoneyFlow& flow_;
  std::unordered_map<const Hop*, Quantity> known_;
};

// An unknown hop is [0, ∞): it brings the low bound to 0 and leaves the high bound to the others.
void narrow(Quantity& least, const Quantity& hop, bool& first) {
  if (!hop) {
    least.low = 0;
  } else if (!least.known) {
    least = between(first ? hop.low : 0, hop.high, hop.currency);
  } else if (!(least.currency == hop.currency)) {
    throw Question(fmt::format("{0} and {1} amounts meet in one loop; give --currency {0} or --currency {1}",
                               to_string(least.currency), to_string(hop.currency)));
  } else {
    least.low = std::min(least.low, hop.low);
    least.high = std::min(least.high, hop.high);
  }
  first = false;
}

CycleClass class_of(bool commercial, bool financing, std::size_t length) {
  // With two hops or more, a financing and a commercial leg can always be taken from different hops: every hop has a
  // leg of one class or the other, so the hop that offers both leaves the other choice to its neighbour.
  if (commercial && financing) return CycleClass::circular_deal;
  if (financing) return CycleClass::cross_financing;
  return length == 2 ? CycleClass::reciprocal_trade : CycleClass::trade_loop;
}

bool all_dated(const std::vector<const Hop*>& hops) {
  return std::all_of(hops.begin(), hops.end(), [](const Hop* hop) {
    return std::all_of(hop->legs.begin(), hop->legs.end(), [](const Relation* r) { return leg_day(*r).has_value(); });
  });
}

Cycle cycle_of(Amounts& amounts, std::span<const std::uint32_t> ranks, const std::vector<const Hop*>& hops) {
  Cycle cycle;
  cycle.ranks.assign(ranks.begin(), ranks.end());
  bool first = true;
  for (const Hop* const hop : hops) {
    cycle.contingent |= hop->has_contingent;
    cycle.hinges_on_contingent |= hop->only_contingent;
    cycle.at_least |= hop->has_unknown_cash;
    narrow(cycle.amount, amounts.of(*hop), first);
  }
  return cycle;
}

// The circulating amount as an interval; unknown is [0, ∞).
std::pair<double, double> bounds(const Quantity& amount) {
  return amount ? std::pair(amount.low, amount.high) : std::pair(0.0, unbounded);
}

// Amounts of different currencies cannot be compared: each currency's loops stand together, by its code.
void sort_cycles(std::vector<Cycle>& cycles, std::vector<std::string_view>& currencies) {
  std::set<std::string_view> codes;
  for (const Cycle& cycle : cycles)
    if (cycle.amount) codes.insert(to_string(cycle.amount.currency));
  currencies.assign(codes.begin(), codes.end());
  const auto place = [&](const Cycle& cycle) {
    return cycle.amount ? std::distance(codes.begin(), codes.find(to_string(cycle.amount.currency))) : 0;
  };
  std::sort(cycles.begin(), cycles.end(), [&](const Cycle& a, const Cycle& b) {
    if (codes.size() > 1 && place(a) != place(b)) return place(a) < place(b);
    if (bounds(a.amount) != bounds(b.amount)) return bounds(a.amount) > bounds(b.amount);
    return a.ranks.size() != b.ranks.size() ? a.ranks.size() < b.ranks.size() : a.ranks < b.ranks;
  });
}

void rank_companies(const Model& model, CyclesResult& result) {
  std::map<std::uint32_t, Passing> of;
  for (const Cycle& cycle : result.cycles) {
    for (const std::uint32_t rank : cycle.ranks) {
      Passing& passing = of[rank];
      ++passing.loops;
      passing.amounts.resize(result.currencies.size());
      for (std::size_t c = 0; cycle.amount && c < result.currencies.size(); ++c)
        if (to_string(cycle.amount.currency) == result.currencies[c]) passing.amounts[c] += cycle.amount.low;
    }
  }
  for (auto& [rank, passing] : of) {
    passing.company = result.flow->company(rank);
    result.companies.push_back(std::move(passing));
  }
  std::stable_sort(result.companies.begin(), result.companies.end(), [&](const Passing& a, const Passing& b) {
    return a.loops != b.loops ? a.loops > b.loops : model.id(a.company) < model.id(b.company);
  });
}

void rank_relations(CyclesResult& result) {
  std::map<const Hop*, std::size_t> loops;
  for (const Cycle& cycle : result.cycles)
    for (std::size_t i = 0; i < cycle.ranks.size(); ++i)
      ++loops[&result.flow->hop(cycle.ranks[i], cycle.ranks[(i + 1) % cycle.ranks.size()])];
  for (const auto& [hop, count] : loops)
    for (const Relation* r : hop->legs) result.relations.push_back({r, count, hop->legs.size() == 1 ? count : 0});
  std::sort(result.relations.begin(), result.relations.end(), [](const Bearing& a, const Bearing& b) {
    return std::tuple(b.gone, b.loops, a.relation->row) < std::tuple(a.gone, a.loops, b.relation->row);
  });
}

const Hop& hop_of(const CyclesResult& result, const Cycle& cycle, std::size_t i) {
  return result.flow->hop(cycle.ranks[i], cycle.ranks[(i + 1) % cycle.ranks.size()]);
}

// A leg as the list of loops repeats it: what it is, not all that is known of it (`show` and `convert` tell that).
Value leg_value(const Model& model, const Relation& r) {
  return Value::Members{{"from", model.id(r.from)},      {"to", model.id(r.to)},
                        {"kind", to_string(r.kind)},     {"item", text_value(model.text(r.item))},
                        {"value", money_value(r.value)}, {"status", to_string(r.status)},
                        {"since", date_value(r.since)},  {"as_of", date_value(r.as_of)},
                        {"restates", r.restates},        {"sources", sources_value(model, r)}};
}

Value value_of(const Model& model, const CyclesResult& result, const Cycle& cycle) {
  Value::List companies;
  Value::List legs;
  for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
    const Hop& hop = hop_of(result, cycle, i);
    companies.emplace_back(model.id(result.flow->company(cycle.ranks[i])));
    Value::List relations;
    for (const Relation* r : hop.legs) relations.push_back(leg_value(model, *r));
    legs.emplace_back(Value::Members{{"from", model.id(result.flow->company(hop.from))},
                                     {"to", model.id(result.flow->company(hop.to))},
                                     {"amount", money_value(result.flow->amount(hop))},
                                     {"relations", std::move(relations)}});
  }
  return Value::Members{{"companies", std::move(companies)},
                        {"length", cycle.ranks.size()},
                        {"class", to_string(cycle.cycle_class)},
                        {"amount", money_value(cycle.amount)},
                        {"contingent", cycle.contingent},
                        {"time_ordered", cycle.time_ordered ? Value(*cycle.time_ordered) : Value()},
                        {"hinges_on_contingent", cycle.hinges_on_contingent},
                        {"legs", std::move(legs)}};
}

std::string loop_of(const Model& model, const CyclesResult& result, const Cycle& cycle) {
  std::string text;
  for (const std::uint32_t rank : cycle.ranks) text += label(model, result.flow->company(rank)) + " → ";
  return text + label(model, result.flow->company(cycle.ranks.front()));
}

Cell amount_cell(const Cycle& cycle) {
  Cell cell(cycle.amount);
  if (!cycle.amount)
    cell.text = "unknown";
  else if (cycle.at_least && cycle.amount.low > 0 && !std::isinf(cycle.amount.high))
    cell.text = format_amount(cycle.amount) + " or more";
  return cell;
}

std::vector<std::vector<Cell>> legs_of(const Model& model, const CyclesResult& result, const Cycle& cycle) {
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
    for (const Relation* r : hop_of(result, cycle, i).legs) {
      CompanyIndex payer = 0;
      CompanyIndex paid = 0;
      money_flows(*r, payer, paid);
      std::string what(to_string(r->kind));
      if (contingent(r->kind)) what += " (contingent)";
      if (r->item || r->category) what += ": " + std::string(subject(model, *r));
      // A leg that adds nothing is shown as reported: nothing asks for its rate.
      const bool adds = !contingent(r->kind) && !r->restates;
      Cell amount(adds ? in_wanted_currency(model, r->value) : r->value);
      if (!r->value) amount.text = "–";
      if (r->restates) amount.text = "(" + format_amount(r->value) + ")";
      rows.push_back({label(model, payer), label(model, paid), what, amount, to_string(r->since ? r->since : r->as_of),
                      to_string(r->status), source_ids(model, *r)});
    }
  }
  return rows;
}

std::string relation_words(const Model& model, const Relation& r) {
  constexpr std::string_view nouns[] = {"supplies to",   "investment in", "loan to",
                                        "guarantee for", "grant to",      "stake in"};
  std::string words =
      fmt::format("{}'s {} {}", label(model, r.from), nouns[static_cast<std::size_t>(r.kind)], label(model, r.to));
  if (r.item) words += " (" + std::string(subject(model, r)) + ")";
  return words;
}

// Who is on the loops, and what they would fall with.
void add_passing(const Model& model, const CyclesResult& result, Report& report) {
  constexpr std::size_t shown = 5;
  Value::List companies;
  OldTable table{"Companies on most loops", {{"company"}, {"loops", CellType::count}}, {}};
  for (const Passing& passing : result.companies) {
    Value::List amounts;
    for (std::size_t c = 0; c < result.currencies.size(); ++c)
      amounts.emplace_back(Value::Members{{"low", passing.amounts[c]}, {"currency", result.currencies[c]}});
    companies.emplace_back(Value::Members{
        {"company", model.id(passing.company)}, {"loops", passing.loops}, {"amounts", std::move(amounts)}});
    if (table.rows.size() < shown)
      table.rows.push_back({table.rows.size(), {label(model, passing.company), passing.loops}});
  }
  Value::List relations;
  std::size_t told = 0;
  for (const Bearing& bearing : result.relations) {
    Value::Members members{
        {"loops", bearing.loops}, {"gone_without", bearing.gone}, {"relation", leg_value(model, *bearing.relation)}};
    relations.emplace_back(std::move(members));
    if (bearing.gone == 0 || ++told > 3) continue;
    report.notes.push_back(fmt::format("Without {}: {} of {} loops gone.", relation_words(model, *bearing.relation),
                                       bearing.gone, result.count));
  }
  report.beside.emplace_back("companies", std::move(companies));
  report.beside.emplace_back("relations", std::move(relations));
  if (!table.rows.empty()) report.tables.push_back(std::move(table));
  const auto ordered = [&](std::optional<bool> how) {
    return std::count_if(result.cycles.begin(), result.cycles.end(),
                         [&](const Cycle& cycle) { return cycle.time_ordered == how; });
  };
  if (!result.cycles.empty())
    report.notes.push_back(
        fmt::format("Time-ordered (money out first, orders at the same time or after): {} loops; not: {}; unknown for "
                    "want of dates: "
                    "{}.",
                    ordered(true), ordered(false), ordered({})));
}

void add_circularity(const Model& model, const CyclesResult& result, Report& report) {
  if (!result.circularity) {
    report.beside.emplace_back("circularity", Value());
    if (result.currencies_of_hops > 1)
      report.notes.emplace_back("No circularity index: the amounts are in several currencies; --currency gives one.");
    else if (result.too_many_hops)
      report.notes.emplace_back("No circularity index: too many hops lie on loops, or on too long ones.");
    return;
  }
  const Circularity& c = *result.circularity;
  Value::List carriers;
  for (const Circularity::Carrier& carrier : c.carriers)
    carriers.emplace_back(Value::Members{{"from", model.id(result.flow->company(carrier.from))},
                                         {"to", model.id(result.flow->company(carrier.to))},
                                         {"flow", carrier.flow}});
  report.beside.emplace_back(
      "circularity",
      Value::Members{
          {"index", c.index}, {"circulation", c.circulation}, {"total", c.total}, {"carriers", std::move(carriers)}});
  report.notes.push_back(
      fmt::format("Circularity index {}: at most that part of all amounts (low bounds; unknown ones carry nothing) "
                  "could be the same money going "
                  "round.",
                  format_percent(c.index)));
}

void add_null(const CyclesResult& result, const CyclesParams& params, Report& report) {
  if (!result.null) return;
  OldTable table{"More than chance?",
              {{"length", CellType::count}, {"loops", CellType::count}, {"null mean"}, {"deviation"}, {"z"}, {"p"}},
              {}};
  Value::Members lengths;
  for (const auto& [length, row] : result.null->by_length) {
    table.rows.push_back(
        {table.rows.size(),
         {length, static_cast<std::size_t>(row.observed), format_number(row.mean, 2), format_number(row.deviation, 2),
          row.z ? format_number(*row.z, 2) : "–", fmt::format("{:.4f}", row.p)}});
    lengths.emplace_back(std::to_string(length), Value::Members{{"observed", static_cast<std::size_t>(row.observed)},
                                                                {"mean", row.mean},
                                                                {"deviation", row.deviation},
                                                                {"z", row.z ? Value(*row.z) : Value()},
                                                                {"p", row.p}});
  }
  report.beside.emplace_back(
      "null_model",
      Value::Members{{"runs", result.null->runs}, {"seed", params.seed}, {"by_length", std::move(lengths)}});
  report.tables.push_back(std::move(table));
  report.notes.push_back(
      fmt::format("Null model: {} shuffles of the partners (seed {}), every company keeping its numbers of payers and "
                  "of paid. p: how "
                  "often chance alone makes at least as many loops. Of all loops, whatever --through and --window say.",
                  result.null->runs, params.seed));
}

// Where loops are only counted, the answer is their number by length and class.
void count_results(const std::shared_ptr<const CyclesResult>& result, Results& results) {
  std::vector<std::size_t> lengths;
  for (const auto& [length, classes] : result->by_length) lengths.push_back(length);
  results.count = lengths.size();
  results.noun = "length";
  results.columns = {{"length", CellType::count}, {"loops", CellType::count}};
  for (std::size_t c = 0; c < cycle_classes; ++c)
    results.columns.push_back({std::string(to_string(static_cast<CycleClass>(c))), CellType::count});
  const auto loops = [](const std::array<std::size_t, cycle_classes>& classes) {
    return std::accumulate(classes.begin(), classes.end(), std::size_t{0});
  };
  results.rows = [result, lengths, loops](std::size_t i) {
    const auto& classes = result->by_length.at(lengths[i]);
    std::vector<Cell> cells{lengths[i], loops(classes)};
    cells.insert(cells.end(), classes.begin(), classes.end());
    return std::vector<std::vector<Cell>>{cells};
  };
  results.value = [result, lengths, loops](std::size_t i) {
    const auto& classes = result->by_length.at(lengths[i]);
    Value::Members members{{"length", lengths[i]}, {"loops", loops(classes)}};
    for (std::size_t c = 0; c < cycle_classes; ++c)
      members.emplace_back(std::string(to_string(static_cast<CycleClass>(c))), classes[c]);
    return Value(std::move(members));
  };
}

// The same amount both ways between two companies, which alone would close a loop.
void note_both_ways(const Model& model, const CyclesResult& result, Report& report) {
  for (const Cycle& cycle : result.cycles) {
    if (cycle.ranks.size() != 2) continue;
    for (const Relation* a : hop_of(result, cycle, 0).legs) {
      for (const Relation* b : hop_of(result, cycle, 1).legs) {
        if (!a->value || a->value.low != b->value.low || a->value.high != b->value.high ||
            !(a->value.currency == b->value.currency) || a->restates || b->restates)
          continue;
        report.notes.push_back(
            fmt::format("Possible duplicate: {} and {} are both {}: one instrument entered both ways? If so, mark one "
                        "restates=true.",
                        relation_words(model, *a), relation_words(model, *b), format_amount(a->value)));
      }
    }
  }
}

}  // namespace

Report report(const Model& model, const std::shared_ptr<const CyclesResult>& result, const CyclesParams& params) {
  Report report;
  report.command = "cycles";
  std::array<std::size_t, cycle_classes> by_class{};
  Value::Members lengths;
  std::string by_length;
  for (const auto& [length, classes] : result->by_length) {
    std::size_t total = 0;
    for (std::size_t c = 0; c < cycle_classes; ++c) {
      total += classes[c];
      by_class[c] += classes[c];
    }
    lengths.emplace_back(std::to_string(length), total);
    by_length += fmt::format("{}{} of length {}", by_length.empty() ? "" : ", ", total, length);
  }
  Value::Members classes;
  for (std::size_t c = 0; c < cycle_classes; ++c)
    classes.emplace_back(std::string(to_string(static_cast<CycleClass>(c))), by_class[c]);
  Evidence evidence(model);
  bool grants = false;
  std::size_t shown = 0;
  for (const Cycle& cycle : result->cycles) {
    if (++shown > 10) break;
    for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
      for (const Relation* r : hop_of(*result, cycle, i).legs) {
        evidence.add(*r);
        grants |= contingent(r->kind);
      }
    }
  }
  const std::string bound = params.max_length == 0 ? "" : fmt::format(" up to length {}", params.max_length);
  std::string passing;
  for (const std::string& word : params.through)
    passing += (passing.empty() ? " through " : " and ") + label(model, find_company(model, word));
  const std::string window = params.window.empty() ? "" : " within " + params.window;
  report.title = result->count == 0 ? "No loop of payments" + bound + passing + window
                                    : fmt::format("{} loop{} of payments{}{}{}, {} of them {}", result->count,
                                                  result->count == 1 ? "" : "s", bound, passing, window, by_class[0],
                                                  by_class[0] == 1 ? "a circular deal" : "circular deals");
  report.results.count = result->cycles.size();
  report.results.noun = "loop";
  report.results.table_limit = 10;
  report.results.columns = {{"loop"}, {"class"}, {"circulating", CellType::amount}};
  report.results.detail_columns = {{"payer"},
                                   {"paid"},
                                   {"what"},
                                   {"amount", CellType::amount},
                                   {"date"},
                                   {"status"},
                                   {"sources", CellType::sources}};
  report.results.value = [&model, result](std::size_t i) { return value_of(model, *result, result->cycles[i]); };
  report.results.rows = [&model, result](std::size_t i) {
    const Cycle& cycle = result->cycles[i];
    std::string name(to_string(cycle.cycle_class));
    if (cycle.hinges_on_contingent) name += " (contingent)";
    return std::vector<std::vector<Cell>>{{loop_of(model, *result, cycle), name, amount_cell(cycle)}};
  };
  report.results.detail = [&model, result](std::size_t i) { return legs_of(model, *result, result->cycles[i]); };
  if (params.count) {
    report.results.detail_columns.clear();
    report.results.detail = nullptr;
    count_results(result, report.results);
  }
  Value::List components;
  for (const auto& members : result->components) {
    Value::List ids;
    for (const CompanyIndex v : members) ids.emplace_back(model.id(v));
    components.emplace_back(std::move(ids));
  }
  const auto concerns = [](const Relation& r) { return r.kind != Kind::owns; };
  const auto aside = not_counted(model, concerns);
  report.beside = {{"count", result->count},
                   {"complete", result->complete},
                   {"by_length", std::move(lengths)},
                   {"by_class", std::move(classes)},
                   {"components", std::move(components)},
                   {"not_counted", not_counted_value(model, aside)}};
  report.beside.emplace_back("interrupted", result->interrupted);
  add_passing(model, *result, report);
  note_both_ways(model, *result, report);
  add_circularity(model, *result, report);
  add_null(*result, params, report);
  report.interrupted = result->interrupted;
  report.tables.push_back(not_counted_table(model, aside));
  if (!by_length.empty())
    report.notes.push_back(
        "Loops: " + by_length + ". " +
        (result->complete ? "The search is complete" + bound + "."
         : result->interrupted
             ? fmt::format("The search was interrupted after {} loops and is NOT complete.", result->count)
             : fmt::format(
                   "The search stopped after {} loops and is NOT complete: give --max-length, --stop-after 0, or "
                   "--count.",
                   result->count)));
  if (!result->cycles.empty())
    report.notes.push_back(
        "A loop's amount is what can circulate: the smallest of its hops' sums. A circular deal has a financing and a "
        "commercial leg; it is legal and usually disclosed vendor financing.");
  if (result->currencies.size() > 1)
    report.notes.push_back(
        "Amounts in several currencies cannot be compared: the loops stand currency by currency. --currency compares "
        "them.");
  if (grants)
    report.notes.push_back(
        "Contingent legs (guarantees, grants) carry no cash and add nothing; amounts in brackets restate another row.");
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  for (const std::string& note : rate_notes(model)) report.notes.push_back(note);
  if (!result->cycles.empty()) report.notes.push_back(evidence.span_note());
  report.sources = evidence.texts();
  return report;
}

namespace {

Answer bind(Options& options) {
  const auto params = std::make_shared<CyclesParams>();
  options.count("--stop-after", params->stop_after, 0, SIZE_MAX, "give up after so many loops (2000000); 0 = never");
  options.list("--through", params->through, "COMPANY", "only loops that pass all of these companies");
  options.flag("--count", params->count, "only count the loops: nothing is kept, no bound on their number");
  options.count("--threads", params->threads, 0, 256, "that --count may use; the answer is the same (0: all)");
  options.text("--window", params->window, "DURATION", "only loops whose legs are dated within 90d, 6w, 24m or 2y");
  options.count("--null", params->null_runs, 0, 1'000'000, "compare with so many shuffles of the partners");
  options.count("--seed", params->seed, 0, SIZE_MAX, "of the shuffles (1)");
  params->interrupted = options.interrupted();
  options.count("--max-length", params->max_length, 2, 1'000'000'000, "the longest loop, in hops; without it, all");
  return [params](const Model& model, std::optional<std::size_t>) {
    return report(model, std::make_shared<CyclesResult>(cycles(model, *params)), *params);
  };
}

}  // namespace

std::string_view to_string(CycleClass cycle_class) {
  constexpr std::string_view names[] = {"circular-deal", "reciprocal-trade", "trade-loop", "cross-financing"};
  return names[static_cast<std::size_t>(cycle_class)];
}

CyclesResult cycles(const Model& model, const CyclesParams& params) {
  CyclesResult result;
  result.flow = std::make_unique<MoneyFlow>(model);
  const MoneyFlow& flow = *result.flow;
  Amounts amounts(flow);
  CycleSearch search{params.max_length, {}, params.interrupted};
  search.threads = params.threads != 0 ? static_cast<unsigned>(params.threads) : std::thread::hardware_concurrency();
  std::vector<std::uint32_t> through;
  for (const std::string& word : params.through) through.push_back(flow.rank(find_company(model, word)));
  if (!through.empty()) search.through = through.front();
  std::optional<std::int32_t> days;
  if (!params.window.empty()) {
    days = parse_duration(params.window);
    if (!days) throw Question("--window: " + quote(params.window) + " is no duration; write 90d, 6w, 24m or 2y");
  }
  std::vector<const Hop*> hops;
  bool stopped = false;
  // The classes of legs that each hop offers, so that counting looks at one byte a hop: one of four.
  constexpr std::uint8_t commercial_leg = 1;
  constexpr std::uint8_t financing_leg = 2;
  std::vector<std::uint8_t> offers;
  for (const Hop& hop : flow.hops())
    offers.push_back(
        static_cast<std::uint8_t>((hop.has_commercial ? commercial_leg : 0) | (hop.has_financing ? financing_leg : 0)));
  const auto class_by_marks = [&](std::size_t legs, std::size_t length) {
    return class_of((legs & commercial_leg) != 0, (legs & financing_leg) != 0, length);
  };
  std::vector<std::array<std::size_t, cycle_classes>> by_length(flow.graph().size() + 1);
  if (params.count && !days && through.size() < 2) {
    CycleCounts counts;
    result.complete = count_cycles(flow.graph(), search, offers, counts);
    for (std::size_t length = 0; length < counts.size(); ++length) {
      for (std::size_t legs = 0; legs < counts[length].size(); ++legs) {
        by_length[length][static_cast<std::size_t>(class_by_marks(legs, length))] += counts[length][legs];
        result.count += counts[length][legs];
      }
    }
  } else {
    result.complete = elementary_cycles(
        flow.graph(), search, [&](std::span<const std::uint32_t> ranks, std::span<const std::uint32_t> edges) {
          for (const std::uint32_t wanted : through)
            if (std::find(ranks.begin(), ranks.end(), wanted) == ranks.end()) return true;
          hops.clear();
          std::uint8_t legs = 0;
          for (const std::uint32_t edge : edges) {
            hops.push_back(&flow.hops()[edge]);
            legs |= offers[edge];
          }
          if (days && !within_window(hops, *days)) return true;
          const CycleClass cycle_class = class_by_marks(legs, ranks.size());
          ++result.count;
          ++by_length[ranks.size()][static_cast<std::size_t>(cycle_class)];
          if (params.count) return true;
          Cycle& cycle = result.cycles.emplace_back(cycle_of(amounts, ranks, hops));
          cycle.cycle_class = cycle_class;
          if (time_ordered(hops, days))
            cycle.time_ordered = true;
          else if (all_dated(hops))
            cycle.time_ordered = false;
          stopped = params.stop_after != 0 && result.cycles.size() >= params.stop_after;
          return !stopped;
        });
  }
  for (std::size_t length = 0; length < by_length.size(); ++length)
    if (by_length[length] != std::array<std::size_t, cycle_classes>{}) result.by_length[length] = by_length[length];
  result.interrupted = !result.complete && !stopped;
  sort_cycles(result.cycles, result.currencies);
  rank_companies(model, result);
  rank_relations(result);
  for (const auto& members : strong_components_of(flow.graph())) {
    auto& component = result.components.emplace_back();
    for (const std::uint32_t rank : members) component.push_back(flow.company(rank));
  }
  std::stable_sort(result.components.begin(), result.components.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  if (result.interrupted) return result;
  std::vector<Quantity> of_hops;
  std::set<std::string_view> codes;
  for (const Hop& hop : flow.hops()) {
    of_hops.push_back(flow.amount(hop));
    if (of_hops.back()) codes.insert(to_string(of_hops.back().currency));
  }
  result.currencies_of_hops = codes.size();
  if (params.circularity && codes.size() == 1) result.circularity = circularity(flow, of_hops);
  result.too_many_hops =
      params.circularity && codes.size() == 1 && !result.circularity &&
      std::any_of(of_hops.begin(), of_hops.end(), [](const Quantity& amount) { return amount && amount.low > 0; });
  if (params.null_runs > 0) {
    const std::size_t longest = params.max_length == 0 ? null_length : params.max_length;
    result.null = null_model(flow.graph(), longest, params.null_runs, params.seed, params.interrupted);
    result.interrupted = result.null->runs < params.null_runs;
  }
  return result;
}

const Pass cycles_pass{
    "cycles", "circular deals and other loops of payments",
    "Example: tierscope cycles graphs/ai-circular --max-length 3\n"
    "Money: a customer pays its supplier; investors, lenders, guarantors and grantors pay the other side.",
    StatusSet::of(Status::active, Status::announced, Status::planned, Status::testing), bind};

}  // namespace tierscope::core
