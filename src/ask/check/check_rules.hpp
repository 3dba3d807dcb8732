#pragma once
// The rules of `check`, one function each: what it finds is appended, both places named.

#include "model/model.hpp"

namespace tierscope::core {

using Rule = void (*)(const Model& model, Problems& findings);

void find_contradictions(const Model& model, Problems& findings);
void find_duplicates(const Model& model, Problems& findings);
void find_parts_with_total(const Model& model, Problems& findings);
void find_supply_above_one(const Model& model, Problems& findings);
void find_missing_sources(const Model& model, Problems& findings);
void find_old_beside_new(const Model& model, Problems& findings);
void find_spellings(const Model& model, Problems& findings);
void find_self_relations(const Model& model, Problems& findings);
void find_misplaced(const Model& model, Problems& findings);

}  // namespace tierscope::core
