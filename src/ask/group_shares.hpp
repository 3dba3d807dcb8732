#pragma once
// What a group of companies that a view has joined earns from each of its customers: of its external revenue
// (definitions, section 3 and its fine print).

#include <map>
#include <span>
#include <vector>

#include "ask/shares.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// What one customer is to a group.
struct GroupShare {
  std::vector<LinkShare> shares;  // of the group's revenue, to be summed
  std::vector<const Relation*> behind;
  bool open = false;  // a member's link has no figure: the share may be all that is left
  Unquantified why = Unquantified::no;
};

/// X = Σ members' revenue − Σ amounts of sales between members, of one year and in one currency, as an interval; a
/// share = an amount / X. A parent whose revenue is consolidated has X in it, and where it states a figure for a
/// customer, that counts alone. O(relations log relations of the groups).
class GroupShares {
 public:
  explicit GroupShares(const Model& model);
  bool is_group(CompanyIndex company) const { return groups_.contains(company); }
  /// `index`: a group. `rows`: all counted sales of the group to one customer, by origin, then by link.
  GroupShare share(CompanyIndex index, std::span<const Relation* const> rows) const;

 private:
  struct Group {
    std::vector<const Member*> members;
    const Company* parent = nullptr;         // whose revenue holds all, else null
    std::vector<const Relation*> inside;     // sales between members, by origin, then by link
    std::vector<const Relation*> not_fresh;  // rows whose shares are stale or contradicted in their member's account
    const Member* only_seller = nullptr;     // keeps its own shares: nobody else states a revenue or sells
  };
  struct Amount {
    Quantity amount;
    int year = 0;
    const Relation* row = nullptr;
  };
  struct External {
    double low = 0;
    double high = 0;
    Currency currency;
    Grade grade;
    bool known = false;
  };
  const Company& company(CompanyIndex joined) const { return model_.rest().joined[joined]; }
  std::vector<Amount> amounts(const Group& group, CompanyIndex seller, std::span<const Relation* const> rows) const;
  External external(const Group& group, int year) const;

  const Model& model_;
  std::map<CompanyIndex, Group> groups_;
};

/// The shares of one pair of companies' links; else of their annual amounts (ask/shares.cpp).
void add_pair(const Model& model, const Company& supplier, std::span<const Relation* const> pair,
              std::vector<LinkShare>& shares, std::uint32_t& without, Unquantified& why);

}  // namespace tierscope::core
