#pragma once
// The pieces that a page is put together from.

#include <span>
#include <string>
#include <vector>

#include "ask/concentration/concentration.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/dependence/dependence.hpp"
#include "show/page/explore.hpp"

namespace tierscope::core {

/// A view whose companies and rows are still known by their places in the whole model.
struct Seen {
  Model model;
  std::vector<CompanyIndex> companies;  // of the whole model, by company of the view
  std::vector<std::uint32_t> rows;      // of the whole model, by row of the view

  Value company(CompanyIndex of_view) const { return std::size_t{companies[of_view]}; }
  Value companies_of(std::span<const CompanyIndex> of_view) const;
  /// Also of a relation that the view has set aside.
  Value row(const Relation& relation) const;
  Value rows_of(std::span<const Relation* const> relations) const;
};
Seen see(const Model& whole, const ViewParams& params);

/// {"low", "high", "text"} and, where there are, "reported", "currency", "approximate"; null for the unknown.
Value quantity_value(const Model& model, const Quantity& quantity);

/// The dates of a page, newest first, the view's own first.
struct PageDate {
  std::string label;  // "latest", the date as typed, or a year
  Date date;          // none = no limit
};
/// At most `most`; those left out are said in `notes`.
std::vector<PageDate> page_dates(const Model& whole, Date as_of, std::size_t most, std::vector<std::string>& notes);

/// Companies, relations and sources of the whole model, as columns.
Value::Members graph_tables(const Model& whole);

/// A letter a relation of the whole model: l live and newest, s superseded, n not live, g inside a group. `all`: the
/// view of all statuses.
std::string states(const Model& whole, const Seen& all);

Value dependence_block(const Seen& seen, const std::shared_ptr<const DependenceResult>& result);
Value concentration_block(const Seen& seen, const ExploreBudget& budget, std::vector<std::string>& notes);
Value cycles_block(const Seen& seen, const ExploreParams& params, std::vector<std::string>& notes);
/// Each supplier and customer with what is paid and what share it is.
Value pairs_block(const Seen& seen, const RevenueLinks& links);
/// Takes a part of the budget: one of `parts`.
Value exposure_block(const Seen& seen, const RevenueLinks& links, const ExploreBudget& budget, std::size_t parts,
                     std::vector<std::string>& notes);

}  // namespace tierscope::core
