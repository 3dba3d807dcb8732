#pragma once
// Answers at a view that is already taken: what the public questions give, less the view, for whoever shows them
// otherwise than as rows. They live no longer than the model.

#include <memory>

#include <tierscope/chokepoints.hpp>
#include <tierscope/owners.hpp>
#include <tierscope/paths.hpp>
#include <tierscope/shock.hpp>

#include "model/model.hpp"

namespace tierscope::core {

namespace api = ::tierscope;

/// Each throws Question and BadData as its public question reports them; what it returns beside are warnings.
Result<api::Chokepoints> answer(const std::shared_ptr<const Model>& model, const ChokepointsOptions& options);
Result<api::Owners> answer(const std::shared_ptr<const Model>& model, const OwnersOptions& options);
Result<api::Paths> answer(const std::shared_ptr<const Model>& model, const PathsOptions& options);
Result<api::Shock> answer(const std::shared_ptr<const Model>& model, const ShockOptions& options);

}  // namespace tierscope::core
