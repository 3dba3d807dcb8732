#pragma once
// One company and everything recorded about it.

#include <string>
#include <vector>

#include "ask/pass.hpp"

namespace tierscope::core {

struct ShowParams {
  std::string company;
};

/// Relations in row order; the newest observation of each link.
struct ShowResult {
  CompanyIndex company = 0;
  std::vector<const Relation*> customers;    // supplies from the company
  std::vector<const Relation*> suppliers;    // supplies to it
  std::vector<const Relation*> financed_by;  // invests, lends, guarantees, grants, owns: towards it
  std::vector<const Relation*> finances;     // and from it
};

/// O(relations). Throws Question for an unknown company.
ShowResult show(const Model& model, const ShowParams& params);

extern const Pass show_pass;

}  // namespace tierscope::core
