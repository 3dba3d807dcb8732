#pragma once
// How much of a supplier's revenue one customer pays, over all tiers (definitions, section 5).

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ask/shares.hpp"

namespace tierscope::core {

/// Fractions of the supplier's revenue. direct + indirect = total; total + other + unattributed + trapped = 1.
struct SupplierExposure {
  CompanyIndex supplier = 0;
  double direct = 0;
  double indirect = 0;
  double total = 0;         // the least that the data prove
  double other = 0;         // ends at companies with no recorded customer
  double unattributed = 0;  // nobody reported; total + unattributed is the most that the data allow
  double trapped = 0;       // circles for ever in a closed loop
  Quantity value;           // total × revenue, unknown without revenue
};

struct ExposureResult {
  CompanyIndex target = 0;
  std::vector<SupplierExposure> suppliers;  // by total, largest first, ties in input order
  std::vector<CompanyIndex> unquantified;   // a recorded chain leads to the target, but total is 0 for want of figures
  bool converged = true;
  double error = 0;  // where it is not: the totals lie at most so far below the solution
};

/// Hitting probabilities of the target in an absorbing Markov chain. Throws Question
/// where supplier and target are one, BadData for shares above 100 %. Revenue that reaches an aggregate is followed no
/// further: it counts as unattributed where customers of the aggregate are recorded, else as other. Cost: Absorber.
ExposureResult exposure(const Model& model, const RevenueLinks& links, CompanyIndex target,
                        std::optional<CompanyIndex> supplier = {});
/// The same for many customers, one after the other in their order: the flow of revenue is set up once and eight are
/// solved together. 80 bytes a supplier are alive at a time beside what Absorber takes.
void exposures(const Model& model, const RevenueLinks& links, std::span<const CompanyIndex> targets,
               std::optional<CompanyIndex> supplier, const std::function<void(ExposureResult&&)>& take);

/// What a reader is told: with every answer, and with this one (solution, relations not counted).
std::vector<std::string> exposure_notes();
std::vector<std::string> exposure_notes(const Model& model, const ExposureResult& result);
std::string not_converged(double error);

inline constexpr std::size_t most_targets = 8;
/// A bit for each of up to most_targets: does some recorded chain lead there, passing through no aggregate?
std::vector<std::uint8_t> upstream_of(const Model& model, std::span<const CompanyIndex> targets);

}  // namespace tierscope::core
