#include "ask/unnamed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ask/rows.hpp"
#include "model/nobody.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t told = 5;

std::string list_of(const Model& model, const std::vector<CompanyIndex>& companies) {
  std::string text;
  for (std::size_t i = 0; i < std::min(told, companies.size()); ++i)
    text += (i == 0 ? "" : ", ") + label(model, companies[i]);
  if (companies.size() > told) text += fmt::format(" and {} more", companies.size() - told);
  return text;
}

bool in_view(const Model& model, CompanyIndex company) {
  return model.out_rows(company).size() + model.in_rows(company).size() != 0;
}

}  // namespace

std::vector<SharedLabel> shared_labels(const Model& model) {
  std::map<CompanyIndex, SharedLabel> labels;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (!model.company(v).aggregate && anonymous_label(model.name(v))) labels[v] = {v, {}, {}, in_view(model, v)};
  if (labels.empty()) return {};
  std::vector<const Relation*> rows;
  for (std::size_t row = 0; row < model.relation_count(); ++row) rows.push_back(&model.relation(row));
  for (const SetAside& aside : model.set_aside()) rows.push_back(&aside.relation);
  std::stable_sort(rows.begin(), rows.end(), [](const Relation* a, const Relation* b) {
    return std::pair(a->place.file, a->place.line) < std::pair(b->place.file, b->place.line);
  });
  for (const Relation* const r : rows)
    for (const auto& [company, other] : {std::pair(r->from, r->to), std::pair(r->to, r->from)}) {
      const auto found = labels.find(company);
      if (found == labels.end() || other == company || model.company(other).aggregate) continue;
      std::vector<CompanyIndex>& partners = found->second.partners;
      if (std::find(partners.begin(), partners.end(), other) != partners.end()) continue;
      partners.push_back(other);
      found->second.rows.push_back(r);
    }
  std::vector<SharedLabel> shared;
  for (auto& [company, label] : labels)
    if (label.partners.size() > 1) shared.push_back(std::move(label));
  return shared;
}

std::vector<std::string> unnamed_notes(const Model& model) {
  std::vector<CompanyIndex> nobody;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (model.company(v).aggregate && !model.company(v).aggregate_given && in_view(model, v)) nobody.push_back(v);
  std::vector<CompanyIndex> labels;
  for (const SharedLabel& label : shared_labels(model))
    if (label.counted) labels.push_back(label.company);
  std::vector<std::string> notes;
  if (!nobody.empty())
    notes.push_back(fmt::format("Taken as no company of {} own, by {}: {} (aggregate=false overrides).",
                                nobody.size() == 1 ? "its" : "their", nobody.size() == 1 ? "its name" : "their names",
                                list_of(model, nobody)));
  if (!labels.empty())
    notes.push_back(
        fmt::format("One reporter's label for a partner, but several companies have relations with it, counted as with "
                    "one company: "
                    "{}. Each reporter needs its own id; tierscope check names the rows.",
                    list_of(model, labels)));
  return notes;
}

}  // namespace tierscope::core
