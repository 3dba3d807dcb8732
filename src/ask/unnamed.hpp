#pragma once
// Companies that the data give no name of their own (definitions, section 1): what the answers that count them say.

#include <string>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// One reporter's label for a partner (model/nobody.hpp) that more than one other company has a relation with, as if
/// all meant the same one.
struct SharedLabel {
  CompanyIndex company = 0;
  std::vector<CompanyIndex> partners;  // each once, no aggregates, in the order of their first rows
  std::vector<const Relation*> rows;   // the first one of each partner
  bool counted = false;                // some row of it is in the view, not only set aside
};

/// Of all rows, also those that the view set aside; by company. O(companies + relations).
std::vector<SharedLabel> shared_labels(const Model& model);

/// A sentence for the companies of the view's relations that are taken as aggregates by their names alone, and one for
/// shared labels among them.
std::vector<std::string> unnamed_notes(const Model& model);

}  // namespace tierscope::core
