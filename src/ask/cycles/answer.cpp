#include <fmt/format.h>

#include <charconv>
#include <numeric>

#include <tierscope/cycles.hpp>

#include "ask/answered.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/rates.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

/// What was found, shared by all who read rows of it.
struct Found {
  Found(std::shared_ptr<const Model> seen, const CyclesParams& params)
      : model(std::move(seen)), result(cycles(*model, params)) {}
  std::shared_ptr<const Model> model;
  CyclesResult result;

  api::Company company(std::uint32_t rank) const { return company_row(*model, result.flow->company(rank)); }
};
using FoundPtr = std::shared_ptr<const Found>;

// `A → B → A`; of a long loop a reader is shown both ends.
std::string loop_words(const std::vector<api::Company>& companies) {
  constexpr std::size_t most = 40;
  std::string text;
  for (std::size_t i = 0; i < companies.size(); ++i) {
    if (companies.size() > most && i == most / 2) {
      i = companies.size() - most / 2;
      text += fmt::format("… {} more … → ", companies.size() - most);
    }
    text.append(companies[i].name).append(" → ");
  }
  return text.append(companies.front().name);
}

std::string leg_words(const Model& model, const Relation& r) {
  std::string words(to_string(r.kind));
  if (contingent(r.kind)) words += " (contingent)";
  if (r.restates) words += " (restated)";
  if (r.item || r.category) words.append(": ").append(subject(model, r));
  return words;
}

// What adds to a hop was converted when the hop was summed; nothing asks for the rate of the rest.
Quantity leg_amount(const Model& model, const Relation& r) {
  return adds_cash(r) ? model.converter().convert(r.value).value_or(r.value) : r.value;
}

void fill(const Model& model, const Relation& r, LoopLeg& leg) {
  CompanyIndex payer = 0;
  CompanyIndex paid = 0;
  money_flows(r, payer, paid);
  leg.payer = company_row(model, payer);
  leg.payee = company_row(model, paid);
  leg.what = leg_words(model, r);
  leg.amount = quantity_row(model, leg_amount(model, r));
  leg.date = r.since ? r.since : r.as_of;
  leg.status = to_string(r.status);
  add_sources(model, r, leg.sources);
  leg.kind = to_string(r.kind);
  leg.category = model.text(r.category);
  leg.item = model.text(r.item);
  leg.value = quantity_row(model, r.value);
  leg.since = r.since;
  leg.as_of = r.as_of;
  leg.contingent = contingent(r.kind);
  leg.restates = r.restates;
  leg.confidence = r.confidence;
}

void add_legs(const Found& found, const Cycle& cycle, LoopRow& row) {
  const Model& model = *found.model;
  Evidence evidence(model);
  for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
    const std::uint32_t edge = found.result.edge(cycle, i);
    for (const Relation* const r : found.result.hop(edge).legs) {
      LoopLeg& leg = row.legs.emplace_back();
      fill(model, *r, leg);
      leg.hop = i + 1;
      leg.hop_amount = quantity_row(model, found.result.amounts[edge].amount);
      evidence.add(*r);
    }
  }
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
  row.confidence = cycle.amount.confidence;
  row.sources = evidence.ids();
}

void fill(const Found& found, std::size_t i, LoopRow& row) {
  const Cycle& cycle = found.result.cycles[i];
  row.number = i + 1;
  for (const std::uint32_t rank : cycle.ranks) row.companies.push_back(found.company(rank));
  row.loop = loop_words(row.companies);
  row.length = cycle.ranks.size();
  row.loop_class = to_string(cycle.cycle_class);
  row.hinges_on_contingent = cycle.hinges_on_contingent;
  add_legs(found, cycle, row);
  row.amount = circulating(*found.model, cycle.amount);
  if (cycle.other) row.amount_reason = not_comparable(cycle.currency, cycle.other);
  row.amount_in_force = circulating(*found.model, cycle.in_force);
  if (std::pair(cycle.in_force.low, cycle.in_force.high) != std::pair(cycle.amount.low, cycle.amount.high))
    row.in_force = "in force " + in_cell(cycle.in_force, {.unit = Unit::money});
  row.contingent = cycle.contingent;
  row.time_ordered = cycle.time_ordered;
}

void fill(const Model& model, const Bearing& bearing, LoopRelation& row) {
  const Relation& r = *bearing.relation;
  row.loops = bearing.loops;
  row.gone_without = bearing.gone;
  row.from = company_row(model, r.from);
  row.to = company_row(model, r.to);
  row.kind = to_string(r.kind);
  row.category = model.text(r.category);
  row.item = model.text(r.item);
  row.value = quantity_row(model, r.value);
  row.status = to_string(r.status);
  row.since = r.since;
  row.as_of = r.as_of;
  row.restates = r.restates;
  row.confidence = r.confidence;
  add_sources(model, r, row.sources);
  row.place = model.place(r.place);
}

api::Quantity money(const Found& found, double low, Currency currency) {
  return quantity_row(*found.model, exactly(low, currency));
}

void add_lengths(const Found& found, Cycles& answer) {
  std::vector<LoopLength> lengths;
  LoopClasses& sum = answer.by_class;
  for (const auto& [length, of] : found.result.by_length) {
    lengths.push_back({length, std::accumulate(of.begin(), of.end(), std::size_t{0}), of[0], of[1], of[2], of[3]});
    sum.circular_deal += of[0];
    sum.reciprocal_trade += of[1];
    sum.trade_loop += of[2];
    sum.cross_financing += of[3];
  }
  answer.by_length = std::move(lengths);
}

LoopCount count_of(const CyclesResult& result) {
  const auto of = [&](std::size_t from, std::size_t to) -> std::optional<std::size_t> {
    if (to < result.shortest || (result.longest != 0 && result.longest < from)) return {};
    return result.loops(from, to);
  };
  return {of(2, 2), of(3, 3), of(4, SIZE_MAX)};
}

void add_companies(const FoundPtr& found, Cycles& answer) {
  const CyclesResult& result = found->result;
  answer.companies = rows_of<PassedCompany>(result.companies.size(), [found](std::size_t i, auto& row) {
    const Passing& passing = found->result.companies[i];
    row.company = company_row(*found->model, passing.company);
    row.loops = passing.loops;
    for (std::size_t c = 0; c < passing.amounts.size(); ++c)
      row.amounts.push_back({money(*found, passing.amounts[c], parse_currency(found->result.currencies[c]))});
  });
  answer.components = rows_of<LoopComponent>(result.components.size(), [found](std::size_t i, auto& row) {
    for (const CompanyIndex v : found->result.components[i]) row.companies.push_back(company_row(*found->model, v));
    row.size = row.companies.size();
  });
  answer.currencies = result.currencies;
}

void add_circularity(const FoundPtr& found, Cycles& answer) {
  if (!found->result.circularity) return;
  const Circularity& c = *found->result.circularity;
  const Currency currency = found->result.currencies_of_hops.front();
  Quantity circulation = between(c.circulation, c.circulation + c.error, currency);
  answer.circularity_index = c.index.low;
  answer.circularity = CircularityRow{quantity_row(*found->model, c.graded(circulation)),
                                      quantity_row(*found->model, c.graded(exactly(c.total, currency)))};
  answer.carriers = rows_of<CirculatingHop>(c.carriers.size(), [found, currency](std::size_t i, auto& row) {
    const Circularity::Carrier& carrier = found->result.circularity->carriers[i];
    row = {found->company(carrier.from), found->company(carrier.to), money(*found, carrier.flow, currency)};
  });
}

void add_null(const Found& found, const CyclesOptions& options, Cycles& answer) {
  if (!found.result.null) return;
  std::vector<NullLength> lengths;
  for (const auto& [length, of] : found.result.null->by_length)
    lengths.push_back({length, of.observed, of.mean, of.deviation, of.z, of.p});
  answer.null_lengths = std::move(lengths);
  answer.null_model = NullModelRun{found.result.null->runs, options.seed};
}

CyclesParams params_of(const CyclesOptions& options) {
  CyclesParams params;
  if (options.max_length == "all") {
    params.listed = params.longest = 0;
  } else if (!options.max_length.empty()) {
    const std::string& text = options.max_length;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), params.listed);
    if (error != std::errc() || end != text.data() + text.size() || params.listed < 2)
      throw Question("--max-length: " + quote(text) + " is no number of companies; write 2 or more, or all");
    params.longest = params.listed;
    if (params.longest < options.min_length)
      throw Question(fmt::format("--min-length {} is above --max-length {}", options.min_length, params.longest));
  }
  params.min_length = options.min_length;
  params.classes = options.classes;
  params.stop_after = options.stop_after;
  params.through = options.through;
  params.count = options.count;
  params.threads = options.threads;
  params.window = options.window;
  params.null_runs = options.null_runs;
  params.seed = options.seed;
  params.interrupted = options.view.stop;
  return params;
}

Cycles answer(const std::shared_ptr<const Model>& model, const CyclesOptions& options) {
  const CyclesParams params = params_of(options);
  const auto found = std::make_shared<const Found>(model, params);
  const CyclesResult& result = found->result;
  Cycles answer;
  answer.results =
      rows_of<LoopRow>(result.cycles.size(), [found](std::size_t i, LoopRow& row) { fill(*found, i, row); });
  add_lengths(*found, answer);
  add_companies(found, answer);
  answer.relations = rows_of<LoopRelation>(result.relations.size(), [found](std::size_t i, auto& row) {
    fill(*found->model, found->result.relations[i], row);
  });
  add_circularity(found, answer);
  add_null(*found, options, answer);
  const auto aside = not_counted(*model, [](const Relation& r) { return r.kind != Kind::owns; });
  answer.not_counted = relation_rows(model, aside);
  answer.count = count_of(result);
  answer.complete = result.complete;
  About& about = answer.about;
  about.title = cycles_title(*model, result, params);
  about.noun = "loop";
  about.shown = 10;
  about.notes = cycles_notes(*model, result, params);
  about.interrupted = result.interrupted;
  Evidence evidence = evidence_of(*model, result);
  for (const Relation* const r : aside) evidence.add_sources(r->sources);
  about.sources = evidence.sources();
  return answer;
}

}  // namespace

api::Quantity circulating(const Model& model, Quantity amount) {
  const bool anything = amount && amount.low == 0 && amount.high == unbounded;
  if (anything) amount.high = 0;
  api::Quantity row = quantity_row(model, amount);
  if (anything) row.high = unbounded;
  return row;
}

extern const Inquiry cycles_inquiry = inquiry<CyclesOptions, Cycles, tierscope::cycles>(
    "cycles", "circular deals and other loops of payments",
    StatusSet::of(Status::active, Status::announced, Status::planned, Status::testing),
    "Example: tierscope cycles graphs/ai-circular --max-length 4 --class circular-deal\n"
    "Money: a customer pays its supplier; payers, investors, lenders, guarantors and grantors pay the other side.");

}  // namespace tierscope::core

namespace tierscope {

Result<Cycles> cycles(Model model, const CyclesOptions& options) {
  return core::answered<Cycles>(core::cycles_inquiry, std::move(model), options.view,
                                [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
