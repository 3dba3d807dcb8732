#include "pass/shares.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/revenue_share.hpp"

namespace tierscope {
namespace {

Quantity share_of(const Model& model, const Relation& relation) {
  return revenue_share(*model.rest().pool, model.company(relation.from), relation);
}

// One supplier's relations, customer by customer in the order of their first rows.
std::vector<const Relation*> sales_of(const Model& model, CompanyIndex supplier) {
  std::vector<const Relation*> sales;
  const auto [first, last] = boost::out_edges(supplier, model.graph());
  for (auto edge = first; edge != last; ++edge)
    if (const Relation& r = model.relation(*edge); r.kind == Kind::supplies) sales.push_back(&r);
  // By customer, within one by row; then the customers by their first rows.
  const auto row = [](const Relation* r) { return r->row; };
  std::sort(sales.begin(), sales.end(),
            [&](const Relation* a, const Relation* b) { return a->to != b->to ? a->to < b->to : row(a) < row(b); });
  std::vector<std::span<const Relation* const>> groups;
  for (std::size_t begin = 0, end = 0; begin < sales.size(); begin = end) {
    while (end < sales.size() && sales[end]->to == sales[begin]->to) ++end;
    groups.emplace_back(sales.data() + begin, end - begin);
  }
  std::sort(groups.begin(), groups.end(),
            [&](const auto& a, const auto& b) { return row(a.front()) < row(b.front()); });
  std::vector<const Relation*> ordered;
  ordered.reserve(sales.size());
  for (const auto& group : groups) ordered.insert(ordered.end(), group.begin(), group.end());
  return ordered;
}

RevenueLink link_of(const Model& model, std::span<const Relation* const> relations) {
  RevenueLink link;
  link.customer = relations.front()->to;
  link.relations = relations;
  for (const Relation* const relation : relations) {
    const Quantity share = share_of(model, *relation);
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
  return link;
}

// Links of the relations, which come customer by customer.
void append_links(const Model& model, std::span<const Relation* const> sales, std::vector<RevenueLink>& links) {
  for (std::size_t begin = 0, end = 0; begin < sales.size(); begin = end) {
    while (end < sales.size() && sales[end]->to == sales[begin]->to) ++end;
    links.push_back(link_of(model, sales.subspan(begin, end - begin)));
  }
}

}  // namespace

RevenueLinks::RevenueLinks(const Model& model) {
  if (Problems problems = shares_above_one(model); !problems.empty()) throw BadData(std::move(problems));
  relations_.reserve(model.relation_count());  // links view it
  first_.reserve(model.company_count() + 1);
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    first_.push_back(links_.size());
    const std::vector<const Relation*> sales = sales_of(model, supplier);
    const std::size_t begin = relations_.size();
    relations_.insert(relations_.end(), sales.begin(), sales.end());
    append_links(model, std::span(relations_).subspan(begin), links_);
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
  std::vector<RevenueLink> links;
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    links.clear();
    const std::vector<const Relation*> sales = sales_of(model, supplier);
    append_links(model, sales, links);
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
