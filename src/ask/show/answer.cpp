#include <tierscope/show.hpp>

#include "ask/answered.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "ask/show/show.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

using Relations = std::vector<const Relation*>;

/// In the currency that was asked for, and beside it what was reported.
api::Quantity amount_row(const Model& model, const Quantity& amount) {
  api::Quantity row = quantity_row(model, in_wanted_currency(model, amount));
  if (row) row.reported = model.text(amount.reported);
  return row;
}

// What a relation says in one cell: share, stake and amount.
std::string figures(const Model& model, const Relation& r) {
  std::string text;
  const auto add = [&](const Quantity& quantity, const std::string& words, std::string_view of) {
    if (quantity) ((text += text.empty() ? "" : ", ") += words) += of;
  };
  add(r.revenue_share, in_cell(r.revenue_share), " of the supplier's revenue");
  add(r.supply_share, in_cell(r.supply_share), " of the customer's purchases");
  add(r.stake, in_cell(r.stake), " stake");
  const Quantity value = in_wanted_currency(model, r.value);
  add(value, in_cell(value), "");
  return text;
}

Table<PartnerRow> partners(const std::shared_ptr<const Model>& model, Relations relations, bool outgoing) {
  const std::size_t count = relations.size();
  return rows_of<PartnerRow>(count, [model, relations = std::move(relations), outgoing](std::size_t i, auto& row) {
    const Relation& r = *relations[i];
    fill_relation(*model, r, row);
    row.value = amount_row(*model, r.value);
    row.partner = outgoing ? row.to : row.from;
    if (r.kind != Kind::supplies) (row.what = row.kind) += ": ";
    row.what += subject(*model, r);
    row.figures = figures(*model, r);
  });
}

Table<CompanyRow> companies(const std::shared_ptr<const Model>& model, std::vector<const Company*> list) {
  const std::size_t count = list.size();
  return rows_of<CompanyRow>(count, [model, list = std::move(list)](std::size_t i, auto& row) {
    fill(*model, *list[i], row);
    row.revenue = amount_row(*model, list[i]->revenue);
  });
}

Table<RelationRow> relations(const std::shared_ptr<const Model>& model, Relations list) {
  const std::size_t count = list.size();
  return rows_of<RelationRow>(count, [model, list = std::move(list)](std::size_t i, auto& row) {
    fill(*model, *list[i], row);
    row.value = amount_row(*model, list[i]->value);
  });
}

std::string title_of(const Model& model, CompanyIndex index) {
  const Company& company = model.company(index);
  std::string title = label(model, index);
  if (company.name_local) (title += ' ') += model.text(company.name_local);
  if (title != model.id(index)) ((title += " (") += model.id(index)) += ')';
  if (company.aggregate) title += ", an aggregate, not one company";
  return title;
}

Profile answer(const std::shared_ptr<const Model>& model, const ShowOptions& options) {
  const ShowResult result = show(*model, find_company(*model, options.company));
  const Company& company = model->company(result.company);
  const auto concerns = [&](const Relation& r) { return r.from == result.company || r.to == result.company; };
  Relations other = not_counted(*model, concerns);
  Evidence evidence(*model);
  // What has no rate is refused here, before rows are made of it.
  const auto see_company = [&](const Company& c) {
    in_wanted_currency(*model, c.revenue);
    evidence.add_sources(c.sources);
  };
  see_company(company);
  for (const Relations* list : {&result.customers, &result.suppliers, &result.financed_by, &result.finances})
    for (const Relation* r : *list) {
      in_wanted_currency(*model, r->value);
      evidence.add(*r);
    }
  for (const Relation* r : other) {  // listed, but nothing rests on it
    in_wanted_currency(*model, r->value);
    evidence.add_sources(r->sources);
  }
  for (const Company* member : result.members) see_company(*member);

  Profile answer;
  answer.results = companies(model, {&company});
  answer.customers = partners(model, result.customers, true);
  answer.suppliers = partners(model, result.suppliers, false);
  answer.financed_by = partners(model, result.financed_by, false);
  answer.finances = partners(model, result.finances, true);
  answer.members = companies(model, result.members);
  answer.not_counted = relations(model, std::move(other));
  About& about = answer.about;
  about.title = title_of(*model, result.company);
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  evidence.finish(about);
  return answer;
}

}  // namespace

extern const Inquiry show_inquiry = inquiry<ShowOptions, Profile, tierscope::show>(
    "show", "one company: customers, suppliers, investors, sources", StatusSet::all(),
    "Example: tierscope show graphs/bytedance --company 寒武纪");

}  // namespace tierscope::core

namespace tierscope {

Result<Profile> show(Model model, const ShowOptions& options) {
  return core::answered<Profile>(core::show_inquiry, std::move(model), options.view,
                                 [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
