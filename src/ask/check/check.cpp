#include "ask/check/check.hpp"

#include "ask/check/check_rules.hpp"
#include "ask/shares.hpp"

namespace tierscope::core {
namespace {

constexpr Rule rules[] = {find_contradictions,   find_duplicates,      find_parts_with_total,
                          find_supply_above_one, find_missing_sources, find_old_beside_new,
                          find_spellings,        find_self_relations,  find_misplaced};

}  // namespace

Problems check(const Model& model) {
  Problems errors = RevenueLinks(model).contradictions();
  for (Problem& error : shared_label_errors(model)) errors.push_back(std::move(error));
  if (!errors.empty()) throw BadData(std::move(errors));
  Problems findings = model.rest().warnings;
  const Inspected inspected(model);
  for (const Rule rule : rules) rule(inspected, findings);
  return findings;
}

}  // namespace tierscope::core
