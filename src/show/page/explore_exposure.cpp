#include <fmt/format.h>

#include <algorithm>

#include "ask/exposure/behind.hpp"
#include "ask/exposure/chains.hpp"
#include "ask/exposure/exposure.hpp"
#include "base/words.hpp"
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

PageExposure page_exposure(const Seen& seen, const SupplierExposure& row, const Behind& behind,
                           const std::vector<Chain>& chains) {
  Grade grade;
  grade.add(behind.approximate, behind.confidence);
  PageExposure shown{seen.company(row.supplier),
                     row.direct,
                     row.indirect,
                     row.total,
                     row.other,
                     row.unattributed,
                     row.trapped,
                     marks(grade),
                     quantity_row(seen.model, amount_of(seen.model, row, behind)),
                     {}};
  for (const Chain& chain : chains) shown.chains.push_back({chain.share, seen.companies_of(chain.companies)});
  return shown;
}

// Takes its rows from the budget that is left.
PageTarget page_target(const Seen& seen, const RevenueLinks& links, const Figures& figures,
                       const ExposureResult& result, const ExploreBudget& budget, std::size_t& rows_left,
                       std::size_t& cut) {
  const ChainFinder finder(seen.model, links, result.target);
  const std::vector<Behind> behind = figures.to(result.target);
  PageTarget page;
  page.target = seen.company(result.target);
  for (const SupplierExposure& row : result.suppliers) {
    if (row.total <= 0) {
      ++page.zero;
    } else if (rows_left == 0 || page.suppliers.size() == budget.rows_a_target) {
      ++page.left_out;
    } else {
      --rows_left;
      const bool chained = page.suppliers.size() < budget.rows_with_chains;
      page.suppliers.push_back(
          page_exposure(seen, row, behind[row.supplier],
                        chained ? finder.strongest(row.supplier, chains_a_supplier) : std::vector<Chain>{}));
    }
  }
  const std::size_t named = std::min(result.unquantified.size(), budget.unquantified);
  for (const UnquantifiedChain& unknown : std::span(result.unquantified).first(named))
    page.unquantified.push_back(seen.company(unknown.supplier));
  page.unquantified_left_out = result.unquantified.size() - named;
  cut += page.left_out + page.unquantified_left_out;
  page.notes = exposure_notes(seen.model, links, result);
  return page;
}

}  // namespace

PageExposures page_exposure(const Seen& seen, const RevenueLinks& links, const ExploreBudget& budget, std::size_t parts,
                            std::vector<std::string>& notes) {
  PageExposures page;
  const std::vector<CompanyIndex> targets = targets_of(seen.model, links);
  std::size_t rows_left = budget.exposure_rows / parts;
  const std::size_t work = seen.model.company_count() + seen.model.relation_count();
  const std::size_t affordable =
      std::max<std::size_t>(1, budget.exposure_work / parts / std::max<std::size_t>(1, work));
  const std::size_t most = std::min({targets.size(), budget.targets, affordable});
  std::vector<CompanyIndex> left(targets.begin() + static_cast<std::ptrdiff_t>(most), targets.end());
  std::size_t cut = 0;
  const Figures figures(seen.model, links);
  const auto take = [&](const ExposureResult& result) {
    if (rows_left == 0)
      left.push_back(result.target);
    else
      page.results.push_back(page_target(seen, links, figures, result, budget, rows_left, cut));
  };
  exposures(seen.model, links, std::span(targets).first(most), {}, take);
  if (!left.empty())
    notes.push_back(fmt::format("Exposure: the {} customers with most suppliers; {} others are left out.",
                                page.results.size(), left.size()));
  if (cut != 0)
    notes.push_back(fmt::format(
        "Exposure: at most {} suppliers a customer, largest first; {} rows are left out over all customers.",
        budget.rows_a_target, cut));
  page.left_out = seen.companies_of(left);
  page.notes = exposure_notes();
  return page;
}

}  // namespace tierscope::core
