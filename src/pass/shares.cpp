#include "pass/shares.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/revenue_share.hpp"

namespace tierscope {
namespace {

Quantity share_of(const Model& model, const Relation& relation) {
  return revenue_share(*model.rest().pool, model.company(relation.from), relation);
}

// Rows [first, last) of one supplier's links, built without the check.
void links_of(const Model& model, CompanyIndex supplier, std::vector<std::size_t>& slot_of,
              std::vector<RevenueLink>& links) {
  const std::size_t begin = links.size();
  const auto [first, last] = boost::out_edges(supplier, model.graph());
  for (auto edge = first; edge != last; ++edge) {
    const Relation& relation = model.relation(*edge);
    if (relation.kind != Kind::supplies) continue;
    std::size_t& slot = slot_of[relation.to];
    if (slot < begin || slot >= links.size() || links[slot].customer != relation.to) {
      slot = links.size();
      links.emplace_back().customer = relation.to;
    }
    RevenueLink& link = links[slot];
    link.relations.push_back(&relation);
    const Quantity share = share_of(model, relation);
    if (!share) {
      ++link.without_figure;
    } else if (!link.share) {
      link.share = share;
    } else {
      const bool approximate = link.share.approximate || share.approximate;
      link.share = between(link.share.low + share.low, std::min(1.0, link.share.high + share.high));
      link.share.approximate = approximate;
    }
  }
}

}  // namespace

RevenueLinks::RevenueLinks(const Model& model) {
  if (Problems problems = shares_above_one(model); !problems.empty()) throw BadData(std::move(problems));
  std::vector<std::size_t> slot_of(model.company_count(), 0);
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    first_.push_back(links_.size());
    links_of(model, supplier, slot_of, links_);
  }
  first_.push_back(links_.size());
}

double RevenueLinks::attributed(CompanyIndex supplier) const {
  double sum = 0;
  for (const RevenueLink& link : of(supplier)) sum += link.share.low;
  return sum > 1 && sum < 1 + share_slack ? 1 : sum;
}

bool RevenueLinks::quantified(CompanyIndex supplier) const {
  const auto links = of(supplier);
  return std::any_of(links.begin(), links.end(), [](const RevenueLink& link) { return link.share.known; });
}

Problems shares_above_one(const Model& model) {
  Problems problems;
  std::vector<std::size_t> slot_of(model.company_count(), 0);
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    std::vector<RevenueLink> links;
    links_of(model, supplier, slot_of, links);
    double sum = 0;
    for (const RevenueLink& link : links) sum += link.share.low;
    if (sum <= 1 + share_slack) continue;
    std::string rows;
    const Relation* worst = nullptr;
    for (const RevenueLink& link : links) {
      for (const Relation* relation : link.relations) {
        const Quantity share = share_of(model, *relation);
        if (!share || share.low == 0) continue;
        if (worst == nullptr || relation->row > worst->row) worst = relation;
        rows += fmt::format("{}{} from '{}' ({})", rows.empty() ? "" : ", ", format_share(share),
                            model.id(relation->to), model.place(relation->place));
      }
    }
    const std::string& file = model.rest().files[worst->place.file];
    problems.push_back({Severity::error, file, worst->place.line, "revenue_share",
                        fmt::format("the customers of '{}' make up {} of its revenue: {}", model.id(supplier),
                                    format_percent(sum), rows),
                        "shares of one supplier may sum to 100 % at most; correct a share, end an old one (until), or "
                        "mark a part (restates)"});
  }
  return problems;
}

}  // namespace tierscope
