// Definitions, section 9.2: the reference tables of the economic systemic risk index, and a dense second computation.

#include "graph/cascade.hpp"

#include <doctest/doctest.h>

#include <map>

#include "random_graph.hpp"

namespace tierscope::core {
namespace {

enum class Role : std::uint8_t { negligible, useful, essential };

/// A network as the paper has it: what i sells to j, types of firms, and what an input is to a producer.
struct Network {
  std::vector<std::vector<double>> sold;
  std::vector<int> type;
  std::map<std::pair<int, int>, Role> role;  // of an input's type to a producer's; else `other`
  Role other = Role::negligible;
  std::vector<double> revenue, costs;  // empty: recorded sales, recorded purchases
  bool markets = false;                // the types

  std::size_t size() const { return sold.size(); }
  double sales(std::size_t i) const { return std::accumulate(sold[i].begin(), sold[i].end(), 0.0); }
  double bought(std::size_t j) const {
    double sum = 0;
    for (const auto& row : sold) sum += row[j];
    return sum;
  }
  Role role_of(std::size_t i, std::size_t j) const {
    const auto found = role.find({type[i], type[j]});
    return found == role.end() ? other : found->second;
  }
  double down(std::size_t i, std::size_t j) const {
    if (sold[i][j] == 0 || role_of(i, j) == Role::negligible) return 0;
    double of_type = 0;
    for (std::size_t l = 0; l < size(); ++l)
      if (type[l] == type[i]) of_type += sold[l][j];
    const double share = role_of(i, j) == Role::essential ? sold[i][j] / of_type : sold[i][j] / bought(j);
    if (costs.empty()) return share;
    return share * bought(j) / (costs[j] == 0 ? 1 : costs[j]);
  }
  double up(std::size_t i, std::size_t j) const {
    const double all = revenue.empty() ? sales(i) : revenue[i] == 0 ? 1 : revenue[i];
    return sold[i][j] == 0 ? 0 : sold[i][j] / all;
  }
};

Cascade cascade_of(const Network& network) {
  Cascade cascade(static_cast<std::uint32_t>(network.size()));
  for (std::uint32_t i = 0; i < network.size(); ++i)
    for (std::uint32_t j = 0; j < network.size(); ++j) {
      if (network.sold[i][j] == 0) continue;
      const auto group = static_cast<std::uint32_t>(j * 100 + static_cast<std::size_t>(network.type[i]));
      if (network.role_of(i, j) != Role::negligible)
        cascade.input(i, j, network.down(i, j), network.role_of(i, j) == Role::essential ? group : Cascade::useful);
      cascade.sale(i, j, network.up(i, j));
    }
  if (network.markets)
    for (int type = 0; type < 10; ++type) {
      std::vector<std::uint32_t> firms;
      std::vector<double> sales;
      for (std::uint32_t i = 0; i < network.size(); ++i)
        if (network.type[i] == type) firms.push_back(i), sales.push_back(network.sales(i));
      if (!firms.empty()) cascade.market(firms, sales);
    }
  return cascade;
}

struct Index {
  double both = 0, down = 0, up = 0;
};

Index index_of(const Network& network, Cascade& cascade, const std::vector<std::pair<std::uint32_t, double>>& remaining,
               const std::vector<double>& weights = {}) {
  const Cascade::Result result = cascade.run(remaining, {1e-12, 1'000'000});
  CHECK(result.converged);
  double all = 0;
  const auto weight = [&](std::size_t i) { return weights.empty() ? network.sales(i) : weights[i]; };
  for (std::size_t i = 0; i < network.size(); ++i) all += weight(i);
  Index index;
  for (std::size_t k = 0; k < result.firms.size(); ++k) {
    const double part = weight(result.firms[k]) / all;
    index.both += part * (1 - std::min(result.down[k], result.up[k]));
    index.down += part * (1 - result.down[k]);
    index.up += part * (1 - result.up[k]);
  }
  return index;
}

void check(const Index& found, const Index& expected) {
  CHECK(found.both == doctest::Approx(expected.both).epsilon(1e-9));
  CHECK(found.down == doctest::Approx(expected.down).epsilon(1e-9));
  CHECK(found.up == doctest::Approx(expected.up).epsilon(1e-9));
}

void check_each(const Network& network, const std::vector<Index>& expected, const std::vector<double>& weights = {}) {
  Cascade cascade = cascade_of(network);
  for (std::uint32_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    check(index_of(network, cascade, {{i, 0.0}}, weights), expected[i]);
  }
}

Network empty_of(std::size_t size) {
  Network network;
  network.sold.assign(size, std::vector<double>(size, 0));
  return network;
}

// mine, part1, part2, serv, final
Network funnel() {
  Network network = empty_of(5);
  network.type = {1, 2, 2, 3, 4};
  network.sold[0][1] = 60;
  network.sold[0][2] = 20;
  network.sold[1][4] = 50;
  network.sold[2][4] = 30;
  network.sold[3][4] = 20;
  network.sold[3][1] = 20;
  network.role = {{{1, 2}, Role::essential}, {{2, 4}, Role::essential}, {{3, 4}, Role::useful}, {{3, 2}, Role::useful}};
  return network;
}

// X, A, B, Y
Network leaking_loop() {
  Network network = empty_of(4);
  network.type = {1, 2, 3, 4};
  network.other = Role::useful;
  network.sold[0][1] = 50;
  network.sold[2][1] = 25;
  network.sold[3][1] = 25;
  network.sold[1][2] = 80;
  network.sold[3][2] = 20;
  network.revenue = {100, 100, 100, 90};
  return network;
}

const std::vector<double> loop_sales{50, 80, 25, 45};

}  // namespace

TEST_CASE("reference EX1, funnel: closed, with revenue, and weighed by it") {
  Network network = funnel();
  check_each(network, {{.8, .8, .4}, {.65, .25, .65}, {.25, .15, .25}, {.2625, .2625, .2}, {1, 0, 1}});
  network.revenue = {100, 50, 30, 80, 500};
  check_each(network, {{.8, .8, .4}, {.54, .25, .54}, {.23, .15, .23}, {.2625, .2625, .2}, {.82, 0, .82}});
  check_each(network,
             {{17.0 / 19, .8947368421, .1315789474},
              {.5822368421, .4769736842, .1710526316},
              {.3125, .2861842105, .0657894737},
              {.2532894737, .2532894737, .1052631579},
              {.9210526316, .6578947368, .9210526316}},
             network.revenue);
}

TEST_CASE("reference EX2, replaceability: the market is the type") {
  Network network = empty_of(6);  // s1, s2, a, b, c, x
  network.type = {1, 1, 2, 2, 2, 3};
  network.sold[0][2] = 30;
  network.sold[0][4] = 10;
  network.sold[1][3] = 50;
  network.sold[2][5] = 20;
  network.sold[3][5] = 40;
  network.sold[4][5] = 5;
  network.role = {{{1, 2}, Role::essential}, {{2, 3}, Role::essential}};
  const Index b{.5806451613, .2580645161, .5806451613};
  const Index c{.0967741935, .0322580645, .0967741935};
  check_each(network, {{13.0 / 31, .4193548387, .2580645161},
                       {.5806451613, .5806451613, .3225806452},
                       {.3225806452, .1290322581, .3225806452},
                       b,
                       c,
                       {1, 0, 1}});
  network.markets = true;
  check_each(network, {{12.0 / 31, .3870967742, .2580645161},
                       {.5806451613, .5806451613, .3225806452},
                       {.3225806452, .1290322581, .3225806452},
                       b,
                       c,
                       {1, 0, 1}});
  // Whatever the unit.
  for (auto& row : network.sold)
    for (double& amount : row) amount /= 100;
  Cascade small = cascade_of(network);
  check(index_of(network, small, {{0, 0.0}}), {12.0 / 31, .3870967742, .2580645161});
}

TEST_CASE("reference EX3, a loop with a leak: one firm, half of it, several, with costs") {
  Network network = leaking_loop();
  check_each(network, {{.5625, .5625, .25}, {.7, .5, .63125}, {.645, .225, .645}, {.4375, .4375, .225}}, loop_sales);
  Cascade cascade = cascade_of(network);
  check(index_of(network, cascade, {{0, .5}}, loop_sales), {.28125, .28125, .125});
  check(index_of(network, cascade, {{1, .8}, {3, .9}}, loop_sales), {.15, .125, .13375});
  network.costs = {0, 200, 100, 0};
  check_each(network,
             {{.3888888889, .3888888889, .25}, {.7, .5, .63125}, {.645, .175, .645}, {.3333333333, .3333333333, .225}},
             loop_sales);
}

TEST_CASE("reference EX4, a negligible input counts among all that is bought") {
  Network network = empty_of(5);  // n, l, e, f, g
  network.type = {1, 2, 3, 4, 5};
  network.sold[0][3] = 50;
  network.sold[1][3] = 25;
  network.sold[2][3] = 25;
  network.sold[3][4] = 100;
  network.role = {{{2, 4}, Role::useful}, {{3, 4}, Role::essential}, {{4, 5}, Role::essential}};
  check_each(network, {{.25, .25, .25}, {.25, .25, .125}, {.625, .625, .125}, {1, .5, 1}, {1, 0, 1}});
}

namespace {

Network random_network(Dice& dice) {
  Network network = empty_of(2 + dice.below(12));
  const std::size_t size = network.size();
  for (std::size_t i = 0; i < size; ++i) network.type.push_back(static_cast<int>(1 + dice.below(4)));
  for (std::size_t k = dice.below(4 * size); k > 0; --k) {
    const std::size_t i = dice.below(size);
    const std::size_t j = dice.below(size);
    if (i != j) network.sold[i][j] = static_cast<double>(1 + dice.below(100));
  }
  network.sold[0][1] = 50;
  for (int k = 1; k < 5; ++k)
    for (int l = 1; l < 5; ++l) network.role[{k, l}] = static_cast<Role>(dice.below(3));
  network.markets = dice.percent(50);
  // A part of all revenue is nobody's: near-closed loops take long, and end all the same.
  for (std::size_t i = 0; i < size; ++i) network.revenue.push_back(network.sales(i) * (1.05 + dice.fraction()));
  return network;
}

/// By the definition, all firms at once, until nothing changes.
std::vector<std::array<double, 2>> dense(const Network& network, const std::vector<double>& remaining) {
  const std::size_t size = network.size();
  std::vector<double> down = remaining;
  std::vector<double> up = remaining;
  for (int step = 0; step < 20'000; ++step) {
    std::vector<double> next_down(size), next_up(size);
    std::vector<double> sigma(size, 1);
    if (network.markets)
      for (std::size_t i = 0; i < size; ++i) {
        double left = 0, all = 0;
        for (std::size_t l = 0; l < size; ++l)
          if (network.type[l] == network.type[i]) left += network.sales(l) * down[l], all += network.sales(l);
        if (left > 1e-12 * all) sigma[i] = std::min(1.0, network.sales(i) / left);
      }
    for (std::size_t j = 0; j < size; ++j) {
      double least = remaining[j], together = 0;
      std::map<int, double> of_type;
      for (std::size_t i = 0; i < size; ++i) {
        const double loss = sigma[i] * network.down(i, j) * (1 - down[i]);
        if (network.sold[i][j] == 0) continue;
        if (network.role_of(i, j) == Role::essential) of_type[network.type[i]] += loss;
        if (network.role_of(i, j) == Role::useful) together += loss;
      }
      for (const auto& [type, loss] : of_type) least = std::min(least, 1 - loss);
      next_down[j] = std::max(0.0, std::min(least, 1 - together));
      double loss = 0;
      for (std::size_t c = 0; c < size; ++c) loss += network.up(j, c) * (1 - up[c]);
      next_up[j] = std::max(0.0, std::min(remaining[j], 1 - loss));
    }
    if (next_down == down && next_up == up) break;
    down = next_down;
    up = next_up;
  }
  std::vector<std::array<double, 2>> left;
  for (std::size_t i = 0; i < size; ++i) left.push_back({down[i], up[i]});
  return left;
}

}  // namespace

TEST_CASE("the cascade agrees with a dense computation, with roles, markets and several shocks") {
  Dice dice(21);
  for (int i = 0; i < 300; ++i) {
    const Network network = random_network(dice);
    Cascade cascade = cascade_of(network);
    for (int k = 0; k < 3; ++k) {
      std::vector<double> remaining(network.size(), 1);
      std::vector<std::pair<std::uint32_t, double>> shocks;
      for (std::uint32_t firm = 0; firm < network.size(); ++firm)
        if (dice.percent(25)) {
          remaining[firm] = static_cast<double>(dice.below(4)) / 4;
          shocks.emplace_back(firm, remaining[firm]);
        }
      const Cascade::Result result = cascade.run(shocks, {1e-12, 100'000});
      const auto expected = dense(network, remaining);
      std::vector<std::array<double, 2>> left(network.size(), {1, 1});
      for (std::size_t f = 0; f < result.firms.size(); ++f) left[result.firms[f]] = {result.down[f], result.up[f]};
      CAPTURE(i);
      CHECK(result.converged);
      for (std::size_t f = 0; f < network.size(); ++f) {
        CHECK(left[f][0] == doctest::Approx(expected[f][0]).epsilon(1e-9));
        CHECK(left[f][1] == doctest::Approx(expected[f][1]).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("cascades side by side have the results that each has alone, to the last bit, in any company") {
  Dice dice(23);
  for (int i = 0; i < 200; ++i) {
    const Network network = random_network(dice);
    Cascade cascade = cascade_of(network);
    std::vector<Cascade::Scenario> scenarios;
    for (std::size_t k = dice.below(20) + 1; k > 0; --k) {
      Cascade::Scenario& scenario = scenarios.emplace_back();
      for (std::uint32_t firm = 0; firm < network.size(); ++firm)
        if (dice.percent(25)) scenario.emplace_back(firm, static_cast<double>(dice.below(4)) / 4);
    }
    const Cascade::Limits limits{1e-12, dice.percent(80) ? 100'000U : 3U};
    const std::vector<Cascade::Result> results = cascade.run(scenarios, limits);
    REQUIRE(results.size() == scenarios.size());
    for (std::size_t k = 0; k < scenarios.size(); ++k) {
      const Cascade::Result alone = cascade.run(scenarios[k], limits);
      CAPTURE(i);
      CAPTURE(k);
      CHECK(results[k].firms == alone.firms);
      CHECK(results[k].down == alone.down);
      CHECK(results[k].up == alone.up);
      CHECK(results[k].steps == alone.steps);
      CHECK(results[k].converged == alone.converged);
      CHECK(results[k].bound == alone.bound);
      CHECK(std::is_sorted(alone.firms.begin(), alone.firms.end()));
    }
  }
}

TEST_CASE("essential inputs hurt most, nothing shocked loses nothing, and all shocked lose all") {
  Dice dice(22);
  for (int i = 0; i < 100; ++i) {
    Network mixed = random_network(dice);
    Network essential = mixed;
    essential.role.clear();
    essential.other = Role::essential;
    Network linear = essential;
    linear.other = Role::useful;
    Cascade of_mixed = cascade_of(mixed), of_essential = cascade_of(essential), of_linear = cascade_of(linear);
    for (std::uint32_t firm = 0; firm < mixed.size(); ++firm) {
      const Index most = index_of(mixed, of_essential, {{firm, 0.0}});
      CHECK(index_of(mixed, of_mixed, {{firm, 0.0}}).both <= most.both + 1e-9);
      CHECK(index_of(mixed, of_linear, {{firm, 0.0}}).both <= most.both + 1e-9);
      CHECK(index_of(mixed, of_mixed, {{firm, .5}}).both <= index_of(mixed, of_mixed, {{firm, .25}}).both + 1e-9);
    }
    CHECK(of_mixed.run({}).firms.empty());
    std::vector<std::pair<std::uint32_t, double>> all;
    for (std::uint32_t firm = 0; firm < mixed.size(); ++firm) all.emplace_back(firm, 0.0);
    for (const double left : of_mixed.run(all).down) CHECK(left == 0);
  }
}

// a sells .1 % to c and the rest to b, b all to a: without c, each loses all in the end, by a thousandth less a round.
TEST_CASE("a loop that hardly leaks is not converged at its limit, and the bound says so") {
  Cascade cascade(3);
  cascade.sale(0, 1, .999);
  cascade.sale(0, 2, .001);
  cascade.sale(1, 0, 1);
  const std::vector<std::pair<std::uint32_t, double>> shock{{2, 0.0}};
  const Cascade::Result stopped = cascade.run(shock, {1e-9, 100});
  CHECK_FALSE(stopped.converged);
  CHECK(stopped.steps == 100);
  REQUIRE(stopped.firms.size() == 3);
  CHECK(stopped.up[1] > .9);
  CHECK(stopped.up[1] - stopped.bound <= 0);
  const Cascade::Result whole = cascade.run(shock, {1e-9, 1'000'000});
  CHECK(whole.converged);
  for (const double left : whole.up) CHECK(left <= 1e-6);
}

}  // namespace tierscope::core
