#pragma once
// The rules of `check`, one function each: what it finds is appended, both places named.

#include "model/model.hpp"

namespace tierscope::core {

/// The model as rules see it: how often they look at a relation is their work, and is counted. For one thread.
class Inspected {
 public:
  explicit Inspected(const Model& model) : model_(model) {}

  const Relation& seen(const Relation& relation) const { return ++steps_, relation; }
  const Relation& relation(std::size_t row) const { return seen(model_.relation(row)); }
  std::size_t relation_count() const { return model_.relation_count(); }
  std::span<const SetAside> set_aside() const { return model_.set_aside(); }
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

void find_contradictions(const Inspected& model, Problems& findings);
void find_duplicates(const Inspected& model, Problems& findings);
void find_parts_with_total(const Inspected& model, Problems& findings);
void find_supply_above_one(const Inspected& model, Problems& findings);
void find_missing_sources(const Inspected& model, Problems& findings);
void find_old_beside_new(const Inspected& model, Problems& findings);
void find_spellings(const Inspected& model, Problems& findings);
void find_self_relations(const Inspected& model, Problems& findings);
void find_misplaced(const Inspected& model, Problems& findings);

/// Errors: anonymous labels that several companies have relations with (ask/unnamed.hpp).
Problems shared_label_errors(const Model& model);

}  // namespace tierscope::core
