// Definitions, section 3 (consolidation), computed a second time: who is whose parent by closure and relabelling, and a
// group's shares by adding up who sold how much.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ask/shares.hpp"
#include "model_of.hpp"
#include "oracle.hpp"

namespace tierscope::core {
namespace {

struct Stake {
  std::size_t owner, owned;
  std::optional<double> stake;
};

struct Sale {
  std::size_t seller, customer;
  std::optional<double> amount;  // else a share of the seller's revenue
  std::optional<double> share;
};

struct Group {
  std::vector<std::optional<double>> revenue;  // by company
  std::vector<bool> aggregate;
  std::vector<Stake> stakes;
  std::vector<Sale> sales;  // one a pair of companies
};

std::string name(std::size_t company) { return "c" + std::to_string(company); }

// Sales are small beside revenues, so that no account contradicts itself.
Group random_group(Dice& dice) {
  Group g;
  const std::size_t count = 3 + dice.below(6);
  for (std::size_t v = 0; v < count; ++v) {
    g.aggregate.push_back(dice.percent(8));
    if (dice.percent(75))
      g.revenue.emplace_back(100.0 * static_cast<double>(1 + dice.below(5)));
    else
      g.revenue.emplace_back();
  }
  std::set<std::pair<std::size_t, std::size_t>> owned;
  for (std::size_t i = dice.below(7); i > 0; --i) {
    const std::size_t a = dice.below(count);
    const std::size_t b = dice.below(count);
    if (a == b || !owned.emplace(a, b).second) continue;
    constexpr double stakes[] = {.2, .4, .5, .51, .8, 1};
    g.stakes.push_back({a, b, dice.percent(55) ? std::optional(stakes[dice.below(6)]) : std::nullopt});
  }
  std::set<std::pair<std::size_t, std::size_t>> sold;
  for (std::size_t i = dice.below(9); i > 0; --i) {
    const std::size_t a = dice.below(count);
    const std::size_t b = dice.below(count);
    if (a == b || !sold.emplace(a, b).second) continue;
    Sale sale{a, b, {}, {}};
    if (dice.percent(50))
      sale.amount = 1.0 + static_cast<double>(dice.below(9));
    else if (dice.percent(70))
      sale.share = .01 * static_cast<double>(1 + dice.below(9));
    g.sales.push_back(sale);
  }
  return g;
}

Model model_of(const Group& g) {
  std::string companies = "id,name,revenue,revenue_period,aggregate\n";
  for (std::size_t v = 0; v < g.revenue.size(); ++v)
    companies += name(v) + "," + name(v) + "," +
                 (g.revenue[v] ? std::to_string(static_cast<int>(*g.revenue[v])) + " USD,2024" : ",") + "," +
                 (g.aggregate[v] ? "true" : "") + "\n";
  std::string rows = "from,to,kind,stake,revenue_share,value,value_basis,as_of\n";
  const auto percent = [](double x) { return std::to_string(static_cast<int>(x * 100 + .5)) + "%"; };
  for (const Stake& s : g.stakes)
    rows += name(s.owner) + "," + name(s.owned) + ",owns," + (s.stake ? percent(*s.stake) : "") + ",,,,\n";
  for (const Sale& s : g.sales)
    rows += name(s.seller) + "," + name(s.customer) + ",supplies,," + (s.share ? percent(*s.share) : "") + "," +
            (s.amount ? std::to_string(static_cast<int>(*s.amount)) + " USD,annual" : ",") + ",2024\n";
  return core::model_of(rows, companies);
}

// By company the parent that it is joined to, or itself.
std::vector<std::size_t> parents(const Group& g) {
  const std::size_t count = g.revenue.size();
  std::vector<std::vector<bool>> reaches(count, std::vector<bool>(count, false));
  std::vector<Stake> stakes;
  for (const Stake& s : g.stakes)
    if (!g.aggregate[s.owner] && !g.aggregate[s.owned]) stakes.push_back(s), reaches[s.owner][s.owned] = true;
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < count; ++j)
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
  std::vector<double> stated(count, 0);  // by all owners, those in a ring too
  std::vector<int> majors(count, 0);
  for (const Stake& s : stakes) stated[s.owned] += s.stake.value_or(0), majors[s.owned] += s.stake.value_or(0) > .5;
  std::erase_if(stakes, [&](const Stake& s) { return reaches[s.owned][s.owner]; });
  std::vector<std::size_t> parent(count);
  for (std::size_t v = 0; v < count; ++v) parent[v] = v;
  const auto top = [&](std::size_t v) {
    while (parent[v] != v) v = parent[v];
    return v;
  };
  for (std::size_t round = 0; round <= count; ++round)
    for (std::size_t v = 0; v < count; ++v) {
      std::vector<std::size_t> major, silent;
      for (const Stake& s : stakes) {
        if (s.owned != v) continue;
        if (!s.stake)
          silent.push_back(s.owner);
        else if (*s.stake > .5)
          major.push_back(s.owner);
      }
      if (parent[v] != v || majors[v] > 1 || stated[v] > 1 + 1e-9) continue;
      if (major.size() == 1)
        parent[v] = major.front();
      else if (stated[v] < .5 - 1e-9 && !silent.empty() &&
               std::all_of(silent.begin(), silent.end(), [&](auto s) { return top(s) == top(silent.front()); }))
        parent[v] = silent.front();
    }
  for (std::size_t v = 0; v < count; ++v) parent[v] = top(v);
  return parent;
}

// The group's share of one customer, or nothing where it is not known or not all of it has figures.
struct Share {
  bool known = false;
  double low = 0;
  std::optional<double> high;  // none: a member's link has no figure
};

Share share_of(const Group& g, const std::vector<std::size_t>& parent, std::size_t group, std::size_t customer) {
  double low_x = 0, high_x = 0;
  for (std::size_t v = 0; v < parent.size(); ++v) {
    if (parent[v] != group) continue;
    if (g.revenue[v])
      low_x += *g.revenue[v], high_x += *g.revenue[v];
    else
      high_x = unbounded;
  }
  const auto amount = [&](const Sale& s) -> std::optional<double> {
    if (s.amount) return s.amount;
    if (s.share && g.revenue[s.seller]) return *s.share * *g.revenue[s.seller];
    return {};
  };
  double sold = 0;
  bool any = false, open = false;
  std::set<std::size_t> sellers;
  bool inside = false;
  for (const Sale& s : g.sales) {
    if (parent[s.seller] != group) continue;
    if (parent[s.customer] == group) {
      inside = true;
      const auto known = amount(s);
      low_x -= known ? *known : g.revenue[s.seller].value_or(unbounded);
      high_x -= known.value_or(0);
      continue;
    }
    sellers.insert(s.seller);
    if (parent[s.customer] != customer) continue;
    const auto known = amount(s);
    if (!known || !g.revenue[s.seller])
      open = true;  // the own links of a member without revenue are unquantified
    else
      sold += *known, any = true;
  }
  bool others_silent = !inside && sellers.size() == 1;
  for (std::size_t v = 0; v < parent.size(); ++v)
    if (parent[v] == group && !sellers.contains(v) && g.revenue[v]) others_silent = false;
  if (others_silent) {  // its own shares stay: of its own revenue
    Share own;
    double total = 0;
    bool without = false;
    for (const Sale& s : g.sales) {
      if (!sellers.contains(s.seller) || parent[s.customer] != customer) continue;
      if (s.share)
        total += *s.share, own.known = true;
      else if (s.amount && g.revenue[s.seller])
        total += *s.amount / *g.revenue[s.seller], own.known = true;
      else
        without = true;
    }
    own.low = total;
    if (!without) own.high = total;
    return own;
  }
  if (!any || high_x <= 0) return {};
  Share share{true, std::isinf(high_x) ? 0 : sold / high_x, {}};
  if (!open) share.high = low_x > 0 ? std::min(1.0, sold / low_x) : 1.0;
  return share;
}

TEST_CASE("consolidation agrees with a second computation") {
  std::map<std::string, int> seen;
  Dice dice(29);
  for (int i = 0; i < 6'000; ++i) {
    CAPTURE(i);
    const Group g = random_group(dice);
    const Model model = active(model_of(g), "", true);
    const std::vector<std::size_t> parent = parents(g);
    const std::set<std::size_t> distinct(parent.begin(), parent.end());
    const auto size_of = [&](std::size_t group) { return std::count(parent.begin(), parent.end(), group); };
    REQUIRE(model.company_count() == distinct.size());
    for (std::size_t v = 0; v < parent.size(); ++v) REQUIRE(model.id(find_company(model, name(v))) == name(parent[v]));
    std::size_t inside = 0;
    for (const SetAside& one : model.set_aside()) inside += one.reason == Reason::inside_group;
    const auto within = [&](const auto& from, const auto& to) { return parent[from] == parent[to]; };
    std::size_t expected = 0;
    for (const Sale& s : g.sales) expected += within(s.seller, s.customer);
    for (const Stake& s : g.stakes) expected += within(s.owner, s.owned);
    REQUIRE(inside == expected);
    seen["inside"] += static_cast<int>(inside);
    const RevenueLinks links(model);
    for (const std::size_t group : distinct) {
      if (size_of(group) == 1 || g.aggregate[group]) continue;
      ++seen["groups"];
      for (const RevenueLink& link : links.of(find_company(model, name(group)))) {
        std::size_t customer = 0;
        while (name(customer) != model.id(link.customer)) ++customer;
        CAPTURE(group);
        CAPTURE(customer);
        const Share share = share_of(g, parent, group, customer);
        REQUIRE(link.share.known == share.known);
        if (!share.known) continue;
        REQUIRE(link.share.low == doctest::Approx(share.low));
        if (share.high) REQUIRE(link.share.high == doctest::Approx(*share.high));
        ++seen[share.high && *share.high > share.low + 1e-9 ? "intervals" : "exact"];
      }
    }
    for (const std::string& remark : model.rest().remarks) {
      seen["rings"] += remark.find("in a ring") != std::string::npos;
      seen["contradictions"] += remark.find("contradict") != std::string::npos;
      seen["ventures"] += remark.find("joint venture") != std::string::npos;
    }
  }
  for (const char* what : {"groups", "inside", "intervals", "exact", "rings", "contradictions", "ventures"}) {
    CAPTURE(what);
    CHECK(seen[what] > 100);
  }
}

}  // namespace
}  // namespace tierscope::core
