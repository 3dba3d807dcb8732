#include "graph/cascade.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace tierscope::core {
namespace {

constexpr std::uint32_t no_market = UINT32_MAX;
constexpr double nothing = 1e-12;  // of a market's sales: what rounding leaves of none

/// Each once, in the order in which they were added.
class Once {
 public:
  explicit Once(std::uint32_t count) : round_(count, 0) {}
  void add(std::uint32_t v) {
    if (round_[v] == now_) return;
    round_[v] = now_;
    list_.push_back(v);
  }
  void add_all(const std::vector<std::uint32_t>& several) {
    for (const std::uint32_t v : several) add(v);
  }
  const std::vector<std::uint32_t>& list() const { return list_; }
  void clear() {
    ++now_;
    list_.clear();
  }

 private:
  std::vector<std::uint32_t> round_;
  std::uint32_t now_ = 1;
  std::vector<std::uint32_t> list_;
};

}  // namespace

/// Several scenarios side by side: the figures of one firm stand next to each other, one a scenario.
template <std::size_t lanes>
struct Cascade::State {
  using Lane = std::array<double, lanes>;

  explicit State(const Cascade& of)
      : own(of.firms_, Lane{}),
        down(of.firms_, Lane{}),
        up(of.firms_, Lane{}),
        left(of.members_.size()),
        touched(of.firms_),
        buyers(of.firms_),
        sellers(of.firms_),
        markets(static_cast<std::uint32_t>(of.members_.size())) {
    for (std::size_t market = 0; market < left.size(); ++market) left[market].fill(of.market_sales_[market]);
  }

  // As it was before anything was lost.
  void restore(const Cascade& of) {
    for (const std::uint32_t firm : touched.list()) {
      own[firm] = down[firm] = up[firm] = Lane{};
      if (of.in_market(firm)) left[of.market_of_[firm]].fill(of.market_sales_[of.market_of_[firm]]);
    }
    for (Once* const list : {&touched, &buyers, &sellers, &markets}) list->clear();
  }

  // Whoever has a small part of what is left of its market is easily replaced; where nothing is left, nobody is.
  double substitution(const Cascade& of, std::uint32_t firm, std::size_t lane) const {
    if (!of.in_market(firm)) return 1;
    const std::uint32_t market = of.market_of_[firm];
    if (left[market][lane] <= nothing * of.market_sales_[market]) return 1;
    return std::min(1.0, of.sells_[firm] / left[market][lane]);
  }

  Lane next_down(const Cascade& of, std::uint32_t firm) const {
    const auto lose = [&](Lane& sum, const Arc& arc) {
      const Lane& lost = down[arc.from];
      if (of.market_of_.empty()) {
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += arc.share * lost[k];
      } else {
        for (std::size_t k = 0; k < lanes; ++k) sum[k] += substitution(of, arc.from, k) * arc.share * lost[k];
      }
    };
    Lane most = own[firm];
    const Arc* arc = of.inputs_.data() + of.first_input_[firm];
    const Arc* const end = of.inputs_.data() + of.first_input_[firm + 1];
    while (arc != end && arc->group != useful) {
      const std::uint32_t group = arc->group;
      Lane of_type{};
      for (; arc != end && arc->group == group; ++arc) lose(of_type, *arc);
      for (std::size_t k = 0; k < lanes; ++k) most[k] = std::max(most[k], of_type[k]);
    }
    Lane all{};  // `useful` is the largest number of a type
    for (; arc != end; ++arc) lose(all, *arc);
    for (std::size_t k = 0; k < lanes; ++k) most[k] = std::min(1.0, std::max(most[k], all[k]));
    return most;
  }

  Lane next_up(const Cascade& of, std::uint32_t firm) const {
    Lane sum{};
    for (std::size_t i = of.first_sale_[firm]; i < of.first_sale_[firm + 1]; ++i) {
      const Arc& arc = of.sales_[i];
      const Lane& lost = up[arc.to];
      for (std::size_t k = 0; k < lanes; ++k) sum[k] += arc.share * lost[k];
    }
    for (std::size_t k = 0; k < lanes; ++k) sum[k] = std::min(1.0, std::max(own[firm][k], sum[k]));
    return sum;
  }

  std::vector<Lane> own, down, up;  // what is lost
  std::vector<Lane> left;           // of each market's sales
  Once touched, buyers, sellers, markets;
};

Cascade::Cascade(std::uint32_t firms) : firms_(firms) {}
Cascade::Cascade(Cascade&&) noexcept = default;
Cascade& Cascade::operator=(Cascade&&) noexcept = default;
Cascade::~Cascade() = default;

void Cascade::input(std::uint32_t from, std::uint32_t to, double share, std::uint32_t group) {
  inputs_.push_back({from, to, share, group});
  settled_ = false;
}

void Cascade::sale(std::uint32_t from, std::uint32_t to, double share) {
  sales_.push_back({from, to, share, useful});
  settled_ = false;
}

void Cascade::market(std::span<const std::uint32_t> firms, std::span<const double> sales) {
  if (market_of_.empty()) {
    market_of_.assign(firms_, no_market);
    sells_.assign(firms_, 0);
  }
  for (std::size_t i = 0; i < firms.size(); ++i) {
    market_of_[firms[i]] = static_cast<std::uint32_t>(members_.size());
    sells_[firms[i]] = sales[i];
  }
  members_.emplace_back(firms.begin(), firms.end());
  market_sales_.push_back(std::accumulate(sales.begin(), sales.end(), 0.0));
  settled_ = false;
}

void Cascade::Ends::build(std::uint32_t count, const std::vector<Arc>& arcs, std::uint32_t Arc::*end,
                          std::uint32_t Arc::*other) {
  first.assign(std::size_t{count} + 1, 0);
  for (const Arc& arc : arcs) ++first[arc.*end + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  firms.resize(arcs.size());
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (const Arc& arc : arcs) firms[next[arc.*end]++] = arc.*other;
}

void Cascade::settle() {
  std::stable_sort(inputs_.begin(), inputs_.end(),
                   [](const Arc& a, const Arc& b) { return a.to != b.to ? a.to < b.to : a.group < b.group; });
  std::stable_sort(sales_.begin(), sales_.end(), [](const Arc& a, const Arc& b) { return a.from < b.from; });
  const auto firsts = [this](const std::vector<Arc>& arcs, std::uint32_t Arc::*end) {
    std::vector<std::size_t> first(std::size_t{firms_} + 1, 0);
    for (const Arc& arc : arcs) ++first[arc.*end + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
  };
  first_input_ = firsts(inputs_, &Arc::to);
  first_sale_ = firsts(sales_, &Arc::from);
  buyers_of_.build(firms_, inputs_, &Arc::from, &Arc::to);
  sellers_to_.build(firms_, sales_, &Arc::to, &Arc::from);
  buying_.clear();
  selling_.clear();
  for (std::uint32_t firm = 0; firm < firms_; ++firm) {
    if (first_input_[firm] != first_input_[firm + 1]) buying_.push_back(firm);
    if (first_sale_[firm] != first_sale_[firm + 1]) selling_.push_back(firm);
  }
  alone_.reset();
  side_by_side_.reset();
  settled_ = true;
}

template <std::size_t lanes>
void Cascade::run_together(State<lanes>& state, std::span<const Scenario> scenarios, const Limits& limits,
                           std::vector<Result>& results) {
  using Lane = typename State<lanes>::Lane;
  Once& touched = state.touched;
  Once& buyers = state.buyers;
  Once& sellers = state.sellers;
  Once& markets = state.markets;
  std::vector<std::uint32_t> lost_down;  // in the last step, in a scenario that goes on
  std::vector<std::uint32_t> lost_up;
  std::vector<Lane> next_down;
  std::vector<Lane> next_up;
  struct Progress {
    std::array<double, 8> ratios{};
    double last = 0;
    bool goes_on = false;
  };
  std::array<Progress, lanes> progress{};
  std::array<Result, lanes> found;

  const auto lose = [&](std::uint32_t firm, std::size_t k, double loss) {
    if (in_market(firm)) {
      state.left[market_of_[firm]][k] -= sells_[firm] * (loss - state.down[firm][k]);
      markets.add(market_of_[firm]);
    }
    state.down[firm][k] = loss;
  };
  // A scenario ends by itself: what the others change later is none of its business.
  std::vector<std::uint32_t> ascending;
  const auto end = [&](std::size_t k) {
    if (ascending.size() != touched.list().size()) {
      ascending = touched.list();
      std::sort(ascending.begin(), ascending.end());
    }
    progress[k].goes_on = false;
    for (const std::uint32_t firm : ascending) {
      const double down = state.down[firm][k];
      const double up = state.up[firm][k];
      if (down <= 0 && up <= 0 &&
          std::none_of(scenarios[k].begin(), scenarios[k].end(), [&](const auto& one) { return one.first == firm; }))
        continue;
      found[k].firms.push_back(firm);
      found[k].down.push_back(1 - down);
      found[k].up.push_back(1 - up);
    }
  };

  for (std::size_t k = 0; k < scenarios.size(); ++k) {
    for (const auto& [firm, rest] : scenarios[k]) {
      state.own[firm][k] = 1 - rest;
      lose(firm, k, 1 - rest);
      state.up[firm][k] = 1 - rest;
      touched.add(firm);
      lost_down.push_back(firm);
      lost_up.push_back(firm);
      progress[k].goes_on = true;
    }
  }
  const auto any = [&] {
    return std::any_of(progress.begin(), progress.end(), [](const Progress& p) { return p.goes_on; });
  };
  for (std::uint32_t steps = 0; any(); ++steps) {
    for (std::size_t k = 0; k < scenarios.size(); ++k)
      if (progress[k].goes_on && steps == limits.most_steps) {
        found[k].converged = false;
        end(k);
      }
    buyers.clear();
    sellers.clear();
    // Most of all: then all, one after the other.
    if (lost_down.size() > firms_ / 4)
      buyers.add_all(buying_);
    else
      for (const std::uint32_t firm : lost_down)
        for (const std::uint32_t to : buyers_of_.of(firm)) buyers.add(to);
    // Where a market has lost something, each that has lost counts for more.
    for (const std::uint32_t market : markets.list())
      for (const std::uint32_t firm : members_[market])
        for (const std::uint32_t to : buyers_of_.of(firm)) buyers.add(to);
    if (lost_up.size() > firms_ / 4)
      sellers.add_all(selling_);
    else
      for (const std::uint32_t firm : lost_up)
        for (const std::uint32_t from : sellers_to_.of(firm)) sellers.add(from);
    markets.clear();
    lost_down.clear();
    lost_up.clear();
    next_down.clear();
    next_up.clear();
    for (const std::uint32_t firm : buyers.list()) next_down.push_back(state.next_down(*this, firm));
    for (const std::uint32_t firm : sellers.list()) next_up.push_back(state.next_up(*this, firm));
    Lane step{};
    Lane goes_on{};
    for (std::size_t k = 0; k < lanes; ++k) goes_on[k] = progress[k].goes_on ? 1 : 0;
    // A scenario that has ended is told already, and may lose on; it keeps nobody busy.
    const auto settle_lost = [&](const std::vector<std::uint32_t>& firms, const std::vector<Lane>& next,
                                 std::vector<Lane>& lost_of, std::vector<std::uint32_t>& lost) {
      for (std::size_t i = 0; i < firms.size(); ++i) {
        Lane& now = lost_of[firms[i]];
        double most = 0;
        double most_going_on = 0;
        for (std::size_t k = 0; k < lanes; ++k) {
          const double more = std::max(0.0, next[i][k] - now[k]);
          step[k] = std::max(step[k], more);
          most = std::max(most, more);
          most_going_on = std::max(most_going_on, more * goes_on[k]);
        }
        if (most <= 0) continue;
        if (&lost_of == &state.down && in_market(firms[i])) {
          markets.add(market_of_[firms[i]]);
          Lane& left = state.left[market_of_[firms[i]]];
          for (std::size_t k = 0; k < lanes; ++k) left[k] -= sells_[firms[i]] * std::max(0.0, next[i][k] - now[k]);
        }
        for (std::size_t k = 0; k < lanes; ++k) now[k] = std::max(now[k], next[i][k]);
        touched.add(firms[i]);
        if (most_going_on > 0) lost.push_back(firms[i]);
      }
    };
    settle_lost(buyers.list(), next_down, state.down, lost_down);
    settle_lost(sellers.list(), next_up, state.up, lost_up);
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
      Progress& p = progress[k];
      if (!p.goes_on) continue;
      Result& result = found[k];
      ++result.steps;
      if (step[k] == 0) {
        result.bound = 0;
        end(k);
        continue;
      }
      p.ratios[result.steps % p.ratios.size()] = p.last > 0 ? step[k] / p.last : 1;
      p.last = step[k];
      const double g = *std::max_element(p.ratios.begin(), p.ratios.end());
      result.bound = g < 1 ? std::min(1.0, step[k] * g / (1 - g)) : 1;
      if (result.steps >= p.ratios.size() && step[k] <= limits.tolerance && result.bound <= limits.tolerance) end(k);
    }
  }
  for (std::size_t k = 0; k < scenarios.size(); ++k) results.push_back(std::move(found[k]));
  state.restore(*this);
}

std::vector<Cascade::Result> Cascade::run(std::span<const Scenario> scenarios, const Limits& limits) {
  if (!settled_) settle();
  std::vector<Result> results;
  results.reserve(scenarios.size());
  for (std::size_t begin = 0; begin < scenarios.size(); begin += together) {
    const auto some = scenarios.subspan(begin, std::min(together, scenarios.size() - begin));
    if (some.size() == 1) {
      if (!alone_) alone_ = std::make_unique<State<1>>(*this);
      run_together<1>(*alone_, some, limits, results);
    } else {
      if (!side_by_side_) side_by_side_ = std::make_unique<State<together>>(*this);
      run_together<together>(*side_by_side_, some, limits, results);
    }
  }
  return results;
}

}  // namespace tierscope::core
