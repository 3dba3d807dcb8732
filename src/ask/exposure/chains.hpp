#pragma once
// The strongest supply chains from a supplier to a customer (definitions, section 5).

#include <vector>

#include "ask/shares.hpp"

namespace tierscope::core {

struct Chain {
  std::vector<CompanyIndex> companies;  // supplier first, target last, each once; no aggregate between
  double share = 0;                     // product of low shares
};

/// Yen's algorithm for k loopless paths, each spur found by A* with the exact distance to the target as its guide:
/// polynomial, O(k · length · relations log companies) at worst a supplier.
class ChainFinder {
 public:
  /// One search backwards from the target: O(relations log companies). `links` must outlive the finder.
  ChainFinder(const Model& model, const RevenueLinks& links, CompanyIndex target);

  /// At most `count` simple chains with positive share, largest share first; equal shares in a fixed order. Where a
  /// chain has more than 100 companies, others that leave it later are not looked for.
  std::vector<Chain> strongest(CompanyIndex supplier, std::size_t count) const;

 private:
  struct Step {
    CompanyIndex to;
    double share;
  };
  void steps_from(CompanyIndex company, std::vector<Step>& steps) const;
  bool best_path(const std::vector<CompanyIndex>& root, const std::vector<CompanyIndex>& barred_next,
                 Chain& chain) const;
  double share_of(CompanyIndex from, CompanyIndex to) const;

  const Model& model_;
  const RevenueLinks& links_;
  CompanyIndex target_;
  std::vector<double> best_to_target_;  // largest product of shares to the target, 0 = no chain
};

}  // namespace tierscope::core
