#include "ask/concentration/concentration.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include "ask/shares.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

Text category_of(const Relation& relation) { return relation.category ? relation.category : relation.item; }

std::uint64_t key_of(CompanyIndex customer, Text category) { return (std::uint64_t{customer} << 32U) | category.id; }
std::uint64_t key_of(const Relation& relation) { return key_of(relation.to, category_of(relation)); }

void add_share(SupplyShare& supplier, const Relation& relation) {
  supplier.relations.push_back(&relation);
  if (!relation.supply_share || relation.restates) return;
  if (!supplier.share) {
    supplier.share = relation.supply_share;
    supplier.confidence = relation.confidence;
    return;
  }
  const bool approximate = supplier.share.approximate || relation.supply_share.approximate;
  supplier.share = between(supplier.share.low + relation.supply_share.low,
                           std::min(1.0, supplier.share.high + relation.supply_share.high));
  supplier.share.approximate = approximate;
  supplier.confidence = weaker(supplier.confidence, relation.confidence);
}

// low = 10⁴ Σ low², high = 10⁴ (Σ high-clipped² + r²), r = 1 − Σ low: what nobody reported. The largest supplier has
// max low to max(high-clipped, r).
void measure(Concentration& group) {
  double low_squares = 0;
  double high_squares = 0;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    group.quantified = true;
    group.covered += supplier.share.low;
  }
  if (!group.quantified) return;
  const double rest = std::max(0.0, 1 - group.covered);
  group.top_high = rest;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    const double others = group.covered - supplier.share.low;
    const double clipped = std::max(supplier.share.low, std::min(supplier.share.high, 1 - others));
    group.top_low = std::max(group.top_low, supplier.share.low);
    group.top_high = std::max(group.top_high, clipped);
    low_squares += supplier.share.low * supplier.share.low;
    high_squares += clipped * clipped;
  }
  group.hhi_low = std::min(1e4, 1e4 * low_squares);
  group.hhi_high = std::max(group.hhi_low, std::min(1e4, 1e4 * (high_squares + rest * rest)));
}

// Definitions, section 6: the first that holds. `several`: suppliers of the category to anybody, of any live status.
Level level_of(const Concentration& group, bool several) {
  constexpr double slack = 1e-6;
  if (group.suppliers.size() == 1) return several ? Level::single_source : Level::sole_source;
  if (!group.suppliers.empty() && group.suppliers.front().share.low >= 0.5 - share_slack) return Level::dominant;
  if (group.hhi_low > 1800 + slack) return Level::high;
  if (group.hhi_low >= 1000 - slack && group.hhi_high <= 1800 + slack) return Level::moderate;
  if (group.hhi_high < 1000 - slack) return Level::low;
  return Level::unknown;
}

/// Who sells a category to anybody, whatever the status of the relation: one company or several.
class Sellers {
 public:
  explicit Sellers(const Model& model) : model_(model) {
    for (std::size_t row = 0; row < model.relation_count(); ++row) see(model.relation(row));
    for (const SetAside& aside : model.set_aside())
      if (aside.reason == Reason::status) see(aside.relation);
  }
  bool several(Text category) const {
    const auto found = sellers_.find(category.id);
    return found != sellers_.end() && found->second.several;
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
    if (r.kind != Kind::supplies || model_.company(r.from).aggregate) return;
    const auto [found, fresh] = sellers_.try_emplace(category_of(r).id, Few{r.from, false});
    found->second.several |= found->second.first != r.from;
  }

  const Model& model_;
  std::map<std::uint32_t, Few> sellers_;  // by category
};

// Rows of what is bought, by purchase and within one in input order.
std::vector<std::uint32_t> bought(const Model& model, std::optional<CompanyIndex> customer) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  for (CompanyIndex c = customer.value_or(0); c < (customer ? *customer + 1 : model.company_count()); ++c)
    for (const std::uint32_t row : model.in_rows(c))
      if (const Relation& r = model.relation(row); r.kind == Kind::supplies) keyed.emplace_back(key_of(r), row);
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::uint32_t> rows;
  rows.reserve(keyed.size());
  for (const auto& [key, row] : keyed) rows.push_back(row);
  return rows;
}

std::vector<const Relation*> not_bought_yet(const Model& model) {
  std::vector<const Relation*> aside;
  for (const SetAside& each : model.set_aside())
    if (each.reason == Reason::status && each.relation.kind == Kind::supplies && each.relation.status != Status::ended)
      aside.push_back(&each.relation);
  std::stable_sort(aside.begin(), aside.end(),
                   [](const Relation* a, const Relation* b) { return key_of(*a) < key_of(*b); });
  return aside;
}

}  // namespace

Purchases::Purchases(const Model& model, std::optional<CompanyIndex> customer, std::string_view category)
    : model_(model), rows_(bought(model, customer)), aside_(not_bought_yet(model)) {
  const Sellers sellers(model);
  const std::string wanted = fold(category);
  auto beside = aside_.begin();
  for (std::uint32_t i = 0; i < rows_.size();) {
    const Relation& first = model.relation(rows_[i]);
    const std::uint64_t key = key_of(first);
    Purchase purchase{.customer = first.to, .category = category_of(first), .first = i};
    while (i < rows_.size() && key_of(model.relation(rows_[i])) == key) ++i;
    purchase.last = i;
    if (!wanted.empty() && fold(model.text(purchase.category)) != wanted) continue;
    while (beside != aside_.end() && key_of(**beside) < key) ++beside;
    purchase.first_beside = static_cast<std::uint32_t>(beside - aside_.begin());
    while (beside != aside_.end() && key_of(**beside) == key) ++beside;
    purchase.last_beside = static_cast<std::uint32_t>(beside - aside_.begin());
    const Concentration group = made(purchase);
    purchase.level = level_of(group, sellers.several(purchase.category));
    purchase.hhi_low = group.hhi_low;
    purchases_.push_back(purchase);
  }
  if (!wanted.empty() && purchases_.empty())
    throw Question("no counted purchase of category " + quote(category) + sellers.suggestion(category).text());
  order_.resize(purchases_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t i, std::uint32_t j) {
    const Purchase& a = purchases_[i];
    const Purchase& b = purchases_[j];
    if (a.level != b.level) return a.level < b.level;
    return a.hhi_low != b.hhi_low ? a.hhi_low > b.hhi_low : rows_[a.first] < rows_[b.first];
  });
}

Concentration Purchases::made(const Purchase& purchase) const {
  Concentration group;
  group.customer = purchase.customer;
  group.category = purchase.category;
  group.level = purchase.level;
  std::unordered_map<CompanyIndex, std::size_t> places;
  for (std::uint32_t i = purchase.first; i < purchase.last; ++i) {
    const Relation& r = model_.relation(rows_[i]);
    if (model_.company(r.from).aggregate) {
      group.beside.push_back(&r);
      continue;
    }
    const auto [place, fresh] = places.try_emplace(r.from, group.suppliers.size());
    if (fresh) group.suppliers.emplace_back().supplier = r.from;
    add_share(group.suppliers[place->second], r);
  }
  group.beside.insert(group.beside.end(), aside_.begin() + purchase.first_beside,
                      aside_.begin() + purchase.last_beside);
  std::stable_sort(group.suppliers.begin(), group.suppliers.end(), [](const SupplyShare& a, const SupplyShare& b) {
    return a.share.known != b.share.known ? a.share.known : a.share.low > b.share.low;
  });
  measure(group);
  return group;
}

bool Purchases::concern(const Relation& relation) const {
  const std::uint64_t key = key_of(relation);
  const auto found =
      std::lower_bound(purchases_.begin(), purchases_.end(), key, [](const Purchase& purchase, std::uint64_t wanted) {
        return key_of(purchase.customer, purchase.category) < wanted;
      });
  return relation.kind == Kind::supplies && found != purchases_.end() &&
         key_of(found->customer, found->category) == key;
}

ConcentrationResult concentration(const Model& model, std::optional<CompanyIndex> customer) {
  const Purchases purchases(model, customer);
  ConcentrationResult result;
  result.groups.reserve(purchases.size());
  for (std::size_t i = 0; i < purchases.size(); ++i) result.groups.push_back(purchases[i]);
  return result;
}

EffectiveSuppliers effective_suppliers(const Concentration& group) {
  return {1e4 / group.hhi_high, group.hhi_low > 0 ? 1e4 / group.hhi_low : unbounded};
}

}  // namespace tierscope::core
