#include "ask/concentration/supply_shares.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "ask/shares.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

using Rows = std::span<const Relation* const>;

bool by_row(const Relation* x, const Relation* y) { return x->row < y->row; }

auto link_key(const Model& model) {
  return [&model](const Relation* r) {
    const Origin origin = model.origin(r->row);
    return std::tuple(origin.from, origin.to, r->category.id, r->item.id);
  };
}

Problem contradiction(const Model& model, const Concentration& group, std::span<const LinkShare> shares, double sum) {
  std::string rows;
  const Relation* worst = nullptr;
  for (const LinkShare& s : shares) {
    if (s.stale || s.share.low == 0) continue;
    if (worst == nullptr || s.relation->row > worst->row) worst = s.relation;
    rows += fmt::format("{}{} from '{}' ({})", rows.empty() ? "" : ", ", in_cell(s.share), model.id(s.relation->from),
                        model.place(s.relation->place));
  }
  const Date as_of = model.rest().as_of;
  return {
      Severity::error,
      model.rest().files[worst->place.file],
      worst->place.line,
      "supply_share",
      fmt::format("the suppliers of {} to '{}' make up {} of it{}: {}",
                  group.category ? quote(model.text(group.category)) : "what is not named", model.id(group.customer),
                  format_percent_above_one(sum), as_of ? " as of " + to_string(as_of) : "", rows),
      "shares of one purchase come to 100 % at most; correct a share, end an old one (until), or name what is bought",
      "contradicting-shares"};
}

/// One purchase's suppliers by company, and the shares that their links state.
class Settled {
 public:
  Settled(const Model& model, Concentration& group) : model_(model), group_(group) {}

  void add(Rows rows) {
    sales_.assign(rows.begin(), rows.end());
    std::sort(sales_.begin(), sales_.end(), [this](const Relation* x, const Relation* y) {
      if (x->from != y->from) return x->from < y->from;
      const auto key = link_key(model_);
      return std::tuple(key(x), x->row) < std::tuple(key(y), y->row);
    });
    for_each_run(
        sales_, [](const Relation* r) { return r->from; }, [this](Rows sold) { add_supplier(sold); });
    std::sort(group_.beside.begin(), group_.beside.end(), by_row);
  }

  void add_inside(Rows rows) {
    if (rows.empty()) return;
    sales_.assign(rows.begin(), rows.end());
    const auto key = [](const Relation* r) { return std::tuple(r->from, r->to, r->category.id, r->item.id); };
    std::sort(sales_.begin(), sales_.end(), [&](const Relation* x, const Relation* y) {
      return std::tuple(key(x), x->row) < std::tuple(key(y), y->row);
    });
    for_each_run(sales_, key, [this](Rows link) { state(link, link.front()->to, true); });
    bought_inside_ = true;
  }

  // Shares are of one company's purchases: where companies are joined, each buyer's are settled for themselves.
  double settle(Problems* contradictions) {
    const auto buyer = [](const Stated& s) { return s.buyer; };
    std::sort(stated_.begin(), stated_.end(), [](const Stated& x, const Stated& y) {
      return std::tuple(x.buyer, x.inside, x.relation->row) < std::tuple(y.buyer, y.inside, y.relation->row);
    });
    for_each_run(stated_, buyer, [&](std::span<const Stated> own) {
      std::vector<LinkShare> shares;
      for (const Stated& s : own) shares.push_back({s.relation, s.relation->supply_share});
      mark_stale(model_, shares);
      const SharesSum sum = sum_of(model_, shares);
      if (sum.contradicts && contradictions != nullptr)
        contradictions->push_back(contradiction(model_, group_, shares, sum.low));
      group_.contradicted |= sum.contradicts;
      for (std::size_t i = 0; i < own.size(); ++i) take(shares[i], own[i].inside, sum.divisor);
    });
    if (group_.contradicted || group_.several_buyers) {
      forget();
      return 0;
    }
    open_groups();
    if (bought_inside_) leave_out_inside();
    return aggregate_low_;
  }

  /// Shares of recorded spend: each supplier has an annual amount, all of one year and currency, no aggregate beside.
  void settle_spend() {
    if (group_.aggregates || !group_.category || !spend_known_ || group_.suppliers.empty()) return;
    double low = 0;
    double high = 0;
    for (const Quantity& spent : spends_) {
      low += spent.low;
      high += spent.high;
    }
    if (low <= 0) return;
    double low_squares = 0;
    double high_squares = 0;
    for (std::size_t i = 0; i < spends_.size(); ++i) {
      const Quantity& spent = spends_[i];
      const double others_low = low - spent.low;
      const double least = std::isinf(high) ? 0 : spent.low / (spent.low + (high - spent.high));
      const double most = std::isinf(spent.high) ? 1 : spent.high > 0 ? spent.high / (spent.high + others_low) : 0;
      low_squares += least * least;
      high_squares += most * most;
      group_.suppliers[i].recorded_share = spend_grade_.mark(between(least, std::max(least, most)));
    }
    low_squares = std::min(1.0, low_squares);
    const double most = std::min(1.0, std::max(low_squares, high_squares));
    group_.recorded_hhi = spend_grade_.mark(between(1e4 * low_squares, 1e4 * most));
  }

 private:
  void add_supplier(Rows sold) {
    const CompanyIndex from = sold.front()->from;
    if (model_.company(from).aggregate) {
      group_.aggregates = true;
      group_.beside.insert(group_.beside.end(), sold.begin(), sold.end());
      for_each_run(sold, link_key(model_), [this](Rows link) { state(link, buyer_of(link), false); });
      return;
    }
    SupplyShare& supplier = group_.suppliers.emplace_back();
    supplier.supplier = from;
    supplier.relations.assign(sold.begin(), sold.end());
    std::sort(supplier.relations.begin(), supplier.relations.end(), by_row);
    Quantity spent;
    for_each_run(sold, link_key(model_), [&](Rows link) {
      ++supplier.without_figure;  // until its share is taken
      state(link, buyer_of(link), false);
      if (const Relation* r = stating_claim(link)) supplier.claim = std::max(supplier.claim, r->claim);
      if (const Relation* r = stating_amount(link, Basis::annual)) spend(*r, spent);
    });
    spend_known_ &= bool(spent);
    spends_.push_back(spent);
  }

  CompanyIndex buyer_of(Rows link) const { return model_.origin(link.front()->row).to; }

  void state(Rows link, CompanyIndex buyer, bool inside) {
    if (const Relation* r = stating(link, &Relation::supply_share)) stated_.push_back({r, buyer, inside});
  }

  void spend(const Relation& r, Quantity& spent) {
    const Quantity amount = in_wanted_currency(model_, r.value);
    const bool first = !year_;
    if (first) {
      year_ = r.as_of.year;
      currency_ = amount.currency;
    }
    spend_known_ &= bool(r.as_of) && r.as_of.year == *year_ && amount.currency == currency_;
    spent = between(spent.low + amount.low, spent.high + amount.high, amount.currency);
    spend_grade_.add(amount);
  }

  SupplyShare* find(CompanyIndex company) {
    const auto found = std::lower_bound(group_.suppliers.begin(), group_.suppliers.end(), company,
                                        [](const SupplyShare& s, CompanyIndex wanted) { return s.supplier < wanted; });
    return found != group_.suppliers.end() && found->supplier == company ? &*found : nullptr;
  }

  void take(const LinkShare& s, bool inside, double divisor) {
    if (inside) {
      if (s.stale) return;
      inside_grade_.add(s.share);
      inside_ = between(inside_.low + s.share.low / divisor, std::min(1.0, inside_.high + s.share.high / divisor));
      return;
    }
    SupplyShare* supplier = find(s.relation->from);
    if (s.stale) {
      if (supplier != nullptr) supplier->stale = s.relation;
      return;
    }
    members_.insert(model_.origin(s.relation->row).from);
    group_.grade.add(s.share);
    if (supplier == nullptr) {
      aggregate_low_ += s.share.low / divisor;
      return;
    }
    --supplier->without_figure;
    if (!supplier->share && divisor == 1) {
      supplier->share = s.share;  // as it is reported
      return;
    }
    Grade grade;
    grade.add(supplier->share);
    grade.add(s.share);
    supplier->share = grade.mark(between(supplier->share.low + s.share.low / divisor,
                                         std::min(1.0, supplier->share.high + s.share.high / divisor)));
  }

  void forget() {
    for (SupplyShare& supplier : group_.suppliers) {
      supplier.share = {};
      supplier.stale = nullptr;
    }
    group_.grade = {};
  }

  // A link without a figure is often part of what the same two companies have one for; another member's is not.
  void open_groups() {
    if (model_.rest().origins.empty()) return;
    for (SupplyShare& supplier : group_.suppliers) {
      const auto known = [this](const Relation* r) { return members_.contains(model_.origin(r->row).from); };
      if (!supplier.share || std::all_of(supplier.relations.begin(), supplier.relations.end(), known)) continue;
      Grade grade;
      grade.add(supplier.share);
      supplier.share = grade.mark(between(supplier.share.low, 1));
    }
  }

  // A share of all that the member buys, as one of what it does not buy from its own group.
  void leave_out_inside() {
    const double low = inside_ ? 1 - inside_.low : 1;    // of what is bought outside, at most
    const double high = inside_ ? 1 - inside_.high : 0;  // at least
    const auto outside = [](double share, double of) { return of > 0 ? std::min(1.0, share / of) : 1; };
    for (SupplyShare& supplier : group_.suppliers) {
      if (!supplier.share) continue;
      Grade grade = inside_grade_;
      grade.add(supplier.share);
      const double least = low > 0 ? outside(supplier.share.low, low) : 0;
      supplier.share = grade.mark(between(least, std::max(least, outside(supplier.share.high, high))));
    }
    if (group_.grade.any) group_.grade.add(inside_grade_);
    aggregate_low_ = low > 0 ? outside(aggregate_low_, low) : 0;
  }

  struct Stated {
    const Relation* relation = nullptr;
    CompanyIndex buyer = 0;
    bool inside = false;
  };

  const Model& model_;
  Concentration& group_;
  std::vector<const Relation*> sales_;
  std::vector<Stated> stated_;
  bool bought_inside_ = false;
  Quantity inside_;  // what the shares of the buyer's own group come to
  Grade inside_grade_;
  std::set<CompanyIndex> members_;  // whose shares are taken, before the view joined some
  double aggregate_low_ = 0;
  std::vector<Quantity> spends_;  // by supplier
  bool spend_known_ = true;
  std::optional<int> year_;
  Currency currency_;
  Grade spend_grade_;
};

}  // namespace

double add_suppliers(const Model& model, Rows rows, Rows inside, Concentration& group, Problems* contradictions) {
  const CompanyIndex buyer = model.origin(rows.front()->row).to;
  for (const Relation* r : rows) group.several_buyers |= model.origin(r->row).to != buyer;
  for (const Relation* r : inside) group.several_buyers |= r->to != buyer;
  Settled settled(model, group);
  settled.add(rows);
  settled.add_inside(inside);
  const double aggregates = settled.settle(contradictions);
  settled.settle_spend();
  return aggregates;
}

}  // namespace tierscope::core
