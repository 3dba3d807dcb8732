#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ask/answered.hpp"
#include "ask/answers.hpp"
#include "ask/exposure/behind.hpp"
#include "ask/inquiry.hpp"
#include "ask/pair_amount.hpp"
#include "ask/rows.hpp"
#include "ask/shock/shock.hpp"
#include "base/words.hpp"
#include "model/names.hpp"
#include "model/rates.hpp"
#include "model/view.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t all_followed = 20'000;  // firms, up to which the failure of each is followed without --top

/// `C=50%`: the company, and the part; without `=` the part that is missing.
struct Part {
  CompanyIndex company = 0;
  double part = 0;
};

Part part_of(const Model& model, const std::string& text, bool demand) {
  const std::string option = demand ? "--demand " : "--fail ";
  const std::size_t equals = text.rfind('=');
  if (equals == std::string::npos) {
    if (demand) throw Question(option + quote(text) + " does not say how much less it buys; write " + text + "=-30%");
    return {find_company(model, text), 0};
  }
  std::string share = text.substr(equals + 1);
  const bool minus = share.starts_with('-') || share.starts_with("−");
  if (minus) share.erase(0, share.front() == '-' ? 1 : std::string("−").size());
  if (demand && !minus)
    throw Question(option + quote(text) + ": only a demand that falls can be followed, as in " +
                   text.substr(0, equals) + "=-30%");
  const ParsedQuantity parsed = parse_share(share);
  if (minus != demand || !parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
    throw Question(
        option + quote(text) +
        (demand ? ": write how much less it buys, from -0% to -100%" : ": write what remains of it, from 0% to 100%"));
  return {find_company(model, text.substr(0, equals)), parsed.quantity.low};
}

std::vector<std::pair<CompanyIndex, double>> parts_of(const Model& model, const std::vector<std::string>& texts,
                                                      bool demand) {
  std::vector<std::pair<CompanyIndex, double>> parts;
  for (const std::string& text : texts) {
    const Part part = part_of(model, text, demand);
    if (model.company(part.company).aggregate)
      throw Question(label(model, part.company) + " is an aggregate, not one company: it cannot be shocked");
    if (std::any_of(parts.begin(), parts.end(), [&](const auto& p) { return p.first == part.company; }))
      throw Question(label(model, part.company) + " is named twice");
    parts.emplace_back(part.company, part.part);
  }
  return parts;
}

/// What each firm counts in an index, and how that is said.
struct Weights {
  std::vector<double> of;  // by company
  double all = 0;
  std::string words;  // how they count
  std::string whole;  // what an index is a part of

  Weights(const Model& model, const std::vector<CompanyIndex>& firms) : of(model.company_count(), 0) {
    std::size_t known = 0;
    Currency currency = model.rest().currency;
    bool one = true;
    for (const CompanyIndex v : firms) {
      Quantity revenue = model.company(v).revenue;
      if (!revenue) continue;
      if (model.rest().currency) revenue = model.converter().convert(revenue).value_or(Quantity());
      if (!revenue) continue;
      one &= !currency || revenue.currency == currency;
      if (!currency) currency = revenue.currency;
      of[v] = revenue.low;
      ++known;
    }
    if (known == 0 || !one) {
      for (const CompanyIndex v : firms) of[v] = 1;
      whole = fmt::format("what {} make, each counted alike,", counted(firms.size(), "firm"));
      words = known == 0 ? "each firm counts alike, as no revenue is known"
                         : "each firm counts alike, as revenues are in several currencies (--currency converts them)";
    } else {
      whole = fmt::format("the revenue of the {} of which it is known", counted(known, "firm"));
      words = fmt::format(
          "firms count by the low bound of their revenue in {}, of whatever year, which is known of {} of {}; the "
          "others "
          "count nothing",
          to_string(currency), known, firms.size());
    }
    for (const CompanyIndex v : firms) all += of[v];
  }
  Quantity index(const Losses& losses, LossBounds Loss::*which) const {
    double low = 0;
    double high = 0;
    for (const auto& [firm, loss] : losses.firms)
      low += of[firm] * (loss.*which).low, high += of[firm] * (loss.*which).high;
    return all > 0 ? between(std::min(1.0, low / all), std::min(1.0, high / all)) : Quantity{};
  }
};

/// One row of the answer, before it is shown.
struct Line {
  CompanyIndex company = 0;
  bool shocked = false;
  std::optional<Loss> loss;
  bool demand = false;
  Quantity esri, down, up;
  Grade grade;  // of the figures behind it
  std::size_t hit = 0;
  double key_high() const { return loss ? loss->both.high : esri.high; }
  double key_low() const { return loss ? loss->both.low : esri.low; }
};

struct Solved {
  std::shared_ptr<const Model> model;
  std::vector<Line> lines;
};

void fill(const Model& model, const Line& line, ShockRow& row) {
  row.company = company_row(model, line.company);
  row.shocked = line.shocked;
  if (line.loss) {
    const auto graded = [&](const LossBounds& bounds) { return line.grade.mark(between(bounds.low, bounds.high)); };
    const auto interval = [&](const LossBounds& bounds) { return quantity_row(model, graded(bounds)); };
    row.loss = interval(line.loss->both);
    if (!line.demand) {
      row.down = interval(line.loss->down);
      row.up = interval(line.loss->up);
    }
    const Company& company = model.company(line.company);
    if (company.revenue)
      row.revenue_loss = quantity_row(model, part_of_revenue(model, company, graded(line.loss->both)));
  } else {
    row.esri = quantity_row(model, line.esri);
    row.esri_down = quantity_row(model, line.down);
    row.esri_up = quantity_row(model, line.up);
    row.hit = line.hit;
  }
  Evidence evidence(model);
  for (const std::uint32_t index : model.out_rows(line.company))
    if (model.relation(index).kind == Kind::supplies) evidence.add(model.relation(index));
  for (const std::uint32_t index : model.in_rows(line.company))
    if (model.relation(index).kind == Kind::supplies) evidence.add(model.relation(index));
  row.sources = evidence.ids();
}

void sort_lines(const Model& model, std::vector<Line>& lines) {
  std::sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
    if (a.shocked != b.shocked) return a.shocked;
    if (a.key_low() != b.key_low()) return a.key_low() > b.key_low();
    if (a.key_high() != b.key_high()) return a.key_high() > b.key_high();
    return model.id(a.company) < model.id(b.company);
  });
}

std::string scenario_words(const Model& model, const std::vector<std::pair<CompanyIndex, double>>& parts, bool demand) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& [company, part] = parts[i];
    text += i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ";
    text += label(model, company);
    if (demand)
      text += " buys " + format_percent(part) + " less";
    else
      text += part == 0 ? " fails" : " keeps " + format_percent(part);
  }
  return text;
}

std::size_t certain(const std::vector<Line>& lines) {
  return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [](const Line& line) {
    return !line.shocked && line.loss && line.loss->both.low > 0;
  }));
}

std::size_t hit(const std::vector<Line>& lines) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](const Line& line) { return !line.shocked; }));
}

std::string losers_words(const std::vector<Line>& lines) {
  const std::size_t losers = certain(lines);
  return fmt::format("{} may lose something, {} by what is recorded", counted(hit(lines), "other firm"),
                     losers == 0 ? "none" : fmt::format("{}", losers));
}

std::string solved_note(const api::Shock& answer) {
  if (!answer.converged)
    return fmt::format("Not converged: a loop hardly leaks. Losses may be {} larger than the low bounds say.",
                       format_percent(answer.bound));
  return fmt::format("Solved to {:g} in {}.", answer.tolerance, counted(answer.steps, "step"));
}

Result<api::Shock> answer_demand(const std::shared_ptr<Solved>& solved, const ShockOptions& options) {
  const std::shared_ptr<const Model>& model = solved->model;
  const auto drops = parts_of(*model, options.demand, true);
  const RevenueLinks links(*model);
  const DemandLosses losses = demand_shock(*model, links, drops);
  const Figures all_figures(*model, links);
  std::map<CompanyIndex, std::vector<Behind>> figures;
  for (const auto& [target, part] : drops) figures[target] = all_figures.to(target);
  for (const auto& hit_firm : losses.firms) {
    const CompanyIndex company = hit_firm.first;
    Line line;
    line.company = company;
    line.loss = Loss{hit_firm.second, {}, {}};
    line.demand = true;
    for (const auto& [target, part] : drops) {
      const Behind& behind = figures[target].at(company);
      if (behind.any) line.grade.add(behind.approximate, behind.confidence);
    }
    line.shocked = std::any_of(drops.begin(), drops.end(), [&](const auto& drop) { return drop.first == company; });
    solved->lines.push_back(line);
  }
  if (solved->lines.size() == drops.size())
    throw Question("no supplier of " + label(*model, drops.front().first) + " is recorded that counts");
  sort_lines(*model, solved->lines);
  api::Shock answer;
  answer.results = rows_of<ShockRow>(
      solved->lines.size(), [solved](std::size_t i, auto& row) { fill(*solved->model, solved->lines[i], row); });
  answer.tolerance = 1e-10;
  answer.converged = losses.converged;
  answer.bound = losses.bound;
  answer.firms = solved->lines.size();
  answer.about.title = "If " + scenario_words(*model, drops, true) + ", " + losers_words(solved->lines);
  answer.about.notes = {
      "loss: f × exposure; its high bound holds what nobody attributed. revenue_loss is that part of the revenue, of "
      "whatever year it is.",
      proportionality_note()};
  if (!answer.converged) answer.about.notes.push_back(solved_note(answer));
  for (std::string& note : links.contradiction_notes([](CompanyIndex) { return true; }))
    answer.about.notes.push_back(std::move(note));
  return {std::move(answer), taken_as_unknown(links.contradictions())};
}

Production production_of(const std::string& word) {
  if (word == "leontief") return Production::leontief;
  if (word == "linear") return Production::linear;
  throw Question("--production " + quote(word) + " is not known: leontief or linear");
}

Result<api::Shock> answer_supply(const std::shared_ptr<Solved>& solved, const ShockOptions& options) {
  const std::shared_ptr<const Model>& model = solved->model;
  const auto failing = parts_of(*model, options.fail, false);
  const RevenueLinks links(*model);
  SupplyShock shock(*model, links, production_of(options.production), options.tolerance);
  if (shock.firms().empty()) throw Question("no sale between two companies is recorded that counts");
  for (const auto& [company, rest] : failing)
    if (!shock.is_firm(company))
      throw Question(label(*model, company) + " neither sells nor buys anything that is recorded and counts");
  const Weights weights(*model, shock.firms());
  api::Shock answer;
  answer.production = options.production == "linear" ? "linear" : "leontief";
  answer.tolerance = options.tolerance;
  answer.firms = shock.firms().size();
  answer.purchases = shock.purchases();
  answer.known_shares = shock.known_shares();
  answer.not_computable = shock.not_computable();
  const auto take = [&](const Losses& losses) {
    answer.steps = std::max<std::size_t>(answer.steps, losses.steps);
    answer.converged &= losses.converged;
    answer.bound = std::max(answer.bound, losses.bound);
  };
  About& about = answer.about;
  if (!failing.empty()) {
    const Losses losses = shock.of(failing);
    take(losses);
    const auto shocked = [&](CompanyIndex v) {
      return std::any_of(failing.begin(), failing.end(), [&](const auto& f) { return f.first == v; });
    };
    for (const auto& [company, loss] : losses.firms) {
      Line line;
      line.company = company;
      line.loss = loss;
      if (!shocked(company)) line.grade = shock.grade();
      line.shocked = shocked(company);
      solved->lines.push_back(line);
    }
    sort_lines(*model, solved->lines);
    const Quantity esri = shock.grade().mark(weights.index(losses, &Loss::both));
    answer.esri = quantity_row(*model, esri);
    about.title = fmt::format("If {}, {} of {} is lost; {}", scenario_words(*model, failing, false), in_words(esri),
                              weights.whole, losers_words(solved->lines));
  } else {
    std::vector<CompanyIndex> chosen = shock.firms();
    if (options.top == 0 && chosen.size() > all_followed)
      throw Question(fmt::format("{} firms are many to follow the failure of each: --top 1000 follows the largest",
                                 chosen.size()));
    if (options.top != 0 && options.top < chosen.size()) {
      std::stable_sort(chosen.begin(), chosen.end(),
                       [&](CompanyIndex a, CompanyIndex b) { return weights.of[a] > weights.of[b]; });
      chosen.resize(options.top);
    }
    std::vector<Cascade::Scenario> failures;
    failures.reserve(chosen.size());
    for (const CompanyIndex firm : chosen) failures.push_back({{firm, 0.0}});
    for (std::size_t begin = 0; begin < failures.size(); begin += Cascade::together) {
      if (options.view.stop && options.view.stop()) {
        about.interrupted = true;
        break;
      }
      const auto some = std::span(failures).subspan(begin, std::min(Cascade::together, failures.size() - begin));
      const std::vector<Losses> lost = shock.of_each(some);
      for (std::size_t i = 0; i < lost.size(); ++i) {
        take(lost[i]);
        Line line;
        line.company = chosen[begin + i];
        line.esri = shock.grade().mark(weights.index(lost[i], &Loss::both));
        line.down = shock.grade().mark(weights.index(lost[i], &Loss::down));
        line.up = shock.grade().mark(weights.index(lost[i], &Loss::up));
        line.hit = lost[i].firms.size() - 1;
        solved->lines.push_back(line);
      }
    }
    sort_lines(*model, solved->lines);
    if (solved->lines.empty()) {
      about.title = "No firm was followed";
    } else {
      const Line& first = solved->lines.front();
      about.title = fmt::format("Of {}, {} would take most with it by what is recorded if it failed: {} of {}",
                                counted(solved->lines.size(), "firm"), label(*model, first.company),
                                in_words(first.esri), weights.whole);
    }
  }
  answer.results = rows_of<ShockRow>(
      solved->lines.size(), [solved](std::size_t i, auto& row) { fill(*solved->model, solved->lines[i], row); });
  about.notes.push_back(
      options.production == "linear"
          ? "linear: a firm's inputs limit it together, each by what it costs. Where that is unknown "
            "it may lose as much as its worst input does. Purchases that are not in the data would "
            "soften it."
          : "leontief: every named input is essential, and recorded suppliers of one category stand in "
            "for each other by their shares; a worst case. Suppliers who are not in the data would "
            "soften it.");
  about.notes.push_back(fmt::format(
      "loss: from what is recorded to what is possible: unknown shares lie between 0 and what others leave. Of {} {} a "
      "share is known{}. revenue_loss is that part of the revenue, of whatever year it is.",
      counted(shock.purchases(), "purchase"), shock.known_shares(),
      shock.unnamed() == 0 ? ""
                           : fmt::format("; {} without category and item count as not essential", shock.unnamed())));
  if (shock.not_computable() != 0)
    about.notes.push_back(fmt::format("Of {} not all purchases have an annual amount of one year and currency.",
                                      counted(shock.not_computable(), "firm")));
  about.notes.push_back("ESRI: " + weights.words + ".");
  about.notes.push_back(solved_note(answer));
  const auto outside = model->company_count() - shock.firms().size();
  if (outside != 0)
    about.notes.push_back(
        fmt::format("{} no firm here: aggregates, and companies without a sale or purchase that counts.",
                    outside == 1 ? "1 company is" : fmt::format("{} companies are", outside)));
  for (std::string& note : links.contradiction_notes([](CompanyIndex) { return true; }))
    about.notes.push_back(std::move(note));
  Problems warnings = taken_as_unknown(links.contradictions());
  for (Problem& problem : taken_as_unknown(shock.contradictions())) warnings.push_back(std::move(problem));
  return {std::move(answer), std::move(warnings)};
}

/// The companies in its rows.
std::vector<bool> hit_by(const Solved& solved) {
  std::vector<bool> hit(solved.model->company_count(), false);
  for (const Line& line : solved.lines) hit[line.company] = true;
  return hit;
}

}  // namespace

Result<api::Shock> answer(const std::shared_ptr<const Model>& model, const ShockOptions& options) {
  if (!options.fail.empty() && !options.demand.empty())
    throw Question("--fail and --demand are two questions: ask them one after the other");
  const auto solved = std::make_shared<Solved>();
  solved->model = model;
  Result<api::Shock> result = options.demand.empty() ? answer_supply(solved, options) : answer_demand(solved, options);
  About& about = result->about;
  about.noun = "firm";
  const std::vector<bool> hit = hit_by(*solved);
  const auto concerns = [&](const Relation& r) { return r.kind == Kind::supplies && hit[r.from] && hit[r.to]; };
  if (std::string note = set_aside_note(*model, concerns); !note.empty()) about.notes.push_back(std::move(note));
  for (std::string& note : view_notes(*model)) about.notes.push_back(std::move(note));
  Evidence evidence(*model);
  for (std::size_t row = 0; row < model->relation_count(); ++row)
    if (concerns(model->relation(row))) evidence.add(model->relation(row));
  evidence.finish(about);
  return result;
}

extern const Inquiry shock_inquiry = inquiry<ShockOptions, api::Shock, tierscope::shock>(
    "shock", "what breaks if a company fails, or buys less", StatusSet::of(Status::active),
    "Example: tierscope shock graphs/ai-circular --fail tsmc\n"
    "Example: tierscope shock graphs/bytedance --demand bytedance=-30%");

}  // namespace tierscope::core

namespace tierscope {

Result<Shock> shock(Model model, const ShockOptions& options) {
  return core::answered<Shock>(core::shock_inquiry, std::move(model), options.view,
                               [&](const auto& seen) { return core::answer(seen, options); });
}

}  // namespace tierscope
