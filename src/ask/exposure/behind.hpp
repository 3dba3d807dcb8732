#pragma once
// What a total rests on: the quantified chains from the supplier to the customer, and nothing else (definitions,
// section 11).

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ask/exposure/exposure.hpp"
#include "base/words.hpp"
#include "graph/reach.hpp"

namespace tierscope::core {

/// Of all figures on the chains from one supplier.
struct Behind {
  Confidence confidence = Confidence::none;  // the weakest; none also where there is no chain
  bool approximate = false;                  // some figure is
  bool undated = false;                      // some figure is
  bool any = false;                          // there is a chain
  Date oldest;                               // of the dated ones
  Date newest;
};

/// The total as an amount: at least so much. Known where all figures behind it, and the revenue, are of one year.
/// Throws Question where the view wants a currency that no rate leads to.
Quantity amount_of(const Model& model, const SupplierExposure& row, const Behind& behind);

/// A share that is at least so much, and as good as the figures behind it.
Quantity graded(double least, const Behind& behind);

/// `runze earns at least 33 % of its revenue from bytedance, over all tiers (estimate)`: no more than a total says.
std::string earns(std::string_view supplier, const Quantity& total, bool indirect, std::string_view customer,
                  Digits digits = {});

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
  // Edges: the weakest first; the oldest first; the newest first; the approximate and the undated ones alone.
  std::vector<std::uint32_t> by_confidence_, by_oldest_, by_newest_, approximate_, undated_;
};

}  // namespace tierscope::core
