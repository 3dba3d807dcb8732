#include <fmt/format.h>

#include <algorithm>

#include "ask/exposure/chains.hpp"
#include "ask/exposure/exposure.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t chains_a_supplier = 3;  // as `exposure` has them

// Customers with most suppliers first, ties in input order.
std::vector<CompanyIndex> targets_of(const Model& model, const RevenueLinks& links) {
  std::vector<std::size_t> suppliers(model.company_count(), 0);
  for (CompanyIndex s = 0; s < model.company_count(); ++s)
    for (const RevenueShare& share : links.shares_of(s)) ++suppliers[share.customer];
  std::vector<CompanyIndex> targets;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (suppliers[v] != 0) targets.push_back(v);
  std::stable_sort(targets.begin(), targets.end(),
                   [&](CompanyIndex a, CompanyIndex b) { return suppliers[a] > suppliers[b]; });
  return targets;
}

Value chains_value(const Seen& seen, const std::vector<Chain>& chains) {
  Value::List list;
  for (const Chain& chain : chains)
    list.emplace_back(Value::Members{{"share", chain.share}, {"companies", seen.companies_of(chain.companies)}});
  return list;
}

Value supplier_value(const Seen& seen, const SupplierExposure& row, const std::vector<Chain>& chains) {
  return Value::Members{{"supplier", seen.company(row.supplier)},
                        {"direct", row.direct},
                        {"indirect", row.indirect},
                        {"total", row.total},
                        {"other", row.other},
                        {"unattributed", row.unattributed},
                        {"trapped", row.trapped},
                        {"value", quantity_value(seen.model, row.value)},
                        {"chains", chains_value(seen, chains)}};
}

// One target's block; takes its rows from the budget that is left.
Value target_value(const Seen& seen, const RevenueLinks& links, const ExposureResult& result,
                   const ExploreBudget& budget, std::size_t& rows_left, std::size_t& cut) {
  const ChainFinder finder(seen.model, links, result.target);
  Value::List suppliers;
  std::size_t zero = 0;
  std::size_t left_out = 0;
  for (const SupplierExposure& row : result.suppliers) {
    if (row.total <= 0) {
      ++zero;
    } else if (rows_left == 0 || suppliers.size() == budget.rows_a_target) {
      ++left_out;
    } else {
      --rows_left;
      const bool chained = suppliers.size() < budget.rows_with_chains;
      suppliers.push_back(supplier_value(
          seen, row, chained ? finder.strongest(row.supplier, chains_a_supplier) : std::vector<Chain>{}));
    }
  }
  const std::size_t named = std::min(result.unquantified.size(), budget.unquantified);
  const std::size_t unnamed = result.unquantified.size() - named;
  cut += left_out + unnamed;
  return Value::Members{{"target", seen.company(result.target)},
                        {"suppliers", std::move(suppliers)},
                        {"zero", zero},
                        {"left_out", left_out},
                        {"unquantified", seen.companies_of(std::span(result.unquantified).first(named))},
                        {"unquantified_left_out", unnamed},
                        {"notes", strings_value(exposure_notes(seen.model, result))}};
}

}  // namespace

Value exposure_block(const Seen& seen, const RevenueLinks& links, const ExploreBudget& budget, std::size_t parts,
                     std::vector<std::string>& notes) {
  const std::vector<CompanyIndex> targets = targets_of(seen.model, links);
  std::size_t rows_left = budget.exposure_rows / parts;
  const std::size_t work = seen.model.company_count() + seen.model.relation_count();
  const std::size_t affordable =
      std::max<std::size_t>(1, budget.exposure_work / parts / std::max<std::size_t>(1, work));
  const std::size_t most = std::min({targets.size(), budget.targets, affordable});
  Value::List results;
  std::vector<CompanyIndex> left(targets.begin() + static_cast<std::ptrdiff_t>(most), targets.end());
  std::size_t cut = 0;
  const auto take = [&](const ExposureResult& result) {
    if (rows_left == 0)
      left.push_back(result.target);
    else
      results.push_back(target_value(seen, links, result, budget, rows_left, cut));
  };
  exposures(seen.model, links, std::span(targets).first(most), {}, take);
  if (!left.empty())
    notes.push_back(fmt::format("Exposure: the {} customers with most suppliers; {} others are left out.",
                                results.size(), left.size()));
  if (cut != 0)
    notes.push_back(fmt::format(
        "Exposure: at most {} suppliers a customer, largest first; {} rows are left out over all customers.",
        budget.rows_a_target, cut));
  return Value::Members{{"results", std::move(results)},
                        {"left_out", seen.companies_of(left)},
                        {"notes", strings_value(exposure_notes())}};
}

}  // namespace tierscope::core
