#pragma once
// The strongest supply chains from a supplier to a customer (definitions, section 5).

#include <memory>
#include <optional>
#include <vector>

#include "ask/shares.hpp"
#include "graph/shortest.hpp"

namespace tierscope::core {

struct Chain {
  std::vector<CompanyIndex> companies;  // supplier first, target last, each once; no aggregate between
  std::vector<RevenueShare> links;      // between them
  double share = 0;                     // product of low shares
};

/// All chains to one customer (graph/shortest.hpp).
class ChainFinder {
 public:
  /// O(links log links).
  ChainFinder(const Model& model, const RevenueLinks& links, CompanyIndex target);

  /// At most `count` simple chains with positive share, largest share first; equal shares in a fixed order. Where a
  /// chain has more than 100 companies, others that leave it later are not looked for.
  std::vector<Chain> strongest(CompanyIndex supplier, std::size_t count) const;

 private:
  std::unique_ptr<const Csr> graph_;  // keeps its place when the finder is moved
  std::vector<RevenueShare> links_;   // by edge
  std::optional<StrongestPaths> paths_;
};

}  // namespace tierscope::core
