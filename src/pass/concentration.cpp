#include "pass/concentration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "model/names.hpp"
#include "model/unicode.hpp"
#include "pass/gate.hpp"
#include "pass/shares.hpp"

namespace tierscope {
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

// Definitions, section 6: the first that holds. `in_graph`: suppliers of the category to anybody, of any live status.
Level level_of(const Concentration& group, std::size_t in_graph) {
  constexpr double slack = 1e-6;
  if (group.suppliers.size() == 1) return in_graph <= 1 ? Level::sole_source : Level::single_source;
  if (!group.suppliers.empty() && group.suppliers.front().share.low >= 0.5 - share_slack) return Level::dominant;
  if (group.hhi_low > 1800 + slack) return Level::high;
  if (group.hhi_low >= 1000 - slack && group.hhi_high <= 1800 + slack) return Level::moderate;
  if (group.hhi_high < 1000 - slack) return Level::low;
  return Level::unknown;
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
  const auto result = std::make_shared<ConcentrationResult>(concentration(model, params));
  Report report;
  report.command = "concentration";
  Evidence evidence(model);
  std::size_t alone = 0;
  std::size_t dominant = 0;
  std::size_t unknown = 0;
  Gate gate(params.fail_above);
  for (const Concentration& group : result->groups) {
    alone += group.level == Level::sole_source || group.level == Level::single_source;
    dominant += group.level == Level::dominant;
    unknown += group.hhi_low == 0 && group.hhi_high >= 1e4;
    for (const SupplyShare& supplier : group.suppliers)
      for (const Relation* r : supplier.relations) evidence.add(*r);
    gate.see(group.hhi_low,
             fmt::format("the suppliers of {} to {} have an HHI of at least {}", category_label(model, group),
                         label(model, group.customer), format_number(group.hhi_low, 0)));
  }
  report.title = fmt::format("{} purchase{}{}: {} from one recorded supplier, {} from a dominant one",
                             result->groups.size(), result->groups.size() == 1 ? "" : "s",
                             params.customer.empty() ? "" : " of " + label(model, find_company(model, params.customer)),
                             alone, dominant);
  report.results.count = result->groups.size();
  report.results.noun = "purchase";
  report.results.table_limit = 20;
  report.results.columns = {{"customer", CellType::text, true, false, !params.customer.empty()},
                            {"category", CellType::text, true},
                            {"supplier"},
                            {"share", CellType::share},
                            {"HHI", CellType::hhi, true},
                            {"level", CellType::text, true},
                            {"sources", CellType::sources}};
  report.results.value = [&model, result](std::size_t i) { return value_of(model, result->groups[i]); };
  report.results.rows = [&model, result](std::size_t i) { return rows_of(model, result->groups[i]); };
  report.results.detail = [&model, result](std::size_t i) { return beside_rows(model, result->groups[i]); };
  std::set<std::pair<CompanyIndex, Text>> asked;
  for (const Concentration& group : result->groups) asked.emplace(group.customer, group.category);
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && asked.contains({r.to, category_of(r)});
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
  return [params](const Model& model) { return report(model, *params); };
}

}  // namespace

std::string_view to_string(Level level) {
  constexpr std::string_view names[] = {"sole-source", "single-source", "dominant", "high",
                                        "moderate",    "low",           "unknown"};
  return names[static_cast<std::size_t>(level)];
}

ConcentrationResult concentration(const Model& model, const ConcentrationParams& params) {
  const std::optional<CompanyIndex> customer =
      params.customer.empty() ? std::nullopt : std::optional(find_company(model, params.customer));
  std::map<std::pair<CompanyIndex, Text>, std::size_t> index;
  std::map<Text, std::set<CompanyIndex>> in_graph;
  std::unordered_map<std::uint64_t, std::size_t> slots;  // group and supplier -> place among the group's suppliers
  ConcentrationResult result;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (r.kind != Kind::supplies) continue;
    const bool aggregate = model.company(r.from).aggregate;
    if (!aggregate) in_graph[category_of(r)].insert(r.from);
    const auto [found, fresh] = index.try_emplace({r.to, category_of(r)}, result.groups.size());
    if (fresh) {
      Concentration& group = result.groups.emplace_back();
      group.customer = r.to;
      group.category = category_of(r);
    }
    Concentration& group = result.groups[found->second];
    if (aggregate) {
      group.beside.push_back(&r);
      continue;
    }
    const auto [slot, first] =
        slots.try_emplace((std::uint64_t{found->second} << 32U) | r.from, group.suppliers.size());
    if (first) group.suppliers.emplace_back().supplier = r.from;
    add_share(group.suppliers[slot->second], r);
  }
  for (const SetAside& aside : model.set_aside()) {
    const Relation& r = aside.relation;
    if (aside.reason != Reason::status || r.kind != Kind::supplies) continue;
    if (!model.company(r.from).aggregate) in_graph[category_of(r)].insert(r.from);
    const auto found = index.find({r.to, category_of(r)});
    if (found != index.end() && r.status != Status::ended) result.groups[found->second].beside.push_back(&r);
  }
  const std::string category = fold(params.category);
  std::erase_if(result.groups, [&](const Concentration& group) {
    return (customer && group.customer != *customer) ||
           (!category.empty() && fold(model.text(group.category)) != category);
  });
  if (!category.empty() && result.groups.empty()) {
    Suggestion suggestion(params.category);
    for (const auto& [text, suppliers] : in_graph) suggestion.consider(model.text(text));
    throw Question("no counted purchase of category " + quote(params.category) + suggestion.text());
  }
  for (Concentration& group : result.groups) {
    std::stable_sort(group.suppliers.begin(), group.suppliers.end(), [](const SupplyShare& a, const SupplyShare& b) {
      return a.share.known != b.share.known ? a.share.known : a.share.low > b.share.low;
    });
    measure(group);
    group.level = level_of(group, in_graph[group.category].size());
  }
  std::stable_sort(result.groups.begin(), result.groups.end(), [](const Concentration& a, const Concentration& b) {
    return a.level != b.level ? a.level < b.level : a.hhi_low > b.hhi_low;
  });
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

}  // namespace tierscope
