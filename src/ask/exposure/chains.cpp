#include "ask/exposure/chains.hpp"

#include <algorithm>
#include <utility>

namespace tierscope::core {
namespace {

struct Link {
  CompanyIndex from;
  RevenueShare share;
};

std::vector<Link> quantified_links(const Model& model, const RevenueLinks& links) {
  std::vector<Link> quantified;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    for (const RevenueShare& share : links.shares_of(v))
      if (share.low > 0) quantified.push_back({v, share});
  return quantified;
}

Csr graph_of(const Model& model, const std::vector<Link>& links) {
  return {static_cast<std::uint32_t>(model.company_count()), static_cast<std::uint32_t>(links.size()),
          [&](std::uint32_t row) { return std::pair(links[row].from, links[row].share.customer); }};
}

// Links are in the order of their suppliers, so a link's row is its edge.
std::vector<double> shares_of(const std::vector<Link>& links) {
  std::vector<double> shares;
  shares.reserve(links.size());
  for (const Link& link : links) shares.push_back(std::min(link.share.low, 1.0));
  return shares;
}

std::vector<bool> aggregates_of(const Model& model) {
  std::vector<bool> aggregates;
  aggregates.reserve(model.company_count());
  for (CompanyIndex v = 0; v < model.company_count(); ++v) aggregates.push_back(model.company(v).aggregate);
  return aggregates;
}

}  // namespace

ChainFinder::ChainFinder(const Model& model, const RevenueLinks& links, CompanyIndex target) {
  const std::vector<Link> quantified = quantified_links(model, links);
  graph_ = std::make_unique<const Csr>(graph_of(model, quantified));
  for (const Link& link : quantified) links_.push_back(link.share);
  paths_.emplace(*graph_, shares_of(quantified), target, aggregates_of(model));
}

std::vector<Chain> ChainFinder::strongest(CompanyIndex supplier, std::size_t count) const {
  std::vector<Chain> chains;
  for (StrongPath& path : paths_->from(supplier, count)) {
    Chain& chain = chains.emplace_back();
    chain.companies = std::move(path.vertices);
    chain.share = path.weight;
    for (const std::uint32_t edge : path.edges) chain.links.push_back(links_[edge]);
  }
  return chains;
}

}  // namespace tierscope::core
