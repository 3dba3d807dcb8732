#pragma once
// What a total rests on: the quantified chains from the supplier to the customer, and nothing else (definitions,
// section 11).

#include <memory>
#include <optional>
#include <vector>

#include "ask/shares.hpp"
#include "graph/reach.hpp"

namespace tierscope::core {

/// Of all figures on the chains from one supplier.
struct Behind {
  Confidence confidence = Confidence::none;  // the weakest; none also where there is no chain
  bool approximate = false;                  // some figure is
  Date oldest;                               // of the dated ones
  Date newest;
};

/// The quantified links, in the orders in which `Behind` asks for the first: shared by all customers. O(links log
/// links); 40 bytes a link.
class Figures {
 public:
  Figures(const Model& model, const RevenueLinks& links);

  /// By company, of the chains to one customer. O(links log companies).
  std::vector<Behind> to(CompanyIndex target) const;

 private:
  struct Link {
    CompanyIndex from = 0;
    CompanyIndex to = 0;
    Behind figures;
  };
  std::vector<Link> links_;  // by edge
  Csr graph_;
  std::vector<bool> aggregates_;
  // Edges: the weakest first; the oldest first; the newest first; the approximate ones alone.
  std::vector<std::uint32_t> by_confidence_, by_oldest_, by_newest_, approximate_;
};

}  // namespace tierscope::core
