#include <fmt/format.h>

#include <algorithm>

#include "ask/pair_amount.hpp"
#include "base/words.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// What is paid for all that one supplies to another; unknown where amounts of several currencies cannot be added.
Quantity paid(const Model& model, const RevenueLink& link) {
  Quantity sum;
  Grade grade;
  for (const Relation* r : link.relations) {
    if (r->restates || !r->value) continue;
    if (sum && !model.rest().currency && !(sum.currency == r->value.currency)) return {};
    sum = add_amounts(model, sum, r->value);
    grade.add(r->value);
  }
  return grade.mark(sum);
}

}  // namespace

PageDependences page_dependence(const Seen& seen, const std::shared_ptr<const DependenceResult>& result) {
  PageDependences page;
  for (const SupplierDependence& row : result->suppliers) {
    PageDependence& shown = page.results.emplace_back();
    shown.supplier = seen.company(row.supplier);
    shown.attributed = row.attributed;
    shown.hhi = page_range(row.hhi_low, row.hhi_high);
    shown.quantified = row.quantified;
    if (row.largest_customer) shown.largest = seen.company(*row.largest_customer);
    shown.major = seen.companies_of(row.major_customers);
    Grade grade;
    for (const RevenueLink& link : customers_of(*result->links, row.supplier)) {
      if (link.share) grade.add(link.share);
      shown.customers.push_back({seen.company(link.customer), quantity_row(seen.model, link.share),
                                 quantity_row(seen.model, amount_of(seen.model, link)), link.reason,
                                 seen.rows_of(link.relations)});
    }
    shown.marks = marks(grade);
  }
  page.notes = dependence_notes(seen.model, *result);
  return page;
}

PageConcentrations page_concentration(const Seen& seen, const ExploreBudget& budget, std::vector<std::string>& notes) {
  const Purchases purchases(seen.model);
  PageConcentrations page;
  for (std::size_t i = 0; i < std::min(purchases.size(), budget.purchases); ++i) {
    const Concentration group = purchases[i];
    PagePurchase& shown = page.results.emplace_back();
    shown.customer = seen.company(group.customer);
    shown.category = seen.model.text(group.category);
    shown.level = static_cast<std::uint8_t>(group.level);
    shown.hhi = page_range(group.hhi_low, group.hhi_high);
    if (group.category) shown.top = page_range(group.top_low, group.top_high);
    shown.covered = quantity_row(seen.model, group.covered);
    const EffectiveSuppliers effective = effective_suppliers(group);
    shown.effective = page_range(effective.low, effective.high);
    for (const SupplyShare& supplier : group.suppliers)
      shown.suppliers.push_back({seen.company(supplier.supplier), quantity_row(seen.model, supplier.share),
                                 seen.rows_of(supplier.relations)});
    shown.marks = marks(group.grade);
    shown.beside = seen.rows_of(group.beside);
  }
  page.left_out = purchases.size() - page.results.size();
  if (page.left_out != 0)
    notes.push_back(fmt::format("Concentration: the {} most severe purchases; {} others are left out.",
                                page.results.size(), page.left_out));
  page.notes = concentration_notes(seen.model, purchases);
  return page;
}

std::vector<PagePair> page_pairs(const Seen& seen, const RevenueLinks& links) {
  std::vector<PagePair> pairs;
  for (CompanyIndex supplier = 0; supplier < seen.model.company_count(); ++supplier)
    for (const RevenueLink& link : links.of(supplier))
      pairs.push_back({seen.company(supplier), seen.company(link.customer),
                       quantity_row(seen.model, paid(seen.model, link)), quantity_row(seen.model, link.share),
                       seen.rows_of(link.relations)});
  return pairs;
}

}  // namespace tierscope::core
