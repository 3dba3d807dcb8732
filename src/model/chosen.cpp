#include "model/chosen.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

namespace tierscope::core {
namespace {

constexpr std::size_t standings = 4;
constexpr std::size_t bases = 6;

// Undated observations are older than any dated one.
std::int32_t age(const Relation& r) { return r.as_of ? last_day(r.as_of) : INT32_MIN; }

bool no_figure(const Relation& r) { return !r.value && !r.revenue_share && !r.supply_share && !r.stake; }
bool deal_amount(const Relation& r) { return r.value && !level_amount(r); }
bool states_level(const Relation& r) {
  return r.revenue_share || r.supply_share || r.stake || (r.value && level_amount(r)) || no_figure(r);
}

/// The newest row of each standing that says something, oldest rows first.
struct Statements {
  std::array<const Relation*, standings> by{};

  const Relation*& at(Standing s) { return by[static_cast<std::size_t>(s)]; }
  void forget(Standing s) { at(s) = nullptr; }
  /// What a row of this standing replaces, whatever it says itself.
  void replaced_by(Standing s) {
    if (s == Standing::to_come || s == Standing::rumoured) return;
    forget(s == Standing::in_force ? Standing::ended : Standing::in_force);
    forget(Standing::to_come);
    forget(Standing::rumoured);
  }
  /// A rumour replaces only rumours.
  void state(Standing s, const Relation* r) {
    if (s == Standing::to_come) forget(Standing::rumoured);
    at(s) = r;
  }
};

class Chooser {
 public:
  Chooser(const Model& model, Date as_of) : model_(model), as_of_(as_of), holds_(model.relation_count()) {
    if (as_of_) day_ = last_day(as_of_);
  }

  std::vector<Holds> run() {
    for (CompanyIndex v = 0; v < model_.company_count(); ++v) {
      rows_.clear();
      for (const std::uint32_t row : model_.out_rows(v)) {
        const Relation& r = model_.relation(row);
        if (known(r, as_of_))
          rows_.push_back(&r);
        else
          holds_[row].over = true;
      }
      std::sort(rows_.begin(), rows_.end(), [](const Relation* x, const Relation* y) {
        if (x->to != y->to) return x->to < y->to;  // decides nearly always
        return std::tuple(x->kind, x->category.id, x->item.id, age(*x), x->row) <
               std::tuple(y->kind, y->category.id, y->item.id, age(*y), y->row);
      });
      for_each_run(
          rows_, [](const Relation* r) { return std::pair(r->to, r->kind); },
          [&](std::span<const Relation* const> pair) { choose_pair(pair); });
    }
    return std::move(holds_);
  }

 private:
  using Rows = std::span<const Relation* const>;

  template <typename Key, typename Use>
  static void for_each_run(Rows rows, const Key& key, const Use& use) {
    for (std::size_t begin = 0; begin < rows.size();) {
      std::size_t end = begin + 1;
      while (end < rows.size() && key(rows[end]) == key(rows[begin])) ++end;
      use(rows.subspan(begin, end - begin));
      begin = end;
    }
  }

  bool alive(const Relation& r) const {
    return !as_of_ || !r.until || r.status == Status::ended || last_day(r.until) >= day_;
  }
  Standing stands(const Relation* r) const { return standing(*r, as_of_); }

  void choose_pair(Rows pair) {
    if (pair.size() == 1) return choose_alone(*pair.front());
    named_.clear();
    for_each_run(
        pair, [](const Relation* r) { return std::pair(r->category.id, r->item.id); },
        [&](Rows link) { choose_link(link); });
    std::sort(named_.begin(), named_.end(), [](const Relation* x, const Relation* y) {
      return std::tuple(x->deal.id, age(*x), x->row) < std::tuple(y->deal.id, age(*y), y->row);
    });
    for_each_run(
        named_, [](const Relation* r) { return r->deal.id; }, [&](Rows deal) { choose_deal(deal); });
  }

  // Most links have one row.
  void choose_alone(const Relation& r) {
    Holds& holds = holds_[r.row];
    if (!alive(r)) {
      holds.over = true;
      return;
    }
    holds.value = bool(r.value);
    holds.revenue_share = bool(r.revenue_share);
    holds.supply_share = bool(r.supply_share);
    holds.stake = bool(r.stake);
    holds.row = states_level(r) || r.restates;
  }

  void choose_link(Rows link) {
    // What ends the whole link replaces all that is older.
    for (std::size_t i = link.size(); i-- > 0;) {
      if (link[i]->restates || stands(link[i]) != Standing::ended || deal_amount(*link[i])) continue;
      link = link.subspan(i);
      break;
    }
    level_.clear();
    dated_.clear();
    undated_.clear();
    for (const Relation* r : link) {
      if (r->restates) {
        holds_[r->row].row = alive(*r);
        holds_[r->row].over = !alive(*r);
        continue;
      }
      if (states_level(*r)) level_.push_back(r);
      if (!deal_amount(*r)) continue;
      (r->deal ? named_ : r->since ? dated_ : undated_).push_back(r);
    }
    choose_level(level_);
    std::stable_sort(dated_.begin(), dated_.end(),
                     [](const Relation* x, const Relation* y) { return first_day(x->since) < first_day(y->since); });
    for_each_run(
        dated_, [](const Relation* r) { return first_day(r->since); }, [&](Rows deal) { choose_deal(deal); });
    choose_undated(undated_);
  }

  void choose_level(Rows rows) {
    if (rows.empty()) return;
    Statements newest;
    Statements shares[3];  // revenue_share, supply_share, stake
    Statements amounts[bases];
    const auto each = [&](const auto& use) {
      use(newest);
      for (Statements& s : shares) use(s);
      for (Statements& s : amounts) use(s);
    };
    for (const Relation* r : rows) {
      const Standing s = stands(r);
      each([&](Statements& x) { x.replaced_by(s); });
      newest.at(s) = r;
      if (r->revenue_share) shares[0].state(s, r);
      if (r->supply_share) shares[1].state(s, r);
      if (r->stake) shares[2].state(s, r);
      if (r->value && level_amount(*r)) amounts[static_cast<std::size_t>(r->basis)].state(s, r);
    }
    for (std::size_t s = 0; s < standings; ++s) {
      const Relation* last = newest.by[s];
      if (last == nullptr) continue;
      // The `until` of the newest row in force holds for the whole level.
      const bool all_over = static_cast<Standing>(s) == Standing::in_force && !alive(*last);
      bool any = false;
      const auto settle = [&](const Relation* r, bool Holds::*figure) {
        if (r == nullptr) return;
        const bool holds = !all_over && alive(*r);
        (holds ? holds_[r->row].*figure : holds_[r->row].over) = true;
        any |= holds;
      };
      settle(shares[0].by[s], &Holds::revenue_share);
      settle(shares[1].by[s], &Holds::supply_share);
      settle(shares[2].by[s], &Holds::stake);
      for (Statements& amount : amounts) settle(amount.by[s], &Holds::value);
      // A word of what is to come that a newer one has left without a figure says nothing any more.
      if (replaced_word(static_cast<Standing>(s), newest, any)) continue;
      settle(last, &Holds::row);
    }
  }

  /// Is the newest row of this standing, none of whose figures stand, itself replaced by one of another standing?
  static bool replaced_word(Standing s, Statements& newest, bool any) {
    const Relation* to_come = newest.at(Standing::to_come);
    const Relation* mine = newest.at(s);
    return s == Standing::rumoured && !any && to_come != nullptr &&
           std::pair(age(*to_come), to_come->row) > std::pair(age(*mine), mine->row);
  }

  void choose_deal(Rows rows) {
    Statements statements;
    for (const Relation* r : rows) {
      statements.replaced_by(stands(r));
      statements.state(stands(r), r);
    }
    for (const Relation* r : statements.by) settle_amount(r);
  }

  void settle_amount(const Relation* r) {
    if (r == nullptr) return;
    (alive(*r) ? holds_[r->row].value : holds_[r->row].over) = true;
  }

  // One deal or several, a day unknown: rows of one `as_of` are one; what is newer and in force replaces what was to
  // come, what has ended all.
  void choose_undated(Rows rows) {
    std::vector<std::pair<std::int32_t, Statements>> deals;
    for (const Relation* r : rows) {
      if (deals.empty() || deals.back().first != age(*r)) deals.push_back({age(*r), {}});
      for (auto& deal : deals) deal.second.replaced_by(stands(r));
      deals.back().second.state(stands(r), r);
    }
    for (const auto& [day, statements] : deals)
      for (const Relation* r : statements.by) settle_amount(r);
  }

  const Model& model_;
  Date as_of_;
  std::int32_t day_ = 0;
  std::vector<Holds> holds_;
  std::vector<const Relation*> rows_, level_, dated_, undated_, named_;
};

Date date_of_day(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<std::int16_t>(int{date.year()}), static_cast<std::uint8_t>(unsigned{date.month()}),
          static_cast<std::uint8_t>(unsigned{date.day()})};
}

}  // namespace

bool level_amount(const Relation& r) {
  if (r.basis == Basis::annual || r.basis == Basis::plan) return true;
  if (r.deal) return false;
  if (r.kind == Kind::supplies) return r.basis == Basis::none || (r.basis == Basis::contract && !r.since);
  return r.kind == Kind::owns && r.basis == Basis::none;
}

Standing standing(const Relation& r, Date as_of) {
  switch (r.status) {
    case Status::rumoured: return Standing::rumoured;
    case Status::planned:
    case Status::announced:
    case Status::testing: return Standing::to_come;
    case Status::active: return Standing::in_force;
    case Status::ended: break;
  }
  const Date end = r.until ? r.until : r.as_of;
  return as_of && end && last_day(end) >= last_day(as_of) ? Standing::in_force : Standing::ended;
}

bool known(const Relation& r, Date as_of) {
  if (!as_of) return true;
  const std::int32_t day = last_day(as_of);
  const bool begun = !r.since || first_day(r.since) <= day;
  if (r.status == Status::ended && r.until && last_day(r.until) >= day && begun) return true;
  if (r.as_of && first_day(r.as_of) > day) return false;
  const bool to_come = r.status != Status::active && r.status != Status::ended;
  return to_come || begun;
}

Date whole_day(Date date) { return date ? date_of_day(last_day(date)) : date; }

Date default_date(const Model& model) {
  std::int32_t newest = INT32_MIN;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (!r.as_of) continue;
    const bool reached = (r.status == Status::active || r.status == Status::ended) && r.basis != Basis::plan;
    newest = std::max(newest, reached ? last_day(r.as_of) : first_day(r.as_of));
  }
  return newest == INT32_MIN ? Date{} : date_of_day(newest);
}

std::vector<Holds> holding(const Model& model, Date as_of) { return Chooser(model, as_of).run(); }

}  // namespace tierscope::core
