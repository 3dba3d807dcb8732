#include "ask/exposure/exposure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

Quantity value_of_total(const Model& model, CompanyIndex supplier, double total) {
  const Quantity revenue = in_wanted_currency(model, model.company(supplier).revenue);
  if (!revenue || total <= 0) return {};
  Quantity value = between(total * revenue.low, total * revenue.high, revenue.currency);
  value.approximate = revenue.approximate;
  return value;
}

SupplierExposure of_supplier(const Model& model, const RevenueLinks& links, CompanyIndex target,
                             const std::array<double, 4>& x, CompanyIndex s) {
  SupplierExposure row;
  row.supplier = s;
  for (const RevenueShare& share : links.shares_of(s))
    if (share.customer == target) row.direct = share.low;
  row.total = x[to_target];
  row.indirect = std::max(0.0, tidy(row.total - row.direct));
  row.other = x[to_other];
  row.unattributed = x[to_unattributed];
  row.trapped = tidy(x[trapped]);
  row.value = value_of_total(model, s, row.total);
  return row;
}

}  // namespace

std::vector<std::uint8_t> upstream_of(const Model& model, std::span<const CompanyIndex> targets) {
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
      if (relation.kind != Kind::supplies) continue;
      const auto found = static_cast<std::uint8_t>(through & ~reached[relation.from] & ~own[relation.from]);
      if (found == 0) continue;
      reached[relation.from] |= found;
      if (fresh[relation.from] == 0) queue.push_back(relation.from);
      fresh[relation.from] |= found;
    }
  }
  return reached;
}

std::string not_converged(double error) {
  return fmt::format(
      "The solution did not converge: a very large loop hardly leaks. The totals are lower bounds; none lies more than "
      "{} too low.",
      format_percent(error));
}

void exposures(const Model& model, const RevenueLinks& links, std::span<const CompanyIndex> targets,
               std::optional<CompanyIndex> supplier, const std::function<void(ExposureResult&&)>& take) {
  const bool all = !supplier;
  const CompanyIndex one = supplier.value_or(0);
  if (!all && std::find(targets.begin(), targets.end(), one) != targets.end())
    throw Question("the supplier and the customer are the same company: " + label(model, one));
  const RevenueFlow flow(model, links);
  const Absorber absorber(flow.system());
  for (std::size_t begin = 0; begin < targets.size(); begin += most_targets) {
    const auto some = targets.subspan(begin, std::min(most_targets, targets.size() - begin));
    const std::vector<std::uint8_t> upstream = upstream_of(model, some);
    absorber.solve(some, [&](std::size_t k, const Absorption& solved) {
      ExposureResult result;
      result.target = some[k];
      result.converged = solved.converged;
      result.error = solved.error;
      for (CompanyIndex s = all ? 0 : one; s < (all ? model.company_count() : one + 1); ++s) {
        if (s == result.target) continue;
        const auto& x = solved.x[flow.state_of(s)];
        if (links.quantified(s)) result.suppliers.push_back(of_supplier(model, links, result.target, x, s));
        if ((upstream[s] >> k & 1U) != 0 && x[to_target] <= 0) result.unquantified.push_back(s);
      }
      std::stable_sort(result.suppliers.begin(), result.suppliers.end(),
                       [](const SupplierExposure& a, const SupplierExposure& b) { return a.total > b.total; });
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
      "direct + indirect = total, the least that the figures add up to; total + unattributed is the most they allow. "
      "other: "
      "ends at companies with no recorded customer.",
      "Beyond the first tier this is an estimate: each company's revenue is taken to pay all its suppliers alike "
      "(proportionality, as in input–output analysis)."};
}

std::vector<std::string> exposure_notes(const Model& model, const ExposureResult& result) {
  std::vector<std::string> notes;
  if (!result.converged) notes.push_back(not_converged(result.error));
  const auto upstream = upstream_of(model, std::span(&result.target, 1));
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == result.target || upstream[r.to] != 0);
  };
  if (std::string note = set_aside_note(model, concerns); !note.empty()) notes.push_back(std::move(note));
  return notes;
}

}  // namespace tierscope::core
