#include "ask/concentration/concentration.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "ask/concentration/supply_shares.hpp"
#include "ask/shares.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

std::uint64_t key_of(CompanyIndex customer, Text category) { return (std::uint64_t{customer} << 32U) | category.id; }
std::uint64_t key_of(const Relation& relation) { return key_of(relation.to, category_of(relation)); }

// low = 10⁴ Σ low², high = 10⁴ (Σ high-clipped² + r²), r = 1 − Σ low: what nobody reported, aggregates' share with it.
// The largest supplier has max low to max(high-clipped, r).
void measure(Concentration& group, double aggregates) {
  double covered = 0;
  double covered_high = 0;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    group.quantified = true;
    covered += supplier.share.low;
    covered_high += supplier.share.high;
  }
  if (!group.category || !group.quantified) return;
  group.covered = group.grade.mark(between(covered, std::max(covered, std::min(1.0, covered_high))));
  double low_squares = 0;
  double high_squares = 0;
  const double rest = std::max(0.0, 1 - covered);
  group.top_high = rest;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    const double others = covered - supplier.share.low + aggregates;
    const double clipped = std::max(supplier.share.low, std::min(supplier.share.high, 1 - others));
    group.top_low = std::max(group.top_low, supplier.share.low);
    group.top_high = std::max(group.top_high, clipped);
    low_squares += supplier.share.low * supplier.share.low;
    high_squares += clipped * clipped;
  }
  group.hhi_low = std::min(1e4, 1e4 * low_squares);
  group.hhi_high = std::max(group.hhi_low, std::min(1e4, 1e4 * (high_squares + rest * rest)));
}

// Definitions, section 6: the first that holds. `others`: suppliers of the category to anybody, beside the only one.
Level level_of(const Concentration& group, double aggregates, bool others) {
  constexpr double slack = 1e-6;
  if (!group.category) return Level::none;
  const bool alone = group.suppliers.size() == 1;
  const Quantity share = group.suppliers.empty() ? Quantity{} : group.suppliers.front().share;
  const bool all = !share || (std::min(share.high, 1 - aggregates) >= 1 - share_slack && !share.below);
  if (alone && all && !group.aggregates) return others ? Level::single_source : Level::sole_source;
  if (share && share.low >= 0.5 - share_slack) return Level::dominant;
  if (alone && !all) return Level::partly_recorded;
  if (group.hhi_low > 1800 + slack) return Level::high;
  if (group.hhi_low >= 1000 - slack && group.hhi_high <= 1800 + slack) return Level::moderate;
  if (group.hhi_high < 1000 - slack) return Level::low;
  return Level::unknown;
}

/// Who sells a category to anybody, aggregates too, whatever the status of the relation but ended.
class Sellers {
 public:
  explicit Sellers(const Model& model) : model_(model) {
    for (std::size_t row = 0; row < model.relation_count(); ++row) see(model.relation(row));
    for (const SetAside& aside : model.set_aside())
      if (aside.reason == Reason::status) see(aside.relation);
  }
  bool others(Text category, CompanyIndex than) const {
    const auto found = sellers_.find(category.id);
    return found != sellers_.end() && (found->second.several || found->second.first != than);
  }
  Suggestion suggestion(std::string_view category) const {
    Suggestion suggestion(category);
    for (const auto& [known, sellers] : sellers_) suggestion.consider(model_.text(Text{known}));
    return suggestion;
  }

 private:
  struct Few {
    CompanyIndex first = 0;
    bool several = false;
  };
  void see(const Relation& r) {
    if (!is_sale(r) || r.status == Status::ended) return;
    const auto [found, fresh] = sellers_.try_emplace(category_of(r).id, Few{r.from, false});
    found->second.several |= found->second.first != r.from;
  }

  const Model& model_;
  std::map<std::uint32_t, Few> sellers_;  // by category
};

/// Who is to be asked for what is bought: the customer, the supplier's customers, or all.
std::vector<CompanyIndex> customers_of(const Model& model, const PurchasesAsked& asked) {
  std::vector<CompanyIndex> customers;
  if (asked.customer) {
    customers = {*asked.customer};
  } else if (asked.supplier) {
    for (const std::uint32_t row : model.out_rows(*asked.supplier)) customers.push_back(model.relation(row).to);
    std::sort(customers.begin(), customers.end());
    customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
  } else {
    customers.resize(model.company_count());
    std::iota(customers.begin(), customers.end(), 0U);
  }
  std::erase_if(customers, [&](CompanyIndex c) { return model.company(c).aggregate; });
  return customers;
}

// Rows of what is bought, by purchase and within one in input order.
std::vector<std::uint32_t> bought(const Model& model, const PurchasesAsked& asked) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  for (const CompanyIndex c : customers_of(model, asked))
    for (const std::uint32_t row : model.in_rows(c))
      if (const Relation& r = model.relation(row); is_sale(r)) keyed.emplace_back(key_of(r), row);
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::uint32_t> rows;
  rows.reserve(keyed.size());
  for (const auto& [key, row] : keyed) rows.push_back(row);
  return rows;
}

// What members of a group buy from each other, by the group's purchase.
std::vector<std::pair<std::uint64_t, const Relation*>> bought_inside(const Model& model) {
  std::vector<CompanyIndex> group_of(model.rest().joined.size());
  for (const Member& member : model.rest().members) group_of[member.joined] = member.group;
  std::vector<std::pair<std::uint64_t, const Relation*>> keyed;
  for (const Relation& r : model.rest().inside)
    if (is_sale(r)) keyed.emplace_back(key_of(group_of[r.to], category_of(r)), &r);
  std::sort(keyed.begin(), keyed.end());
  return keyed;
}

std::vector<const Relation*> not_bought_yet(const Model& model) {
  std::vector<const Relation*> aside;
  for (const SetAside& each : model.set_aside())
    if (each.reason == Reason::status && is_sale(each.relation)) aside.push_back(&each.relation);
  std::stable_sort(aside.begin(), aside.end(),
                   [](const Relation* a, const Relation* b) { return key_of(*a) < key_of(*b); });
  return aside;
}

}  // namespace

Purchases::Purchases(const Model& model, const PurchasesAsked& asked)
    : model_(model),
      asked_(asked),
      rows_(bought(model, asked)),
      inside_(bought_inside(model)),
      aside_(not_bought_yet(model)) {
  const Sellers sellers(model);
  const std::string wanted = fold(asked.category);
  asked_.category = {};  // it need not outlive this
  bool any = false;      // of the category
  auto beside = aside_.begin();
  for (std::uint32_t i = 0; i < rows_.size();) {
    const Relation& first = model.relation(rows_[i]);
    const std::uint64_t key = key_of(first);
    Purchase purchase{.customer = first.to, .category = category_of(first), .first = i};
    while (i < rows_.size() && key_of(model.relation(rows_[i])) == key) ++i;
    purchase.last = i;
    if (!wanted.empty() && fold(model.text(purchase.category)) != wanted) continue;
    any = true;
    if (asked.supplier && !sold_by(purchase, *asked.supplier)) continue;
    while (beside != aside_.end() && key_of(**beside) < key) ++beside;
    purchase.first_beside = static_cast<std::uint32_t>(beside - aside_.begin());
    while (beside != aside_.end() && key_of(**beside) == key) ++beside;
    purchase.last_beside = static_cast<std::uint32_t>(beside - aside_.begin());
    double aggregates = 0;
    const Concentration group = made(purchase, &contradictions_, &aggregates);
    const bool others = group.suppliers.size() == 1 && sellers.others(purchase.category, group.suppliers[0].supplier);
    purchase.level = level_of(group, aggregates, others);
    purchase.hhi_low = group.hhi_low;
    purchases_.push_back(purchase);
  }
  if (!wanted.empty() && !any)
    throw Question("no counted purchase of category " + quote(asked.category) +
                   sellers.suggestion(asked.category).text());
  if (model.rest().strict && !contradictions_.empty()) throw BadData(contradictions_);
  order_.resize(purchases_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t i, std::uint32_t j) {
    const Purchase& a = purchases_[i];
    const Purchase& b = purchases_[j];
    if (a.level != b.level) return a.level < b.level;
    return a.hhi_low != b.hhi_low ? a.hhi_low > b.hhi_low : rows_[a.first] < rows_[b.first];
  });
}

bool Purchases::sold_by(const Purchase& purchase, CompanyIndex supplier) const {
  const auto sells = [&](std::uint32_t row) { return model_.relation(row).from == supplier; };
  return !model_.company(supplier).aggregate &&
         std::any_of(rows_.begin() + purchase.first, rows_.begin() + purchase.last, sells);
}

Concentration Purchases::made(const Purchase& purchase, Problems* contradictions, double* aggregates) const {
  Concentration group;
  group.customer = purchase.customer;
  group.category = purchase.category;
  group.level = purchase.level;
  std::vector<const Relation*> rows;
  rows.reserve(purchase.last - purchase.first);
  for (std::uint32_t i = purchase.first; i < purchase.last; ++i) {
    rows.push_back(&model_.relation(rows_[i]));
    group.by_item |= group.category && !rows.back()->category;
  }
  const std::uint64_t key = key_of(purchase.customer, purchase.category);
  std::vector<const Relation*> inside;
  for (auto each =
           std::lower_bound(inside_.begin(), inside_.end(), std::pair<std::uint64_t, const Relation*>(key, nullptr));
       each != inside_.end() && each->first == key; ++each)
    inside.push_back(each->second);
  const double low_of_aggregates = add_suppliers(model_, rows, inside, group, contradictions);
  if (aggregates != nullptr) *aggregates = low_of_aggregates;
  // By company still: one that counts does not stand beside too.
  const auto counts = [&](const Relation* r) {
    const auto found = std::lower_bound(group.suppliers.begin(), group.suppliers.end(), r->from,
                                        [](const SupplyShare& s, CompanyIndex c) { return s.supplier < c; });
    return found != group.suppliers.end() && found->supplier == r->from;
  };
  std::remove_copy_if(aside_.begin() + purchase.first_beside, aside_.begin() + purchase.last_beside,
                      std::back_inserter(group.beside), counts);
  std::sort(group.suppliers.begin(), group.suppliers.end(), [](const SupplyShare& a, const SupplyShare& b) {
    if (a.share.known != b.share.known) return a.share.known;
    if (a.share.low != b.share.low) return a.share.low > b.share.low;
    return a.relations.front()->row < b.relations.front()->row;
  });
  measure(group, low_of_aggregates);
  return group;
}

bool Purchases::concern(const Relation& relation) const {
  const std::uint64_t key = key_of(relation);
  const auto found =
      std::lower_bound(purchases_.begin(), purchases_.end(), key, [](const Purchase& purchase, std::uint64_t wanted) {
        return key_of(purchase.customer, purchase.category) < wanted;
      });
  return is_sale(relation) && found != purchases_.end() && key_of(found->customer, found->category) == key;
}

ConcentrationResult concentration(const Model& model, std::optional<CompanyIndex> customer) {
  const Purchases purchases(model, {.customer = customer});
  ConcentrationResult result;
  result.groups.reserve(purchases.size());
  for (std::size_t i = 0; i < purchases.size(); ++i) result.groups.push_back(purchases[i]);
  return result;
}

EffectiveSuppliers effective_suppliers(const Concentration& group) {
  return {1e4 / group.hhi_high, group.hhi_low > 0 ? 1e4 / group.hhi_low : unbounded};
}

std::string_view level_words(Level level) {
  switch (level) {
    case Level::sole_source: return "sole source";
    case Level::single_source: return "single source";
    case Level::dominant: return "dominant source";
    case Level::partly_recorded: return "partly recorded";
    case Level::high: return "high concentration";
    case Level::moderate: return "moderate concentration";
    case Level::low: return "low concentration";
    case Level::unknown: return "concentration unknown";
    case Level::none: break;
  }
  return "not named";
}

}  // namespace tierscope::core
