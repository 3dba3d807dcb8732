#pragma once
// The rules of `check`, one function each: what it finds is appended, both places named.

#include "model/model.hpp"

namespace tierscope::core {

/// The model as rules see it: how often they look at a relation is their work, and is counted. For one thread.
class Inspected {
 public:
  explicit Inspected(const Model& model) : model_(model) {}

  const Model& model() const { return model_; }
  const Relation& seen(const Relation& relation) const { return ++steps_, relation; }
  const Relation& relation(std::size_t row) const { return seen(model_.relation(row)); }
  std::size_t relation_count() const { return model_.relation_count(); }
  std::size_t company_count() const { return model_.company_count(); }
  const Company& company(CompanyIndex index) const { return model_.company(index); }
  std::string_view id(CompanyIndex index) const { return model_.id(index); }
  std::string_view name(CompanyIndex index) const { return model_.name(index); }
  std::string_view text(Text handle) const { return model_.text(handle); }
  std::string place(Place place) const { return model_.place(place); }
  std::span<const std::string> files() const { return model_.rest().files; }
  std::uint64_t steps() const { return steps_; }

 private:
  const Model& model_;
  mutable std::uint64_t steps_ = 0;
};

using Rule = void (*)(const Inspected& model, Problems& findings);

// Of the whole data, whatever their dates and statuses.
void find_contradictions(const Inspected& data, Problems& findings);
void find_duplicates(const Inspected& data, Problems& findings);
void find_replaced_contracts(const Inspected& data, Problems& findings);
void find_unmarked_parts(const Inspected& data, Problems& findings);
void find_missing_sources(const Inspected& data, Problems& findings);
void find_ended_without_until(const Inspected& data, Problems& findings);
void find_self_relations(const Inspected& data, Problems& findings);
void find_misplaced(const Inspected& data, Problems& findings);
void find_inexact_notes(const Inspected& data, Problems& findings);
void find_no_category(const Inspected& data, Problems& findings);
void find_spellings(const Inspected& data, Problems& findings);

// Of a view: what holds at its date. Errors: what no answer can be made of.
void find_contradicting_shares(const Inspected& view, Problems& findings);
void find_contradicting_owners(const Inspected& view, Problems& findings);
void find_stale_shares(const Inspected& view, Problems& findings);
void find_short_periods(const Inspected& view, Problems& findings);
void find_sole_claims(const Inspected& view, Problems& findings);
void find_parts_with_total(const Inspected& view, Problems& findings);
void find_undated_deals(const Inspected& view, Problems& findings);
void find_deals_twice(const Inspected& view, Problems& findings);

/// How many deals are summed with others of their link because they were made on different days, or bear names.
std::size_t separate_deals(const Inspected& view);

/// Errors: anonymous labels that several companies have relations with (ask/unnamed.hpp).
Problems shared_label_errors(const Model& model);

}  // namespace tierscope::core
