#pragma once
// w(s,c): the share of a supplier's revenue that comes from a customer (definitions, section 4).

#include <span>
#include <vector>

#include "model/model.hpp"

namespace tierscope {

/// All counted `supplies` of one supplier to one customer.
struct RevenueLink {
  CompanyIndex customer = 0;
  Quantity share;  // sum over items, fractions of the supplier's revenue; unknown: the link is unquantified
  std::span<const Relation* const> relations;
  std::uint32_t without_figure = 0;  // relations that add nothing to the sum
};

/// Every supplier's customers, in input order. Throws BadData, naming the rows, where low shares sum above 1.
/// O(relations); 56 bytes a link.
class RevenueLinks {
 public:
  explicit RevenueLinks(const Model& model);
  RevenueLinks(const RevenueLinks&) = delete;  // links view `relations_`
  RevenueLinks(RevenueLinks&&) = default;
  std::span<const RevenueLink> of(CompanyIndex supplier) const {
    return {links_.data() + first_[supplier], first_[supplier + 1] - first_[supplier]};
  }
  /// Σ low w; 0 where no link is quantified.
  double attributed(CompanyIndex supplier) const;
  bool quantified(CompanyIndex supplier) const;

 private:
  std::vector<std::size_t> first_;
  std::vector<RevenueLink> links_;
  std::vector<const Relation*> relations_;
};

/// The problems that RevenueLinks would throw; empty for sound data.
Problems shares_above_one(const Model& model);

/// Sums of shares are compared with this slack: they are sums of rounded decimals.
inline constexpr double share_slack = 1e-9;

}  // namespace tierscope
