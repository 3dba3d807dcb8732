#pragma once
// w(s,c): the share of a supplier's revenue that comes from a customer (definitions, section 4).

#include <span>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// All counted `supplies` of one supplier to one customer.
struct RevenueLink {
  CompanyIndex customer = 0;
  Quantity share;  // sum over items, fractions of the supplier's revenue; unknown: the link is unquantified
  Confidence confidence = Confidence::none;  // the weakest of the figures that make up the share
  std::vector<const Relation*> relations;
  std::uint32_t without_figure = 0;  // relations that add nothing to the sum
};

/// What is kept of a link: millions of them are walked through.
struct RevenueShare {
  CompanyIndex customer = 0;
  std::uint32_t first = 0;  // of its relations, in RevenueLinks
  std::uint32_t count = 0;
  bool known = false;
  double low = 0;  // also where nothing is known
};

/// Every supplier's customers, in input order. The model must outlive it. Throws BadData, naming the rows, where low
/// shares sum above 1. O(relations log customers); 24 bytes a link and 4 a relation.
class RevenueLinks {
 public:
  explicit RevenueLinks(const Model& model);
  std::span<const RevenueShare> shares_of(CompanyIndex supplier) const {
    return {shares_.data() + first_[supplier], first_[supplier + 1] - first_[supplier]};
  }
  /// The whole link behind a share, made when it is asked for.
  RevenueLink link(const RevenueShare& share) const;
  template <typename Use>
  void for_each_relation(const RevenueShare& share, const Use& use) const {
    for (std::uint32_t i = 0; i < share.count; ++i) use(model_->relation(rows_[share.first + i]));
  }
  std::vector<RevenueLink> of(CompanyIndex supplier) const;
  /// Σ low w; 0 where no link is quantified.
  double attributed(CompanyIndex supplier) const;
  bool quantified(CompanyIndex supplier) const;

 private:
  const Model* model_;
  std::vector<std::uint32_t> first_;
  std::vector<RevenueShare> shares_;
  std::vector<std::uint32_t> rows_;
};

/// The problems that RevenueLinks would throw; empty for sound data.
Problems shares_above_one(const Model& model);

/// Sums of shares are compared with this slack: they are sums of rounded decimals.
inline constexpr double share_slack = 1e-9;

}  // namespace tierscope::core
