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
  return {Severity::error,
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
    for_each_run(sales_, [](const Relation* r) { return r->from; }, [this](Rows sold) { add_supplier(sold); });
    std::sort(group_.beside.begin(), group_.beside.end(), by_row);
  }

  // Shares are of one company's purchases: where companies are joined, each buyer's are settled for themselves.
  double settle(Problems* contradictions) {
    const auto buyer = [this](const LinkShare& s) { return model_.origin(s.relation->row).to; };
    std::sort(shares_.begin(), shares_.end(), [&](const LinkShare& x, const LinkShare& y) {
      return std::pair(buyer(x), x.relation->row) < std::pair(buyer(y), y.relation->row);
    });
    for_each_run(std::span<LinkShare>(shares_), buyer, [&](std::span<LinkShare> shares) {
      mark_stale(model_, shares);
      const SharesSum sum = sum_of(model_, shares);
      if (sum.contradicts && contradictions != nullptr)
        contradictions->push_back(contradiction(model_, group_, shares, sum.low));
      group_.contradicted |= sum.contradicts;
      for (const LinkShare& s : shares) take(s, sum.divisor);
    });
    if (group_.contradicted || group_.several_buyers) {
      forget();
      return 0;
    }
    open_groups();
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
      for_each_run(sold, link_key(model_), [this](Rows link) { state(link); });
      return;
    }
    SupplyShare& supplier = group_.suppliers.emplace_back();
    supplier.supplier = from;
    supplier.relations.assign(sold.begin(), sold.end());
    std::sort(supplier.relations.begin(), supplier.relations.end(), by_row);
    Quantity spent;
    for_each_run(sold, link_key(model_), [&](Rows link) {
      ++supplier.without_figure;  // until its share is taken
      state(link);
      if (const Relation* r = stating_claim(link)) supplier.claim = std::max(supplier.claim, r->claim);
      if (const Relation* r = stating_amount(link, Basis::annual)) spend(*r, spent);
    });
    spend_known_ &= bool(spent);
    spends_.push_back(spent);
  }

  void state(Rows link) {
    if (const Relation* r = stating(link, &Relation::supply_share)) shares_.push_back({r, r->supply_share});
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

  void take(const LinkShare& s, double divisor) {
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

  const Model& model_;
  Concentration& group_;
  std::vector<const Relation*> sales_;
  std::vector<LinkShare> shares_;
  std::set<CompanyIndex> members_;  // whose shares are taken, before the view joined some
  double aggregate_low_ = 0;
  std::vector<Quantity> spends_;  // by supplier
  bool spend_known_ = true;
  std::optional<int> year_;
  Currency currency_;
  Grade spend_grade_;
};

}  // namespace

double add_suppliers(const Model& model, Rows rows, Concentration& group, Problems* contradictions) {
  for (const Relation* r : rows)
    group.several_buyers |= model.origin(r->row).to != model.origin(rows.front()->row).to;
  Settled settled(model, group);
  settled.add(rows);
  const double aggregates = settled.settle(contradictions);
  settled.settle_spend();
  return aggregates;
}

}  // namespace tierscope::core
