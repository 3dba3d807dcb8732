#include "ask/picture/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include "ask/money_flow.hpp"
#include "ask/picture/sketch.hpp"
#include "ask/rows.hpp"
#include "base/unicode.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

struct Show {
  const char* name;
  StatusSet statuses;  // that its figures count unless the user names others
  bool needs_company;
  void (*mark)(Sketch&, std::optional<CompanyIndex>);
};

constexpr StatusSet active = StatusSet::of(Status::active);
const Show shows[] = {
    {"", drawn_statuses, false, sketch_plain},
    {"exposure", active, true, [](Sketch& sketch, std::optional<CompanyIndex> c) { sketch_exposure(sketch, *c); }},
    {"dependence", active, false, sketch_dependence},
    {"concentration", active, false, sketch_concentration},
    {"cycles", StatusSet::of(Status::active, Status::announced, Status::planned, Status::testing), false,
     sketch_cycles},
};

// The show and the company of `exposure:bytedance`; null for a word that names none.
const Show* find_show(std::string_view text, std::string& company) {
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) company = text.substr(colon + 1);
  const std::string_view name = text.substr(0, colon);
  for (const Show& show : shows)
    if (show.name == name && (text.empty() || !name.empty())) return &show;
  return nullptr;
}

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Follows supplies (and with both directions every relation) from the start, `depth` steps (0 = all). Keeps what it
// passed: the companies and the relations on the way, not those among the outermost.
void keep_near(Sketch& sketch, CompanyIndex start, std::size_t depth, const std::string& direction) {
  const Model& model = sketch.drawn;
  std::vector<std::size_t> distance(model.company_count(), SIZE_MAX);
  std::vector<CompanyIndex> queue{start};
  std::vector<bool> passed(model.relation_count(), false);
  distance[start] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const CompanyIndex v = queue[i];
    if (depth != 0 && distance[v] >= depth) continue;
    const auto step = [&](const Relation& r, CompanyIndex other, bool upstream) {
      if (!sketch.relations[r.row] || !sketch.companies[other]) return;
      if (direction != "both" && (!commercial(r.kind) || upstream != (direction == "suppliers"))) return;
      passed[r.row] = true;
      if (distance[other] != SIZE_MAX) return;
      distance[other] = distance[v] + 1;
      queue.push_back(other);
    };
    for (const std::uint32_t row : model.out_rows(v)) step(model.relation(row), model.relation(row).to, false);
    for (const std::uint32_t row : model.in_rows(v)) step(model.relation(row), model.relation(row).from, true);
  }
  for (CompanyIndex v = 0; v < distance.size(); ++v)
    if (distance[v] == SIZE_MAX) sketch.companies[v] = false;
  sketch.relations = std::move(passed);
}

// The tiers of a dependency diagram run from supplier to customer, those of money flow with the money.
std::pair<CompanyIndex, CompanyIndex> arrow(const Sketch& sketch, const Relation& r) {
  CompanyIndex from = r.from;
  CompanyIndex to = r.to;
  if (sketch.money_direction) money_flows(r, from, to);
  return {from, to};
}

std::string figure_of(const Relation& r) {
  if (r.revenue_share) return in_cell(r.revenue_share, few_digits) + " of its revenue";
  if (r.supply_share) return in_cell(r.supply_share, few_digits) + " of purchases";
  if (r.value) return in_cell(r.value);
  return r.stake ? in_cell(r.stake, few_digits) + " stake" : "";
}

// An item can be a sentence; a line has room for two or three short ones.
std::string cut(const std::string& text, std::size_t columns) {
  return width(text) <= columns ? text : std::string(prefix_of_width(text, columns - 1)) + "…";
}

std::string verb(Kind kind) { return kind == Kind::supplies ? "" : std::string(to_string(kind)) + ": "; }

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

/// The rows of the model that `drawn` was made of, in the order of its relations.
std::vector<std::size_t> origins(const Model& model, const Model& drawn) {
  std::vector<bool> aside(model.relation_count(), false);
  for (const SetAside& s : drawn.set_aside()) aside[s.relation.row] = true;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < aside.size(); ++row)
    if (!aside[row]) rows.push_back(row);
  return rows;
}

// What the picture holds as data: the companies drawn, the relations drawn, and the history between them.
// `place_of`: where each relation of sketch.drawn stands in it.
Model facts_of(const Sketch& sketch, const Model& model, bool consolidated, const std::vector<bool>& wanted_kinds,
               std::vector<CompanyIndex>& company_of, std::vector<std::size_t>& place_of) {
  const Model& base = consolidated ? sketch.drawn : model;
  Parts parts = base.thaw();
  parts.set_aside.clear();
  constexpr auto gone = static_cast<CompanyIndex>(-1);
  company_of.assign(parts.companies.size(), gone);
  std::vector<Company> companies;
  for (CompanyIndex v = 0; v < company_of.size(); ++v) {
    if (!sketch.companies[v]) continue;
    company_of[v] = static_cast<CompanyIndex>(companies.size());
    companies.push_back(parts.companies[v]);
  }
  std::vector<std::size_t> origin;
  if (consolidated)
    for (std::size_t row = 0; row < parts.relations.size(); ++row) origin.push_back(row);
  else
    origin = origins(model, sketch.drawn);
  std::vector<std::size_t> drawn_of(parts.relations.size(), SIZE_MAX);
  for (std::size_t i = 0; i < origin.size(); ++i) drawn_of[origin[i]] = i;
  place_of.assign(sketch.drawn.relation_count(), SIZE_MAX);
  std::vector<Relation> relations;
  std::vector<std::size_t> new_row(parts.relations.size(), SIZE_MAX);
  for (std::size_t row = 0; row < parts.relations.size(); ++row) {
    Relation r = parts.relations[row];
    const std::size_t drawn = drawn_of[row];
    const bool kept = drawn != SIZE_MAX ? sketch.relations[drawn] : wanted_kinds[static_cast<std::size_t>(r.kind)];
    if (!kept || company_of[r.from] == gone || company_of[r.to] == gone) continue;
    r.from = company_of[r.from];
    r.to = company_of[r.to];
    new_row[row] = relations.size();
    if (drawn != SIZE_MAX) place_of[drawn] = relations.size();
    relations.push_back(r);
  }
  const auto move = [](std::vector<Extra>& extras, const auto& to) {
    std::vector<Extra> moved;
    for (Extra extra : extras) {
      const auto place = static_cast<std::size_t>(to[extra.row]);
      if (place >= static_cast<CompanyIndex>(-1)) continue;
      extra.row = static_cast<std::uint32_t>(place);
      moved.push_back(extra);
    }
    extras = std::move(moved);
  };
  move(parts.company_extras, company_of);
  move(parts.relation_extras, new_row);
  // A picture of a part cites that part's sources; the whole keeps all.
  if (companies.size() < parts.companies.size() || relations.size() < parts.relations.size()) {
    std::set<std::string_view> cited;
    const auto cite = [&](Text list) {
      for (const std::string_view id : split_list(base.text(list))) cited.insert(id);
    };
    for (const Company& company : companies) cite(company.sources);
    for (const Relation& r : relations) cite(r.sources);
    for (const Rate& rate : parts.rates) cite(rate.source);
    std::vector<Source> sources;
    std::vector<std::size_t> new_source(parts.sources.size(), SIZE_MAX);
    for (std::size_t i = 0; i < parts.sources.size(); ++i) {
      if (!cited.contains(base.text(parts.sources[i].id))) continue;
      new_source[i] = sources.size();
      sources.push_back(parts.sources[i]);
    }
    parts.sources = std::move(sources);
    move(parts.source_extras, new_source);
  }
  parts.companies = std::move(companies);
  parts.relations = std::move(relations);
  return Model(std::move(parts));
}

std::size_t number_of(std::vector<std::string>& ids, std::string_view id) {
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found != ids.end()) return static_cast<std::size_t>(found - ids.begin()) + 1;
  ids.emplace_back(id);
  return ids.size();
}

void add_lines(const Sketch& sketch, const std::vector<std::size_t>& place_of,
               const std::vector<CompanyIndex>& company_of, Diagram& diagram) {
  const Model& model = sketch.drawn;
  std::map<std::tuple<CompanyIndex, CompanyIndex, int, std::size_t>, std::size_t> line_of;
  std::vector<std::vector<std::size_t>> rows;
  std::vector<std::pair<CompanyIndex, CompanyIndex>> ends;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    if (place_of[row] == SIZE_MAX) continue;
    const Relation& r = model.relation(row);
    const auto [from, to] = arrow(sketch, r);
    const int kind = sketch.money_direction ? 0 : commercial(r.kind) ? 0 : r.kind == Kind::owns ? 2 : 1;
    const auto key = std::make_tuple(from, to, kind, sketch.params.all_relations ? row : 0);
    const auto [found, fresh] = line_of.try_emplace(key, rows.size());
    if (fresh) {
      rows.emplace_back();
      ends.emplace_back(from, to);
    }
    rows[found->second].push_back(row);
  }
  // Finance does not decide the tiers, except of companies that neither buy nor sell.
  std::vector<bool> trades(model.company_count(), false);
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (place_of[row] != SIZE_MAX && commercial(model.relation(row).kind))
      trades[model.relation(row).from] = trades[model.relation(row).to] = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    DrawnLine line;
    line.from = company_of[ends[i].first];
    line.to = company_of[ends[i].second];
    // The relation with the best figure speaks for the line.
    const auto rank = [&](std::size_t row) {
      const Relation& r = model.relation(row);
      return std::make_tuple(r.status == Status::active, static_cast<bool>(r.revenue_share),
                             static_cast<bool>(r.supply_share), r.value.known ? r.value.low : -1.0);
    };
    std::stable_sort(rows[i].begin(), rows[i].end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
    const Relation& first = model.relation(rows[i].front());
    const auto note =
        commercial(first.kind) || sketch.money_direction ? sketch.line_notes.find(ends[i]) : sketch.line_notes.end();
    line.financing = std::any_of(rows[i].begin(), rows[i].end(),
                                 [&](std::size_t row) { return !commercial(model.relation(row).kind); });
    // Tiers follow the goods, in a picture of money the financing: who finances stands left, who orders right.
    line.tiers = sketch.money_direction ? line.financing
                                        : commercial(first.kind) || !trades[ends[i].first] || !trades[ends[i].second];
    line.dashed = std::none_of(rows[i].begin(), rows[i].end(),
                               [&](std::size_t row) { return model.relation(row).status == Status::active; });
    if (line.dashed) line.tone = Tone::quiet;
    std::string label = note == sketch.line_notes.end() ? "" : note->second.label;
    if (note != sketch.line_notes.end()) {
      line.tone = note->second.tone;
      line.weight = note->second.weight;
      line.estimated = note->second.estimated;
    }
    if (label.empty()) {
      label = verb(first.kind) + cut(std::string(subject(model, first)), 52);
      if (const std::string figure = figure_of(first); !figure.empty()) {
        label += "\n" + figure;
        line.estimated = first.confidence == Confidence::estimated;
      }
      if (rows[i].size() > 1) label += fmt::format("\n+ {} more", rows[i].size() - 1);
    }
    if (line.dashed) label += fmt::format(" ({})", to_string(first.status));
    line.label = label;
    for (const std::size_t row : rows[i]) {
      line.rows.push_back(place_of[row]);
      line.tooltip += (line.tooltip.empty() ? "" : "\n\n") + tooltip_of(model, model.relation(row));
      if (line.link.empty()) line.link = first_link(model, model.relation(row).sources);
    }
    diagram.lines.push_back(std::move(line));
  }
  // Sources are numbered in the order of the finding: accent lines first, widest first, then as drawn.
  std::vector<std::size_t> order(diagram.lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const DrawnLine& x = diagram.lines[a];
    const DrawnLine& y = diagram.lines[b];
    return std::make_pair(x.tone == Tone::accent, x.weight) > std::make_pair(y.tone == Tone::accent, y.weight);
  });
  for (const std::size_t i : order) {
    std::vector<std::size_t> numbers;
    for (const std::size_t row : rows[i])
      for (const std::string_view id : split_list(model.text(model.relation(row).sources))) {
        const std::size_t number = number_of(diagram.sources, id);
        if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) numbers.push_back(number);
      }
    std::string cited;
    for (std::size_t n = 0; n < numbers.size() && n < 3; ++n)
      cited += (n == 0 ? "" : ",") + fmt::format("{}", numbers[n]);
    if (!cited.empty()) diagram.lines[i].label += " [" + cited + (numbers.size() > 3 ? ",…]" : "]");
  }
}

void add_legend(const Sketch& sketch, Diagram& diagram) {
  diagram.legend = sketch.legend;
  const auto any = [&](const auto& test) { return std::any_of(diagram.lines.begin(), diagram.lines.end(), test); };
  if (!any([](const DrawnLine& l) { return l.tone == Tone::accent; }))
    std::erase_if(diagram.legend, [](const LegendEntry& entry) { return entry.symbol == Symbol::accent_line; });
  if (any([](const DrawnLine& l) { return l.financing; }))
    diagram.legend.push_back({Symbol::financing_line, sketch.money_direction
                                                          ? "financing: investment, loan, guarantee or shares"
                                                          : "investment, loan, guarantee, shares or ownership"});
  if (any([](const DrawnLine& l) { return !l.financing && l.tone != Tone::accent && !l.dashed; }) &&
      std::none_of(diagram.legend.begin(), diagram.legend.end(),
                   [](const auto& e) { return e.symbol == Symbol::line; }))
    diagram.legend.push_back({Symbol::line, sketch.money_direction ? "payment for goods or services" : "supplies"});
  const auto hollow_bar = [](const DrawnCompany& company) {
    return std::any_of(company.bar.begin(), company.bar.end(), [](const BarPart& part) { return part.estimated; });
  };
  if (any([](const DrawnLine& l) { return l.estimated; }))
    diagram.legend.push_back({Symbol::hollow_line, std::string(estimate_key)});
  else if (std::any_of(diagram.companies.begin(), diagram.companies.end(), hollow_bar))
    diagram.legend.push_back({Symbol::hollow_bar, std::string(estimate_key)});
  if (any([](const DrawnLine& l) { return l.dashed; }))
    diagram.legend.push_back({Symbol::dashed_line, "not in force: rumoured, planned, announced or in test"});
}

}  // namespace

std::string wrong_words(const PictureParams& params) {
  std::string company;
  const Show* const show = find_show(params.show, company);
  if (show == nullptr)
    return "--show: " + quote(params.show) +
           " is none of exposure:COMPANY, dependence, concentration, cycles (the last three also with :COMPANY)";
  if (company.empty() && (show->needs_company || params.show.ends_with(':')))
    return fmt::format("--show {0}: name the company, as in --show {0}:bytedance", show->name);
  for (const std::string& word : params.kinds)
    if (!parse_kind(word)) return "--kind: " + quote(word) + " is none of " + kind_words();
  if (params.direction != "suppliers" && params.direction != "customers" && params.direction != "both")
    return "--direction: " + quote(params.direction) + " is none of suppliers, customers, both";
  return {};
}

Diagram picture(const Model& model, const ViewParams& view_params, bool statuses_given, const PictureParams& params) {
  if (const std::string wrong = wrong_words(params); !wrong.empty()) throw Question(wrong);
  std::string subject_name;
  const Show& show = *find_show(params.show, subject_name);
  std::vector<bool> wanted_kinds(all_kinds.size(), params.kinds.empty());
  for (const std::string& word : params.kinds) wanted_kinds[static_cast<std::size_t>(*parse_kind(word))] = true;

  ViewParams seen = view_params;
  if (!statuses_given) seen.statuses = drawn_statuses;
  const Model drawn = view(model, seen);
  if (!statuses_given) seen.statuses = show.statuses;
  const Model counted = view(model, seen);
  Sketch sketch{drawn,
                counted,
                params,
                std::vector<bool>(drawn.company_count(), true),
                std::vector<bool>(drawn.relation_count(), true),
                {},
                {},
                false,
                {},
                {},
                {},
                {},
                {}};
  std::optional<CompanyIndex> focus;
  if (!params.focus.empty()) focus = find_company(drawn, params.focus);
  std::optional<CompanyIndex> about;
  if (!subject_name.empty()) about = find_company(drawn, subject_name);
  if (!about && focus) about = focus;

  for (const std::string& word : params.hidden) sketch.companies[find_company(drawn, word)] = false;
  if ((focus && !sketch.companies[*focus]) || (about && !sketch.companies[*about]))
    throw Question("--hide names the company that the picture is about");
  for (const std::string& word : params.sectors) {
    bool found = false;
    for (CompanyIndex v = 0; v < drawn.company_count() && !found; ++v)
      found = drawn.text(drawn.company(v).sector) == word;
    if (found) continue;
    Suggestion suggestion(word);
    for (CompanyIndex v = 0; v < drawn.company_count(); ++v) suggestion.consider(drawn.text(drawn.company(v).sector));
    throw Question("--sector: no company is of sector " + quote(word) + suggestion.text());
  }
  for (CompanyIndex v = 0; v < drawn.company_count(); ++v)
    if (!params.sectors.empty() && v != focus && v != about &&
        !contains(params.sectors, drawn.text(drawn.company(v).sector)))
      sketch.companies[v] = false;
  for (std::size_t row = 0; row < drawn.relation_count(); ++row) {
    const Relation& r = drawn.relation(row);
    sketch.relations[row] = wanted_kinds[static_cast<std::size_t>(r.kind)] && sketch.companies[r.from] &&
                            sketch.companies[r.to] && (params.kinds.empty() || r.from != r.to);
  }
  if (focus) keep_near(sketch, *focus, params.depth, params.direction);
  if (show.mark == shows[1].mark)
    keep_near(sketch, *about, params.depth_given && !focus ? params.depth : 0, "suppliers");
  if (about && (show.mark == shows[2].mark || show.mark == shows[3].mark) && !focus)
    keep_near(sketch, *about, params.depth, "suppliers");
  const bool by_pass = show.needs_company || show.mark != shows[0].mark;
  if (by_pass && !focus && !about && show.mark != shows[4].mark) {
    // Shares of sales and purchases say nothing about companies without any.
    std::vector<bool> trades(drawn.company_count(), false);
    for (std::size_t row = 0; row < drawn.relation_count(); ++row)
      if (commercial(drawn.relation(row).kind))
        trades[drawn.relation(row).from] = trades[drawn.relation(row).to] = true;
    for (CompanyIndex v = 0; v < trades.size(); ++v) sketch.companies[v] = sketch.companies[v] && trades[v];
  }
  if (by_pass && show.mark != shows[4].mark)
    for (std::size_t row = 0; row < drawn.relation_count(); ++row)
      if (!commercial(drawn.relation(row).kind)) sketch.relations[row] = false;
  show.mark(sketch, about);

  std::size_t companies = 0;
  for (CompanyIndex v = 0; v < drawn.company_count(); ++v) companies += sketch.companies[v] ? 1 : 0;
  if (companies == 0)
    throw Question(sketch.title.empty() ? "nothing is left to draw: no company passes the filters"
                                        : "nothing to draw: " + sketch.title);
  std::vector<CompanyIndex> company_of;
  std::vector<std::size_t> place_of;
  Diagram diagram(facts_of(sketch, model, view_params.consolidate, wanted_kinds, company_of, place_of));
  diagram.title = params.title.empty() ? sketch.title : params.title;
  diagram.subtitle = sketch.subtitle;
  diagram.listed = sketch.listed;
  diagram.by_sector = !sketch.money_direction;
  for (CompanyIndex v = 0; v < drawn.company_count(); ++v) {
    if (!sketch.companies[v]) continue;
    DrawnCompany company;
    company.company = company_of[v];
    const CompanyNote note = sketch.company_notes[v];
    company.tone = note.tone;
    company.weight = note.weight;
    company.figure = note.figure;
    company.bar = note.bar;
    company.tooltip = tooltip_of(drawn, drawn.company(v), note.figure);
    company.link = first_link(drawn, drawn.company(v).sources);
    diagram.companies.push_back(std::move(company));
  }
  add_lines(sketch, place_of, company_of, diagram);
  add_legend(sketch, diagram);

  std::size_t rows = 0;
  std::size_t ended = 0;
  Evidence evidence(drawn);
  for (std::size_t row = 0; row < drawn.relation_count(); ++row) {
    if (place_of[row] == SIZE_MAX) continue;
    ++rows;
    evidence.add(drawn.relation(row));
  }
  for (const SetAside& aside : drawn.set_aside()) ended += aside.reason == Reason::status ? 1 : 0;
  std::vector<std::string> out;
  if (companies < drawn.company_count())
    out.push_back(fmt::format("{} of {} companies", drawn.company_count() - companies, drawn.company_count()));
  if (rows < drawn.relation_count())
    out.push_back(fmt::format("{} of {} relations", drawn.relation_count() - rows, drawn.relation_count()));
  if (ended > 0) out.push_back(fmt::format("{} of other statuses", ended));
  std::string left;
  for (const std::string& part : out) left += (left.empty() ? "Not drawn: " : ", ") + part;
  if (!left.empty()) diagram.left_out.push_back(left + ".");
  diagram.notes = sketch.notes;
  diagram.notes.insert(diagram.notes.begin(), diagram.left_out.begin(), diagram.left_out.end());
  if (const std::string span = evidence.span_note(); !span.empty()) diagram.notes.push_back(span);
  return diagram;
}

}  // namespace tierscope::core
