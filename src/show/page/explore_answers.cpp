#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

Value pair_of(double low, double high) { return Value::List{low, std::isinf(high) ? Value() : Value(high)}; }

// What is paid for all that one supplies to another; unknown where amounts of several currencies cannot be added.
Quantity paid(const Model& model, const RevenueLink& link) {
  Quantity sum;
  for (const Relation* r : link.relations) {
    if (r->restates || !r->value) continue;
    if (sum && !model.rest().currency && !(sum.currency == r->value.currency)) return {};
    sum = add_amounts(model, sum, r->value);
  }
  return sum;
}

}  // namespace

Value dependence_block(const Seen& seen, const std::shared_ptr<const DependenceResult>& result) {
  Value::List results;
  for (const SupplierDependence& row : result->suppliers) {
    Value::List customers;
    for (const RevenueLink& link : customers_of(*result->links, row.supplier))
      customers.emplace_back(Value::Members{{"customer", seen.company(link.customer)},
                                            {"share", quantity_value(seen.model, link.share)},
                                            {"rows", seen.rows_of(link.relations)}});
    results.emplace_back(
        Value::Members{{"supplier", seen.company(row.supplier)},
                       {"attributed", row.attributed},
                       {"hhi", pair_of(row.hhi_low, row.hhi_high)},
                       {"quantified", row.quantified},
                       {"largest", row.largest_customer ? seen.company(*row.largest_customer) : Value()},
                       {"major", seen.companies_of(row.major_customers)},
                       {"customers", std::move(customers)}});
  }
  return Value::Members{{"results", std::move(results)},
                        {"notes", strings_value(dependence_notes(seen.model, *result))}};
}

Value concentration_block(const Seen& seen, const ExploreBudget& budget, std::vector<std::string>& notes) {
  const Purchases purchases(seen.model);
  Value::List results;
  for (std::size_t i = 0; i < std::min(purchases.size(), budget.purchases); ++i) {
    const Concentration group = purchases[i];
    Value::List suppliers;
    for (const SupplyShare& supplier : group.suppliers)
      suppliers.emplace_back(Value::Members{{"supplier", seen.company(supplier.supplier)},
                                            {"share", quantity_value(seen.model, supplier.share)},
                                            {"rows", seen.rows_of(supplier.relations)}});
    const EffectiveSuppliers effective = effective_suppliers(group);
    results.emplace_back(Value::Members{{"customer", seen.company(group.customer)},
                                        {"category", seen.model.text(group.category)},
                                        {"level", static_cast<std::int64_t>(group.level)},
                                        {"hhi", pair_of(group.hhi_low, group.hhi_high)},
                                        {"top", group.quantified ? pair_of(group.top_low, group.top_high) : Value()},
                                        {"covered", group.covered},
                                        {"effective", pair_of(effective.low, effective.high)},
                                        {"suppliers", std::move(suppliers)},
                                        {"beside", seen.rows_of(group.beside)}});
  }
  const std::size_t left_out = purchases.size() - results.size();
  if (left_out != 0)
    notes.push_back(
        fmt::format("Concentration: the {} most severe purchases; {} others are left out.", results.size(), left_out));
  return Value::Members{{"results", std::move(results)},
                        {"left_out", left_out},
                        {"notes", strings_value(concentration_notes(seen.model, purchases))}};
}

Value pairs_block(const Seen& seen, const RevenueLinks& links) {
  Value::List pairs;
  for (CompanyIndex supplier = 0; supplier < seen.model.company_count(); ++supplier)
    for (const RevenueLink& link : links.of(supplier))
      pairs.emplace_back(Value::Members{{"from", seen.company(supplier)},
                                        {"to", seen.company(link.customer)},
                                        {"amount", quantity_value(seen.model, paid(seen.model, link))},
                                        {"share", quantity_value(seen.model, link.share)},
                                        {"rows", seen.rows_of(link.relations)}});
  return pairs;
}

}  // namespace tierscope::core
