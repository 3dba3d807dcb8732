#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ask/answered.hpp"
#include "ask/concentration/concentration.hpp"
#include "ask/gate.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "ask/shares.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t contradictions_told = 5;

std::string percent_of(const Relation& r) {
  return in_cell(r.supply_share) + (r.as_of ? " of " + to_string(r.as_of) : "");
}

// Why a share that is stated does not count.
std::string why_unknown(const Concentration& group, const SupplyShare& supplier) {
  const bool stated = std::any_of(supplier.relations.begin(), supplier.relations.end(),
                                  [](const Relation* r) { return r->supply_share && !r->restates; });
  if (supplier.stale != nullptr) return percent_of(*supplier.stale) + " is too old";
  if (supplier.share || !stated) return {};
  return group.contradicted ? "shares contradict each other" : "of one member's purchases, not the group's";
}

SupplierRow counted_row(const Model& model, const Concentration& group, const SupplyShare& supplier) {
  Evidence evidence(model);
  Confidence stated = supplier.relations.front()->confidence;
  for (const Relation* r : supplier.relations) {
    evidence.add(*r);
    stated = weaker(stated, r->confidence);
  }
  SupplierRow row;
  row.supplier = company_row(model, supplier.supplier);
  row.share = quantity_row(model, supplier.share);
  row.recorded_share = quantity_row(model, supplier.recorded_share);
  row.claim = to_string(supplier.claim);
  row.status = to_string(supplier.relations.front()->status);
  row.counted = true;
  row.why = why_unknown(group, supplier);
  row.as_of = evidence.newest();
  row.confidence = supplier.share ? supplier.share.confidence : stated;
  row.sources = evidence.ids();
  return row;
}

SupplierRow beside_row(const Model& model, const Relation& r) {
  SupplierRow row;
  row.supplier = company_row(model, r.from);
  row.share = quantity_row(model, r.supply_share);
  row.claim = to_string(r.claim);
  row.status = to_string(r.status);
  row.why = model.company(r.from).aggregate ? "aggregate" : row.status;
  row.as_of = r.as_of;
  row.confidence = r.confidence;
  add_sources(model, r, row.sources);
  return row;
}

// What is computed from all shares is as well known as the weakest of them; of what is not named nothing is computed.
api::Quantity figure(const Model& model, const Concentration& group, double low, double high) {
  return group.category ? quantity_row(model, group.grade.mark(between(low, high))) : api::Quantity{};
}

void fill(const Model& model, const Concentration& group, ConcentrationRow& row) {
  row.customer = company_row(model, group.customer);
  row.category = model.text(group.category);
  row.by = group.by_item ? "item" : "";
  row.count = group.suppliers.size();
  row.covered = quantity_row(model, group.covered);
  row.hhi = figure(model, group, group.hhi_low, group.hhi_high);
  row.level = group.level;
  if (group.suppliers.size() == 1) row.claim = to_string(group.suppliers.front().claim);
  row.top_share = figure(model, group, group.top_low, group.top_high);
  const EffectiveSuppliers effective = effective_suppliers(group);
  row.effective_suppliers = figure(model, group, effective.low, effective.high);
  row.recorded_hhi = quantity_row(model, group.recorded_hhi);
  Evidence evidence(model);
  row.suppliers.reserve(group.suppliers.size() + group.beside.size());
  for (const SupplyShare& supplier : group.suppliers) {
    for (const Relation* r : supplier.relations) evidence.add(*r);
    row.suppliers.push_back(counted_row(model, group, supplier));
  }
  for (const Relation* r : group.beside) row.suppliers.push_back(beside_row(model, *r));
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
}

std::string category_label(const Model& model, const Concentration& group) {
  return group.category ? std::string(model.text(group.category)) : "what is not named";
}

constexpr std::size_t levels = static_cast<std::size_t>(Level::none) + 1;

/// What all purchases come to, and the evidence for it.
struct Survey {
  Survey(const Model& model, const Purchases& purchases, double limit) : evidence(model), gate(limit) {
    for (std::size_t i = 0; i < purchases.size(); ++i) add(model, purchases[i]);
  }

  void add(const Model& model, const Concentration& group) {
    ++of_level[static_cast<std::size_t>(group.level)];
    by_item += group.by_item;
    no_share += group.category && !group.quantified;
    several_buyers += group.several_buyers;
    aggregates += group.aggregates;
    recorded_spend += bool(group.recorded_hhi);
    called_sole += alone(group.level) && group.suppliers.front().claim == Claim::sole;
    if (group.covered && (!least_covered || group.covered.low < least_covered.low)) least_covered = group.covered;
    covered += bool(group.covered);
    for (const SupplyShare& supplier : group.suppliers) {
      stale += supplier.stale != nullptr;
      if (supplier.share) further += supplier.without_figure;
      for (const Relation* r : supplier.relations) evidence.add(*r);
    }
    for (const Relation* r : group.beside) evidence.add_sources(r->sources);
    gate.see(group.hhi_low, [&] {
      return fmt::format("the suppliers of {} to {} have an HHI of {}", category_label(model, group),
                         label(model, group.customer),
                         low_in_words(group.grade.mark(between(group.hhi_low, group.hhi_high)), {Unit::hhi}));
    });
  }

  static bool alone(Level level) { return level == Level::sole_source || level == Level::single_source; }
  std::size_t of(Level level) const { return of_level[static_cast<std::size_t>(level)]; }

  Evidence evidence;
  Gate gate;
  std::array<std::size_t, levels> of_level{};
  std::size_t covered = 0;  // purchases of which some share is known
  Quantity least_covered;
  std::size_t no_share = 0;
  std::size_t by_item = 0;
  std::size_t several_buyers = 0;
  std::size_t aggregates = 0;
  std::size_t recorded_spend = 0;
  std::size_t called_sole = 0;
  std::size_t stale = 0;    // suppliers with a share that is too old
  std::size_t further = 0;  // links without a figure beside one with
};

std::string title_of_one(const Model& model, const Concentration& group) {
  const std::string share = group.covered ? "of " + in_words(group.covered) : "of an unknown share";
  return fmt::format("{} of {}: {}, {}{}", category_label(model, group), label(model, group.customer),
                     group.category ? level_words(group.level) : "no category and no item",
                     counted(group.suppliers.size(), "recorded supplier"), group.category ? " " + share : "");
}

std::string title_of(const Model& model, const Purchases& purchases, const Survey& survey) {
  if (purchases.size() == 1) return title_of_one(model, purchases[0]);
  const auto& [customer, supplier, category] = purchases.asked();
  const std::string whose = (customer ? " of " + label(model, *customer) : std::string()) +
                            (supplier ? " in which " + label(model, *supplier) + " is a recorded supplier" : "");
  if (purchases.size() == 0) return "0 purchases" + whose;
  const std::size_t alone = survey.of(Level::sole_source) + survey.of(Level::single_source);
  const std::string from = supplier ? fmt::format("the only recorded one in {}", alone)
                                    : fmt::format("{} from one recorded supplier", alone);
  std::string title = fmt::format("{}{}: {}, {} from a dominant one", counted(purchases.size(), "purchase"), whose,
                                  from, survey.of(Level::dominant));
  if (const std::size_t partly = survey.of(Level::partly_recorded); partly != 0)
    title += fmt::format(", {} partly recorded", partly);
  if (survey.covered == 0) return title + "; no share is known";
  return title + fmt::format("; shares are known of {}, {}{}", survey.covered, survey.covered == 1 ? "" : "each of ",
                             low_in_words(survey.least_covered));
}

std::string have(std::size_t count, std::string_view noun) {
  return counted(count, noun) + (count == 1 ? " has" : " have");
}

std::vector<std::string> notes_of(const Model& model, const Purchases& purchases, const Survey& survey) {
  std::vector<std::string> notes{
      "share: of the customer's purchases of the category. Only recorded suppliers count; one who is not in the data "
      "is not seen."};
  const auto say = [&](std::size_t count, std::string note) {
    if (count != 0) notes.push_back(std::move(note));
  };
  say(survey.of(Level::sole_source) + survey.of(Level::single_source),
      "sole-source: nobody else is recorded for the category at all. single-source: others are recorded, for other "
      "customers or with a status that is not counted.");
  say(survey.of(Level::partly_recorded),
      "partly-recorded: the only recorded supplier has less than all; others exist who are not in the data.");
  say(survey.called_sole, counted(survey.called_sole, "supplier") + " recorded as the only one" +
                              (survey.called_sole == 1 ? " is" : " are") + " called sole by the source itself.");
  say(survey.by_item, counted(survey.by_item, "purchase") + " by item, for want of a category.");
  say(survey.of(Level::none), have(survey.of(Level::none), "purchase") + " neither category nor item: no level.");
  say(survey.no_share, have(survey.no_share, "purchase") + " no known share: HHI 0 to 10,000.");
  for (std::size_t i = 0; i < std::min(contradictions_told, purchases.contradictions().size()); ++i)
    notes.push_back("Shares taken as unknown: " + purchases.contradictions()[i].what + ".");
  if (const std::size_t all = purchases.contradictions().size(); all > contradictions_told)
    notes.push_back(counted(all - contradictions_told, "more purchase") + " with shares that contradict each other.");
  say(survey.stale, counted(survey.stale, "supplier") + " with a share too old to stand beside the newest of the " +
                        "same purchase: it is not counted.");
  say(survey.several_buyers,
      counted(survey.several_buyers, "purchase") + " by several members of a group: the group's shares are unknown.");
  say(survey.further, counted(survey.further, "further link") + " without a figure.");
  say(survey.aggregates, "An aggregate is no supplier: its share counts as unreported.");
  say(survey.recorded_spend,
      "Of recorded spend: from the annual amounts of the recorded suppliers; says nothing about what is not recorded.");
  const auto concerns = [&](const Relation& r) { return purchases.concern(r); };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  for (std::string& note : view_notes(model)) notes.push_back(std::move(note));
  notes.push_back(survey.evidence.span_note());
  return notes;
}

Result<api::Concentration> answer(const std::shared_ptr<const Model>& model, const ConcentrationOptions& options) {
  PurchasesAsked asked{.category = options.category};
  if (!options.customer.empty()) asked.customer = find_company(*model, options.customer);
  if (!options.supplier.empty()) asked.supplier = find_company(*model, options.supplier);
  const auto purchases = std::make_shared<const Purchases>(*model, asked);
  const Survey survey(*model, *purchases, options.fail_above);
  api::Concentration answer;
  answer.results = rows_of<ConcentrationRow>(
      purchases->size(), [model, purchases](std::size_t i, auto& row) { fill(*model, (*purchases)[i], row); });
  About& about = answer.about;
  about.title = title_of(*model, *purchases, survey);
  about.noun = "purchase";
  if (asked.customer) about.asked = {"customer"};
  about.notes = notes_of(*model, *purchases, survey);
  about.sources = survey.evidence.sources();
  about.gate = survey.gate.reason();
  return {std::move(answer), taken_as_unknown(purchases->contradictions())};
}

}  // namespace

std::vector<std::string> concentration_notes(const Model& model, const Purchases& purchases) {
  return notes_of(model, purchases, Survey(model, purchases, -1));
}

extern const Inquiry concentration_inquiry =
    inquiry<ConcentrationOptions, api::Concentration, tierscope::concentration>(
        "concentration", "where there is only one supplier, per customer and category", StatusSet::of(Status::active),
        "Example: tierscope concentration graphs/bytedance --customer bytedance\n"
        "HHI above 1,800 is highly, 1,000 to 1,800 moderately concentrated (2023 US merger guidelines).");

}  // namespace tierscope::core

namespace tierscope {

std::string_view to_string(Level level) {
  constexpr std::string_view names[] = {
      "sole-source", "single-source", "dominant", "partly-recorded", "high", "moderate", "low", "unknown", ""};
  return names[static_cast<std::size_t>(level)];
}

Result<Concentration> concentration(Model model, const ConcentrationOptions& options) {
  return core::answered<Concentration>(core::concentration_inquiry, std::move(model), options.view,
                                       [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
