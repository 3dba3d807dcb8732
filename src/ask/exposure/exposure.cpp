#include "ask/exposure/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "ask/exposure/revenue_flow.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

// Places in Absorption::x, and of the leaks in that order.
constexpr std::size_t to_target = 0;
constexpr std::size_t to_other = 1;
constexpr std::size_t to_unattributed = 2;
constexpr std::size_t trapped = 3;

double tidy(double share) { return std::abs(share) < 1e-12 ? 0 : share; }

SupplierExposure of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex target,
                             std::array<double, 4> x, double rounding, CompanyIndex s) {
  SupplierExposure row;
  row.supplier = s;
  row.direct = 0;
  for (const RevenueShare& share : links.shares_of(s))
    if (share.customer == target) row.direct = share.known ? std::optional(share.low) : std::nullopt;
  // What rounding may have made of it is nobody's.
  for (const std::size_t part : {to_target, to_other, trapped}) {
    const double least =
        std::max(x[part] - rounding, part == to_target ? std::min(x[part], row.direct.value_or(0)) : 0);
    x[to_unattributed] += x[part] - least;
    x[part] = least;
  }
  row.total = x[to_target];
  row.indirect = std::max(0.0, tidy(row.total - row.direct.value_or(0)));
  row.other = x[to_other];
  row.unattributed = x[to_unattributed];
  row.trapped = tidy(x[trapped]);
  if (model.rest().currency && row.total > 0) in_wanted_currency(model, model.company(s).revenue);
  return row;
}

// The rows whose figure is in some share.
std::vector<bool> quantified_rows(const Model& model, const RevenueLinks& links) {
  std::vector<bool> rows(model.relation_count(), false);
  for (CompanyIndex s = 0; s < model.company_count(); ++s)
    for (const RevenueShare& share : links.shares_of(s))
      links.for_each_figure(share, [&](const Relation& r) { rows[r.row] = true; });
  return rows;
}

// The first link of a recorded chain whose share is unknown: to the target itself, else the first such, else the first.
CompanyIndex first_unknown(const Model& model, const RevenueLinks& links, CompanyIndex supplier, CompanyIndex target,
                           const std::function<bool(CompanyIndex)>& leads_on) {
  const RevenueShare* first = nullptr;
  for (const RevenueShare& share : links.shares_of(supplier)) {
    if (share.customer == target && !share.known) return target;
    if (share.customer != target && (model.company(share.customer).aggregate || !leads_on(share.customer))) continue;
    if (first == nullptr || (first->known && !share.known)) first = &share;
  }
  return first == nullptr ? target : first->customer;
}

// Sums of the same shares in another order differ in their last bits, and are the same number.
std::int64_t comparable(double share) { return std::llround(share * 1e12); }

}  // namespace

bool before(const Model& model, const SupplierExposure& a, const SupplierExposure& b) {
  if (comparable(a.total) != comparable(b.total)) return a.total > b.total;
  const double most_of_a = a.total + a.unattributed;
  const double most_of_b = b.total + b.unattributed;
  if (comparable(most_of_a) != comparable(most_of_b)) return most_of_a > most_of_b;
  return model.id(a.supplier) < model.id(b.supplier);
}

std::vector<std::uint8_t> upstream_of(const Model& model, std::span<const CompanyIndex> targets,
                                      const std::vector<bool>& rows) {
  std::vector<std::uint8_t> reached(model.company_count(), 0);
  std::vector<std::uint8_t> fresh(model.company_count(), 0);  // bits that have not gone on yet
  std::vector<CompanyIndex> queue;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    fresh[targets[k]] = static_cast<std::uint8_t>(fresh[targets[k]] | 1U << k);
    queue.push_back(targets[k]);
  }
  const std::vector<std::uint8_t> own = fresh;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const CompanyIndex v = queue[head];
    const std::uint8_t bits = std::exchange(fresh[v], std::uint8_t{0});
    const std::uint8_t through = model.company(v).aggregate ? bits & own[v] : bits;
    if (through == 0) continue;
    for (const std::uint32_t row : model.in_rows(v)) {
      const Relation& relation = model.relation(row);
      if (relation.kind != Kind::supplies || (!rows.empty() && !rows[row])) continue;
      const auto found = static_cast<std::uint8_t>(through & ~reached[relation.from] & ~own[relation.from]);
      if (found == 0) continue;
      reached[relation.from] |= found;
      if (fresh[relation.from] == 0) queue.push_back(relation.from);
      fresh[relation.from] |= found;
    }
  }
  return reached;
}

std::vector<std::string> precision_notes(const Precision& precision) {
  std::vector<std::string> notes;
  if (!precision.converged)
    notes.push_back(
        fmt::format("The solution did not converge: a very large loop hardly leaks. The totals are lower bounds; none "
                    "lies more than {} too low.",
                    format_percent(precision.error)));
  if (precision.rounding > 0)
    notes.push_back(
        fmt::format("A loop hardly leaks: the shares of its companies would have to be known to more than 16 digits. "
                    "Of a supplier's revenue {} is unattributed for that.",
                    in_words(between(0, precision.rounding))));
  return notes;
}

void exposures(const Model& model, const RevenueLinks& links, std::span<const CompanyIndex> targets,
               std::optional<CompanyIndex> supplier, const std::function<void(ExposureResult&&)>& take) {
  const bool all = !supplier;
  const CompanyIndex one = supplier.value_or(0);
  if (!all && std::find(targets.begin(), targets.end(), one) != targets.end())
    throw Question("the supplier and the customer are the same company: " + label(model, one));
  const AbsorbingSystem flow = revenue_flow(model, links);
  const Absorber absorber(flow);
  const std::vector<bool> quantified = quantified_rows(model, links);
  for (std::size_t begin = 0; begin < targets.size(); begin += most_targets) {
    const auto some = targets.subspan(begin, std::min(most_targets, targets.size() - begin));
    const std::vector<std::uint8_t> recorded = upstream_of(model, some);
    const std::vector<std::uint8_t> figures = upstream_of(model, some, quantified);
    absorber.solve(some, [&](std::size_t k, const Absorption& solved) {
      ExposureResult result;
      result.target = some[k];
      result.precision = {solved.converged, solved.error};
      const auto leads_on = [&](CompanyIndex v) { return (recorded[v] >> k & 1U) != 0; };
      result.by_figures.reserve(figures.size());
      for (const std::uint8_t bits : figures) result.by_figures.push_back((bits >> k & 1U) != 0);
      for (CompanyIndex s = all ? 0 : one; s < (all ? model.company_count() : one + 1); ++s) {
        if (s == result.target || model.company(s).aggregate || !leads_on(s)) continue;
        const double rounding = solved.rounding.empty() ? 0 : solved.rounding[s];
        if (rounding > told_rounding) result.precision.rounding = std::max(result.precision.rounding, rounding);
        const SupplierExposure row = of_supplier(model, links, result.target, solved.x[s], rounding, s);
        if (links.quantified(s)) result.suppliers.push_back(row);
        if (!result.by_figures[s] || !row.direct)
          result.unquantified.push_back({s, first_unknown(model, links, s, result.target, leads_on)});
      }
      std::sort(result.suppliers.begin(), result.suppliers.end(),
                [&](const auto& a, const auto& b) { return before(model, a, b); });
      take(std::move(result));
    });
  }
}

ExposureResult exposure(const Model& model, const RevenueLinks& links, CompanyIndex target,
                        std::optional<CompanyIndex> supplier) {
  ExposureResult only;
  exposures(model, links, std::span(&target, 1), supplier, [&](ExposureResult&& result) { only = std::move(result); });
  return only;
}

std::vector<std::string> exposure_notes() {
  return {
      "direct + indirect = total, the least that the figures add up to. total + unattributed is the most that the data "
      "allow, if companies without a recorded customer (other) sell to final demand only.",
      proportionality_note()};
}

std::string proportionality_note() {
  return "Beyond the first tier this is an estimate: each company's revenue is taken to pay all its suppliers alike "
         "(proportionality, as in input–output analysis).";
}

std::size_t recorded_without(const ExposureResult& result) {
  return static_cast<std::size_t>(std::count_if(result.unquantified.begin(), result.unquantified.end(),
                                                [&](const auto& u) { return !result.by_figures[u.supplier]; }));
}

std::vector<std::string> exposure_notes(const Model& model, const RevenueLinks& links, const ExposureResult& result) {
  std::vector<std::string> notes = precision_notes(result.precision);
  const auto upstream = upstream_of(model, std::span(&result.target, 1));
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == result.target || upstream[r.to] != 0);
  };
  const auto above = [&](CompanyIndex s) { return upstream[s] != 0; };
  for (std::string& note : links.contradiction_notes(above)) notes.push_back(std::move(note));
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

}  // namespace tierscope::core
