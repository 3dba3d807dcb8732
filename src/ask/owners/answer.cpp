#include <fmt/format.h>

#include <algorithm>

#include "ask/answered.hpp"
#include "ask/answers.hpp"
#include "ask/inquiry.hpp"
#include "ask/owners/owners.hpp"
#include "ask/rows.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

/// All holdings in the order of the answer.
struct Held {
  Held(std::shared_ptr<const Model> seen, const OwnersOptions& options)
      : model(std::move(seen)),
        stakes(*model),
        up(!options.of.empty()),
        center(find_company(*model, up ? options.of : options.holder)),
        rows(up ? stakes.owners_of(center) : stakes.held_by(center)) {
    std::sort(rows.begin(), rows.end(), [this](const Holding& a, const Holding& b) {
      if (a.low != b.low) return a.low > b.low;
      if (a.high != b.high) return a.high > b.high;
      if (a.control != b.control) return a.control > b.control;
      return model->id(other(a)) < model->id(other(b));
    });
  }
  CompanyIndex other(const Holding& row) const { return up ? row.holder : row.company; }

  std::shared_ptr<const Model> model;
  Stakes stakes;
  bool up;
  CompanyIndex center;
  std::vector<Holding> rows;
};

Quantity integrated(const Holding& row) { return row.grade.mark(between(row.low, row.high)); }

void fill(const Held& held, const Holding& made, OwnerRow& row) {
  const Model& model = *held.model;
  row.holder = company_row(model, made.holder);
  row.company = company_row(model, made.company);
  if (made.direct != nullptr && made.direct->stated)
    row.direct = quantity_row(model, made.direct->grade.mark(between(made.direct->low, made.direct->high)));
  row.integrated = quantity_row(model, integrated(made));
  row.control = to_string(made.control);
  row.links = made.links;
  row.ultimate = !held.stakes.has_owner(made.holder);
  for (const CompanyIndex v : made.chain) row.chain.push_back(company_row(model, v));
  for (const Stake* stake : made.stakes)
    for (const Relation* r : stake->relations) add_sources(model, *r, row.sources);
  row.oldest = made.oldest;
  row.newest = made.newest;
}

std::string title_of(const Held& held) {
  const Model& model = *held.model;
  const std::string center = label(model, held.center);
  if (held.rows.empty())
    return held.up ? "No owner of " + center + " is recorded" : "No holding of " + center + " is recorded";
  const auto controls = [](const Holding& row) { return row.control == Control::yes; };
  const auto count = static_cast<std::size_t>(std::count_if(held.rows.begin(), held.rows.end(), controls));
  const Holding& first = held.rows.front();
  const std::string much = first.low > 0 ? low_in_words(integrated(first)) : in_words(Quantity{});
  if (!held.up)
    return fmt::format("{} holds stakes in {} through recorded chains and controls {}; its largest is {}, {}", center,
                       counted(held.rows.size(), "company"), count, label(model, first.company), much);
  std::string who;
  for (const Holding& row : held.rows)
    if (controls(row) && !held.stakes.has_owner(row.holder))
      who += (who.empty() ? "" : ", ") + label(model, row.holder);
  const std::string largest =
      fmt::format("the largest of {}, {}, holds {}", counted(held.rows.size(), "recorded holder"),
                  label(model, first.holder), much);
  if (!who.empty()) return fmt::format("{} is controlled by {}; {}", center, who, largest);
  return fmt::format("{} is controlled by {}; {}", center,
                     count == 0 ? "nobody of whom it is recorded" : counted(count, "holder") + " in rings", largest);
}

}  // namespace

Result<api::Owners> answer(const std::shared_ptr<const Model>& model, const OwnersOptions& options) {
  if (options.of.empty() == options.holder.empty())
    throw Question("say whose owners are asked for, --of COMPANY, or whose holdings, --holder COMPANY");
  const auto held = std::make_shared<const Held>(model, options);
  api::Owners answer;
  answer.results =
      rows_of<OwnerRow>(held->rows.size(), [held](std::size_t i, auto& row) { fill(*held, held->rows[i], row); });
  std::vector<bool> within(model->company_count(), false);
  within[held->center] = true;
  for (const Holding& row : held->rows) within[held->other(row)] = true;
  const auto concerns = [&](const Relation& r) { return r.kind == Kind::owns && within[held->up ? r.to : r.from]; };
  answer.not_counted = relation_rows(model, not_counted(*model, concerns));
  About& about = answer.about;
  about.title = title_of(*held);
  about.noun = held->up ? "holder" : "holding";
  about.asked = {held->up ? "company" : "holder"};
  about.notes = {
      "integrated: over all chains the products of the stakes; a stake that is not stated lies between 0 and what "
      "others "
      "leave.",
      "control: a majority, or the only recorded owner where no stake is stated, from link to link; stakes of all that "
      "one controls count together."};
  const auto unstated = static_cast<std::size_t>(std::count_if(
      held->stakes.stakes().begin(), held->stakes.stakes().end(),
      [&](const Stake& stake) { return !stake.stated && within[stake.holder] && within[stake.company]; }));
  if (unstated != 0)
    about.notes.push_back(fmt::format("{} {} not stated.", counted(unstated, "stake"), unstated == 1 ? "is" : "are"));
  if (std::any_of(held->rows.begin(), held->rows.end(),
                  [](const Holding& row) { return row.control == Control::unknown; }))
    about.notes.emplace_back("Too many chains: whether some of the holders control it was not followed.");
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  Evidence evidence(*model);
  for (const Holding& row : held->rows)
    for (const Stake* stake : row.stakes)
      for (const Relation* r : stake->relations) evidence.add(*r);
  evidence.finish(about);
  return {std::move(answer), held->stakes.contradictions()};
}

extern const Inquiry owners_inquiry = inquiry<OwnersOptions, api::Owners, tierscope::owners>(
    "owners", "who holds and controls a company, or what a company holds, through chains",
    StatusSet::of(Status::active), "Example: tierscope owners graphs/ai-circular --of openai");

}  // namespace tierscope::core

namespace tierscope {

Result<Owners> owners(Model model, const OwnersOptions& options) {
  return core::answered<Owners>(core::owners_inquiry, std::move(model), options.view,
                                [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
