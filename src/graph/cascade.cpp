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
  own_.assign(firms_, 1);
  down_.assign(firms_, 1);
  up_.assign(firms_, 1);
  left_ = market_sales_;
  settled_ = true;
}

// Whoever has a small part of what is left of its market is easily replaced; where nothing is left, nobody is.
double Cascade::substitution(std::uint32_t firm) const {
  if (market_of_.empty() || market_of_[firm] == no_market) return 1;
  const std::uint32_t market = market_of_[firm];
  if (left_[market] <= nothing * market_sales_[market]) return 1;
  return std::min(1.0, sells_[firm] / left_[market]);
}

double Cascade::next_down(std::uint32_t firm) const {
  double least = own_[firm];
  double together = 0;
  double of_type = 0;
  std::uint32_t group = useful;
  const auto end_type = [&] { least = std::min(least, 1 - of_type); };
  for (std::size_t i = first_input_[firm]; i < first_input_[firm + 1]; ++i) {
    const Arc& arc = inputs_[i];
    const double loss = substitution(arc.from) * arc.share * (1 - down_[arc.from]);
    if (arc.group == useful) {
      together += loss;
      continue;
    }
    if (arc.group != group) {
      end_type();
      of_type = 0;
      group = arc.group;
    }
    of_type += loss;
  }
  end_type();
  return std::max(0.0, std::min(least, 1 - together));
}

double Cascade::next_up(std::uint32_t firm) const {
  double loss = 0;
  for (std::size_t i = first_sale_[firm]; i < first_sale_[firm + 1]; ++i)
    loss += sales_[i].share * (1 - up_[sales_[i].to]);
  return std::max(0.0, std::min(own_[firm], 1 - loss));
}

Cascade::Result Cascade::run(std::span<const std::pair<std::uint32_t, double>> remaining, const Limits& limits) {
  if (!settled_) settle();
  Result result;
  Once touched(firms_), buyers(firms_), sellers(firms_), markets(static_cast<std::uint32_t>(members_.size()));
  std::vector<std::uint32_t> lost_down, lost_up;  // in the last step
  std::vector<double> before_down, before_up;
  const auto lower = [&](std::uint32_t firm, double to) {
    if (!market_of_.empty() && market_of_[firm] != no_market) {
      left_[market_of_[firm]] -= sells_[firm] * (down_[firm] - to);
      markets.add(market_of_[firm]);
    }
    down_[firm] = to;
  };
  for (const auto& [firm, rest] : remaining) {
    own_[firm] = rest;
    lower(firm, rest);
    up_[firm] = rest;
    touched.add(firm);
    lost_down.push_back(firm);
    lost_up.push_back(firm);
  }
  std::array<double, 8> ratios{};
  double last = 0;
  while (!lost_down.empty() || !lost_up.empty()) {
    if (result.steps == limits.most_steps) {
      result.converged = false;
      break;
    }
    buyers.clear();
    sellers.clear();
    for (const std::uint32_t firm : lost_down)
      for (const std::uint32_t to : buyers_of_.of(firm)) buyers.add(to);
    // Where a market has lost something, each that has lost counts for more.
    for (const std::uint32_t market : markets.list())
      for (const std::uint32_t firm : members_[market])
        if (down_[firm] < 1)
          for (const std::uint32_t to : buyers_of_.of(firm)) buyers.add(to);
    for (const std::uint32_t firm : lost_up)
      for (const std::uint32_t from : sellers_to_.of(firm)) sellers.add(from);
    markets.clear();
    lost_down.clear();
    lost_up.clear();
    double step = 0;
    before_down.clear();
    before_up.clear();
    for (const std::uint32_t firm : buyers.list()) before_down.push_back(next_down(firm));
    for (const std::uint32_t firm : sellers.list()) before_up.push_back(next_up(firm));
    for (std::size_t i = 0; i < before_down.size(); ++i) {
      const std::uint32_t firm = buyers.list()[i];
      const double loss = down_[firm] - before_down[i];
      if (!(loss > 0)) continue;
      step = std::max(step, loss);
      lower(firm, before_down[i]);
      touched.add(firm);
      lost_down.push_back(firm);
    }
    for (std::size_t i = 0; i < before_up.size(); ++i) {
      const std::uint32_t firm = sellers.list()[i];
      const double loss = up_[firm] - before_up[i];
      if (!(loss > 0)) continue;
      step = std::max(step, loss);
      up_[firm] = before_up[i];
      touched.add(firm);
      lost_up.push_back(firm);
    }
    ++result.steps;
    if (step == 0) break;
    ratios[result.steps % ratios.size()] = last > 0 ? step / last : 1;
    last = step;
    const double g = *std::max_element(ratios.begin(), ratios.end());
    result.bound = g < 1 ? std::min(1.0, step * g / (1 - g)) : 1;
    if (result.steps >= ratios.size() && step <= limits.tolerance && result.bound <= limits.tolerance) break;
  }
  if (lost_down.empty() && lost_up.empty()) result.bound = 0;
  result.firms = touched.list();
  for (const std::uint32_t firm : result.firms) {
    result.down.push_back(down_[firm]);
    result.up.push_back(up_[firm]);
    own_[firm] = down_[firm] = up_[firm] = 1;
    if (!market_of_.empty() && market_of_[firm] != no_market) left_[market_of_[firm]] = market_sales_[market_of_[firm]];
  }
  return result;
}

}  // namespace tierscope::core
