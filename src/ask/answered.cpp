#include "ask/answered.hpp"

#include <charconv>
#include <cmath>

#include "ask/unnamed.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

void refuse(Problems& problems, std::string_view option, std::string what) {
  problems.push_back({Severity::error, {}, 0, "--" + std::string(option), std::move(what), {}});
}

std::optional<Rate> parse_rate(const std::string& text) {
  if (text.size() <= 8 || text[3] != '/' || text[7] != '=') return {};
  Rate rate;
  rate.from = parse_currency(text.substr(0, 3));
  rate.to = parse_currency(text.substr(4, 3));
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + 8, last, rate.rate);
  if (error != std::errc() || end != last || !(rate.rate > 0) || !std::isfinite(rate.rate)) return {};
  if (!rate.from || !rate.to || rate.from == rate.to) return {};
  rate.reported = text.substr(8);
  rate.given = true;
  return rate;
}

}  // namespace

Result<ViewParams> view_params(const View& view, StatusSet statuses) {
  ViewParams params;
  Problems problems;
  params.statuses = statuses;
  params.consolidate = view.consolidate;
  if (!view.as_of.empty()) {
    const std::optional<Date> date = parse_date(view.as_of);
    params.always = view.as_of == "all";
    if (date)
      params.as_of = *date;
    else if (!params.always)
      refuse(problems, "as-of", quote(view.as_of) + " is no date; write 2025, 2025-03, 2025-03-31 or all");
  }
  if (view.max_age == "all") {
    params.max_age.reset();
  } else if (!view.max_age.empty()) {
    params.max_age = parse_duration(view.max_age);
    if (!params.max_age)
      refuse(problems, "max-age", quote(view.max_age) + " is no duration; " + duration_remedy + ", or all");
  }
  if (!view.min_confidence.empty()) {
    if (const std::optional<Confidence> least = parse_confidence(view.min_confidence))
      params.least = *least;
    else
      refuse(problems, "min-confidence", quote(view.min_confidence) + " is none of " + confidence_words());
  }
  params.strict = view.strict;
  if (!view.statuses.empty()) params.statuses = StatusSet::none();
  for (const std::string& word : view.statuses) {
    if (word == "all") {
      params.statuses = StatusSet::all();
    } else if (const std::optional<Status> status = parse_status(word)) {
      params.statuses.insert(*status);
    } else {
      refuse(problems, "status", quote(word) + " is none of " + status_words() + ", all");
    }
  }
  if (!view.currency.empty()) {
    params.currency = parse_currency(view.currency);
    if (!params.currency) refuse(problems, "currency", quote(view.currency) + " is no ISO 4217 code such as USD");
  } else if (!view.rates.empty()) {
    refuse(problems, "rate", "goes with --currency");
  }
  for (const std::string& text : view.rates) {
    if (const std::optional<Rate> rate = parse_rate(text))
      params.rates.push_back(*rate);
    else
      refuse(problems, "rate", quote(text) + " is no rate; write USD/CNY=7.08");
  }
  if (!problems.empty()) return problems;
  return params;
}

std::shared_ptr<const Model> slice(tierscope::Model model, const ViewParams& params) {
  std::shared_ptr<Model> inside = model.inside();
  model = tierscope::Model(nullptr);
  if (inside.use_count() == 1) return std::make_shared<const Model>(view(std::move(*inside), params));
  return std::make_shared<const Model>(view(*inside, params));
}

Problems problems_of(const std::exception& thrown) {
  if (const auto* const data = dynamic_cast<const BadData*>(&thrown)) return data->problems;
  return {{Severity::error, {}, 0, {}, thrown.what(), {}}};
}

void describe_view(About& about, std::string_view command, const std::shared_ptr<const Model>& slice) {
  about.command = command;
  about.graphs = slice->rest().graphs;
  about.as_of = slice->rest().as_of;
  about.statuses = slice->rest().statuses;
  for (std::string& note : unnamed_notes(*slice)) about.notes.push_back(std::move(note));
  about.keeps = slice;
}

}  // namespace tierscope::core
