#include "ask/shares.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.hpp"
#include "model/revenue_share.hpp"

namespace tierscope::core {
namespace {

Quantity share_of(const Model& model, const Relation& relation) {
  return revenue_share(*model.rest().pool, model.company(relation.from), relation);
}

// One supplier's sales, customer by customer in the order of their first rows.
class Sales {
 public:
  explicit Sales(const Model& model) : model_(model) {}

  std::span<const std::uint32_t> of(CompanyIndex supplier) {
    sales_.clear();
    for (const std::uint32_t row : model_.out_rows(supplier))
      if (const Relation& r = model_.relation(row); r.kind == Kind::supplies) sales_.push_back({r.to, r.row, r.row});
    // By customer, within one by row; then the customers by their first rows.
    std::sort(sales_.begin(), sales_.end(), [](const Sale& a, const Sale& b) {
      return a.customer != b.customer ? a.customer < b.customer : a.row < b.row;
    });
    for (std::size_t i = 1; i < sales_.size(); ++i)
      if (sales_[i].customer == sales_[i - 1].customer) sales_[i].first_row = sales_[i - 1].first_row;
    std::sort(sales_.begin(), sales_.end(), [](const Sale& a, const Sale& b) {
      return a.first_row != b.first_row ? a.first_row < b.first_row : a.row < b.row;
    });
    rows_.clear();
    for (const Sale& sale : sales_) rows_.push_back(sale.row);
    return rows_;
  }

 private:
  struct Sale {
    CompanyIndex customer;
    std::uint32_t first_row;  // of all sales to the customer
    std::uint32_t row;
  };
  const Model& model_;
  std::vector<Sale> sales_;
  std::vector<std::uint32_t> rows_;
};

RevenueLink link_of(const Model& model, std::span<const std::uint32_t> rows) {
  RevenueLink link;
  link.customer = model.relation(rows.front()).to;
  for (const std::uint32_t row : rows) {
    const Relation& relation = model.relation(row);
    link.relations.push_back(&relation);
    const Quantity share = share_of(model, relation);
    if (!share) {
      ++link.without_figure;
    } else if (!link.share) {
      link.share = share;
      link.confidence = relation.confidence;
    } else {
      link.confidence = weaker(link.confidence, relation.confidence);
      const bool approximate = link.share.approximate || share.approximate;
      link.share = between(link.share.low + share.low, std::min(1.0, link.share.high + share.high));
      link.share.approximate = approximate;
    }
  }
  return link;
}

// The shares of one supplier's sales, which come customer by customer; `first` of the first one is `begin`. Returns the
// sum of the low ones.
double append_shares(const Model& model, std::span<const std::uint32_t> rows, std::uint32_t begin,
                     std::vector<RevenueShare>& shares) {
  double sum = 0;
  for (std::uint32_t i = 0; i < rows.size();) {
    RevenueShare share{model.relation(rows[i]).to, begin + i, 0, false, 0};
    for (; i < rows.size() && model.relation(rows[i]).to == share.customer; ++i, ++share.count) {
      const Quantity one = share_of(model, model.relation(rows[i]));
      share.known |= one.known;
      if (one) share.low += one.low;
    }
    sum += share.low;
    shares.push_back(share);
  }
  return sum;
}

Problem above_one(const Model& model, CompanyIndex supplier, std::span<const std::uint32_t> sales, double sum) {
  std::string rows;
  const Relation* worst = nullptr;
  for (const std::uint32_t row : sales) {
    const Relation& relation = model.relation(row);
    const Quantity share = share_of(model, relation);
    if (!share || share.low == 0) continue;
    if (worst == nullptr || relation.row > worst->row) worst = &relation;
    rows += fmt::format("{}{} from '{}' ({})", rows.empty() ? "" : ", ", in_cell(share), model.id(relation.to),
                        model.place(relation.place));
  }
  return {Severity::error,
          model.rest().files[worst->place.file],
          worst->place.line,
          "revenue_share",
          fmt::format("the customers of '{}' make up {} of its revenue: {}", model.id(supplier),
                      format_percent_above_one(sum), rows),
          "shares of one supplier may sum to 100 % at most; correct a share, end an old one (until), or mark a part "
          "(restates)"};
}

}  // namespace

RevenueLinks::RevenueLinks(const Model& model) : model_(&model) {
  Problems problems;
  Sales sales(model);
  first_.reserve(model.company_count() + 1);
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    first_.push_back(static_cast<std::uint32_t>(shares_.size()));
    const auto rows = sales.of(supplier);
    const double sum = append_shares(model, rows, static_cast<std::uint32_t>(rows_.size()), shares_);
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    if (sum > 1 + share_slack) problems.push_back(above_one(model, supplier, rows, sum));
  }
  first_.push_back(static_cast<std::uint32_t>(shares_.size()));
  if (!problems.empty()) throw BadData(std::move(problems));
}

RevenueLink RevenueLinks::link(const RevenueShare& share) const {
  return link_of(*model_, std::span(rows_).subspan(share.first, share.count));
}

std::vector<RevenueLink> RevenueLinks::of(CompanyIndex supplier) const {
  std::vector<RevenueLink> links;
  for (const RevenueShare& share : shares_of(supplier)) links.push_back(link(share));
  return links;
}

double RevenueLinks::attributed(CompanyIndex supplier) const {
  double sum = 0;
  for (const RevenueShare& share : shares_of(supplier)) sum += share.low;
  return sum > 1 && sum < 1 + share_slack ? 1 : sum;
}

bool RevenueLinks::quantified(CompanyIndex supplier) const {
  const auto shares = shares_of(supplier);
  return std::any_of(shares.begin(), shares.end(), [](const RevenueShare& share) { return share.known; });
}

Problems shares_above_one(const Model& model) {
  Problems problems;
  Sales sales(model);
  std::vector<RevenueShare> shares;
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    shares.clear();
    const auto rows = sales.of(supplier);
    const double sum = append_shares(model, rows, 0, shares);
    if (sum > 1 + share_slack) problems.push_back(above_one(model, supplier, rows, sum));
  }
  return problems;
}

}  // namespace tierscope::core
