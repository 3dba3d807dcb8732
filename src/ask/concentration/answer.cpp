#include <fmt/format.h>

#include <algorithm>

#include "ask/answered.hpp"
#include "ask/concentration/concentration.hpp"
#include "ask/gate.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

SupplierRow counted_row(const Model& model, const SupplyShare& supplier) {
  Evidence evidence(model);
  Confidence stated = supplier.relations.front()->confidence;
  for (const Relation* r : supplier.relations) {
    evidence.add(*r);
    stated = weaker(stated, r->confidence);
  }
  SupplierRow row;
  row.supplier = company_row(model, supplier.supplier);
  row.share = quantity_row(model, supplier.share, supplier.confidence);
  row.status = to_string(supplier.relations.front()->status);
  row.counted = true;
  row.as_of = evidence.newest();
  row.confidence = supplier.share ? supplier.confidence : stated;
  row.sources = evidence.ids();
  return row;
}

SupplierRow beside_row(const Model& model, const Relation& r) {
  SupplierRow row;
  row.supplier = company_row(model, r.from);
  row.share = quantity_row(model, r.supply_share, r.confidence);
  row.status = to_string(r.status);
  row.why = model.company(r.from).aggregate ? "aggregate" : row.status;
  row.as_of = r.as_of;
  row.confidence = r.confidence;
  add_sources(model, r, row.sources);
  return row;
}

// What is computed from all known shares is approximate where one is, and as weak as the weakest.
api::Quantity figure(const Model& model, const Concentration& group, double low, double high) {
  if (!group.quantified) return {};
  Quantity quantity = between(low, high);
  Confidence confidence = group.suppliers.front().confidence;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    quantity.approximate |= supplier.share.approximate;
    confidence = weaker(confidence, supplier.confidence);
  }
  return quantity_row(model, quantity, confidence);
}

void fill(const Model& model, const Concentration& group, ConcentrationRow& row) {
  row.customer = company_row(model, group.customer);
  row.category = model.text(group.category);
  row.count = group.suppliers.size();
  row.hhi = figure(model, group, group.hhi_low, group.hhi_high);
  row.level = group.level;
  row.top_share = figure(model, group, group.top_low, group.top_high);
  row.covered = group.covered;
  const EffectiveSuppliers effective = effective_suppliers(group);
  row.effective_suppliers = figure(model, group, effective.low, effective.high);
  Evidence evidence(model);
  row.suppliers.reserve(group.suppliers.size() + group.beside.size());
  for (const SupplyShare& supplier : group.suppliers) {
    for (const Relation* r : supplier.relations) evidence.add(*r);
    row.suppliers.push_back(counted_row(model, supplier));
  }
  for (const Relation* r : group.beside) row.suppliers.push_back(beside_row(model, *r));
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
}

std::string category_label(const Model& model, const Concentration& group) {
  return group.category ? std::string(model.text(group.category)) : "(unspecified)";
}

/// What all purchases come to, and the evidence for it.
struct Survey {
  Survey(const Model& model, const Purchases& purchases, double limit) : evidence(model), gate(limit) {
    for (std::size_t i = 0; i < purchases.size(); ++i) {
      const Concentration group = purchases[i];
      alone += group.level == Level::sole_source || group.level == Level::single_source;
      dominant += group.level == Level::dominant;
      unknown += !group.quantified;
      for (const SupplyShare& supplier : group.suppliers)
        for (const Relation* r : supplier.relations) evidence.add(*r);
      for (const Relation* r : group.beside) evidence.add_sources(r->sources);
      gate.see(group.hhi_low, [&] {
        return fmt::format(
            "the suppliers of {} to {} have an HHI of {}", category_label(model, group), label(model, group.customer),
            low_in_words(quantity_of(figure(model, group, group.hhi_low, group.hhi_high)), {.unit = Unit::hhi}));
      });
    }
  }

  Evidence evidence;
  Gate gate;
  std::size_t alone = 0;
  std::size_t dominant = 0;
  std::size_t unknown = 0;
};

std::vector<std::string> notes_of(const Model& model, const Purchases& purchases, const Survey& survey) {
  std::vector<std::string> notes{
      "share: of the customer's purchases of the category. Only recorded suppliers count; one who is not in the data "
      "is not seen.",
      "sole-source: nobody else is recorded for the category at all. single-source: others are recorded, for other "
      "customers or with a status that is not counted."};
  if (survey.unknown != 0)
    notes.push_back(counted(survey.unknown, "purchase") + (survey.unknown == 1 ? " has" : " have") +
                    " no reported share: HHI unknown.");
  const auto concerns = [&](const Relation& r) { return purchases.concern(r); };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  notes.push_back(survey.evidence.span_note());
  return notes;
}

api::Concentration answer(const std::shared_ptr<const Model>& model, const ConcentrationOptions& options) {
  std::optional<CompanyIndex> customer;
  if (!options.customer.empty()) customer = find_company(*model, options.customer);
  const auto purchases = std::make_shared<const Purchases>(*model, customer, options.category);
  const Survey survey(*model, *purchases, options.fail_above);
  api::Concentration answer;
  answer.results = rows_of<ConcentrationRow>(
      purchases->size(), [model, purchases](std::size_t i, auto& row) { fill(*model, (*purchases)[i], row); });
  About& about = answer.about;
  about.title =
      fmt::format("{}{}: {} from one recorded supplier, {} from a dominant one", counted(purchases->size(), "purchase"),
                  customer ? " of " + label(*model, *customer) : "", survey.alone, survey.dominant);
  about.noun = "purchase";
  if (customer) about.asked = {"customer"};
  about.notes = notes_of(*model, *purchases, survey);
  about.sources = survey.evidence.sources();
  about.gate = survey.gate.reason();
  return answer;
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
  constexpr std::string_view names[] = {"sole-source", "single-source", "dominant", "high",
                                        "moderate",    "low",           "unknown"};
  return names[static_cast<std::size_t>(level)];
}

Result<Concentration> concentration(Model model, const ConcentrationOptions& options) {
  return core::answered<Concentration>(core::concentration_inquiry, std::move(model), options.view,
                                       [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
