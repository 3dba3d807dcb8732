#include <fmt/format.h>

#include <algorithm>

#include <tierscope/dependence.hpp>

#include "ask/answered.hpp"
#include "ask/dependence/dependence.hpp"
#include "ask/gate.hpp"
#include "ask/inquiry.hpp"
#include "ask/pair_amount.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

void fill(const Model& model, const RevenueLink& link, const SupplierDependence& supplier, CustomerRow& row) {
  Evidence evidence(model);
  Confidence stated = link.relations.front()->confidence;
  for (const Relation* r : link.relations) {
    evidence.add_sources(r->sources);
    stated = weaker(stated, r->confidence);
  }
  for (const Relation* r : link.share ? link.behind : link.relations) evidence.add(*r);
  const auto& majors = supplier.major_customers;
  row.customer = company_row(model, link.customer);
  row.share = quantity_row(model, link.share);
  row.amount = quantity_row(model, amount_of(model, link));
  row.reason = link.reason;
  row.major = std::find(majors.begin(), majors.end(), link.customer) != majors.end();
  row.as_of = evidence.newest();
  row.confidence = link.share ? link.share.confidence : stated;
  row.relations_without_figure = link.without_figure;
  row.sources = evidence.ids();
}

void fill(const Model& model, const RevenueLinks& links, const SupplierDependence& supplier, DependenceRow& row) {
  row.supplier = company_row(model, supplier.supplier);
  row.unattributed = std::max(0.0, 1 - supplier.attributed);
  Evidence evidence(model);
  Quantity hhi;
  Confidence confidence = Confidence::none;
  if (supplier.quantified) {
    row.attributed = supplier.attributed;
    hhi = between(supplier.hhi_low, supplier.hhi_high);
  }
  bool first = true;
  for (const RevenueLink& link : customers_of(links, supplier.supplier)) {
    fill(model, link, supplier, row.customers.emplace_back());
    if (!link.share) continue;
    for (const Relation* r : link.behind) evidence.add(*r);
    hhi.approximate |= link.share.approximate;
    confidence = first ? link.share.confidence : weaker(confidence, link.share.confidence);
    first = false;
  }
  row.hhi = quantity_row(model, hhi, confidence);
  if (supplier.largest_customer) row.largest_customer = company_row(model, *supplier.largest_customer);
  for (const CompanyIndex major : supplier.major_customers) row.major_customers.push_back(company_row(model, major));
  row.oldest = evidence.oldest();
  row.newest = evidence.newest();
}

/// What the suppliers' links come to, and the evidence for it.
struct Survey {
  Survey(const Model& model, const DependenceResult& result) : evidence(model) {
    for (const SupplierDependence& row : result.suppliers) {
      quantified += row.quantified;
      with_major += !row.major_customers.empty();
      for (const RevenueShare& share : result.links->shares_of(row.supplier)) {
        unquantified_links += !share.known;
        if (share.known) beside += share.without_figure;
        aggregates |= share.known && model.company(share.customer).aggregate;
        // A date is told of figures alone; a source also of what has none.
        result.links->for_each_relation(share, [&](const Relation& r) { evidence.add_sources(r.sources); });
        result.links->for_each_figure(share, [&](const Relation& r) { evidence.add(r); });
      }
    }
  }

  Evidence evidence;
  std::size_t quantified = 0;
  std::size_t with_major = 0;
  std::size_t unquantified_links = 0;
  std::size_t beside = 0;  // items without a figure of customers who have a share
  bool aggregates = false;
};

auto sales_of(std::optional<CompanyIndex> supplier) {
  return [supplier](const Relation& r) { return r.kind == Kind::supplies && (!supplier || r.from == *supplier); };
}

auto shown(const Model& model, const DependenceResult& result) {
  return [&](CompanyIndex s) { return !model.company(s).aggregate && (!result.asked || s == *result.asked); };
}

std::vector<std::string> notes_of(const Model& model, const DependenceResult& result, const Survey& survey) {
  std::vector<std::string> notes{
      "share: of the supplier's revenue, as it reports, else an annual amount over the revenue of the same year. "
      "attributed: sum of the low shares."};
  for (std::string& note : result.links->contradiction_notes(shown(model, result))) notes.push_back(std::move(note));
  if (const std::size_t links = survey.unquantified_links; links != 0)
    notes.push_back(counted(links, "link") + (links == 1 ? " is" : " are") +
                    " unquantified, each for the reason beside it.");
  if (const std::size_t links = survey.beside; links != 0)
    notes.push_back(counted(links, "further link") +
                    " without a figure that counts, to customers who have a share: often a part of it.");
  if (const std::size_t none = result.suppliers.size() - survey.quantified; none != 0)
    notes.push_back(counted(none, "supplier") + (none == 1 ? " has" : " have") + " no quantified customer.");
  if (survey.aggregates) notes.push_back("HHI: an aggregate customer is no company; its share counts as unreported.");
  if (std::string note = set_aside_note(model, sales_of(result.asked)); !note.empty()) notes.push_back(std::move(note));
  for (std::string& note : view_notes(model)) notes.push_back(std::move(note));
  notes.push_back(survey.evidence.span_note());
  return notes;
}

std::string title_of(const Model& model, const DependenceResult& result, const Survey& survey) {
  if (!result.asked)
    return fmt::format("{} of {} suppliers have a major customer (10 % of revenue or more)", survey.with_major,
                       result.suppliers.size());
  const std::string supplier = label(model, *result.asked);
  if (!result.suppliers.empty()) return "Customers of " + supplier;
  if (model.company(*result.asked).aggregate) return supplier + " is not one company: it has no customers of its own";
  return "No customer of " + supplier + " is recorded";
}

// The first supplier's first customer has the largest share of all.
std::string gate_of(const Model& model, const DependenceResult& result, double limit) {
  Gate gate(limit);
  if (!result.suppliers.empty())
    gate.see(result.suppliers.front().largest_share, [&] {
      const CompanyIndex supplier = result.suppliers.front().supplier;
      const RevenueLink largest = customers_of(*result.links, supplier).front();
      return fmt::format("{} earns {} of its revenue from {}", label(model, supplier), in_words(largest.share),
                         label(model, largest.customer));
    });
  return gate.reason();
}

Result<Dependence> answer(const std::shared_ptr<const Model>& model, const DependenceOptions& options) {
  std::optional<CompanyIndex> supplier;
  if (!options.supplier.empty()) supplier = find_company(*model, options.supplier);
  const auto result = std::make_shared<const DependenceResult>(dependence(*model, supplier));
  const auto aside = not_counted(*model, sales_of(supplier));
  Survey survey(*model, *result);
  Dependence answer;
  answer.results = rows_of<DependenceRow>(result->suppliers.size(), [model, result](std::size_t i, auto& row) {
    fill(*model, *result->links, result->suppliers[i], row);
  });
  answer.not_counted = relation_rows(model, aside);
  answer.unquantified_links = survey.unquantified_links;
  About& about = answer.about;
  about.title = title_of(*model, *result, survey);
  about.noun = "supplier";
  if (supplier) about.asked = {"supplier"};
  about.notes = notes_of(*model, *result, survey);
  for (const Relation* r : aside) survey.evidence.add_sources(r->sources);
  about.sources = survey.evidence.sources();
  about.gate = gate_of(*model, *result, options.fail_above);
  return {std::move(answer), taken_as_unknown(result->links->contradictions_of(shown(*model, *result)))};
}

}  // namespace

std::vector<std::string> dependence_notes(const Model& model, const DependenceResult& result) {
  return notes_of(model, result, Survey(model, result));
}

extern const Inquiry dependence_inquiry = inquiry<DependenceOptions, Dependence, tierscope::dependence>(
    "dependence", "who relies on which customers", StatusSet::of(Status::active),
    "Example: tierscope dependence graphs/bytedance --supplier chindata\n"
    "HHI: Herfindahl-Hirschman index of the customers' shares, 0..10,000, from what is reported to what is possible.");

}  // namespace tierscope::core

namespace tierscope {

Result<Dependence> dependence(Model model, const DependenceOptions& options) {
  return core::answered<Dependence>(core::dependence_inquiry, std::move(model), options.view,
                                    [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
