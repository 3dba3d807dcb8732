#pragma once
// Is the data sound? What syntax cannot see.

#include <string>
#include <vector>

#include "ask/pass.hpp"

namespace tierscope::core {

struct CheckParams {
  bool fail_on_warning = false;
};

struct CheckResult {
  std::vector<Problem> findings;  // all warnings: those of the readers first, then by rule, each in row order
};

/// Contradicting figures for one link and date, probable duplicates, parts summed with their total, shares above one,
/// links without a source, old figures beside new ones, companies that differ only in spelling, self-relations,
/// attributes where they mean nothing. Throws BadData where a supplier's revenue shares sum above 100 %. O(relations
/// log relations + companies log companies), and companies × their neighbours in length for spelling.
CheckResult check(const Model& model, const CheckParams& params);

extern const Pass check_pass;

}  // namespace tierscope::core
