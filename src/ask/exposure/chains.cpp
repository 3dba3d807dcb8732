#include "ask/exposure/chains.hpp"

#include <algorithm>
#include <queue>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tierscope::core {
namespace {

constexpr std::size_t longest_root = 100;

struct Stronger {
  bool operator()(const Chain& a, const Chain& b) const {
    return a.share != b.share ? a.share > b.share : a.companies < b.companies;
  }
};

}  // namespace

ChainFinder::ChainFinder(const Model& model, const RevenueLinks& links, CompanyIndex target)
    : model_(model), links_(links), target_(target), best_to_target_(model.company_count(), 0) {
  // The steps the other way round, by the company that they lead to.
  const auto count = static_cast<CompanyIndex>(model.company_count());
  std::vector<std::size_t> first(count + 2, 0);
  std::vector<Step> steps;
  for (CompanyIndex v = 0; v < count; ++v) {
    steps_from(v, steps);
    for (const Step& step : steps) ++first[step.to + 2];
  }
  for (std::size_t v = 2; v < first.size(); ++v) first[v] += first[v - 1];
  std::vector<Step> back(first.back());
  for (CompanyIndex v = 0; v < count; ++v) {
    steps_from(v, steps);
    for (const Step& step : steps) back[first[step.to + 1]++] = {v, step.share};
  }
  std::priority_queue<std::pair<double, CompanyIndex>> queue;
  best_to_target_[target] = 1;
  queue.emplace(1.0, target);
  while (!queue.empty()) {
    const auto [share, company] = queue.top();
    queue.pop();
    if (share < best_to_target_[company]) continue;
    for (std::size_t i = first[company]; i < first[company + 1]; ++i) {
      const Step& step = back[i];
      const double through = share * step.share;
      if (step.to == target || through <= best_to_target_[step.to]) continue;
      best_to_target_[step.to] = through;
      queue.emplace(through, step.to);
    }
  }
}

void ChainFinder::steps_from(CompanyIndex company, std::vector<Step>& steps) const {
  steps.clear();
  for (const RevenueShare& share : links_.shares_of(company)) {
    if (share.low <= 0 || share.customer == company) continue;
    if (model_.company(share.customer).aggregate && share.customer != target_) continue;
    steps.push_back({share.customer, share.low});
  }
}

double ChainFinder::share_of(CompanyIndex from, CompanyIndex to) const {
  for (const RevenueShare& share : links_.shares_of(from))
    if (share.customer == to) return share.low;
  return 0;
}

// The strongest simple continuation of `root` (its last company included) to the target.
bool ChainFinder::best_path(const std::vector<CompanyIndex>& root, const std::vector<CompanyIndex>& barred_next,
                            Chain& chain) const {
  struct Reached {
    double share;
    CompanyIndex from;
    bool closed;
  };
  std::unordered_map<CompanyIndex, Reached> reached;
  const std::unordered_set<CompanyIndex> barred(root.begin(), root.end() - 1);
  // Share so far × best share ahead; of equals the first company, hence the complement.
  std::priority_queue<std::pair<double, CompanyIndex>> queue;
  const CompanyIndex start = root.back();
  reached[start] = {1, start, false};
  queue.emplace(best_to_target_[start], ~start);
  std::vector<Step> steps;
  while (!queue.empty()) {
    const CompanyIndex company = ~queue.top().second;
    queue.pop();
    Reached& here = reached[company];
    if (here.closed) continue;
    here.closed = true;
    const double share = here.share;
    if (company == target_) {
      std::vector<CompanyIndex> tail;
      for (CompanyIndex v = target_; v != start; v = reached[v].from) tail.push_back(v);
      chain.companies = root;
      chain.companies.insert(chain.companies.end(), tail.rbegin(), tail.rend());
      chain.share = 1;
      for (std::size_t i = 0; i + 1 < chain.companies.size(); ++i)
        chain.share *= share_of(chain.companies[i], chain.companies[i + 1]);
      return true;
    }
    steps_from(company, steps);
    for (const Step& step : steps) {
      if (best_to_target_[step.to] <= 0 || barred.contains(step.to)) continue;
      if (company == start && std::find(barred_next.begin(), barred_next.end(), step.to) != barred_next.end()) continue;
      const double through = share * step.share;
      const auto [found, fresh] = reached.try_emplace(step.to, Reached{through, company, false});
      if (!fresh) {
        if (found->second.closed || through <= found->second.share) continue;
        found->second.share = through;
        found->second.from = company;
      }
      queue.emplace(through * best_to_target_[step.to], ~step.to);
    }
  }
  return false;
}

std::vector<Chain> ChainFinder::strongest(CompanyIndex supplier, std::size_t count) const {
  std::vector<Chain> found;
  if (count == 0 || supplier == target_ || best_to_target_[supplier] <= 0) return found;
  std::set<Chain, Stronger> candidates;
  Chain chain;
  if (best_path({supplier}, {}, chain)) candidates.insert(chain);
  while (found.size() < count && !candidates.empty()) {
    found.push_back(*candidates.begin());
    candidates.erase(candidates.begin());
    if (found.size() == count) break;
    const std::vector<CompanyIndex> last = found.back().companies;
    std::vector<const Chain*> alike;  // that have the same companies up to the spur
    alike.reserve(found.size());
    for (const Chain& other : found) alike.push_back(&other);
    for (std::size_t spur = 0; spur + 1 < last.size() && spur < longest_root; ++spur) {
      std::erase_if(alike, [&](const Chain* other) {
        return other->companies.size() <= spur + 1 || other->companies[spur] != last[spur];
      });
      std::vector<CompanyIndex> barred_next;
      barred_next.reserve(alike.size());
      for (const Chain* other : alike) barred_next.push_back(other->companies[spur + 1]);
      const std::vector<CompanyIndex> root(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(spur) + 1);
      if (best_path(root, barred_next, chain)) candidates.insert(chain);
    }
  }
  return found;
}

}  // namespace tierscope::core
