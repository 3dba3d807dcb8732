#include "ask/picture/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "ask/inquiry.hpp"
#include "ask/money_flow.hpp"
#include "ask/picture/facts.hpp"
#include "ask/picture/sketch.hpp"
#include "ask/picture/tooltips.hpp"
#include "ask/rows.hpp"
#include "ask/unnamed.hpp"
#include "base/unicode.hpp"
#include "base/words.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// Which suppliers of the company it is about are drawn: as many tiers as --depth says; all unless it says.
enum class Suppliers { any, to_depth, all };

struct Show {
  std::string_view name;     // of the question
  std::string_view example;  // of the companies that it needs; empty: it needs none
  bool trade_alone;  // shares of sales and purchases say nothing about other relations, nor companies without any
  Suppliers suppliers;
  void (*mark)(Sketch&, std::optional<CompanyIndex>);
  void (*mark_named)(Sketch&, const std::string&) = nullptr;  // instead: of one that names several companies
};

const Show shows[] = {
    {"", "", false, Suppliers::any, sketch_plain},
    {"exposure", "bytedance", true, Suppliers::all,
     [](Sketch& sketch, std::optional<CompanyIndex> target) { sketch_exposure(sketch, *target); }},
    {"chokepoints", "bytedance", true, Suppliers::all,
     [](Sketch& sketch, std::optional<CompanyIndex> target) { sketch_chokepoints(sketch, *target); }},
    {"paths", "runze,bytedance", false, Suppliers::any, nullptr, sketch_paths},
    {"shock", "bytedance", true, Suppliers::any, nullptr, sketch_shock},
    {"owners", "bytedance", false, Suppliers::any,
     [](Sketch& sketch, std::optional<CompanyIndex> company) { sketch_owners(sketch, *company); }},
    {"dependence", "", true, Suppliers::to_depth, sketch_dependence},
    {"concentration", "", true, Suppliers::to_depth, sketch_concentration},
    {"cycles", "", false, Suppliers::any, sketch_cycles},
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
      if (direction != "both" && (r.kind != Kind::supplies || upstream != (direction == "suppliers"))) return;
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

std::string verb(Kind kind) { return kind == Kind::supplies ? "" : std::string(to_string(kind)) + ": "; }

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
    const int kind = sketch.money_direction || r.kind == Kind::supplies ? 0 : r.kind == Kind::owns ? 2 : 1;
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
    if (place_of[row] != SIZE_MAX && model.relation(row).kind == Kind::supplies)
      trades[model.relation(row).from] = trades[model.relation(row).to] = true;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    DrawnLine line;
    line.from = company_of[ends[i].first];
    line.to = company_of[ends[i].second];
    // The relation with the best figure speaks for the line: its own money, no guarantee and no part of another row.
    const auto rank = [&](std::size_t row) {
      const Relation& r = model.relation(row);
      return std::make_tuple(row == sketch.finding, r.status == Status::active, static_cast<bool>(r.revenue_share),
                             static_cast<bool>(r.supply_share),
                             !r.restates && r.kind != Kind::guarantees && r.kind != Kind::grants,
                             r.value.known ? r.value.low : -1.0);
    };
    std::stable_sort(rows[i].begin(), rows[i].end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
    const Relation& first = model.relation(rows[i].front());
    const bool sale = first.kind == Kind::supplies;
    const auto note = sale || sketch.money_direction || sketch.notes_of_all ? sketch.line_notes.find(ends[i])
                                                                            : sketch.line_notes.end();
    line.financing = std::any_of(rows[i].begin(), rows[i].end(), [&](std::size_t row) {
      const Kind kind = model.relation(row).kind;
      return sketch.money_direction ? !commercial(kind) : kind != Kind::supplies;
    });
    // Tiers follow the goods, in a picture of money the financing: who finances stands left, who orders right.
    line.tiers = sketch.money_direction ? line.financing : sale || !trades[ends[i].first] || !trades[ends[i].second];
    line.ownership = std::all_of(rows[i].begin(), rows[i].end(),
                                 [&](std::size_t row) { return model.relation(row).kind == Kind::owns; });
    line.dashed = std::none_of(rows[i].begin(), rows[i].end(),
                               [&](std::size_t row) { return model.relation(row).status == Status::active; });
    if (line.dashed) line.tone = Tone::quiet;
    std::string label = note == sketch.line_notes.end() ? "" : note->second.label;
    if (note != sketch.line_notes.end()) {
      line.tone = note->second.tone;
      line.weight = note->second.weight;
      line.estimated = note->second.estimated;
    }
    const bool finding = sketch.finding == rows[i].front();
    if (finding) {
      line.tone = Tone::accent;
      line.dashed = first.status != Status::active;  // as the headline says, whatever else the line holds
    }
    if (label.empty()) {
      label = first.item || first.category ? verb(first.kind) + cut(std::string(subject(model, first)), 52)
                                           : std::string(to_string(first.kind));
      if (const std::string figure = figure_of(first); !figure.empty()) {
        if (finding && (first.revenue_share || first.supply_share)) label += "\n" + in_cell(first.value);
        label += "\n" + figure;
        line.estimated = first.confidence == Confidence::estimated;
      }
      if (note != sketch.line_notes.end() && note->second.dated && first.as_of) label += "\n" + to_string(first.as_of);
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
  const bool pays = any([&](const DrawnLine& l) {
    return std::any_of(l.rows.begin(), l.rows.end(),
                       [&](std::size_t row) { return diagram.facts.relation(row).kind == Kind::pays; });
  });
  if (any([](const DrawnLine& l) { return l.financing && !l.ownership; }))
    diagram.legend.push_back({Symbol::financing_line, sketch.money_direction || !pays
                                                          ? "financing: investment, loan, guarantee or shares"
                                                          : "payment, investment, loan, guarantee or shares"});
  if (any([](const DrawnLine& l) { return l.ownership; })) diagram.legend.push_back({Symbol::ownership_line, "owns"});
  if (any([](const DrawnLine& l) { return !l.financing && l.tone != Tone::accent && !l.dashed; }) &&
      std::none_of(diagram.legend.begin(), diagram.legend.end(),
                   [](const auto& e) { return e.symbol == Symbol::line; }))
    diagram.legend.push_back({Symbol::line, !sketch.money_direction ? "supplies"
                                            : pays ? "payment for goods, services or what is not recorded"
                                                   : "payment for goods or services"});
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
  if (show == nullptr) return "--show: " + quote(params.show) + " is none of " + std::string(tierscope::shows);
  if (company.empty() && (!show->example.empty() || params.show.ends_with(':')))
    return fmt::format("--show {0}: name the company, as in --show {0}:{1}", show->name,
                       show->example.empty() ? "bytedance" : show->example);
  for (const std::string& word : params.kinds)
    if (!parse_kind(word)) return "--kind: " + quote(word) + " is none of " + kind_words();
  if (!params.min_share.empty() && !parse_share(params.min_share).quantity.known)
    return "--min-share: " + quote(params.min_share) + " is no share, as in 10%";
  if (!params.min_amount.empty() && !parse_amount(params.min_amount).quantity.known)
    return "--min-amount: " + quote(params.min_amount) + " is no amount with its currency, as in '1B USD'";
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
  if (!statuses_given) seen.statuses = show.name.empty() ? drawn_statuses : inquiry_of(show.name).statuses;
  const Model counted = view(model, seen);
  Sketch sketch{.drawn = drawn,
                .counted = counted,
                .params = params,
                .companies = std::vector<bool>(drawn.company_count(), true),
                .relations = std::vector<bool>(drawn.relation_count(), true)};
  std::optional<CompanyIndex> focus;
  if (!params.focus.empty()) focus = find_company(drawn, params.focus);
  std::optional<CompanyIndex> about;
  if (!subject_name.empty() && show.mark_named == nullptr) about = find_company(drawn, subject_name);
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
  // A figure is as large as its low bound: what may be smaller is not known to be so large.
  const Quantity least_share = params.min_share.empty() ? Quantity{} : parse_share(params.min_share).quantity;
  const Quantity least_amount = params.min_amount.empty() ? Quantity{} : parse_amount(params.min_amount).quantity;
  const auto large = [&](const Relation& r) {
    if (!least_share && !least_amount) return true;
    const auto share = [&](const Quantity& q) { return q && q.low >= least_share.low; };
    return (least_share && (share(r.revenue_share) || share(r.supply_share))) ||
           (least_amount && r.value && r.value.currency == least_amount.currency && r.value.low >= least_amount.low);
  };
  for (std::size_t row = 0; row < drawn.relation_count(); ++row) {
    const Relation& r = drawn.relation(row);
    sketch.relations[row] = wanted_kinds[static_cast<std::size_t>(r.kind)] && sketch.companies[r.from] &&
                            sketch.companies[r.to] && (params.kinds.empty() || r.from != r.to) && large(r);
  }
  if (least_share || least_amount) {
    std::vector<bool> has_one(drawn.company_count(), false);
    for (std::size_t row = 0; row < drawn.relation_count(); ++row)
      if (sketch.relations[row]) has_one[drawn.relation(row).from] = has_one[drawn.relation(row).to] = true;
    for (CompanyIndex v = 0; v < has_one.size(); ++v)
      sketch.companies[v] = sketch.companies[v] && (has_one[v] || v == focus || v == about);
  }
  if (focus) keep_near(sketch, *focus, params.depth, params.direction);
  if (show.suppliers == Suppliers::all)
    keep_near(sketch, *about, params.depth_given && !focus ? params.depth : 0, "suppliers");
  if (show.suppliers == Suppliers::to_depth && about && !focus) keep_near(sketch, *about, params.depth, "suppliers");
  if (show.trade_alone && !focus && !about) {
    std::vector<bool> trades(drawn.company_count(), false);
    for (std::size_t row = 0; row < drawn.relation_count(); ++row)
      if (drawn.relation(row).kind == Kind::supplies)
        trades[drawn.relation(row).from] = trades[drawn.relation(row).to] = true;
    for (CompanyIndex v = 0; v < trades.size(); ++v) sketch.companies[v] = sketch.companies[v] && trades[v];
  }
  if (show.trade_alone)
    for (std::size_t row = 0; row < drawn.relation_count(); ++row)
      if (drawn.relation(row).kind != Kind::supplies) sketch.relations[row] = false;
  if (show.mark_named != nullptr)
    show.mark_named(sketch, subject_name);
  else
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
  std::size_t other_currencies = 0;
  for (std::size_t row = 0; least_amount && row < drawn.relation_count(); ++row) {
    const Quantity& amount = drawn.relation(row).value;
    other_currencies += amount && amount.currency != least_amount.currency ? 1 : 0;
  }
  if (other_currencies != 0)
    diagram.left_out.push_back(fmt::format("Not compared with {}: {} in other currencies.", in_cell(least_amount),
                                           core::counted(other_currencies, "amount")));
  diagram.notes = sketch.notes;
  diagram.notes.insert(diagram.notes.begin(), diagram.left_out.begin(), diagram.left_out.end());
  diagram.notes.insert(diagram.notes.end(), drawn.rest().remarks.begin(), drawn.rest().remarks.end());
  for (std::string& note : unnamed_notes(diagram.facts)) diagram.notes.push_back(std::move(note));
  if (const std::string span = evidence.span_note(); !span.empty()) diagram.notes.push_back(span);
  return diagram;
}

}  // namespace tierscope::core
