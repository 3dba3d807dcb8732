// Exposure and chains as plain as can be, against which the clever ones are held.

#include <doctest/doctest.h>

#include "ask/exposure/chains.hpp"
#include "exposed.hpp"
#include "oracle.hpp"

namespace tierscope::core {
namespace {

using Matrix = std::vector<std::vector<double>>;

Matrix squared(const Matrix& a) {
  Matrix product(a.size(), std::vector<double>(a.size(), 0));
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a.size(); ++k)
      if (a[i][k] != 0)
        for (std::size_t j = 0; j < a.size(); ++j) product[i][j] += a[i][k] * a[k][j];
  return product;
}

// From whom a recorded chain leads to the target, passing through no aggregate: until nobody is added.
std::set<CompanyIndex> chained(const Model& model, CompanyIndex target) {
  const auto w = weights(model);
  std::set<CompanyIndex> found;
  for (std::size_t before = SIZE_MAX; before != found.size();) {
    before = found.size();
    for (const auto& [link, share] : w)
      if (link.second == target || (found.contains(link.second) && !model.company(link.second).aggregate))
        if (link.first != target) found.insert(link.first);
  }
  return found;
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
    if (model.company(s).aggregate || !sellers.contains(s)) {
      step[s][count + (model.company(s).aggregate ? 2 : 1)] = 1;
      continue;
    }
    double rest = 1;
    for (const auto& [link, share] : w) {
      if (link.first != s || !share) continue;
      rest -= share->first;
      step[s][link.second] += share->first;
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
  Chain chain{{supplier}, {}, 1};
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

TEST_CASE("the worked examples of exposure come out as worked") {
  // a = 0, b = 1, c = 2, t = 3
  const Model tree = model_of(4, {sale(0, 1, .5), sale(0, 3, .2), sale(1, 3, .4), sale(1, 2, .6)});
  const ExposureResult first = exposed_to(tree, 3);
  REQUIRE(first.suppliers.size() == 2);
  for (const SupplierExposure& row : first.suppliers) {
    const bool a = row.supplier == 0;
    CHECK(*row.direct == doctest::Approx(a ? .2 : .4));
    CHECK(row.indirect == doctest::Approx(a ? .2 : 0));
    CHECK(row.total == doctest::Approx(.4));
    CHECK(row.other == doctest::Approx(a ? .3 : .6));
    CHECK(row.unattributed == doctest::Approx(a ? .3 : 0));
    CHECK(row.trapped == 0);
  }
  const Model loop = model_of(3, {sale(0, 1, .5), sale(1, 0, .5), sale(1, 2, .5)});
  const ExposureResult second = exposed_to(loop, 2);
  REQUIRE(second.suppliers.size() == 2);
  CHECK(second.suppliers[0].supplier == 1);
  CHECK(second.suppliers[0].total == doctest::Approx(2.0 / 3));
  CHECK(second.suppliers[0].unattributed == doctest::Approx(1.0 / 3));
  CHECK(second.suppliers[1].total == doctest::Approx(1.0 / 3));
  CHECK(second.suppliers[1].unattributed == doctest::Approx(2.0 / 3));
}

TEST_CASE("revenue in a closed loop is trapped, all of it") {
  // 0 and 1 sell all to each other; 2 and 6 too; 3 sells half to each loop; 4 sells a half to 3 and a half to 5. 0 and
  // 2 have a link to 5 without a figure, so that chains lead there.
  Relation unknown = sale(0, 5, 0);
  unknown.revenue_share = {};
  Relation other = unknown;
  other.from = 2;
  const Model model = model_of(7, {sale(0, 1, 1), sale(1, 0, 1), sale(2, 6, 1), sale(6, 2, 1), sale(3, 0, .5),
                                   sale(3, 2, .5), sale(4, 3, .5), sale(4, 5, .5), unknown, other});
  const std::vector<SupplierExposure> rows = exposed_to(model, 5).suppliers;
  CHECK(rows.size() == 6);
  for (const SupplierExposure& row : rows) {
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
      std::set<CompanyIndex> answered;
      for (const SupplierExposure& row : exposed_to(model, target).suppliers) {
        answered.insert(row.supplier);
        const auto direct = w.find({row.supplier, target});
        RC_ASSERT(row.direct.has_value() == (direct == w.end() || direct->second.has_value()));
        if (row.direct) RC_ASSERT(std::abs(*row.direct - (direct == w.end() ? 0 : direct->second->first)) < 1e-9);
        RC_ASSERT(std::abs(row.total - ends[row.supplier][0]) < 1e-9);
        RC_ASSERT(std::abs(row.other - ends[row.supplier][1]) < 1e-9);
        RC_ASSERT(std::abs(row.unattributed - ends[row.supplier][2]) < 1e-9);
      }
      std::set<CompanyIndex> quantified;
      for (const auto& [link, share] : w)
        if (share && link.first != target && !model.company(link.first).aggregate) quantified.insert(link.first);
      const std::set<CompanyIndex> reaching = chained(model, target);
      std::erase_if(quantified, [&](CompanyIndex s) { return !reaching.contains(s); });
      RC_ASSERT(answered == quantified);
    }
  });
  CHECK(held);
}

TEST_CASE("what circles for ever is what ends nowhere, in random graphs of closed loops") {
  Dice dice(6);
  std::size_t trapped = 0;
  for (int i = 0; i < 400; ++i) {
    const std::size_t count = 3 + dice.below(5);
    std::vector<Relation> relations;
    for (CompanyIndex s = 0; s < count; ++s)  // halves of all revenue, now and then a link without a figure
      for (int half = 0; half < 3; ++half) {
        const std::size_t other = 1 + dice.below(count - 1);  // never to itself
        Relation sold = sale(s, static_cast<CompanyIndex>((s + other) % count), .5);
        if (half == 2) sold.revenue_share = {};
        if (half != 2 || dice.percent(50)) relations.push_back(sold);
      }
    for (Relation& r : relations) r.row = static_cast<std::uint32_t>(&r - relations.data());
    const Model model = model_of(count, relations, Dice(dice.next()), 10);
    CAPTURE(i);
    for (CompanyIndex target = 0; target < count; ++target) {
      const auto ends = followed(model, target);
      for (const SupplierExposure& row : exposed_to(model, target).suppliers) {
        const auto& [total, other, unattributed] = ends[row.supplier];
        CHECK(row.trapped == doctest::Approx(1 - total - other - unattributed).epsilon(1e-9));
        trapped += row.trapped > 0;
      }
    }
  }
  CHECK(trapped > 50);
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

}  // namespace tierscope::core
