// Pictures of answers whose rows name the companies: the rows are the answer's, and so is the headline.

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>
#include <unordered_map>

#include "ask/answers.hpp"
#include "ask/picture/sketch.hpp"
#include "ask/rows.hpp"
#include "base/unicode.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

using Pair = std::pair<CompanyIndex, CompanyIndex>;

// The answer by the figures of the picture. Its headline is the picture's, and those of its notes that begin with one
// of these words; the others tell of what is not drawn, or stand under every picture.
template <typename Body, typename Options>
Body ask(Sketch& sketch, const Options& options, std::initializer_list<std::string_view> notes) {
  const std::shared_ptr<const Model> counted(std::shared_ptr<const Model>{}, &sketch.counted);
  Result<Body> result = answer(counted, options);
  if (!result) throw Question(result.problems().front().what);
  for (const Problem& warning : result.problems()) sketch.notes.push_back(warning.what + ".");
  for (const std::string& note : result->about.notes)
    if (std::any_of(notes.begin(), notes.end(), [&](std::string_view word) { return note.starts_with(word); }))
      sketch.notes.push_back(note);
  sketch.title = result->about.title;
  return std::move(*result);
}

// Where the companies of an answer stand in the picture's models.
class Places {
 public:
  explicit Places(const Model& model) {
    places_.reserve(model.company_count());
    for (CompanyIndex v = 0; v < model.company_count(); ++v) places_.emplace(model.id(v), v);
  }
  CompanyIndex of(const api::Company& company) const { return places_.at(company.id); }

 private:
  std::unordered_map<std::string_view, CompanyIndex> places_;
};

bool counts(const Sketch& sketch, const Relation& r) {
  return sketch.relations[r.row] && sketch.companies[r.from] && sketch.companies[r.to] &&
         sketch.counted.rest().statuses.contains(r.status);
}

// Companies in the order of an answer, while there is room.
class Room {
 public:
  explicit Room(Sketch& sketch)
      : sketch_(sketch),
        in_(sketch.companies.size(), false),
        left_(sketch.params.top == 0 ? SIZE_MAX : sketch.params.top) {}

  // What the picture is about is in it, and takes no room.
  void add_subject(CompanyIndex company) {
    if (!sketch_.companies[company])
      throw Question(label(sketch_.drawn, company) +
                     ", which the picture is about, is among those that --hide, --sector or --focus leave out");
    in_[company] = true;
    sketch_.company_notes[company].tone = Tone::subject;
  }

  // All of them or none; false: there is no room.
  bool add(std::span<const CompanyIndex> companies) {
    std::set<CompanyIndex> fresh;
    for (const CompanyIndex v : companies) {
      if (!sketch_.companies[v]) return false;
      if (!in_[v]) fresh.insert(v);
    }
    if (fresh.size() > left_) return false;
    left_ -= left_ == SIZE_MAX ? 0 : fresh.size();
    for (const CompanyIndex v : fresh) in_[v] = true;
    return true;
  }
  bool add(CompanyIndex company) { return add(std::span(&company, 1)); }
  bool has(CompanyIndex company) const { return in_[company]; }

  // Nobody else is drawn.
  void close() { sketch_.companies = in_; }

 private:
  Sketch& sketch_;
  std::vector<bool> in_;
  std::size_t left_;
};

// From each company the next one of a shortest chain of sales to the target; itself where there is none.
std::vector<CompanyIndex> steps_to(const Sketch& sketch, CompanyIndex target) {
  const Model& model = sketch.drawn;
  std::vector<CompanyIndex> next(model.company_count());
  for (CompanyIndex v = 0; v < next.size(); ++v) next[v] = v;
  std::vector<bool> seen(next.size(), false);
  std::vector<CompanyIndex> queue{target};
  seen[target] = true;
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const std::uint32_t row : model.in_rows(queue[i])) {
      const Relation& r = model.relation(row);
      if (r.kind != Kind::supplies || seen[r.from] || !counts(sketch, r)) continue;
      seen[r.from] = true;
      next[r.from] = queue[i];
      queue.push_back(r.from);
    }
  return next;
}

// Only relations of which the test holds.
template <typename Test>
void keep_relations(Sketch& sketch, const Test& test) {
  for (std::size_t row = 0; row < sketch.relations.size(); ++row) {
    const Relation& r = sketch.drawn.relation(row);
    sketch.relations[row] = sketch.relations[row] && test(r);
  }
}

std::string first_words(const std::vector<std::string_view>& words) {
  constexpr std::size_t told = 2;
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), told); ++i)
    text += (i == 0 ? "" : ", ") + cut(std::string(words[i]), 28);
  return words.size() > told ? text + fmt::format(" + {} more", words.size() - told) : text;
}

// From what is recorded to what is possible.
std::vector<BarPart> bar_of(const Quantity& interval) {
  return {{interval.low, Shade::strong, interval.confidence == Confidence::estimated},
          {interval.high - interval.low, Shade::faint}};
}

}  // namespace

void sketch_chokepoints(Sketch& sketch, CompanyIndex target) {
  const Model& model = sketch.drawn;
  const Places places(model);
  ChokepointsOptions options;
  options.to = model.id(target);
  const auto answer = ask<api::Chokepoints>(sketch, options, {"Recorded suppliers", "Coverage", "The graph has"});
  // What the customer sells is another question.
  keep_relations(sketch, [&](const Relation& r) { return r.from != target; });
  const std::vector<CompanyIndex> next = steps_to(sketch, target);
  Room room(sketch);
  room.add_subject(target);
  bool takes = false;
  std::vector<bool> answered(model.company_count(), false);
  for (const ChokepointRow& row : answer.results) {
    const CompanyIndex company = places.of(row.company);
    // Those whom the headline goes on to list, the first of the rows first, stand in the picture.
    if (!takes && !row.categories_lost.empty())
      sketch.title.resize(std::min(sketch.title.size(), sketch.title.find(": " + label(model, company) + " (")));
    takes |= !row.categories_lost.empty();
    answered[company] = true;
    std::vector<CompanyIndex> chain{company};
    while (chain.back() != target && next[chain.back()] != chain.back()) chain.push_back(next[chain.back()]);
    if (chain.back() != target) continue;  // behind somebody who is hidden
    chain.pop_back();
    if (!room.add(chain)) continue;
    CompanyNote& note = sketch.company_notes[company];
    if (row.stopped && *row.stopped != 0)
      note.weight = static_cast<double>(*row.stopped) / static_cast<double>(answer.results.size());
    if (!row.categories_lost.empty()) {
      note.tone = Tone::accent;
      note.figure = "without it no recorded supplier of " + first_words(row.categories_lost);
      for (const ChokepointSale& sale : row.sales)
        sketch.line_notes[{company, places.of(sale.buyer)}].tone = Tone::accent;
    } else if (row.stopped && *row.stopped != 0) {
      note.figure = fmt::format("would stop {}", counted(*row.stopped, "other company"));
    }
  }
  room.close();
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (sketch.companies[v] && v != target && !answered[v])
      sketch.company_notes[v].figure = "not counted: nothing active";
  sketch.subtitle =
      "By what is recorded: a company would stop if all suppliers of something that it buys had. Whose loss takes most "
      "comes first.";
  if (takes) {
    sketch.legend.push_back(
        {Symbol::accent_card, "its loss leaves " + label(model, target) + " no recorded supplier of that"});
    sketch.legend.push_back({Symbol::accent_line, "what it sells on the way"});
  }
}

void sketch_paths(Sketch& sketch, const std::string& ends_text) {
  const Model& model = sketch.drawn;
  const Places places(model);
  const std::vector<CompanyIndex> ends = find_companies(model, std::span(&ends_text, 1));
  if (ends.size() != 2)
    throw Question("--show paths: name where the paths begin and where they end, as in --show paths:FROM,TO");
  PathsOptions options;
  options.from = model.id(ends[0]);
  options.to = model.id(ends[1]);
  options.kind = sketch.params.kinds;
  const auto answer = ask<api::Paths>(sketch, options, {"Order", "The search"});
  Room room(sketch);
  for (const CompanyIndex end : ends) room.add_subject(end);
  sketch.notes_of_all = true;
  std::set<std::pair<Pair, std::string_view>> links;  // and kinds
  std::size_t drawn = 0;
  for (const PathRow& path : answer.results) {
    std::vector<CompanyIndex> companies;
    for (const api::Company& company : path.companies) companies.push_back(places.of(company));
    if (!room.add(companies)) continue;
    for (const PathHop& hop : path.hops) {
      const Pair link{companies[hop.hop - 1], companies[hop.hop]};
      links.insert({link, hop.kind});
      LineNote& note = sketch.line_notes[link];
      note.dated = true;
      if (drawn == 0) note.tone = Tone::accent;
    }
    ++drawn;
    std::string share;
    if (path.share) {
      Quantity product = exactly(*path.share);
      product.approximate = path.approximate;
      product.confidence = path.confidence;
      share = ": " + in_cell(product, few_digits) + ", the product of its shares";
    }
    sketch.listed.push_back(fmt::format("{}  {}{}", path.number, path.path, share));
  }
  room.close();
  keep_relations(sketch, [&](const Relation& r) {
    return sketch.counted.rest().statuses.contains(r.status) && links.contains({{r.from, r.to}, to_string(r.kind)});
  });
  sketch.subtitle = "Each link is a recorded relation: its figure, date and source stand on the line.";
  if (drawn != 0) sketch.legend.push_back({Symbol::accent_line, "the first path"});
  if (drawn < answer.results.size())
    sketch.notes.push_back(fmt::format("Drawn: {} of {} paths.", drawn, answer.results.size()));
}

void sketch_shock(Sketch& sketch, const std::string& failing) {
  const Model& model = sketch.drawn;
  const Places places(model);
  ShockOptions options;
  for (std::size_t at = 0; at <= failing.size();) {
    const std::size_t comma = std::min(failing.find(',', at), failing.size());
    options.fail.push_back(failing.substr(at, comma - at));
    at = comma + 1;
  }
  const auto answer = ask<api::Shock>(sketch, options, {"leontief", "ESRI"});
  Room room(sketch);
  for (const ShockRow& row : answer.results)
    if (row.shocked) room.add_subject(places.of(row.company));
  std::vector<bool> hit(model.company_count(), false);
  bool possible = false;
  std::size_t without_room = 0;
  for (const ShockRow& row : answer.results) {
    const CompanyIndex company = places.of(row.company);
    hit[company] = true;
    const Quantity loss = quantity_of(row.loss);
    if (!row.shocked && !room.add(company)) {
      ++without_room;
      continue;
    }
    CompanyNote& note = sketch.company_notes[company];
    note.weight = loss.high;
    note.bar = bar_of(loss);
    if (row.shocked) {
      note.figure = "fails" + (loss.low < 1 ? ": loses " + in_cell(loss, few_digits) : std::string());
      continue;
    }
    note.figure = "loses " + in_cell(loss, few_digits);
    note.tone = loss.low > 0 ? Tone::accent : Tone::plain;
    possible |= loss.high > loss.low;
  }
  // Where it stops: who trades with them and loses nothing.
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    if (!hit[v] || !room.has(v)) continue;
    const auto stop = [&](const Relation& r, CompanyIndex other) {
      if (hit[other] || !counts(sketch, r) || !room.add(other)) return;
      sketch.company_notes[other] = {Tone::quiet, 0, "no loss by the figures", {}};
      sketch.line_notes[{r.from, r.to}].tone = Tone::quiet;
    };
    for (const std::uint32_t row : model.out_rows(v)) stop(model.relation(row), model.relation(row).to);
    for (const std::uint32_t row : model.in_rows(v)) stop(model.relation(row), model.relation(row).from);
  }
  room.close();
  keep_relations(sketch, [&](const Relation& r) { return sketch.counted.rest().statuses.contains(r.status); });
  sketch.subtitle = "Losses of what each firm makes and sells: from what is recorded to what is possible.";
  sketch.legend.push_back({Symbol::strong_bar, "lost, by what is recorded"});
  if (possible) sketch.legend.push_back({Symbol::faint_bar, "may be lost besides: shares are unknown"});
  sketch.notes.push_back(
      fmt::format("Of {} a share is known of {}.", counted(answer.purchases, "purchase"), answer.known_shares));
  if (without_room != 0) sketch.notes.push_back(fmt::format("{} more may lose something.", without_room));
}

void sketch_owners(Sketch& sketch, CompanyIndex company) {
  const Model& model = sketch.drawn;
  const Places places(model);
  OwnersOptions options;
  options.of = model.id(company);
  const auto answer = ask<api::Owners>(sketch, options, {"integrated", "control"});
  keep_relations(sketch, [&](const Relation& r) { return r.kind == Kind::owns && counts(sketch, r); });
  Room room(sketch);
  room.add_subject(company);
  bool controls = false;
  bool possible = false;
  for (const OwnerRow& row : answer.results) {
    std::vector<CompanyIndex> chain;
    for (const api::Company& link : row.chain) chain.push_back(places.of(link));
    if (!room.add(chain)) continue;
    const Quantity held = quantity_of(row.integrated);
    CompanyNote& note = sketch.company_notes[places.of(row.holder)];
    note.weight = held.low;
    note.bar = bar_of(held);
    note.figure = "holds " + in_cell(held, few_digits);
    if (row.control == "yes") note.figure += ", controls it", note.tone = Tone::accent;
    if (row.control == "possible") note.figure += ", may control it";
    controls |= row.control == "yes";
    possible |= held.high > held.low;
  }
  room.close();
  sketch.subtitle =
      fmt::format("Holders of {} through all chains; a line is a stake of one in the other.", label(model, company));
  if (!answer.results.empty())
    sketch.legend.push_back({Symbol::strong_bar, "of " + label(model, company) + ", as stated, over all chains"});
  if (possible) sketch.legend.push_back({Symbol::faint_bar, "may be held besides: stakes are not stated"});
  if (controls) sketch.legend.push_back({Symbol::accent_card, "controls " + label(model, company)});
}

}  // namespace tierscope::core
