#pragma once
// How much of a supplier's revenue one customer pays, over all tiers (definitions, section 5).

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ask/shares.hpp"

namespace tierscope::core {

/// Fractions of the supplier's revenue. direct + indirect = total, an unknown direct counting 0; total + other +
/// unattributed + trapped = 1.
struct SupplierExposure {
  CompanyIndex supplier = 0;
  std::optional<double> direct;  // none: a direct link is recorded, but not how much
  double indirect = 0;
  double total = 0;         // the least that the figures add up to
  double other = 0;         // ends at companies with no recorded customer
  double unattributed = 0;  // nobody reported; total + unattributed is the most, if `other` is final demand
  double trapped = 0;       // circles for ever in a closed loop
};

/// A recorded chain leads to the target, but its figures are wanting: from the supplier himself, whose own link to the
/// target (where it is recorded) or first link, to `sells_to`, is unknown, or somewhere behind.
struct UnquantifiedChain {
  CompanyIndex supplier = 0;
  CompanyIndex sells_to = 0;
};

/// How far the parts can be off.
struct Precision {
  bool converged = true;
  double error = 0;     // where it is not: the totals lie at most so far below the solution
  double rounding = 0;  // of some total, by that of the figures, where a loop hardly leaks; lowered by it
};

struct ExposureResult {
  CompanyIndex target = 0;
  std::vector<SupplierExposure> suppliers;  // each with a quantified customer from whom a recorded chain leads here
  // From whom no chain of figures leads here, and those whose direct link is unknown; in input order.
  std::vector<UnquantifiedChain> unquantified;
  std::vector<bool> by_figures;  // by company: a chain of figures leads here, be their low shares 0
  Precision precision;
};

/// The order of an answer: by total, then by total + unattributed, largest first, then by id.
bool before(const Model& model, const SupplierExposure& a, const SupplierExposure& b);

/// How many suppliers have no chain of figures to the target.
std::size_t recorded_without(const ExposureResult& result);

/// Hitting probabilities of the target in an absorbing Markov chain. An aggregate is no supplier, though it may be the
/// target. Throws Question where supplier and target are one, and where the view wants a currency that no rate leads
/// to. Cost: Absorber.
ExposureResult exposure(const Model& model, const RevenueLinks& links, CompanyIndex target,
                        std::optional<CompanyIndex> supplier = {});
/// The same for many customers, one after the other in their order: the flow of revenue is set up once and eight are
/// solved together. 80 bytes a supplier are alive at a time beside what Absorber takes.
void exposures(const Model& model, const RevenueLinks& links, std::span<const CompanyIndex> targets,
               std::optional<CompanyIndex> supplier, const std::function<void(ExposureResult&&)>& take);

/// What a reader is told: with every answer, and with this one (solution, contradictions, relations not counted).
std::vector<std::string> exposure_notes();
/// What a figure beyond the first tier rests on.
std::string proportionality_note();
std::vector<std::string> exposure_notes(const Model& model, const RevenueLinks& links, const ExposureResult& result);
std::vector<std::string> precision_notes(const Precision& precision);

inline constexpr std::size_t most_targets = 8;
/// A bit for each of up to most_targets: does some recorded chain lead there, passing through no aggregate?
/// `rows`: those that count; empty: all.
std::vector<std::uint8_t> upstream_of(const Model& model, std::span<const CompanyIndex> targets,
                                      const std::vector<bool>& rows = {});

}  // namespace tierscope::core
