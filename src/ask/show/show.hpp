#pragma once
// One company and everything recorded about it.

#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// Relations in row order; the newest observation of each link.
struct ShowResult {
  CompanyIndex company = 0;
  std::vector<const Relation*> customers;    // supplies from the company
  std::vector<const Relation*> suppliers;    // supplies to it
  std::vector<const Relation*> financed_by;  // invests, lends, guarantees, grants, owns: towards it
  std::vector<const Relation*> finances;     // and from it
  std::vector<const Company*> members;       // of the group that a consolidated view has made
};

/// O(its relations + members of groups).
ShowResult show(const Model& model, CompanyIndex company);

}  // namespace tierscope::core
