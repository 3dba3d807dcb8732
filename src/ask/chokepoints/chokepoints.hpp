#pragma once
// Who stands between a company and what is behind, and what stops with whom (definitions, section 8.1).

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/chokepoints.hpp>

#include "graph/dominators.hpp"
#include "graph/stops.hpp"
#include "model/model.hpp"

namespace tierscope::core {

/// One company's purchases of one category, as far as companies are recorded as its suppliers.
struct Need {
  CompanyIndex customer = 0;
  Text category;                        // empty: neither category nor item is given
  std::vector<CompanyIndex> suppliers;  // each once; no aggregates
  bool open = false;                    // others sell it too: an aggregate beside, or shares that cannot come to all
  /// Can it stop the customer, if all suppliers stop?
  bool closed() const { return category && !open && !suppliers.empty(); }
};

/// All purchases of the model, in the order of customers and categories. Shares that contradict each other are told in
/// `contradictions`, and taken as unknown. O(relations log relations).
std::vector<Need> needs_of(const Model& model, Problems& contradictions);

struct SharedCount {
  std::uint32_t need = 0;  // of ChokepointSearch::needs
  std::uint32_t reaches = 0;
  std::optional<std::uint32_t> needed_by;
};

/// Everything upstream of one company, by chains that do not pass it. 60 bytes a company and 40 a relation.
class ChokepointSearch {
 public:
  /// Throws Question where the target buys nothing that counts (of the category), or is an aggregate.
  ChokepointSearch(const Model& model, CompanyIndex target, std::string_view category);

  CompanyIndex target() const { return target_; }
  const std::vector<Need>& needs() const { return needs_; }
  /// Of the target, those asked for.
  std::span<const std::uint32_t> own_needs() const { return own_; }
  /// Those upstream, by tier, then in input order.
  std::span<const CompanyIndex> upstream() const { return upstream_; }
  std::uint32_t tier(CompanyIndex company) const { return tier_[company]; }  // 0: not upstream
  /// How many reach the target through it alone, and who, in the order of a walk over them.
  std::size_t dominated(CompanyIndex company) const { return last_[company] - first_[company] - 1; }
  std::span<const CompanyIndex> behind(CompanyIndex company) const {
    return std::span(walked_).subspan(first_[company] + 1, dominated(company));
  }
  /// The company is the first of those stopped; `lost` are needs of the target. O(what stops).
  Stopped stops(CompanyIndex company);
  /// Where at least two direct suppliers of a need are the company or downstream of it. `stopped`: with it; null: not
  /// followed. O(relations downstream).
  std::vector<SharedCount> shared(CompanyIndex company, const Stopped* stopped) const;
  /// Those that reach most companies, most first, by an estimate from 32 samples each (Cohen, J. Computer and System
  /// Sciences 55:441, 1997), then in input order. O(32 relations).
  std::vector<CompanyIndex> far_reaching(std::size_t count) const;
  const Csr& links() const { return links_; }
  std::size_t aggregates() const { return aggregates_; }  // links from or to one, left out
  const Problems& contradictions() const { return contradictions_; }
  /// Is it one of the sales that count here: to the target (of what is asked for), or to somebody upstream?
  bool on_the_way(const Relation& relation) const;

 private:
  bool of_what_is_asked(const Relation& relation) const;

  const Model& model_;
  CompanyIndex target_;
  std::vector<Need> needs_;
  std::vector<std::uint32_t> own_;
  std::string_view category_;
  Problems contradictions_;
  std::size_t aggregates_ = 0;
  Csr links_;  // supplier to customer, each relation that counts but those of the target that are not asked for
  std::vector<CompanyIndex> upstream_;
  std::vector<std::uint32_t> tier_;
  std::vector<CompanyIndex> walked_;       // the dominator tree, each before its subtree
  std::vector<std::size_t> first_, last_;  // by company: its subtree there
  StopSearch stop_search_;
  std::vector<std::uint32_t> need_of_search_;  // by the search's number
};

}  // namespace tierscope::core
