#pragma once
// w(s,c): the share of a supplier's revenue that comes from a customer (definitions, section 4).

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ask/figures.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// Why a link has no share.
enum class Unquantified : std::uint8_t {
  no,
  no_figure,   // neither a share nor an annual amount
  no_revenue,  // an annual amount, but the supplier's revenue is unknown
  zero_revenue,
  other_currency,  // of amount and revenue, and nothing converts
  no_year,         // the amount or the revenue names none
  other_year,
  stale,          // the share is too old beside the supplier's newest
  contradicted,   // the supplier's shares come to more than all its revenue
  group_revenue,  // of companies joined in a view: what they sell to others cannot be bounded
};

class GroupShares;

/// Contradictions as the warnings of an answer that goes on without what contradicts itself.
Problems taken_as_unknown(Problems contradictions);

/// All counted `supplies` of one supplier to one customer.
struct RevenueLink {
  CompanyIndex customer = 0;
  Quantity share;  // sum over items, fractions of the supplier's revenue; unknown: the link is unquantified
  Unquantified why = Unquantified::no;
  std::string reason;  // `why` in words, with the dates and currencies: empty where the share is known
  std::vector<const Relation*> relations;
  std::vector<const Relation*> behind;  // those of the relations whose figures make up the share, none too old
  std::uint32_t without_figure = 0;     // links (items) that add nothing to the share
};

/// What is kept of a link: millions of them are walked through.
struct RevenueShare {
  CompanyIndex customer = 0;
  std::uint32_t first = 0;  // of its relations, in RevenueLinks
  std::uint32_t count = 0;
  bool known = false;
  bool approximate = false;
  Confidence confidence = Confidence::none;  // the weakest of the figures behind the share
  Unquantified why = Unquantified::no;
  std::uint32_t without_figure = 0;
  double low = 0;  // also where nothing is known
  double high = 0;
};

/// Every supplier's customers, in input order of their first rows. The model must outlive it.
/// Shares that contradict each other are unknown, and contradictions() says so; under a strict view they are thrown as
/// BadData. O(relations log customers); 40 bytes a link and 4 a relation.
class RevenueLinks {
 public:
  explicit RevenueLinks(const Model& model);
  const Model& model() const { return *model_; }
  std::span<const RevenueShare> shares_of(CompanyIndex supplier) const {
    return {shares_.data() + first_[supplier], first_[supplier + 1] - first_[supplier]};
  }
  /// The whole link behind a share, made when it is asked for.
  RevenueLink link(const RevenueShare& share) const;
  std::vector<RevenueLink> of(CompanyIndex supplier) const;
  template <typename Use>
  void for_each_relation(const RevenueShare& share, const Use& use) const {
    for (std::uint32_t i = 0; i < share.count; ++i) use(model_->relation(rows_[share.first + i]));
  }
  /// Those of its relations whose figures make up a known share.
  template <typename Use>
  void for_each_figure(const RevenueShare& share, const Use& use) const {
    if (!share.known) return;
    for_each_relation(share, [&](const Relation& r) {
      if (figures_[r.row]) use(r);
    });
  }
  /// Σ low w; 0 where no link is quantified.
  double attributed(CompanyIndex supplier) const;
  bool quantified(CompanyIndex supplier) const;
  /// A problem for each supplier whose shares contradict each other, naming rows and the view's date.
  const Problems& contradictions() const { return contradictions_; }
  /// Do the supplier's shares contradict each other? Then all of them are unknown.
  bool contradicted(CompanyIndex supplier) const;
  /// Those among these suppliers.
  template <typename Concerns>
  Problems contradictions_of(const Concerns& concerns) const {
    Problems found;
    std::size_t next = 0;
    for (CompanyIndex s = 0; s + 1 < first_.size() && next < contradictions_.size(); ++s) {
      if (!contradicted(s)) continue;
      const Problem& problem = contradictions_[next++];
      if (concerns(s)) found.push_back(problem);
    }
    return found;
  }
  /// What an answer says of them: one sentence each.
  template <typename Concerns>
  std::vector<std::string> contradiction_notes(const Concerns& concerns) const {
    std::vector<std::string> notes;
    for (const Problem& problem : contradictions_of(concerns)) notes.push_back(contradiction_note(problem));
    return notes;
  }

 private:
  RevenueLink by_link(const RevenueShare& share) const;
  static std::string contradiction_note(const Problem& problem);

  const Model* model_;
  std::shared_ptr<const GroupShares> groups_;
  std::vector<std::uint32_t> first_;
  std::vector<RevenueShare> shares_;
  std::vector<std::uint32_t> rows_;
  std::vector<bool> figures_;  // by row: its figure is in a share
  Problems contradictions_;
};

/// An annual amount over the revenue of the same year, in one currency, or why there is none. Amounts are converted
/// where the view wants a currency.
struct ComputedShare {
  Quantity share;
  Unquantified why = Unquantified::no;
};
ComputedShare share_from_amount(const Model& model, const Company& supplier, const Relation& relation);

/// Does the figure name the same year as the supplier's revenue?
bool of_the_revenues_year(const Model& model, const Company& supplier, const Relation& relation);

/// Sums of shares are compared with this slack: they are sums of rounded decimals.
inline constexpr double share_slack = 1e-9;

}  // namespace tierscope::core
