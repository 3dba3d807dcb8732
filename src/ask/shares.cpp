#include "ask/shares.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "ask/group_shares.hpp"
#include "base/words.hpp"
#include "model/rates.hpp"

namespace tierscope::core {
namespace {

// One supplier's sales: customer by customer in the order of their first rows, within one link by link.
class Sales {
 public:
  explicit Sales(const Model& model) : model_(model) {}

  std::span<const Relation* const> of(CompanyIndex supplier) {
    sales_.clear();
    for (const std::uint32_t row : model_.out_rows(supplier))
      if (const Relation& r = model_.relation(row); r.kind == Kind::supplies && r.to != supplier)
        sales_.push_back({r.to, r.row, &r});
    // By customer, within one by row; then the customers by their first rows.
    std::sort(sales_.begin(), sales_.end(), [](const Sale& a, const Sale& b) {
      return a.customer != b.customer ? a.customer < b.customer : a.relation->row < b.relation->row;
    });
    for (std::size_t i = 1; i < sales_.size(); ++i)
      if (sales_[i].customer == sales_[i - 1].customer) sales_[i].first_row = sales_[i - 1].first_row;
    std::sort(sales_.begin(), sales_.end(), [&](const Sale& a, const Sale& b) {
      if (a.first_row != b.first_row) return a.first_row < b.first_row;
      const Relation& x = *a.relation;
      const Relation& y = *b.relation;
      return std::tuple(origin(x), x.category.id, x.item.id, x.row) <
             std::tuple(origin(y), y.category.id, y.item.id, y.row);
    });
    rows_.clear();
    for (const Sale& sale : sales_) rows_.push_back(sale.relation);
    return rows_;
  }

 private:
  struct Sale {
    CompanyIndex customer;
    std::uint32_t first_row;  // of all sales to the customer
    const Relation* relation;
  };
  std::pair<CompanyIndex, CompanyIndex> origin(const Relation& r) const {
    const Origin from = model_.origin(r.row);
    return {from.from, from.to};
  }

  const Model& model_;
  std::vector<Sale> sales_;
  std::vector<const Relation*> rows_;
};

using Rows = std::span<const Relation* const>;

auto link_key(const Relation* r) { return std::pair(r->category.id, r->item.id); }

Problem contradiction(const Model& model, CompanyIndex supplier, std::span<const LinkShare> shares, double sum) {
  std::string rows;
  const Relation* worst = nullptr;
  for (const LinkShare& s : shares) {
    if (s.stale || s.share.low == 0) continue;
    if (worst == nullptr || s.relation->row > worst->row) worst = s.relation;
    rows += fmt::format("{}{} from '{}' ({})", rows.empty() ? "" : ", ", in_cell(s.share), model.id(s.relation->to),
                        model.place(s.relation->place));
  }
  const Date as_of = model.rest().as_of;
  return {Severity::error,
          model.rest().files[worst->place.file],
          worst->place.line,
          "revenue_share",
          fmt::format("the customers of '{}' make up {} of its revenue{}: {}", model.id(supplier),
                      format_percent_above_one(sum), as_of ? " as of " + to_string(as_of) : "", rows),
          "shares of one supplier come to 100 % at most; correct a share, end an old one (until), or mark a part "
          "(restates)",
          "contradicting-shares"};
}

std::string currency_of(const Quantity& amount) { return std::string(to_string(amount.currency)); }

// The row that says why: the newest annual amount, else the newest share.
std::string reason_of(const Model& model, const Company& supplier, Rows rows, Unquantified why) {
  const Relation* amount = stating_amount(rows, Basis::annual);
  const Relation* share = stating(rows, &Relation::revenue_share);
  switch (why) {
    case Unquantified::no: return {};
    case Unquantified::no_figure: return "no figure";
    case Unquantified::no_revenue: return "an annual amount, but the supplier's revenue is unknown";
    case Unquantified::zero_revenue: return "revenue is zero";
    case Unquantified::other_currency:
      return fmt::format("not comparable: {} and {}; value in {}, revenue in {}, {}", currency_of(amount->value),
                         currency_of(supplier.revenue), currency_of(amount->value), currency_of(supplier.revenue),
                         model.rest().currency ? "no rate" : "no --currency is asked for");
    case Unquantified::no_year:
      return amount->as_of ? "the period of the revenue names no year" : "the annual amount has no date";
    case Unquantified::other_year:
      return fmt::format("value of {}, revenue of {}", amount->as_of.year, model.text(supplier.revenue_period));
    case Unquantified::stale:
      return share != nullptr ? "the share of " + to_string(share->as_of) + " is too old beside the supplier's newest"
                              : "the amount of " + to_string(amount->as_of) + " is too old beside the newest share";
    case Unquantified::contradicted: return "the supplier's shares contradict each other: they exceed 100 %";
    case Unquantified::group_revenue: return "the group's sales to others cannot be bounded";
  }
  return {};
}

/// What the rows of one supplier and one customer state: each pair of companies that the view has not joined for
/// itself.
struct Stated {
  std::vector<LinkShare>& shares;
  std::vector<const Relation*>& behind;  // the rows of a group's share, which are no shares of their own
  std::uint32_t without_figure = 0;
  bool open = false;  // of joined companies one has no figure
  Unquantified why = Unquantified::no;
};

void add_customer(const Model& model, const GroupShares& groups, Rows rows, Stated& stated) {
  const CompanyIndex supplier = rows.front()->from;
  if (groups.is_group(supplier)) {
    const GroupShare share = groups.share(supplier, rows);
    stated.shares.insert(stated.shares.end(), share.shares.begin(), share.shares.end());
    stated.behind.insert(stated.behind.end(), share.behind.begin(), share.behind.end());
    stated.open = share.open;
    stated.why = share.why;
    return;
  }
  for_each_run(
      rows, [&](const Relation* r) { return model.origin(r->row).to; },
      [&](Rows pair) {
        const std::size_t before = stated.shares.size();
        std::uint32_t without = 0;
        add_pair(model, model.company(supplier), pair, stated.shares, without, stated.why);
        stated.without_figure += without;
        stated.open |= stated.shares.size() == before;
      });
}

}  // namespace

void add_pair(const Model& model, const Company& supplier, Rows pair, std::vector<LinkShare>& shares,
              std::uint32_t& without, Unquantified& why) {
  const std::size_t begin = shares.size();
  std::uint32_t links = 0;
  for_each_run(pair, link_key, [&](Rows link) {
    ++links;
    if (const Relation* r = stating(link, &Relation::revenue_share)) shares.push_back({r, r->revenue_share});
  });
  if (shares.size() == begin) {
    for_each_run(pair, link_key, [&](Rows link) {
      const Relation* r = stating_amount(link, Basis::annual);
      if (r == nullptr) return;
      const ComputedShare computed = share_from_amount(model, supplier, *r);
      if (computed.share)
        shares.push_back({r, computed.share, true});
      else if (why == Unquantified::no)
        why = computed.why;
    });
  }
  if (why == Unquantified::no) why = Unquantified::no_figure;
  without = links - static_cast<std::uint32_t>(shares.size() - begin);
}

bool of_the_revenues_year(const Model& model, const Company& supplier, const Relation& relation) {
  return relation.as_of && year_of_period(model.text(supplier.revenue_period)) == relation.as_of.year;
}

ComputedShare share_from_amount(const Model& model, const Company& supplier, const Relation& relation) {
  if (!supplier.revenue) return {{}, Unquantified::no_revenue};
  if (supplier.revenue.high <= 0) return {{}, Unquantified::zero_revenue};
  if (!relation.as_of || !year_of_period(model.text(supplier.revenue_period))) return {{}, Unquantified::no_year};
  if (!of_the_revenues_year(model, supplier, relation)) return {{}, Unquantified::other_year};
  Quantity value = relation.value;
  Quantity revenue = supplier.revenue;
  if (!(value.currency == revenue.currency)) {
    if (!model.rest().currency) return {{}, Unquantified::other_currency};
    const auto a = model.converter().convert(value);
    const auto b = model.converter().convert(revenue);
    if (!a || !b) return {{}, Unquantified::other_currency};
    value = *a;
    revenue = *b;
  }
  const double low = std::isinf(revenue.high) ? 0 : value.low / revenue.high;
  const double high = revenue.low > 0 ? value.high / revenue.low : 1;
  if (low > 1) return {between(low, std::max(low, high)), Unquantified::no};  // a contradiction, found by the sum
  ComputedShare computed{between(low, std::max(low, std::min(1.0, high)))};
  Grade grade;
  grade.add(value);
  grade.add_revenue(revenue);
  computed.share = grade.mark(computed.share);
  return computed;
}

RevenueLinks::RevenueLinks(const Model& model)
    : model_(&model), groups_(std::make_shared<const GroupShares>(model)), figures_(model.relation_count(), false) {
  Sales sales(model);
  std::vector<LinkShare> stated;
  std::vector<std::size_t> first_stated;  // of each customer
  std::vector<const Relation*> behind;
  std::vector<std::size_t> first_behind;
  std::vector<bool> open;
  first_.reserve(model.company_count() + 1);
  for (CompanyIndex supplier = 0; supplier < model.company_count(); ++supplier) {
    const std::size_t begin = shares_.size();
    first_.push_back(static_cast<std::uint32_t>(begin));
    stated.clear();
    first_stated.clear();
    behind.clear();
    first_behind.clear();
    open.clear();
    for_each_run(
        sales.of(supplier), [](const Relation* r) { return r->to; },
        [&](Rows pair) {
          RevenueShare& share = shares_.emplace_back();
          share.customer = pair.front()->to;
          share.first = static_cast<std::uint32_t>(rows_.size());
          share.count = static_cast<std::uint32_t>(pair.size());
          for (const Relation* r : pair) rows_.push_back(r->row);
          first_stated.push_back(stated.size());
          first_behind.push_back(behind.size());
          Stated here{stated, behind};
          add_customer(model, *groups_, pair, here);
          share.without_figure = here.without_figure;
          share.why = here.why;
          open.push_back(here.open);
        });
    first_stated.push_back(stated.size());
    first_behind.push_back(behind.size());
    mark_stale(model, stated);
    const SharesSum sum = sum_of(model, stated);
    if (sum.contradicts) contradictions_.push_back(contradiction(model, supplier, stated, sum.low));
    Grade of_sum;  // what is divided by the sum rests on all of it
    if (sum.divisor != 1)
      for (const LinkShare& one : stated)
        if (!one.stale) of_sum.add(one.share);
    for (std::size_t i = begin; i < shares_.size(); ++i) {
      RevenueShare& share = shares_[i];
      Grade grade = of_sum;
      bool stale = false;
      for (std::size_t j = first_stated[i - begin]; j < first_stated[i - begin + 1]; ++j) {
        const LinkShare& one = stated[j];
        if (one.stale) {
          stale = true;
          ++share.without_figure;
          continue;
        }
        share.known = true;
        figures_[one.relation->row] = !sum.contradicts;
        share.low += one.share.low / sum.divisor;
        share.high += one.share.high / sum.divisor;
        grade.add(one.share);
      }
      if (sum.contradicts || !share.known) {
        const bool had = share.known;
        share.why = had ? Unquantified::contradicted : stale ? Unquantified::stale : share.why;
        share.known = false;
        share.low = share.high = 0;
        continue;
      }
      share.why = Unquantified::no;
      share.high = open[i - begin] ? 1 : std::min(1.0, share.high);
      share.approximate = grade.approximate;
      share.confidence = grade.confidence;
      for (std::size_t j = first_behind[i - begin]; j < first_behind[i - begin + 1]; ++j)
        figures_[behind[j]->row] = true;
    }
  }
  first_.push_back(static_cast<std::uint32_t>(shares_.size()));
  if (model.rest().strict && !contradictions_.empty()) throw BadData(contradictions_);
}

RevenueLink RevenueLinks::link(const RevenueShare& share) const {
  RevenueLink link = by_link(share);
  const auto by_row = [](const Relation* a, const Relation* b) { return a->row < b->row; };
  std::sort(link.relations.begin(), link.relations.end(), by_row);
  std::sort(link.behind.begin(), link.behind.end(), by_row);
  return link;
}

// Its relations in the order of their links.
RevenueLink RevenueLinks::by_link(const RevenueShare& share) const {
  RevenueLink link;
  link.customer = share.customer;
  link.why = share.why;
  link.without_figure = share.without_figure;
  for (std::uint32_t i = 0; i < share.count; ++i) link.relations.push_back(&model_->relation(rows_[share.first + i]));
  const CompanyIndex supplier = link.relations.front()->from;
  if (!share.known) {
    link.reason = reason_of(*model_, model_->company(supplier), link.relations, share.why);
    return link;
  }
  link.share = between(share.low, share.high);
  link.share.approximate = share.approximate;
  link.share.confidence = share.confidence;
  for (const Relation* r : link.relations)
    if (figures_[r->row]) link.behind.push_back(r);
  // A share as it is reported, where one row states it.
  std::vector<LinkShare> stated;
  std::vector<const Relation*> behind;
  Stated here{stated, behind};
  add_customer(*model_, *groups_, link.relations, here);
  std::erase_if(stated, [&](const LinkShare& one) { return !figures_[one.relation->row]; });
  if (stated.size() == 1 && !stated.front().computed && stated.front().share.low == share.low &&
      stated.front().share.high == share.high)
    link.share = stated.front().share;
  return link;
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

bool RevenueLinks::contradicted(CompanyIndex supplier) const {
  const auto shares = shares_of(supplier);
  return std::any_of(shares.begin(), shares.end(),
                     [](const RevenueShare& share) { return share.why == Unquantified::contradicted; });
}

Problems taken_as_unknown(Problems contradictions) {
  for (Problem& problem : contradictions) {
    problem.severity = Severity::warning;
    problem.remedy += "; until then they are taken as unknown";
  }
  return contradictions;
}

std::string RevenueLinks::contradiction_note(const Problem& problem) {
  return fmt::format("A contradiction, so none of these shares counts: {}.", problem.what);
}

bool RevenueLinks::quantified(CompanyIndex supplier) const {
  const auto shares = shares_of(supplier);
  return std::any_of(shares.begin(), shares.end(), [](const RevenueShare& share) { return share.known; });
}

}  // namespace tierscope::core
