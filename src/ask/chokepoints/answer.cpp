#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "ask/answered.hpp"
#include "ask/answers.hpp"
#include "ask/chokepoints/chokepoints.hpp"
#include "ask/concentration/concentration.hpp"
#include "ask/inquiry.hpp"
#include "ask/rows.hpp"
#include "ask/shares.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t all_followed = 20'000;  // relations, up to which the loss of each company is followed
constexpr std::size_t most_named = 1'000;     // companies in a list of one row
constexpr std::size_t told = 3;               // companies in the finding

std::string_view to_string(const SharedCount& count, std::size_t of) {
  if (count.needed_by == of) return "waist";
  return count.reaches == of ? "shared" : "partly";
}

/// All companies upstream in the order of the answer.
struct Ranked {
  struct Row {
    CompanyIndex company = 0;
    bool followed = false;
    std::size_t stopped = 0;
    std::vector<CompanyIndex> stops;  // the first of them
    std::vector<std::uint32_t> lost;
    std::vector<SharedCount> shared;
  };

  Ranked(std::shared_ptr<const Model> seen, const ChokepointsOptions& options)
      : model(std::move(seen)), search(*model, find_company(*model, options.to), options.category) {
    std::vector<CompanyIndex> followed(search.upstream().begin(), search.upstream().end());
    if (!options.company.empty()) {
      only = find_company(*model, options.company);
      if (search.tier(*only) == 0)
        throw Question(fmt::format("{} is not recorded upstream of {}{}", label(*model, *only),
                                   label(*model, search.target()),
                                   options.category.empty() ? "" : " for " + options.category));
      followed.assign(1, *only);
    } else if (search.links().edge_count() > all_followed) {
      followed = search.far_reaching(options.top);
      some = followed.size() < search.upstream().size();
    }
    std::vector<bool> chosen(model->company_count(), false);
    for (const CompanyIndex v : followed) chosen[v] = true;
    for (const CompanyIndex v : search.upstream())
      if (!only || v == *only) rows.push_back(made(v, chosen[v]));
    std::sort(rows.begin(), rows.end(), [this](const Row& a, const Row& b) { return before(a, b); });
  }

  Row made(CompanyIndex company, bool follow) {
    Row row;
    row.company = company;
    row.followed = follow;
    if (!follow) return row;
    Stopped found = search.stops(company);
    row.lost = std::move(found.lost);
    row.shared = search.shared(company, &found);
    row.stopped = found.vertices.size() - 1;
    row.stops.assign(found.vertices.begin() + 1,
                     found.vertices.begin() + 1 + static_cast<std::ptrdiff_t>(std::min(row.stopped, most_named)));
    return row;
  }

  bool before(const Row& a, const Row& b) const {
    if (a.lost.size() != b.lost.size()) return a.lost.size() > b.lost.size();
    if (a.stopped != b.stopped) return a.stopped > b.stopped;
    const std::size_t behind_a = search.dominated(a.company);
    const std::size_t behind_b = search.dominated(b.company);
    if (behind_a != behind_b) return behind_a > behind_b;
    if (search.tier(a.company) != search.tier(b.company)) return search.tier(a.company) < search.tier(b.company);
    return model->id(a.company) < model->id(b.company);
  }

  std::shared_ptr<const Model> model;
  ChokepointSearch search;
  std::optional<CompanyIndex> only;
  bool some = false;  // the loss of some companies alone is followed
  std::vector<Row> rows;
};

void fill(const Ranked& ranked, const Ranked::Row& made, ChokepointRow& row) {
  const Model& model = *ranked.model;
  const ChokepointSearch& search = ranked.search;
  row.company = company_row(model, made.company);
  row.customer = company_row(model, search.target());
  row.tier = search.tier(made.company);
  for (const std::uint32_t need : made.lost) row.categories_lost.push_back(model.text(search.needs()[need].category));
  if (made.followed) row.stopped = made.stopped;
  for (const CompanyIndex v : made.stops) row.stops.push_back(company_row(model, v));
  const auto behind = search.behind(made.company);
  row.dominated = behind.size();
  for (const CompanyIndex v : behind.first(std::min(behind.size(), most_named)))
    row.behind.push_back(company_row(model, v));
  for (const SharedCount& count : made.shared) {
    const Need& need = search.needs()[count.need];
    row.shared.push_back({row.company, model.text(need.category), count.reaches, need.suppliers.size(), count.needed_by,
                          to_string(count, need.suppliers.size())});
  }
  Evidence evidence(model);
  for (const std::uint32_t index : model.out_rows(made.company)) {
    const Relation& r = model.relation(index);
    if (!search.on_the_way(r)) continue;
    evidence.add(r);
    ChokepointSale sale;
    sale.buyer = company_row(model, r.to);
    sale.what = model.text(category_of(r));
    sale.share = quantity_row(model, r.supply_share);
    sale.as_of = r.as_of;
    sale.confidence = r.confidence;
    add_sources(model, r, sale.sources);
    sale.place = model.place(r.place);
    row.sales.push_back(std::move(sale));
  }
  row.newest = evidence.newest();
  row.sources = evidence.ids();
}

std::string names_of(const Ranked& ranked, const std::vector<std::uint32_t>& needs) {
  std::string text;
  for (std::size_t i = 0; i < needs.size() && i < told; ++i)
    text += (text.empty() ? "" : ", ") + std::string(ranked.model->text(ranked.search.needs()[needs[i]].category));
  return needs.size() > told ? fmt::format("{} and {} more", text, needs.size() - told) : text;
}

std::string title_of(const Ranked& ranked) {
  const Model& model = *ranked.model;
  const std::string target = label(model, ranked.search.target());
  const auto taking = static_cast<std::size_t>(
      std::count_if(ranked.rows.begin(), ranked.rows.end(), [](const Ranked::Row& row) { return !row.lost.empty(); }));
  if (ranked.only) {
    const Ranked::Row& row = ranked.rows.front();
    return fmt::format("Without {}, {} would have {}, as far as is recorded; {} would stop too",
                       label(model, row.company), target,
                       row.lost.empty() ? "a recorded supplier left of everything"
                                        : "no recorded supplier left of " + names_of(ranked, row.lost),
                       counted(row.stopped, "other company"));
  }
  const std::string of =
      fmt::format("{} recorded upstream of {}",
                  ranked.rows.size() == 1 ? "the one company" : counted(ranked.rows.size(), "company"), target);
  const std::string whom = ranked.some ? "those whose loss was followed among the " : "the ";
  if (taking == 0)
    return fmt::format("Of {}{}, none would alone leave it without a recorded supplier of something",
                       ranked.rows.size() == 1 ? "" : whom, of);
  std::string who;
  for (std::size_t i = 0; i < taking && i < told; ++i)
    who += fmt::format("{}{} ({})", i == 0 ? "" : ", ", label(model, ranked.rows[i].company),
                       names_of(ranked, ranked.rows[i].lost));
  return fmt::format("Of {}{}, {} would alone leave it without a recorded supplier of something: {}{}",
                     ranked.rows.size() == 1 ? "" : whom, of, taking, who, taking > told ? ", …" : "");
}

std::vector<std::string> notes_of(const Ranked& ranked, std::size_t top) {
  const Model& model = *ranked.model;
  const ChokepointSearch& search = ranked.search;
  std::vector<std::string> notes{
      "Recorded suppliers alone count: one who is not in the data would soften this, and what no recorded supplier "
      "sells stops nobody."};
  std::size_t purchases = 0;
  std::size_t closed = 0;
  std::size_t open = 0;
  std::size_t unnamed = 0;
  std::size_t without = 0;
  std::vector<bool> buys(model.company_count(), false);
  for (std::uint32_t n = 0; n < search.needs().size(); ++n) {
    const Need& need = search.needs()[n];
    const bool own = need.customer == search.target();
    const auto asked = search.own_needs();
    if (own ? std::find(asked.begin(), asked.end(), n) == asked.end() : search.tier(need.customer) == 0) continue;
    buys[need.customer] = true;
    purchases += need.category ? 1 : need.suppliers.size();
    closed += need.closed();
    open += need.category && !need.closed();
    unnamed += need.category ? 0 : need.suppliers.size();
  }
  for (const CompanyIndex v : search.upstream()) without += !buys[v];
  std::string coverage = fmt::format("Coverage: {} of {} name all who sell, as far as they say", closed,
                                     counted(purchases, "recorded purchase"));
  if (open != 0) coverage += fmt::format("; {} also from others, who are not in the data", open);
  if (unnamed != 0) coverage += fmt::format("; {} without a category or item, which stop nobody", unnamed);
  notes.push_back(coverage + fmt::format(". {} of {} upstream {} no recorded supplier.", without,
                                         search.upstream().size() == 1
                                             ? "1 company"
                                             : fmt::format("{} companies", search.upstream().size()),
                                         without == 1 ? "has" : "have"));
  if (search.aggregates() != 0)
    notes.push_back(fmt::format("Left out: {} with an aggregate, which is not one company.",
                                counted(search.aggregates(), "relation")));
  if (ranked.some)
    notes.push_back(fmt::format(
        "The graph has more than 20,000 relations: the loss of the {} that seem to reach most, by 32 samples each, "
        "was followed. Of the others it is only told before whom they stand.",
        std::min(top, search.upstream().size())));
  return notes;
}

}  // namespace

Result<api::Chokepoints> answer(const std::shared_ptr<const Model>& model, const ChokepointsOptions& options) {
  const auto ranked = std::make_shared<const Ranked>(model, options);
  api::Chokepoints answer;
  answer.results = rows_of<ChokepointRow>(ranked->rows.size(),
                                          [ranked](std::size_t i, auto& row) { fill(*ranked, ranked->rows[i], row); });
  const auto concerns = [&](const Relation& r) {
    return r.kind == Kind::supplies && (r.to == ranked->search.target() || ranked->search.tier(r.to) != 0);
  };
  answer.not_counted = relation_rows(model, not_counted(*model, concerns));
  About& about = answer.about;
  about.title = title_of(*ranked);
  about.noun = "company";
  about.asked = {"customer"};
  about.notes = notes_of(*ranked, options.top);
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  Evidence evidence(*model);
  for (std::size_t row = 0; row < model->relation_count(); ++row)
    if (ranked->search.on_the_way(model->relation(row))) evidence.add(model->relation(row));
  evidence.finish(about);
  if (options.fail_if_any && !ranked->rows.empty() && !ranked->rows.front().lost.empty())
    about.gate =
        fmt::format("without {}, no recorded supplier of {} is left to {}", label(*model, ranked->rows.front().company),
                    names_of(*ranked, ranked->rows.front().lost), label(*model, ranked->search.target()));
  return {std::move(answer), taken_as_unknown(ranked->search.contradictions())};
}

extern const Inquiry chokepoints_inquiry = inquiry<ChokepointsOptions, api::Chokepoints, tierscope::chokepoints>(
    "chokepoints", "whose loss stops a company, who stands between, which second source is none",
    StatusSet::of(Status::active),
    "Example: tierscope chokepoints graphs/ai-capex --to openai\n"
    "A company stops when all recorded suppliers of something that it buys have stopped.");

}  // namespace tierscope::core

namespace tierscope {

Result<Chokepoints> chokepoints(Model model, const ChokepointsOptions& options) {
  return core::answered<Chokepoints>(core::chokepoints_inquiry, std::move(model), options.view,
                                     [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
