#include "ask/amounts.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "ask/figures.hpp"
#include "model/chosen.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

enum class What : std::uint8_t { level, deal, named_deal, undated };

struct Interval {
  double low = 0;
  double high = 0;

  void add(const Interval& other) {
    low += other.low;
    high += other.high;
  }
};

using Link = std::tuple<CompanyIndex, CompanyIndex, Kind, std::uint32_t, std::uint32_t>;

/// A row's amount, and which level or deal it is a statement of.
struct Statement {
  std::size_t link = 0;
  Kind kind = Kind::supplies;
  What what = What::level;
  std::int64_t of = 0;  // the deal's day or name, or the date of an undated amount
  Interval amount;

  auto key() const { return std::tuple(link, what, of); }
};

std::int32_t age(const Relation& r) { return r.as_of ? last_day(r.as_of) : INT32_MIN; }

bool only_stake(const Relation& r) { return r.stake && !r.value && !r.revenue_share && !r.supply_share; }

class Summing {
 public:
  Summing(const Model& model, std::span<const Relation* const> rows, bool only_active) : model_(model) {
    for (const Relation* r : rows)
      if (!only_active || r->status == Status::active) rows_.push_back(r);
    sum_.none = rows_.empty();
  }

  AmountSum run() && {
    std::sort(rows_.begin(), rows_.end(), [this](const Relation* a, const Relation* b) {
      return std::pair(link_of(*a), a->row) < std::pair(link_of(*b), b->row);
    });
    each_link([this](std::size_t link, auto rows) { find_homes(link, rows); });
    each_link([this](std::size_t link, auto rows) { add_link(link, rows); });
    if (sum_.none || statements_.empty() || !sum_.comparable()) return sum_;
    std::sort(statements_.begin(), statements_.end(),
              [](const Statement& a, const Statement& b) { return a.key() < b.key(); });
    Interval total;
    for_each_run(
        statements_, [](const Statement& s) { return s.link; },
        [&](std::span<const Statement> link) {
          const Interval leg = sum_of_link(link);
          total.add(leg);
          if (financing(link.front().kind)) sum_.financing += leg.low;
        });
    sum_.amount = grade_.mark(between(total.low, open_ ? unbounded : total.high, sum_.currency));
    return sum_;
  }

 private:
  using Deal = std::tuple<CompanyIndex, CompanyIndex, Kind, std::uint32_t>;

  Link link_of(const Relation& r) const {
    const Origin origin = model_.origin(r.row);
    return {origin.from, origin.to, r.kind, r.category.id, r.item.id};
  }
  Deal deal_of(const Relation& r) const {
    const Origin origin = model_.origin(r.row);
    return {origin.from, origin.to, r.kind, r.deal.id};
  }
  static bool states(const Relation& r) { return adds_cash(r) && r.value; }
  static bool named(const Relation& r) { return r.deal && !level_amount(r); }

  template <typename Use>
  void each_link(const Use& use) const {
    std::size_t link = 0;
    for_each_run(
        rows_, [this](const Relation* r) { return link_of(*r); }, [&](auto rows) { use(link++, rows); });
  }

  // A deal with a name can stand on several links: it is one of that of its newest row.
  void find_homes(std::size_t link, std::span<const Relation* const> rows) {
    for (const Relation* r : rows) {
      if (!states(*r) || !named(*r)) continue;
      auto& home = homes_.try_emplace(deal_of(*r), r, link).first->second;
      if (std::pair(age(*r), r->row) > std::pair(age(*home.first), home.first->row)) home = {r, link};
    }
  }

  void add_link(std::size_t link, std::span<const Relation* const> rows) {
    bool known = false;
    for (const Relation* r : rows) {
      if (!states(*r)) continue;
      known = true;
      const Quantity amount = in_wanted_currency(model_, r->value);
      if (!sum_.currency) sum_.currency = amount.currency;
      if (!(sum_.currency == amount.currency)) sum_.other = amount.currency;
      grade_.add(amount);
      Statement& s = statements_.emplace_back(Statement{link, r->kind, What::level, 0, {amount.low, amount.high}});
      if (level_amount(*r)) continue;
      s.what = r->deal ? What::named_deal : r->since ? What::deal : What::undated;
      s.of = r->deal ? std::int64_t{r->deal.id} : r->since ? first_day(r->since) : age(*r);
      if (r->deal) s.link = homes_.at(deal_of(*r)).second;
    }
    open_ |= !known && !contingent(rows.front()->kind) &&
             !std::all_of(rows.begin(), rows.end(), [](const Relation* r) { return r->restates || only_stake(*r); });
  }

  static Interval sum_of_link(std::span<const Statement> statements) {
    Interval sum;
    std::optional<Interval> dated;
    std::optional<Interval> undated;
    for_each_run(
        statements, [](const Statement& s) { return s.key(); },
        [&](std::span<const Statement> same) {
          Interval largest;
          for (const Statement& s : same)
            largest = {std::max(largest.low, s.amount.low), std::max(largest.high, s.amount.high)};
          switch (same.front().what) {
            case What::level: sum = largest; break;
            case What::deal:
            case What::named_deal:
              if (!dated) dated.emplace();
              dated->add(largest);
              break;
            case What::undated:
              if (!undated) undated.emplace();
              *undated = {std::max(undated->low, largest.low), undated->high + largest.high};
          }
        });
    if (dated && undated)
      sum.add({std::max(dated->low, undated->low), dated->high + undated->high});
    else if (dated || undated)
      sum.add(dated ? *dated : *undated);
    return sum;
  }

  const Model& model_;
  std::vector<const Relation*> rows_;
  std::map<Deal, std::pair<const Relation*, std::size_t>> homes_;  // newest row and link
  std::vector<Statement> statements_;
  AmountSum sum_;
  Grade grade_;
  bool open_ = false;  // a link carries cash of unknown amount
};

}  // namespace

bool adds_cash(const Relation& relation) { return !contingent(relation.kind) && !relation.restates; }

AmountSum sum_of_amounts(const Model& model, std::span<const Relation* const> rows, bool only_active) {
  return Summing(model, rows, only_active).run();
}

std::string not_comparable(Currency a, Currency b) {
  return "not comparable: " + std::string(to_string(a)) + " and " + std::string(to_string(b));
}

}  // namespace tierscope::core
