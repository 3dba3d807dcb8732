#pragma once
// The pieces that a page is put together from.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ask/concentration/concentration.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/dependence/dependence.hpp"
#include "show/page/at_block.hpp"
#include "show/page/explore.hpp"

namespace tierscope::core {

/// A view whose companies and rows are still known by their places in the whole model.
struct Seen {
  Model model;
  std::vector<CompanyIndex> companies;  // of the whole model, by company of the view
  std::vector<std::uint32_t> rows;      // of the whole model, by row of the view

  CompanyPlace company(CompanyIndex of_view) const { return companies[of_view]; }
  std::vector<CompanyPlace> companies_of(std::span<const CompanyIndex> of_view) const;
  /// Also of a relation that the view has set aside.
  RelationPlace row(const Relation& relation) const;
  std::vector<RelationPlace> rows_of(std::span<const Relation* const> relations) const;
};
Seen see(const Model& whole, const ViewParams& params);

PageRange page_range(double low, double high);

/// The dates of a page, newest first, the view's own first.
struct PageDate {
  std::string label;  // "latest", the date as typed, or a year
  Date date;          // none = no limit
};
/// At most `most`; those left out are said in `notes`.
std::vector<PageDate> page_dates(const Model& whole, Date as_of, std::size_t most, std::vector<std::string>& notes);

/// Fills in words, companies, relations and sources of the whole model.
void fill(const Model& whole, PageGraph& graph);

/// A letter a relation of the whole model: l live and newest, s superseded, n not live, g inside a group. `all`: the
/// view of all statuses.
std::string states(const Model& whole, const Seen& all);

/// What is cut for the page's size is said in `notes`.
PageDependences page_dependence(const Seen& seen, const std::shared_ptr<const DependenceResult>& result);
PageConcentrations page_concentration(const Seen& seen, const ExploreBudget& budget, std::vector<std::string>& notes);
PageCycles page_cycles(const Seen& seen, const ExploreParams& params, std::vector<std::string>& notes);
/// Each supplier and customer with what is paid and what share it is.
std::vector<PagePair> page_pairs(const Seen& seen, const RevenueLinks& links);
/// Takes a part of the budget: one of `parts`.
PageExposures page_exposure(const Seen& seen, const RevenueLinks& links, const ExploreBudget& budget, std::size_t parts,
                            std::vector<std::string>& notes);

}  // namespace tierscope::core
