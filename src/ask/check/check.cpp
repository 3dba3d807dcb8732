#include "ask/check/check.hpp"

#include "ask/check/check_rules.hpp"

namespace tierscope::core {
namespace {

constexpr Rule data_rules[] = {find_contradictions, find_duplicates,      find_replaced_contracts,
                               find_unmarked_parts, find_missing_sources, find_ended_without_until,
                               find_self_relations, find_misplaced,       find_inexact_notes,
                               find_no_category,    find_spellings};
constexpr Rule view_rules[] = {find_contradicting_shares, find_contradicting_owners, find_stale_shares,
                               find_short_periods,        find_sole_claims,          find_parts_with_total,
                               find_undated_deals,        find_deals_twice};

}  // namespace

Problems check_data(const Model& data) {
  Problems findings = data.rest().warnings;
  for (Problem& error : shared_label_errors(data)) findings.push_back(std::move(error));
  const Inspected inspected(data);
  for (const Rule rule : data_rules) rule(inspected, findings);
  return findings;
}

Problems check_view(const Model& view) {
  Problems findings;
  const Inspected inspected(view);
  for (const Rule rule : view_rules) rule(inspected, findings);
  return findings;
}

}  // namespace tierscope::core
