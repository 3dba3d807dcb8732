#include "ask/concentration/concentration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "ask/gate.hpp"
#include "ask/shares.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

Text category_of(const Relation& relation) { return relation.category ? relation.category : relation.item; }

void add_share(SupplyShare& supplier, const Relation& relation) {
  supplier.relations.push_back(&relation);
  if (!relation.supply_share || relation.restates) return;
  if (!supplier.share) {
    supplier.share = relation.supply_share;
    return;
  }
  const bool approximate = supplier.share.approximate || relation.supply_share.approximate;
  supplier.share = between(supplier.share.low + relation.supply_share.low,
                           std::min(1.0, supplier.share.high + relation.supply_share.high));
  supplier.share.approximate = approximate;
}

// low = 10⁴ Σ low², high = 10⁴ (Σ high-clipped² + r²).
void measure(Concentration& group) {
  double low_squares = 0;
  double high_squares = 0;
  bool known = false;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    known = true;
    group.covered += supplier.share.low;
  }
  if (!known) return;
  group.top_high = 0;
  for (const SupplyShare& supplier : group.suppliers) {
    if (!supplier.share) continue;
    const double others = group.covered - supplier.share.low;
    const double clipped = std::max(supplier.share.low, std::min(supplier.share.high, 1 - others));
    group.top_low = std::max(group.top_low, supplier.share.low);
    group.top_high = std::max(group.top_high, clipped);
    low_squares += supplier.share.low * supplier.share.low;
    high_squares += clipped * clipped;
  }
  const double rest = std::max(0.0, 1 - group.covered);
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

std::uint64_t key_of(CompanyIndex customer, Text category) { return (std::uint64_t{customer} << 32U) | category.id; }

/// Every customer's purchases, made when they are asked for.
class Purchases {
 public:
  explicit Purchases(const Model& model) : model_(model) {
    for (std::size_t row = 0; row < model.relation_count(); ++row)
      if (model.relation(row).kind == Kind::supplies) see(model.relation(row));
    for (const SetAside& aside : model.set_aside()) {
      const Relation& r = aside.relation;
      if (aside.reason != Reason::status || r.kind != Kind::supplies) continue;
      see(r);
      if (r.status != Status::ended) aside_.push_back(&r);
    }
    std::stable_sort(aside_.begin(), aside_.end(), [](const Relation* a, const Relation* b) { return a->to < b->to; });
  }

  /// One customer's, in the order of their first rows, which `first_rows` gets too.
  std::vector<Concentration> of(CompanyIndex customer, std::vector<std::uint32_t>* first_rows = nullptr) const {
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t row : model_.in_rows(customer))
      if (model_.relation(row).kind == Kind::supplies) rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    std::vector<Concentration> groups;
    std::unordered_map<std::uint32_t, std::size_t> index;   // by category
    std::unordered_map<std::uint64_t, std::size_t> places;  // of a supplier in its group
    for (const std::uint32_t row : rows) {
      const Relation& r = model_.relation(row);
      const auto [found, fresh] = index.try_emplace(category_of(r).id, groups.size());
      if (fresh) {
        groups.emplace_back().customer = customer;
        groups.back().category = category_of(r);
        if (first_rows != nullptr) first_rows->push_back(row);
      }
      Concentration& group = groups[found->second];
      if (model_.company(r.from).aggregate) {
        group.beside.push_back(&r);
        continue;
      }
      const auto [place, first_of] = places.try_emplace(key_of(r.from, group.category), group.suppliers.size());
      if (first_of) group.suppliers.emplace_back().supplier = r.from;
      add_share(group.suppliers[place->second], r);
    }
    const auto beside = std::equal_range(aside_.begin(), aside_.end(), customer, ByCustomer{});
    for (auto r = beside.first; r != beside.second; ++r)
      if (const auto found = index.find(category_of(**r).id); found != index.end())
        groups[found->second].beside.push_back(*r);
    for (Concentration& group : groups) {
      std::stable_sort(group.suppliers.begin(), group.suppliers.end(), [](const SupplyShare& a, const SupplyShare& b) {
        return a.share.known != b.share.known ? a.share.known : a.share.low > b.share.low;
      });
      measure(group);
      const auto seen = in_graph_.find(group.category.id);
      group.level = level_of(group, seen != in_graph_.end() && seen->second.several);
    }
    return groups;
  }

  Concentration of(CompanyIndex customer, Text category) const {
    for (Concentration& group : of(customer))
      if (group.category == category) return std::move(group);
    return {};
  }

  void suggest_categories(Suggestion& suggestion) const {
    for (const auto& [category, suppliers] : in_graph_) suggestion.consider(model_.text(Text{category}));
  }

 private:
  struct ByCustomer {
    bool operator()(const Relation* r, CompanyIndex customer) const { return r->to < customer; }
    bool operator()(CompanyIndex customer, const Relation* r) const { return customer < r->to; }
  };
  struct Suppliers {
    CompanyIndex first = 0;
    bool several = false;
  };

  void see(const Relation& r) {
    if (model_.company(r.from).aggregate) return;
    const auto [found, fresh] = in_graph_.try_emplace(category_of(r).id, Suppliers{r.from, false});
    found->second.several |= found->second.first != r.from;
  }

  const Model& model_;
  std::map<std::uint32_t, Suppliers> in_graph_;  // by category: of any live status
  std::vector<const Relation*> aside_;           // by customer, then in row order
};

/// A purchase by its rank: what is kept where millions of them are ordered.
struct Ranked {
  CompanyIndex customer = 0;
  Text category;
  std::uint32_t first_row = 0;
  Level level = Level::unknown;
  double hhi_low = 0;
  std::size_t seen = 0;  // how many were seen before it
};

/// The purchases that are asked for, most severe first; each was shown to `see`.
std::vector<Ranked> ranked(const Model& model, const Purchases& purchases, const ConcentrationParams& params,
                           const std::function<void(const Concentration&)>& see) {
  const std::optional<CompanyIndex> customer =
      params.customer.empty() ? std::nullopt : std::optional(find_company(model, params.customer));
  const std::string category = fold(params.category);
  std::vector<Ranked> order;
  std::vector<std::uint32_t> first_rows;
  for (CompanyIndex c = customer.value_or(0); c < (customer ? *customer + 1 : model.company_count()); ++c) {
    first_rows.clear();
    const std::vector<Concentration> groups = purchases.of(c, &first_rows);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const Concentration& group = groups[i];
      if (!category.empty() && fold(model.text(group.category)) != category) continue;
      see(group);
      order.push_back({group.customer, group.category, first_rows[i], group.level, group.hhi_low, order.size()});
    }
  }
  if (!category.empty() && order.empty()) {
    Suggestion suggestion(params.category);
    purchases.suggest_categories(suggestion);
    throw Question("no counted purchase of category " + quote(params.category) + suggestion.text());
  }
  std::sort(order.begin(), order.end(), [](const Ranked& a, const Ranked& b) {
    if (a.level != b.level) return a.level < b.level;
    return a.hhi_low != b.hhi_low ? a.hhi_low > b.hhi_low : a.first_row < b.first_row;
  });
  return order;
}

std::string category_label(const Model& model, const Concentration& group) {
  return group.category ? std::string(model.text(group.category)) : "(unspecified)";
}

Value value_of(const Model& model, const Concentration& group) {
  Value::List suppliers;
  for (const SupplyShare& supplier : group.suppliers) {
    suppliers.emplace_back(Value::Members{{"supplier", model.id(supplier.supplier)},
                                          {"share", share_value(model, supplier.share)},
                                          {"status", to_string(supplier.relations.front()->status)},
                                          {"sources", sources_value(model, supplier.relations)}});
  }
  Value::List beside;
  Evidence evidence(model);
  for (const SupplyShare& supplier : group.suppliers)
    for (const Relation* r : supplier.relations) evidence.add(*r);
  for (const Relation* r : group.beside)
    beside.emplace_back(Value::Members{{"supplier", model.id(r->from)},
                                       {"aggregate", model.company(r->from).aggregate},
                                       {"share", share_value(model, r->supply_share)},
                                       {"status", to_string(r->status)},
                                       {"sources", sources_value(model, *r)}});
  Value top;
  if (top_share_known(group)) top = range_value(group.top_low, group.top_high);
  const EffectiveSuppliers effective = effective_suppliers(group);
  return Value::Members{
      {"customer", model.id(group.customer)},
      {"category", text_value(model.text(group.category))},
      {"count", group.suppliers.size()},
      {"suppliers", std::move(suppliers)},
      {"beside", std::move(beside)},
      {"covered", group.covered},
      {"top_share", std::move(top)},
      {"hhi", range_value(group.hhi_low, group.hhi_high)},
      {"effective_suppliers",
       Value::Members{{"low", effective.low}, {"high", std::isinf(effective.high) ? Value() : Value(effective.high)}}},
      {"level", to_string(group.level)},
      {"oldest", date_value(evidence.oldest())},
      {"newest", date_value(evidence.newest())}};
}

std::vector<std::vector<Cell>> rows_of(const Model& model, const Concentration& group) {
  std::vector<std::vector<Cell>> rows;
  const bool known = group.hhi_low > 0 || group.hhi_high < 1e4;
  const auto add = [&](std::string supplier, const Quantity& share, const std::vector<const Relation*>& relations) {
    rows.push_back({label(model, group.customer), category_label(model, group), std::move(supplier), share,
                    known ? between(group.hhi_low, group.hhi_high) : Quantity{}, to_string(group.level),
                    source_ids(model, relations)});
  };
  for (const SupplyShare& supplier : group.suppliers)
    add(label(model, supplier.supplier), supplier.share, supplier.relations);
  if (rows.empty()) add("(no single company)", {}, {});
  return rows;
}

std::vector<std::vector<Cell>> beside_rows(const Model& model, const Concentration& group) {
  std::vector<std::vector<Cell>> rows;
  for (const Relation* r : group.beside) {
    const std::string why = model.company(r->from).aggregate ? "aggregate" : std::string(to_string(r->status));
    rows.push_back({label(model, group.customer), category_label(model, group),
                    label(model, r->from) + " (" + why + ")", r->supply_share, Quantity{}, "", source_ids(model, *r)});
    rows.back()[4].text = " ";  // the index is the group's
  }
  return rows;
}

}  // namespace

Report report(const Model& model, const ConcentrationParams& params) {
  const auto purchases = std::make_shared<const Purchases>(model);
  Report report;
  report.command = "concentration";
  Evidence evidence(model);
  std::size_t alone = 0;
  std::size_t dominant = 0;
  std::size_t unknown = 0;
  Gate gate(params.fail_above);
  const auto count = [&](const Concentration& group) {
    alone += group.level == Level::sole_source || group.level == Level::single_source;
    dominant += group.level == Level::dominant;
    unknown += group.hhi_low == 0 && group.hhi_high >= 1e4;
    for (const SupplyShare& supplier : group.suppliers)
      for (const Relation* r : supplier.relations) evidence.add(*r);
    gate.see(group.hhi_low, [&] {
      return fmt::format("the suppliers of {} to {} have an HHI of at least {}", category_label(model, group),
                         label(model, group.customer), format_number(group.hhi_low, 0));
    });
  };
  const auto groups = std::make_shared<const std::vector<Ranked>>(ranked(model, *purchases, params, count));
  report.title = fmt::format("{} purchase{}{}: {} from one recorded supplier, {} from a dominant one", groups->size(),
                             groups->size() == 1 ? "" : "s",
                             params.customer.empty() ? "" : " of " + label(model, find_company(model, params.customer)),
                             alone, dominant);
  report.results.count = groups->size();
  report.results.noun = "purchase";
  report.results.table_limit = 20;
  report.results.columns = {{"customer", CellType::text, true, false, !params.customer.empty()},
                            {"category", CellType::text, true},
                            {"supplier"},
                            {"share", CellType::share},
                            {"HHI", CellType::hhi, true},
                            {"level", CellType::text, true},
                            {"sources", CellType::sources}};
  const auto group = [purchases, groups](std::size_t i) {
    return purchases->of((*groups)[i].customer, (*groups)[i].category);
  };
  report.results.value = [&model, group](std::size_t i) { return value_of(model, group(i)); };
  report.results.rows = [&model, group](std::size_t i) { return rows_of(model, group(i)); };
  report.results.detail = [&model, group](std::size_t i) { return beside_rows(model, group(i)); };
  std::vector<std::uint64_t> asked;
  for (const Ranked& each : *groups) asked.push_back(key_of(each.customer, each.category));
  std::sort(asked.begin(), asked.end());
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && std::binary_search(asked.begin(), asked.end(), key_of(r.to, category_of(r)));
  };
  report.notes.push_back(
      "share: of the customer's purchases of the category. Only recorded suppliers count; one who is not in the data "
      "is not seen.");
  report.notes.push_back(
      "sole-source: nobody else is recorded for the category at all. single-source: others are recorded, for other "
      "customers or with a status that is not counted.");
  if (unknown != 0)
    report.notes.push_back(
        fmt::format("{} purchase{} no reported share: HHI unknown.", unknown, unknown == 1 ? " has" : "s have"));
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  report.notes.push_back(evidence.span_note());
  report.sources = evidence.sources();
  report.gate = gate.reason();
  return report;
}

namespace {

Answer bind(Options& options) {
  const auto params = std::make_shared<ConcentrationParams>();
  options.text("--customer", params->customer, "COMPANY", "one customer only");
  options.text("--category", params->category, "CATEGORY", "one category only");
  options.number("--fail-above", params->fail_above, 0, 1e4, "exit 1 if a proven HHI (its low bound) is above it");
  return [params](const Model& model, std::optional<std::size_t>) { return report(model, *params); };
}

}  // namespace

std::string_view to_string(Level level) {
  constexpr std::string_view names[] = {"sole-source", "single-source", "dominant", "high",
                                        "moderate",    "low",           "unknown"};
  return names[static_cast<std::size_t>(level)];
}

ConcentrationResult concentration(const Model& model, const ConcentrationParams& params) {
  std::vector<Concentration> groups;
  ConcentrationResult result;
  const auto keep = [&](const Concentration& group) { groups.push_back(group); };
  for (const Ranked& each : ranked(model, Purchases(model), params, keep))
    result.groups.push_back(std::move(groups[each.seen]));
  return result;
}

EffectiveSuppliers effective_suppliers(const Concentration& group) {
  return {1e4 / group.hhi_high, group.hhi_low > 0 ? 1e4 / group.hhi_low : unbounded};
}

bool top_share_known(const Concentration& group) {
  return !group.suppliers.empty() && group.suppliers.front().share.known;
}

const Pass concentration_pass{
    "concentration", "where there is only one supplier, per customer and category",
    "Example: tierscope concentration graphs/bytedance --customer bytedance\n"
    "HHI above 1,800 is highly, 1,000 to 1,800 moderately concentrated (2023 US merger guidelines).",
    StatusSet::of(Status::active), bind};

}  // namespace tierscope::core
