#include "ask/picture/tooltips.hpp"

#include <fmt/format.h>

#include "ask/rows.hpp"

namespace tierscope::core {

std::string tooltip_of(const Model& model, const Relation& r) {
  std::string text = fmt::format("{} {} {}: {}", label(model, r.from), to_string(r.kind), label(model, r.to),
                                 r.item || r.category ? std::string(subject(model, r)) : "no item stated");
  const auto add = [&](const std::string& what, Text reported) {
    if (reported) text += "\n" + what + ": " + std::string(model.text(reported));
  };
  add("share of the supplier's revenue", r.revenue_share.reported);
  add("share of the customer's purchases", r.supply_share.reported);
  add("amount", r.value.reported);
  add("stake", r.stake.reported);
  if (r.restates) text += "\nthe amount is contained in another row";
  text += "\nstatus: " + std::string(to_string(r.status));
  if (r.since) text += ", since " + to_string(r.since);
  if (r.until) text += ", until " + to_string(r.until);
  text += r.as_of ? "\nas of " + to_string(r.as_of) : "\nundated";
  if (r.confidence != Confidence::none) text += ", " + std::string(to_string(r.confidence));
  const auto ids = split_list(model.text(r.sources));
  if (ids.empty()) text += "\nno source";
  for (const std::string_view id : ids) text += "\nsource: " + describe_source(model, id).words;
  return text;
}

std::string tooltip_of(const Model& model, const Company& company, const std::string& figure) {
  std::string text(model.text(company.name));
  for (const Text part : {company.name_local, company.ticker, company.sector, company.country})
    if (part) text += ", " + std::string(model.text(part));
  if (company.aggregate) text += "\nnot one company but a group or market";
  if (!figure.empty()) text += "\n" + figure;
  text += company.revenue ? "\nrevenue: " + std::string(model.text(company.revenue.reported)) : "\nrevenue: unknown";
  if (company.revenue.confidence != Confidence::none) text += ", " + std::string(to_string(company.revenue.confidence));
  if (company.revenue && company.revenue_period) text += " (" + std::string(model.text(company.revenue_period)) + ")";
  for (const std::string_view id : split_list(model.text(company.sources)))
    text += "\nsource: " + describe_source(model, id).words;
  return text;
}

std::string first_link(const Model& model, Text sources) {
  for (const std::string_view id : split_list(model.text(sources)))
    if (std::string url = describe_source(model, id).url; !url.empty()) return url;
  return {};
}

}  // namespace tierscope::core
