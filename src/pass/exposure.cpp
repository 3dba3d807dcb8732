#include "pass/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/names.hpp"
#include "model/view.hpp"
#include "pass/absorb.hpp"
#include "pass/gate.hpp"

namespace tierscope {
namespace {

// Right-hand sides of the system, in the order of AbsorbingSystem::leak.
constexpr std::size_t to_target = 0;
constexpr std::size_t to_other = 1;
constexpr std::size_t to_unattributed = 2;

AbsorbingSystem system_of(const Model& model, const RevenueLinks& links, CompanyIndex target) {
  AbsorbingSystem system;
  const std::size_t count = model.company_count();
  system.rows.resize(count);
  system.leak.resize(count, {});
  for (CompanyIndex s = 0; s < count; ++s) {
    if (s == target) continue;
    auto& leak = system.leak[s];
    if (links.of(s).empty()) {
      leak[to_other] = 1;
      continue;
    }
    const double rest = 1 - links.attributed(s);
    leak[to_unattributed] = rest > share_slack ? rest : 0;
    double sum = 0;
    for (const RevenueLink& link : links.of(s)) sum += link.share.low;
    for (const RevenueLink& link : links.of(s)) {
      // A loop would amplify the rounding that shares_above_one lets pass.
      const double share = link.share.low / std::max(1.0, sum);
      if (share <= 0) continue;
      if (link.customer == target)
        leak[to_target] += share;
      else if (model.company(link.customer).aggregate)
        leak[links.of(link.customer).empty() ? to_other : to_unattributed] += share;
      else
        system.rows[s].push_back({link.customer, share});
    }
  }
  return system;
}

// Suppliers from whom some recorded chain leads to the target, passing through no aggregate.
std::vector<bool> upstream_of(const Model& model, CompanyIndex target) {
  std::vector<bool> reached(model.company_count(), false);
  std::vector<CompanyIndex> queue{target};
  reached[target] = true;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    if (head != 0 && model.company(queue[head]).aggregate) continue;
    const auto [first, last] = boost::in_edges(queue[head], model.graph());
    for (auto edge = first; edge != last; ++edge) {
      const Relation& relation = model.relation(*edge);
      if (relation.kind != Kind::supplies || reached[relation.from]) continue;
      reached[relation.from] = true;
      queue.push_back(relation.from);
    }
  }
  reached[target] = false;
  return reached;
}

double tidy(double share) { return std::abs(share) < 1e-12 ? 0 : share; }

SupplierExposure of_supplier(const Model& model, const RevenueLinks& links, const ExposureResult& result,
                             const Absorption& solved, CompanyIndex s) {
  SupplierExposure row;
  row.supplier = s;
  for (const RevenueLink& link : links.of(s))
    if (link.customer == result.target) row.direct = link.share.low;
  row.total = solved.x[s][to_target];
  row.indirect = std::max(0.0, tidy(row.total - row.direct));
  row.other = solved.x[s][to_other];
  row.unattributed = solved.x[s][to_unattributed];
  row.trapped = std::max(0.0, tidy(1 - row.total - row.other - row.unattributed));
  const Quantity revenue = in_wanted_currency(model, model.company(s).revenue);
  if (revenue && row.total > 0) {
    row.value = between(row.total * revenue.low, row.total * revenue.high, revenue.currency);
    row.value.approximate = revenue.approximate;
  }
  return row;
}

std::vector<const Relation*> relations_of(const RevenueLinks& links, const std::vector<Chain>& chains) {
  std::vector<const Relation*> relations;
  for (const Chain& chain : chains)
    for (std::size_t i = 0; i + 1 < chain.companies.size(); ++i)
      for (const RevenueLink& link : links.of(chain.companies[i]))
        if (link.customer == chain.companies[i + 1])
          relations.insert(relations.end(), link.relations.begin(), link.relations.end());
  return relations;
}

std::string arrows(const Model& model, const Chain& chain) {
  std::string text;
  for (const CompanyIndex v : chain.companies) text += (text.empty() ? "" : " → ") + label(model, v);
  return text;
}

// What the lazily made rows need to stay alive.
struct Answered {
  RevenueLinks links;
  ExposureResult result;
  ChainFinder finder;
  std::size_t chains;
  Answered(const Model& model, const ExposureParams& params)
      : links(model),
        result(exposure(model, links, params)),
        finder(model, links, result.target),
        chains(params.chains) {}
};

Value value_of(const Model& model, const Answered& answered, std::size_t i) {
  const SupplierExposure& row = answered.result.suppliers[i];
  const std::vector<Chain> chains = answered.finder.strongest(row.supplier, answered.chains);
  Value::List list;
  for (const Chain& chain : chains) {
    Value::List ids;
    for (const CompanyIndex v : chain.companies) ids.emplace_back(model.id(v));
    list.emplace_back(Value::Members{{"companies", std::move(ids)}, {"share", chain.share}});
  }
  Evidence evidence(model);
  for (const Relation* r : relations_of(answered.links, chains)) evidence.add(*r);
  return Value::Members{{"supplier", model.id(row.supplier)},
                        {"target", model.id(answered.result.target)},
                        {"direct", row.direct},
                        {"indirect", row.indirect},
                        {"total", row.total},
                        {"other", row.other},
                        {"unattributed", row.unattributed},
                        {"trapped", row.trapped},
                        {"value", money_value(row.value)},
                        {"chains", std::move(list)},
                        {"sources", strings_value(evidence.sources())},
                        {"oldest", date_value(evidence.oldest())},
                        {"newest", date_value(evidence.newest())}};
}

std::string not_converged(const ExposureResult& result) {
  return fmt::format(
      "The solution did not converge: a very large loop hardly leaks. The totals are lower bounds; none lies more than "
      "{} too low.",
      format_percent(result.error));
}

Report report(const Model& model, const ExposureParams& params) {
  const auto answered = std::make_shared<Answered>(model, params);
  const ExposureResult& result = answered->result;
  const std::string target = label(model, result.target);
  Report report;
  report.command = "exposure";
  std::size_t exposed = 0;
  Evidence evidence(model);
  Gate gate(params.fail_above);
  Table chains{
      "Strongest supply chains", {{"share", CellType::fraction}, {"chain"}, {"sources", CellType::sources}}, {}};
  for (std::size_t i = 0; i < result.suppliers.size(); ++i) {
    const SupplierExposure& row = result.suppliers[i];
    if (row.total <= 0) continue;
    ++exposed;
    gate.see(row.total, fmt::format("{} depends on {} for {} of its revenue", label(model, row.supplier), target,
                                    format_percent(row.total)));
    if (exposed > 20 && params.supplier.empty()) continue;
    const std::vector<Chain> found = answered->finder.strongest(row.supplier, params.chains);
    for (const Chain& chain : found)
      chains.rows.push_back(
          {i, {exactly(chain.share), arrows(model, chain), source_ids(model, relations_of(answered->links, {chain}))}});
    for (const Relation* r : relations_of(answered->links, found)) evidence.add(*r);
  }
  if (params.supplier.empty()) {
    report.title = fmt::format("Suppliers of {}, over all tiers: {} proven by figures, {} recorded without", target,
                               exposed, result.unquantified.size());
  } else {
    const std::string supplier = label(model, find_company(model, params.supplier));
    report.title = exposed == 1 ? fmt::format("{} earns at least {} of its revenue from {}", supplier,
                                              format_percent(result.suppliers.front().total), target)
                                : fmt::format("No figure says how much {} depends on {}", supplier, target);
  }
  report.results.count = result.suppliers.size();
  report.results.noun = "supplier";
  report.results.table_limit = 20;
  report.results.columns = {{"supplier"},
                            {"direct", CellType::fraction},
                            {"indirect", CellType::fraction},
                            {"total", CellType::fraction},
                            {"other", CellType::fraction, false, true},
                            {"unattributed", CellType::fraction},
                            {"trapped", CellType::fraction, false, true},
                            {"value", CellType::amount, false, true}};
  report.results.value = [&model, answered](std::size_t i) { return value_of(model, *answered, i); };
  report.results.rows = [&model, answered](std::size_t i) {
    const SupplierExposure& row = answered->result.suppliers[i];
    return std::vector<std::vector<Cell>>{{label(model, row.supplier), exactly(row.direct), exactly(row.indirect),
                                           exactly(row.total), exactly(row.other), exactly(row.unattributed),
                                           exactly(row.trapped), row.value}};
  };
  report.tables.push_back(std::move(chains));
  Table unknown{"No proven share, but a recorded chain leads to " + target,
                {{"supplier"}, {"sells to"}, {"what"}, {"sources", CellType::sources}},
                {}};
  Value::List ids;
  for (const CompanyIndex v : result.unquantified) {
    ids.emplace_back(model.id(v));
    for (const RevenueLink& link : answered->links.of(v)) {
      const bool direct = link.customer == result.target;
      if (!direct && answered->links.of(v).size() > 1 && &link != &answered->links.of(v).front()) continue;
      unknown.rows.push_back({unknown.rows.size(),
                              {label(model, v), label(model, link.customer), subject(model, *link.relations.front()),
                               source_ids(model, link.relations)}});
      if (direct) break;
    }
  }
  report.tables.push_back(std::move(unknown));
  const auto upstream = upstream_of(model, result.target);
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == result.target || upstream[r.to]) &&
           (params.supplier.empty() || r.from == find_company(model, params.supplier));
  };
  const auto aside = not_counted(model, concerns);
  report.tables.push_back(not_counted_table(model, aside));
  report.beside.emplace_back("unquantified", std::move(ids));
  report.beside.emplace_back("not_counted", not_counted_value(model, aside));
  report.notes = exposure_notes();
  if (!result.converged) report.notes.push_back(not_converged(result));
  if (const std::string note = set_aside_note(model, concerns); !note.empty()) report.notes.push_back(note);
  report.notes.push_back(evidence.span_note());
  report.sources = evidence.sources();
  report.gate = gate.reason();
  return report;
}

Answer bind(Options& options) {
  const auto params = std::make_shared<ExposureParams>();
  options.required("--to", params->to, "COMPANY", "the customer that the revenue comes from");
  options.text("--supplier", params->supplier, "COMPANY", "one supplier only");
  options.count("--chains", params->chains, 0, 100,
                "how many of the strongest supply chains to list with each supplier (3)");
  options.share("--fail-above", params->fail_above, "exit 1 if a total is above it, as in 50%");
  return [params](const Model& model) { return report(model, *params); };
}

}  // namespace

namespace {

// Of one supplier, or of all.
ExposureResult solve(const Model& model, const RevenueLinks& links, CompanyIndex target,
                     std::optional<CompanyIndex> one) {
  ExposureResult result;
  result.target = target;
  const Absorption solved = absorb(system_of(model, links, target));
  result.converged = solved.converged;
  result.error = solved.error;
  const std::vector<bool> upstream = upstream_of(model, target);
  for (CompanyIndex s = 0; s < model.company_count(); ++s) {
    if (s == target || (one && s != *one)) continue;
    if (links.quantified(s)) result.suppliers.push_back(of_supplier(model, links, result, solved, s));
    if (upstream[s] && solved.x[s][to_target] <= 0) result.unquantified.push_back(s);
  }
  std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                   [](const SupplierExposure& a, const SupplierExposure& b) { return a.total > b.total; });
  return result;
}

}  // namespace

std::vector<std::string> exposure_notes() {
  return {
      "direct + indirect = total, the least that the data prove; total + unattributed is the most they allow. other: "
      "ends at companies with no recorded customer.",
      "Beyond the first tier this is an estimate: each company's revenue is taken to pay all its suppliers alike "
      "(proportionality, as in input–output analysis)."};
}

std::vector<std::string> exposure_notes(const Model& model, const ExposureResult& result) {
  std::vector<std::string> notes;
  if (!result.converged) notes.push_back(not_converged(result));
  const auto upstream = upstream_of(model, result.target);
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == result.target || upstream[r.to]);
  };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

ExposureResult exposure(const Model& model, const RevenueLinks& links, CompanyIndex target) {
  return solve(model, links, target, {});
}

ExposureResult exposure(const Model& model, const RevenueLinks& links, const ExposureParams& params) {
  const CompanyIndex target = find_company(model, params.to);
  if (params.supplier.empty()) return solve(model, links, target, {});
  const CompanyIndex one = find_company(model, params.supplier);
  if (one == target) throw Question("the supplier and the customer are the same company: " + label(model, one));
  return solve(model, links, target, one);
}

ExposureResult exposure(const Model& model, const ExposureParams& params) {
  return exposure(model, RevenueLinks(model), params);
}

const Pass exposure_pass{"exposure", "how much of a supplier's revenue one customer pays, over all tiers",
                         "Example: tierscope exposure graphs/bytedance --to bytedance --supplier runze",
                         StatusSet::of(Status::active), bind};

}  // namespace tierscope
