#pragma once
// From a public question to its computation and back: the view, the failures, what all answers say of themselves.

#include <tierscope/model.hpp>

#include "ask/inquiry.hpp"
#include "model/model.hpp"
#include "model/view.hpp"

namespace tierscope::core {

/// The view's words as the model's; wrong ones are problems.
Result<ViewParams> view_params(const View& view, StatusSet statuses);

/// What the model is, as a slice at the view. Takes the model's memory where nobody else holds it.
std::shared_ptr<const Model> slice(tierscope::Model model, const ViewParams& params);

/// Problems of what was thrown while a question was answered; anything but bad data and bad questions goes on.
Problems problems_of(const std::exception& thrown);

/// Fills `about` in: command, graphs, date, statuses, who is counted without a name of its own; keeps the slice alive.
void describe_view(About& about, std::string_view command, const std::shared_ptr<const Model>& slice);

/// `compute` gets the slice and makes the body, whose `about` it gives title, notes and sources. It may throw Question
/// and BadData; nothing that it leaves to be read later may. It may return warnings with the body.
template <typename Body, typename Compute>
Result<Body> answered(const Inquiry& inquiry, tierscope::Model model, const View& view, const Compute& compute) {
  const Result<ViewParams> params = view_params(view, inquiry.statuses);
  if (!params) return params.problems();
  try {
    const std::shared_ptr<const Model> seen = slice(std::move(model), *params);
    Result<Body> body = compute(seen);
    if (body) describe_view(body->about, inquiry.name, seen);
    return body;
  } catch (const Question& thrown) {
    return problems_of(thrown);
  } catch (const BadData& thrown) {
    return problems_of(thrown);
  }
}

}  // namespace tierscope::core
