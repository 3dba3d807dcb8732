// Second implementations, as plain as can be, against which the clever ones are held.

#include <doctest/doctest.h>

#include <fstream>
#include <numeric>
#include <sstream>

#include "ask/exposure/chains.hpp"
#include "graph/absorb.hpp"
#include "graph/elementary.hpp"
#include "model/revenue_share.hpp"
#include "random_graph.hpp"

namespace tierscope::core {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
using Loop = std::vector<std::uint32_t>;

// ---- cycles

std::map<std::size_t, std::size_t> count_by_length(const Digraph& graph, std::size_t bound) {
  std::map<std::size_t, std::size_t> count;
  CHECK(elementary_cycles(graph, bound, [&](std::span<const std::uint32_t> loop) {
    ++count[loop.size()];
    return true;
  }));
  return count;
}

Digraph complete(std::uint32_t size) {
  Pairs pairs;
  for (std::uint32_t u = 0; u < size; ++u)
    for (std::uint32_t v = 0; v < size; ++v) pairs.emplace_back(u, v);
  return digraph_of(size, pairs);
}

Digraph oracle_graph(const std::string& name) {
  if (name == "K10") return complete(10);
  std::ifstream file(std::string(TIERSCOPE_SOURCE_DIR) + "/tests/oracle/" + name + ".edges");
  REQUIRE(file);
  Pairs pairs;
  std::uint32_t size = 0;
  for (std::uint32_t u = 0, v = 0; file >> u >> v;) {
    pairs.emplace_back(u, v);
    size = std::max({size, u + 1, v + 1});
  }
  return digraph_of(size, pairs);
}

// Every simple path from the loop's first vertex over greater ones, without any pruning.
void naive_cycles(const std::vector<std::vector<bool>>& edge, std::size_t bound, Loop& path, std::set<Loop>& found) {
  if (edge[path.back()][path.front()] && path.size() > 1) found.insert(path);
  if (path.size() == bound) return;
  for (std::uint32_t v = path.front() + 1; v < edge.size(); ++v) {
    if (!edge[path.back()][v] || std::find(path.begin(), path.end(), v) != path.end()) continue;
    path.push_back(v);
    naive_cycles(edge, bound, path, found);
    path.pop_back();
  }
}

// Joints 0..t, and two ways from each joint to the next; the last joint leads to the first.
Pairs ring_of_diamonds(std::uint32_t t) {
  Pairs pairs;
  for (std::uint32_t i = 0; i < t; ++i) {
    for (const std::uint32_t side : {t + 1 + 2 * i, t + 2 + 2 * i}) {
      pairs.emplace_back(i, side);
      pairs.emplace_back(side, i + 1);
    }
  }
  pairs.emplace_back(t, 0);
  return pairs;
}

std::size_t visits(const Digraph& graph, std::size_t bound, std::size_t stop_after = SIZE_MAX) {
  std::size_t count = 0;
  elementary_cycles(graph, bound, [&](std::span<const std::uint32_t>) { return ++count < stop_after; });
  return count;
}

Pairs chain_of(std::uint32_t size) {
  Pairs pairs;
  for (std::uint32_t v = 0; v + 1 < size; ++v) pairs.emplace_back(v, v + 1);
  return pairs;
}

// ---- absorption

// Absorbed by the target, the first and the second leak.
std::vector<std::array<double, 3>> iterated(const AbsorbingSystem& system, std::uint32_t target) {
  std::vector<std::array<double, 3>> x(system.states(), {0, 0, 0});
  for (double change = 1; change > 1e-15;) {
    change = 0;
    auto next = x;
    for (std::size_t v = 0; v < x.size(); ++v) {
      next[v] = {0, system.leak[v][0], system.leak[v][1]};
      for (std::size_t i = system.first[v]; i < system.first[v + 1]; ++i)
        for (std::size_t k = 0; k < 3; ++k) next[v][k] += system.weight[i] * x[system.to[i]][k];
      if (v == target) next[v] = {1, 0, 0};
      for (std::size_t k = 0; k < 3; ++k) change = std::max(change, std::abs(next[v][k] - x[v][k]));
    }
    x = std::move(next);
  }
  return x;
}

struct RandomSystem {
  std::size_t count = 0;          // states; the last one is the target
  std::size_t closed = SIZE_MAX;  // from here on, all but the target keep everything among themselves
  double damping = 1;             // what is lost goes to the next state
};

AbsorbingSystem random_system(Dice& dice, const RandomSystem& wanted) {
  AbsorbingSystem system;
  const std::size_t closed = std::min(wanted.closed, wanted.count - 1);
  for (std::size_t v = 0; v + 1 < wanted.count; ++v) {
    std::vector<double> chances(1 + dice.below(5));
    for (double& chance : chances) chance = dice.fraction() + .01;
    const double sum = std::accumulate(chances.begin(), chances.end(), 0.0);
    const bool leaks = v < closed && dice.percent(70);
    const double kept = wanted.damping * (leaks ? .9 * dice.fraction() : 1);
    const std::array leak{dice.fraction(), dice.fraction(), dice.fraction() + .1};
    const double lost = leaks ? (wanted.damping - kept) / (leak[0] + leak[1] + leak[2]) : 0;
    for (const double chance : chances) {
      const std::size_t to = v < closed ? dice.below(wanted.count - 1) : closed + dice.below(wanted.count - 1 - closed);
      system.step(static_cast<std::uint32_t>(to), chance / sum * kept);
    }
    if (lost > 0) system.step(static_cast<std::uint32_t>(wanted.count - 1), lost * leak[0]);
    if (wanted.damping < 1) system.step(static_cast<std::uint32_t>((v + 1) % (wanted.count - 1)), 1 - wanted.damping);
    system.end_row(lost * leak[1], lost * leak[2]);
  }
  system.end_row(.5, 0);  // what the target does itself makes no difference
  return system;
}

double largest_error(const Absorption& solved, const std::vector<std::array<double, 3>>& expected) {
  double error = 0;
  for (std::size_t v = 0; v < expected.size(); ++v)
    for (std::size_t k = 0; k < 3; ++k) {
      const double difference = std::abs(solved.x[v][k] - expected[v][k]);
      if (!(difference <= error)) error = difference;  // also where it is not a number
      if (std::isnan(error)) return error;
    }
  return error;
}

// ---- models

Model viewed(const Draw& draw, StatusSet statuses) {
  ViewParams params = make_view(Dice(draw.seed));
  params.statuses = statuses;
  return view(load(make_tables(draw)), params);
}

Model active(const Draw& draw) { return viewed(draw, StatusSet::of(Status::active)); }

Model model_of(std::size_t companies, const std::vector<Relation>& relations, Dice dice = Dice(0),
               std::size_t aggregates = 0) {
  Parts parts;
  for (std::size_t i = 0; i < companies; ++i) {
    Company company;
    company.id = company.name = parts.pool->intern("c" + std::to_string(i));
    company.aggregate = dice.percent(aggregates);
    parts.companies.push_back(company);
  }
  parts.files = {"test"};
  parts.relations = relations;
  return Model(std::move(parts));
}

Relation sale(CompanyIndex from, CompanyIndex to, double share) {
  Relation relation;
  relation.from = from;
  relation.to = to;
  relation.revenue_share = exactly(share);
  return relation;
}

// w(s,c) by definition: low and high summed over the relations that report; nothing where none does.
std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> weights(const Model& model) {
  std::map<std::pair<CompanyIndex, CompanyIndex>, std::optional<std::pair<double, double>>> w;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind != Kind::supplies) continue;
    auto& link = w[{r.from, r.to}];
    double low = 0;
    double high = 0;
    if (r.restates) continue;
    if (r.revenue_share) {
      low = r.revenue_share.low;
      high = r.revenue_share.high;
    } else {
      const Company& supplier = model.company(r.from);
      if (r.basis != Basis::annual || !r.value || !supplier.revenue || !(r.value.currency == supplier.revenue.currency))
        continue;
      if (!r.as_of || year_of_period(model.text(supplier.revenue_period)) != r.as_of.year) continue;
      low = r.value.low / supplier.revenue.high;
      high = std::min(1.0, r.value.high / supplier.revenue.low);
    }
    if (!link) link = {0, 0};
    link->first += low;
    link->second = std::min(1.0, link->second + high);
  }
  return w;
}

using Matrix = std::vector<std::vector<double>>;

Matrix squared(const Matrix& a) {
  Matrix product(a.size(), std::vector<double>(a.size(), 0));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a.size(); ++k)
      if (a[i][k] != 0)
        for (std::size_t j = 0; j < a.size(); ++j) product[i][j] += a[i][k] * a[k][j];
  return product;
}

// Where one unit of each company's revenue ends: at the target, other, unattributed; by squaring the chain's matrix
// until after 2^60 steps nothing moves that ever will.
std::vector<std::array<double, 3>> followed(const Model& model, CompanyIndex target) {
  const auto w = weights(model);
  const std::size_t count = model.company_count();
  Matrix step(count + 3, std::vector<double>(count + 3, 0));
  std::set<CompanyIndex> sellers;
  for (const auto& [link, share] : w) sellers.insert(link.first);
  for (std::size_t end = count; end < count + 3; ++end) step[end][end] = 1;
  for (CompanyIndex s = 0; s < count; ++s) {
    if (s == target) {
      step[s][count] = 1;
      continue;
    }
    if (!sellers.contains(s)) {
      step[s][count + 1] = 1;
      continue;
    }
    double rest = 1;
    for (const auto& [link, share] : w) {
      if (link.first != s || !share) continue;
      rest -= share->first;
      std::size_t to = link.second;
      // No path leads through an aggregate.
      if (to != target && model.company(link.second).aggregate) to = count + (sellers.contains(link.second) ? 2 : 1);
      step[s][to] += share->first;
    }
    if (rest > 1e-9) step[s][count + 2] += rest;
  }
  for (int i = 0; i < 60; ++i) step = squared(step);
  std::vector<std::array<double, 3>> ends;
  for (CompanyIndex s = 0; s < count; ++s) ends.push_back({step[s][count], step[s][count + 1], step[s][count + 2]});
  return ends;
}

// All simple chains with a positive share, no aggregate between, in the order that is promised.
void naive_chains(const Model& model, const std::vector<std::vector<double>>& w, Chain& chain, CompanyIndex target,
                  std::vector<Chain>& found) {
  const CompanyIndex last = chain.companies.back();
  if (last == target) {
    found.push_back(chain);
    return;
  }
  if (chain.companies.size() > 1 && model.company(last).aggregate) return;
  for (CompanyIndex v = 0; v < w.size(); ++v) {
    if (w[last][v] <= 0 || std::find(chain.companies.begin(), chain.companies.end(), v) != chain.companies.end())
      continue;
    const double share = chain.share;
    chain.companies.push_back(v);
    chain.share = share * w[last][v];
    naive_chains(model, w, chain, target, found);
    chain.companies.pop_back();
    chain.share = share;
  }
}

std::vector<Chain> naive_chains(const Model& model, CompanyIndex supplier, CompanyIndex target) {
  std::vector<std::vector<double>> w(model.company_count(), std::vector<double>(model.company_count(), 0));
  for (const auto& [link, share] : weights(model))
    if (share) w[link.first][link.second] = share->first;
  std::vector<Chain> found;
  Chain chain{{supplier}, 1};
  if (supplier != target) naive_chains(model, w, chain, target, found);
  std::stable_sort(found.begin(), found.end(), [](const Chain& a, const Chain& b) { return a.share > b.share; });
  return found;
}

// Up to three links a company, often of equal share, some companies aggregates.
Model random_sales(Dice& dice, std::size_t count) {
  std::vector<Relation> relations;
  std::vector<double> left(count, 1);
  const bool rounded = dice.percent(40);
  for (std::size_t link = dice.below(3 * count); link > 0; --link) {
    const auto from = static_cast<CompanyIndex>(dice.below(count));
    const double share = rounded ? .25 : left[from] * dice.fraction();
    if (share > left[from]) continue;
    left[from] -= share;
    relations.push_back(sale(from, static_cast<CompanyIndex>(dice.below(count)), share));
  }
  return model_of(count, relations, Dice(dice.next()), 10);
}

}  // namespace

TEST_CASE("elementary_cycles finds as many cycles of each length as the oracle" * doctest::test_suite("long")) {
  std::ifstream file(std::string(TIERSCOPE_SOURCE_DIR) + "/tests/oracle/cycle-counts.tsv");
  REQUIRE(file);
  std::string line;
  std::getline(file, line);
  std::size_t graphs = 0;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name;
    std::string bound;
    std::string counts;
    std::getline(fields, name, '\t');
    std::getline(fields, bound, '\t');
    std::getline(fields, counts, '\t');
    CAPTURE(name);
    std::map<std::size_t, std::size_t> expected;
    std::size_t total = 0;
    std::istringstream list(counts);
    for (std::string entry; list >> entry;) {
      const std::size_t colon = entry.find(':');
      total += expected[std::stoul(entry.substr(0, colon))] = std::stoul(entry.substr(colon + 1));
    }
    std::size_t total_given = 0;
    fields >> total_given;
    CHECK(total == total_given);
    CHECK(count_by_length(oracle_graph(name), bound == "inf" ? 0 : std::stoul(bound)) == expected);
    ++graphs;
  }
  CHECK(graphs == 7);
}

TEST_CASE("elementary_cycles visits what a plain recursion finds, once, from the smallest vertex on, at every bound") {
  Dice dice(1);
  std::size_t cycles = 0;
  for (int i = 0; i < 400; ++i) {
    const auto size = static_cast<std::uint32_t>(1 + dice.below(i % 10 == 0 ? 9 : 8));
    const std::size_t density = i % 10 == 0 ? 30 : 5 + dice.below(60);
    Pairs pairs;
    std::vector<std::vector<bool>> edge(size, std::vector<bool>(size, false));
    for (std::uint32_t u = 0; u < size; ++u)
      for (std::uint32_t v = 0; v < size; ++v)
        if (dice.percent(density)) {
          pairs.insert(pairs.end(), 1 + dice.below(2), {u, v});  // repeated edges and self-loops do not count
          edge[u][v] = true;
        }
    dice.shuffle(pairs);
    const Digraph graph = digraph_of(size, pairs);
    CAPTURE(i);
    for (std::size_t bound = 0; bound <= size + 1; ++bound) {
      CAPTURE(bound);
      std::set<Loop> expected;
      for (std::uint32_t v = 0; v < size; ++v) {
        Loop path{v};
        naive_cycles(edge, bound == 0 ? size : bound, path, expected);
      }
      std::set<Loop> found;
      bool once = true;
      bool complete = elementary_cycles(graph, bound, [&](std::span<const std::uint32_t> loop) {
        once &= found.insert(Loop(loop.begin(), loop.end())).second;
        return true;
      });
      CHECK(complete);
      CHECK(once);
      CHECK(found == expected);
      cycles += found.size();
      if (expected.empty()) continue;
      const std::size_t stop = 1 + dice.below(expected.size());
      std::size_t seen = 0;
      complete = elementary_cycles(graph, bound, [&](std::span<const std::uint32_t>) { return ++seen < stop; });
      CHECK_FALSE(complete);
      CHECK(seen == stop);
    }
  }
  CHECK(cycles > 50'000);
}

TEST_CASE("a bound below the shortest cycle of a ring of diamonds visits nothing, at once") {
  for (const std::uint32_t t : {1U, 2U, 10U}) {
    const Digraph ring = digraph_of(3 * t + 1, ring_of_diamonds(t));
    CHECK(count_by_length(ring, 0) == std::map<std::size_t, std::size_t>{{2 * t + 1, std::size_t{1} << t}});
    CHECK(visits(ring, 2 * t + 1) == std::size_t{1} << t);
    CHECK(visits(ring, 2 * t) == 0);
  }
  for (const std::uint32_t t : {30U, 1000U}) {
    const Digraph ring = digraph_of(3 * t + 1, ring_of_diamonds(t));
    CHECK(visits(ring, 2 * t) == 0);
    CHECK(visits(ring, 2 * t + 1, 5) == 5);
    CHECK(visits(ring, 0, 5) == 5);
  }
}

TEST_CASE("diamonds that lead back to the path alone are not tried in every combination") {
  // Vertex 0 and 1 pay each other; from 1 on, a ring of diamonds comes back to 1: nothing of it closes at 0.
  constexpr std::uint32_t t = 40;
  Pairs pairs{{0, 1}, {1, 0}};
  for (const auto& [u, v] : ring_of_diamonds(t)) pairs.emplace_back(u + 1, v + 1);
  const Digraph graph = digraph_of(3 * t + 2, pairs);
  CHECK(visits(graph, 2 * t) == 1);
  CHECK(visits(graph, 2 * t + 1, 5) == 5);
  CHECK(visits(graph, 0, 5) == 5);
}

TEST_CASE("a chain and a ring of a million vertices are searched without recursion" * doctest::test_suite("long")) {
  constexpr std::uint32_t size = 1'000'000;
  Pairs pairs = chain_of(size);
  const Digraph chain = digraph_of(size, pairs);
  CHECK(visits(chain, 0) == 0);
  pairs.emplace_back(size - 1, 0);
  const Digraph ring = digraph_of(size, std::move(pairs));
  CHECK(visits(ring, 0) == 1);
  CHECK(visits(ring, size - 1) == 0);
}

TEST_CASE("absorption agrees with plain iteration from zero") {
  Dice dice(2);
  for (int i = 0; i < 300; ++i) {
    RandomSystem wanted;
    wanted.count = 3 + dice.below(40);
    if (dice.percent(50)) wanted.closed = std::max<std::size_t>(1, wanted.count - 1 - dice.below(6));
    const AbsorbingSystem system = random_system(dice, wanted);
    const auto target = static_cast<std::uint32_t>(wanted.count - 1);
    const Absorption solved = Absorber(system).solve(target);
    CAPTURE(i);
    CHECK(solved.converged);
    CHECK(largest_error(solved, iterated(system, target)) < 1e-9);
    for (std::size_t v = wanted.closed; v < target; ++v) CHECK(solved.x[v] == std::array{0.0, 0.0, 0.0, 1.0});
    for (const auto& x : solved.x) CHECK(x[0] + x[1] + x[2] + x[3] == doctest::Approx(1));
  }
}

TEST_CASE("many targets are absorbed as each alone, also where only they end a loop" * doctest::test_suite("long")) {
  Dice dice(7);
  for (int i = 0; i < 24; ++i) {
    RandomSystem wanted;
    wanted.count = i % 4 == 0 ? 10'000 + dice.below(2'000) : 5 + dice.below(40);  // large enough to be shared
    if (dice.percent(60)) wanted.closed = std::max<std::size_t>(1, wanted.count - 1 - dice.below(6));
    const AbsorbingSystem system = random_system(dice, wanted);
    const Absorber absorber(system);
    std::vector<std::uint32_t> targets;
    const std::size_t asked = 2 + dice.below(40);
    while (targets.size() < asked) targets.push_back(static_cast<std::uint32_t>(dice.below(wanted.count)));
    std::size_t next = 0;
    absorber.solve(targets, [&](std::size_t k, const Absorption& solved) {
      CAPTURE(i);
      CHECK(k == next++);
      CHECK(solved.converged);
      // Plain iteration takes a second for a large system; each is held to the same target alone.
      if (wanted.count < 10'000 || k < 2) CHECK(largest_error(solved, iterated(system, targets[k])) < 1e-9);
      const Absorption alone = absorber.solve(targets[k]);
      double difference = 0;
      for (std::size_t v = 0; v < solved.x.size(); ++v)
        for (std::size_t part = 0; part < 4; ++part)
          difference = std::max(difference, std::abs(solved.x[v][part] - alone.x[v][part]));
      CHECK(difference < 1e-9);
    });
    CHECK(next == targets.size());
  }
}

TEST_CASE("absorption agrees with plain iteration on a component too large for LU") {
  Dice dice(3);
  const AbsorbingSystem system = random_system(dice, {1'500, SIZE_MAX, .9});
  const Absorption solved = Absorber(system).solve(1'499);
  CHECK(solved.converged);
  CHECK(solved.error <= 1e-10);
  CHECK(largest_error(solved, iterated(system, 1'499)) < 1e-9);
}

// Two thousand companies in a ring that sell all but one millionth to the next: after n steps (1 - 1e-6)^n is still
// under way, so sweeps alone, which solve a ring once around each, take some 10,000 of them.
TEST_CASE("a large loop that hardly leaks converges, or says how far it is off" * doctest::test_suite("long")) {
  constexpr std::uint32_t count = 2'000;
  for (const double steps : {2e10, 1e7}) {
    constexpr double leak = 1e-6;
    AbsorbingSystem system;
    for (std::uint32_t v = 0; v < count; ++v) {
      system.step((v + 1) % count, 1 - leak);
      if (v == 0) system.step(count, leak / 2);
      system.end_row(v == 0 ? leak / 2 : leak, 0);
    }
    system.end_row(1, 0);
    const Absorption solved = Absorber(system, steps).solve(count);
    // x(0) = leak / 2 + (1 - leak)^count x(0)
    const double expected = leak / 2 / -std::expm1(count * std::log1p(-leak));
    CHECK(solved.converged == (steps > 1e9));
    CHECK(solved.x[0][0] <= expected + 1e-12);
    CHECK(expected - solved.x[0][0] <= solved.error + 1e-12);
    CHECK((solved.error <= 1e-9) == solved.converged);
  }
}

TEST_CASE("absorption along a chain of a million states") {
  constexpr std::uint32_t count = 1'000'000;
  AbsorbingSystem system;
  for (std::uint32_t v = 0; v + 1 < count; ++v) {
    system.step(v + 1, 1);
    system.end_row(0, 0);
  }
  system.step(count, .25);
  system.end_row(.75, 0);
  system.end_row(1, 0);
  CHECK(Absorber(system).solve(count).x[0] == std::array{.25, .75, 0.0, 0.0});
}

TEST_CASE("the worked examples of exposure come out as worked") {
  // a = 0, b = 1, c = 2, t = 3
  const Model tree = model_of(4, {sale(0, 1, .5), sale(0, 3, .2), sale(1, 3, .4), sale(1, 2, .6)});
  ExposureParams params;
  params.to = "c3";
  const ExposureResult first = exposure(tree, params);
  REQUIRE(first.suppliers.size() == 2);
  for (const SupplierExposure& row : first.suppliers) {
    const bool a = row.supplier == 0;
    CHECK(row.direct == doctest::Approx(a ? .2 : .4));
    CHECK(row.indirect == doctest::Approx(a ? .2 : 0));
    CHECK(row.total == doctest::Approx(.4));
    CHECK(row.other == doctest::Approx(a ? .3 : .6));
    CHECK(row.unattributed == doctest::Approx(a ? .3 : 0));
    CHECK(row.trapped == 0);
  }
  params.to = "c2";
  const Model loop = model_of(3, {sale(0, 1, .5), sale(1, 0, .5), sale(1, 2, .5)});
  const ExposureResult second = exposure(loop, params);
  REQUIRE(second.suppliers.size() == 2);
  CHECK(second.suppliers[0].supplier == 1);
  CHECK(second.suppliers[0].total == doctest::Approx(2.0 / 3));
  CHECK(second.suppliers[0].unattributed == doctest::Approx(1.0 / 3));
  CHECK(second.suppliers[1].total == doctest::Approx(1.0 / 3));
  CHECK(second.suppliers[1].unattributed == doctest::Approx(2.0 / 3));
}

TEST_CASE("revenue in a closed loop is trapped, all of it") {
  // 0 and 1 sell all to each other; 2 sells to itself; 3 sells half to each loop; 4 sells a half to 3 and a half to 5.
  const Model model = model_of(
      6, {sale(0, 1, 1), sale(1, 0, 1), sale(2, 2, 1), sale(3, 0, .5), sale(3, 2, .5), sale(4, 3, .5), sale(4, 5, .5)});
  ExposureParams params;
  params.to = "c5";
  for (const SupplierExposure& row : exposure(model, params).suppliers) {
    CHECK(row.trapped == (row.supplier == 4 ? .5 : 1));
    CHECK(row.total == (row.supplier == 4 ? .5 : 0));
  }
}

TEST_CASE("exposure ends where a unit of revenue followed step by step ends") {
  const bool held = holds([](const Draw& draw) {
    const Model model = active(draw);
    const auto w = weights(model);
    for (CompanyIndex target = 0; target < model.company_count(); ++target) {
      const auto ends = followed(model, target);
      ExposureParams params;
      params.to = model.id(target);
      std::set<CompanyIndex> answered;
      for (const SupplierExposure& row : exposure(model, params).suppliers) {
        answered.insert(row.supplier);
        const auto direct = w.find({row.supplier, target});
        RC_ASSERT(std::abs(row.direct - (direct != w.end() && direct->second ? direct->second->first : 0)) < 1e-9);
        RC_ASSERT(std::abs(row.total - ends[row.supplier][0]) < 1e-9);
        RC_ASSERT(std::abs(row.other - ends[row.supplier][1]) < 1e-9);
        RC_ASSERT(std::abs(row.unattributed - ends[row.supplier][2]) < 1e-9);
      }
      std::set<CompanyIndex> quantified;
      for (const auto& [link, share] : w)
        if (share && link.first != target) quantified.insert(link.first);
      RC_ASSERT(answered == quantified);
    }
  });
  CHECK(held);
}

TEST_CASE("the strongest chains are the largest products over all simple chains") {
  Dice dice(4);
  std::size_t chains = 0;
  for (int i = 0; i < 300; ++i) {
    const std::size_t count = 2 + dice.below(7);
    const Model model = random_sales(dice, count);
    const RevenueLinks links(model);
    CAPTURE(i);
    for (CompanyIndex target = 0; target < count; ++target) {
      const ChainFinder finder(model, links, target);
      for (CompanyIndex supplier = 0; supplier < count; ++supplier) {
        const std::vector<Chain> all = naive_chains(model, supplier, target);
        for (const std::size_t k : {1U, 3U, 10U}) {
          const std::vector<Chain> found = finder.strongest(supplier, k);
          REQUIRE(found.size() == std::min(k, all.size()));
          chains += found.size();
          std::set<std::vector<CompanyIndex>> distinct;
          for (std::size_t c = 0; c < found.size(); ++c) {
            CHECK(found[c].share == doctest::Approx(all[c].share).epsilon(1e-12));
            const auto same = [&](const Chain& chain) { return chain.companies == found[c].companies; };
            const auto mine = std::find_if(all.begin(), all.end(), same);
            REQUIRE(mine != all.end());
            CHECK(mine->share == doctest::Approx(found[c].share).epsilon(1e-12));
            CHECK(distinct.insert(found[c].companies).second);
          }
        }
      }
    }
  }
  CHECK(chains > 5'000);
}

TEST_CASE("chains of equal share stand in the order of their companies") {
  // c3 sells a half to c2 and a half to c1, and both a half to c0.
  const Model model = model_of(4, {sale(3, 2, .5), sale(3, 1, .5), sale(2, 0, .5), sale(1, 0, .5)});
  const RevenueLinks links(model);
  const ChainFinder finder(model, links, 0);
  CHECK(finder.strongest(3, 1).at(0).companies == std::vector<CompanyIndex>{3, 1, 0});
  CHECK(finder.strongest(3, 2).at(0).companies == std::vector<CompanyIndex>{3, 1, 0});
  CHECK(finder.strongest(3, 2).at(1).companies == std::vector<CompanyIndex>{3, 2, 0});
}

TEST_CASE("dependence agrees with a second computation") {
  const bool held = holds([](const Draw& draw) {
    const Model model = active(draw);
    const auto w = weights(model);
    std::map<CompanyIndex, std::vector<std::pair<CompanyIndex, std::optional<std::pair<double, double>>>>> customers;
    for (const auto& [link, share] : w) customers[link.first].emplace_back(link.second, share);
    const DependenceResult result = dependence(model, {});
    RC_ASSERT(result.suppliers.size() == customers.size());
    double last = 2;
    for (const SupplierDependence& row : result.suppliers) {
      const auto& list = customers.at(row.supplier);
      double sum = 0;
      double squares = 0;
      double largest = 0;
      double largest_company = 0;
      std::set<CompanyIndex> majors;
      bool quantified = false;
      for (const auto& [customer, share] : list) {
        if (!share) continue;
        quantified = true;
        sum += share->first;
        squares += share->first * share->first;
        largest = std::max(largest, share->first);
        if (model.company(customer).aggregate) continue;
        largest_company = std::max(largest_company, share->first);
        if (share->first >= .1 - 1e-9) majors.insert(customer);
      }
      RC_ASSERT(row.quantified == quantified);
      RC_ASSERT(std::abs(row.attributed - sum) < 1e-9);
      RC_ASSERT(std::abs(row.hhi_low - 1e4 * squares) < 1e-6);
      RC_ASSERT(std::abs(row.hhi_high - 1e4 * (squares + (1 - sum) * (1 - sum))) < 1e-6);
      RC_ASSERT(std::set<CompanyIndex>(row.major_customers.begin(), row.major_customers.end()) == majors);
      const std::vector<RevenueLink> links_of_row = customers_of(*result.links, row.supplier);
      RC_ASSERT(links_of_row.size() == list.size());
      for (const RevenueLink& link : links_of_row) {
        const auto& share = w.at({row.supplier, link.customer});
        RC_ASSERT(link.share.known == share.has_value());
        if (!share) continue;
        RC_ASSERT(std::abs(link.share.low - share->first) < 1e-9);
        RC_ASSERT(std::abs(link.share.high - share->second) < 1e-9);
        if (row.largest_customer == link.customer) RC_ASSERT(std::abs(link.share.low - largest_company) < 1e-9);
      }
      RC_ASSERT((quantified ? largest : -1) <= last + 1e-9);
      last = quantified ? largest : -1;
    }
  });
  CHECK(held);
}

namespace {

struct Purchase {
  std::map<CompanyIndex, std::optional<std::pair<double, double>>> suppliers;
};

// Section 6 of the definitions, read aloud.
Level level_of(const Purchase& purchase, std::size_t recorded, double low, double high) {
  if (purchase.suppliers.size() == 1) return recorded == 1 ? Level::sole_source : Level::single_source;
  for (const auto& [supplier, share] : purchase.suppliers)
    if (share && share->first >= .5 - 1e-9) return Level::dominant;
  if (low > 1800 + 1e-6) return Level::high;
  if (low >= 1000 - 1e-6 && high <= 1800 + 1e-6) return Level::moderate;
  if (high < 1000 - 1e-6) return Level::low;
  return Level::unknown;
}

// Empty where `concentration` says the same.
std::string concentration_difference(const Model& model, std::map<Level, int>& levels) {
  std::map<std::pair<CompanyIndex, std::string>, Purchase> purchases;
  std::map<std::string, std::set<CompanyIndex>> recorded;
  const auto category = [&](const Relation& r) { return std::string(model.text(r.category ? r.category : r.item)); };
  for (const SetAside& aside : model.set_aside())
    if (aside.reason == Reason::status && aside.relation.kind == Kind::supplies &&
        !model.company(aside.relation.from).aggregate)
      recorded[category(aside.relation)].insert(aside.relation.from);
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind != Kind::supplies) continue;
    Purchase& purchase = purchases[{r.to, category(r)}];
    if (model.company(r.from).aggregate) continue;
    recorded[category(r)].insert(r.from);
    auto& share = purchase.suppliers[r.from];
    if (!r.supply_share || r.restates) continue;
    share = {(share ? share->first : 0) + r.supply_share.low,
             std::min(1.0, (share ? share->second : 0) + r.supply_share.high)};
  }
  const ConcentrationResult result = concentration(model, {});
  if (result.groups.size() != purchases.size()) return "another number of purchases";
  int last = 0;
  for (const Concentration& group : result.groups) {
    const std::string name(model.text(group.category));
    const Purchase& purchase = purchases.at({group.customer, name});
    double covered = 0;
    bool known = false;
    for (const auto& [supplier, share] : purchase.suppliers) {
      covered += share ? share->first : 0;
      known |= share.has_value();
    }
    double low = 0;
    double high = known ? std::pow(std::max(0.0, 1 - covered), 2) : 1;
    for (const auto& [supplier, share] : purchase.suppliers) {
      if (!share) continue;
      low += share->first * share->first;
      high += std::pow(std::min(share->second, 1 - (covered - share->first)), 2);
    }
    low *= 1e4;
    high = std::min(1e4, high * 1e4);
    const std::string where = std::string(model.id(group.customer)) + "/" + name + ": ";
    if (std::abs(group.covered - covered) > 1e-9) return where + "covered";
    if (std::abs(group.hhi_low - low) > 1e-5) return where + "HHI low";
    if (std::abs(group.hhi_high - high) > 1e-5) return where + "HHI high";
    if (group.suppliers.size() != purchase.suppliers.size()) return where + "suppliers";
    for (const SupplyShare& supplier : group.suppliers) {
      const auto& share = purchase.suppliers.at(supplier.supplier);
      if (supplier.share.known != share.has_value()) return where + "a supplier's share is known or not";
      if (share && std::abs(supplier.share.low - share->first) > 1e-9) return where + "a supplier's low share";
      if (share && std::abs(supplier.share.high - share->second) > 1e-9) return where + "a supplier's high share";
    }
    if (group.level != level_of(purchase, recorded[name].size(), low, high))
      return where + "level " + std::string(to_string(group.level));
    if (static_cast<int>(group.level) < last) return where + "order of levels";
    last = static_cast<int>(group.level);
    ++levels[group.level];
  }
  return {};
}

}  // namespace

TEST_CASE("concentration agrees with a second computation") {
  std::map<Level, int> levels;
  const bool held = holds([&](const Draw& draw) { RC_ASSERT(concentration_difference(active(draw), levels) == ""); });
  CHECK(held);
  // Many suppliers with small shares, which reach the lower levels.
  Dice dice(5);
  for (int i = 0; i < 300; ++i) {
    std::vector<Relation> relations;
    double left = 1;
    const std::size_t suppliers = 2 + dice.below(14);
    for (std::size_t s = 0; s < suppliers; ++s) {
      Relation relation;
      relation.from = static_cast<CompanyIndex>(1 + s);
      const double share = std::min(left, (.5 + dice.fraction()) / static_cast<double>(suppliers));
      left -= share;
      relation.supply_share = between(share, dice.percent(20) ? std::min(1.0, share * 1.3) : share);
      if (dice.percent(4)) relation.supply_share = {};
      relations.push_back(relation);
    }
    CAPTURE(i);
    CHECK(concentration_difference(model_of(20, relations), levels) == "");
  }
  for (const Level level : {Level::sole_source, Level::single_source, Level::dominant, Level::high, Level::moderate,
                            Level::low, Level::unknown}) {
    CAPTURE(static_cast<int>(level));
    CHECK(levels[level] >= 10);
  }
}

TEST_CASE("cycles have the class and the amount that trying every leg gives") {
  std::size_t loops = 0;
  const bool held = holds([&](const Draw& draw) {
    const Model model = viewed(draw, cycles_pass.statuses);
    const CyclesResult result = cycles(model, {});
    for (const Cycle& cycle : result.cycles) {
      ++loops;
      // Which sets of classes can be chosen: bit 1 commercial, bit 2 financing.
      std::set<unsigned> choices{0};
      double low = unbounded;
      double high = unbounded;
      for (std::size_t i = 0; i < cycle.ranks.size(); ++i) {
        const CompanyIndex u = result.flow->company(cycle.ranks[i]);
        const CompanyIndex v = result.flow->company(cycle.ranks[(i + 1) % cycle.ranks.size()]);
        RC_ASSERT(!model.company(u).aggregate);
        std::set<unsigned> next;
        double hop_low = 0;
        double hop_high = 0;
        bool known = false;
        for (std::size_t row = 0; row < model.relation_count(); ++row) {
          const Relation& r = model.relation(row);
          if (r.kind == Kind::owns) continue;
          const bool sold = r.kind == Kind::supplies;
          if ((sold ? r.to : r.from) != u || (sold ? r.from : r.to) != v) continue;
          for (const unsigned choice : choices) next.insert(choice | (sold ? 1U : 2U));
          if (r.kind == Kind::guarantees || r.kind == Kind::grants || r.restates || !r.value) continue;
          known = true;
          const Quantity amount = in_wanted_currency(model, r.value);
          hop_low += amount.low;
          hop_high += amount.high;
        }
        choices = next;
        low = std::min(low, known ? hop_low : 0);
        high = std::min(high, known ? hop_high : unbounded);
      }
      RC_ASSERT(!choices.empty());
      const CycleClass expected = choices.contains(3)       ? CycleClass::circular_deal
                                  : !choices.contains(1)    ? CycleClass::cross_financing
                                  : cycle.ranks.size() == 2 ? CycleClass::reciprocal_trade
                                                            : CycleClass::trade_loop;
      RC_ASSERT(to_string(cycle.cycle_class) == to_string(expected));
      const double cycle_low = cycle.amount ? cycle.amount.low : 0;
      const double cycle_high = cycle.amount ? cycle.amount.high : unbounded;
      RC_ASSERT(std::abs(cycle_low - low) <= 1e-9 * low);
      RC_ASSERT((cycle_high == high || std::abs(cycle_high - high) <= 1e-9 * high));
    }
  });
  CHECK(held);
  CHECK(loops > 1'000);
}

}  // namespace tierscope::core
