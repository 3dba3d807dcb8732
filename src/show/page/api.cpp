#include <fmt/format.h>

#include <tierscope/draw.hpp>

#include "ask/answered.hpp"
#include "show/page/explore.hpp"
#include "show/page/explore_page.hpp"

namespace tierscope {
namespace {

// The view's options as they would be typed, for the commands that a page tells its reader; the page adds its own date.
std::string typed_view(const View& view) {
  std::string text;
  const auto add = [&text](std::string_view option, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, value);
  };
  add("--status", fmt::format("{}", fmt::join(view.statuses, ",")));
  if (view.consolidate) text += text.empty() ? "--consolidate" : " --consolidate";
  add("--currency", view.currency);
  for (const std::string& rate : view.rates) add("--rate", rate);
  return text;
}

}  // namespace

Result<Page> explore(const Model& model, const ExploreOptions& options) {
  const Result<core::ViewParams> view = core::view_params(options.view, StatusSet::all());
  if (!view) return view.problems();
  core::ExploreParams params;
  params.title = options.title;
  params.program = version();
  params.options = typed_view(options.view);
  params.statuses_given = !options.view.statuses.empty();
  params.max_length = options.max_length;
  try {
    core::Exploration page = core::explore(*model.inside(), *view, params);
    return Page{core::explore_page(core::page_template(), page.title, page.blocks), std::move(page.notes)};
  } catch (const core::Question& thrown) {
    return core::problems_of(thrown);
  } catch (const core::BadData& thrown) {
    return core::problems_of(thrown);
  }
}

}  // namespace tierscope
