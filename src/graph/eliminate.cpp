#include "graph/eliminate.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace tierscope::core {

Elimination::Elimination(std::size_t states, std::size_t lanes)
    : lanes_(lanes),
      rows_(states),
      columns_(states),
      entering_(states, 0),
      leaving_(states, 0),
      values_(states * lanes, 0),
      gone_(states, false),
      place_(states, 0) {}

void Elimination::step(std::uint32_t from, std::uint32_t to, double weight) {
  rows_[from].push_back({to, weight});
  columns_[to].push_back(from);
  ++entering_[to];
  ++entries_;
}

double Elimination::outflow(std::uint32_t state) const {
  double sum = leaving_[state];
  for (const Entry& entry : rows_[state]) sum += entry.weight;
  return sum;
}

bool Elimination::solve(std::size_t most_work, std::size_t most_entries) {
  // By cost as it was when it was pushed; who has changed since is pushed again.
  using Candidate = std::pair<std::size_t, std::uint32_t>;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> next;
  for (std::uint32_t v = 0; v < rows_.size(); ++v) next.emplace(cost(v), v);
  std::vector<std::uint32_t> order;
  order.reserve(rows_.size());
  while (!next.empty()) {
    const auto [then, v] = next.top();
    next.pop();
    if (gone_[v]) continue;
    if (const std::size_t now = cost(v); now > then) {
      next.emplace(now, v);
      continue;
    }
    work_ += cost(v);
    if (work_ > most_work || entries_ > most_entries) return false;
    eliminate(v);
    order.push_back(v);
    for (const Entry& entry : rows_[v]) next.emplace(cost(entry.to), entry.to);
  }
  std::reverse(order.begin(), order.end());
  for (const std::uint32_t v : order) {
    const double out = outflow(v);
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      double sum = right(v, lane);
      for (const Entry& entry : rows_[v]) sum += entry.weight * x(entry.to, lane);
      right(v, lane) = sum / out;
    }
  }
  return true;
}

void Elimination::eliminate(std::uint32_t state) {
  gone_[state] = true;
  for (const Entry& entry : rows_[state]) --entering_[entry.to];
  const double out = outflow(state);
  for (const std::uint32_t into : columns_[state])
    if (!gone_[into]) add_row(into, state, 1 / out);
  std::vector<std::uint32_t>().swap(columns_[state]);
}

void Elimination::add_row(std::uint32_t into, std::uint32_t state, double times) {
  std::vector<Entry>& row = rows_[into];
  work_ += row.size();
  for (std::uint32_t i = 0; i < row.size(); ++i) place_[row[i].to] = i + 1;
  const double share = row[place_[state] - 1].weight * times;
  row[place_[state] - 1] = row.back();
  place_[row.back().to] = place_[state];
  place_[state] = 0;
  row.pop_back();
  --entries_;
  for (const Entry& entry : rows_[state]) {
    if (entry.to == into) continue;  // to itself: what goes elsewhere says the same
    if (place_[entry.to] != 0) {
      row[place_[entry.to] - 1].weight += share * entry.weight;
      continue;
    }
    row.push_back({entry.to, share * entry.weight});
    place_[entry.to] = static_cast<std::uint32_t>(row.size());
    columns_[entry.to].push_back(into);
    ++entering_[entry.to];
    ++entries_;
  }
  for (const Entry& entry : row) place_[entry.to] = 0;
  leaving_[into] += share * leaving_[state];
  for (std::size_t lane = 0; lane < lanes_; ++lane) right(into, lane) += share * right(state, lane);
}

}  // namespace tierscope::core
