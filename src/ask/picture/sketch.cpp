#include "ask/picture/sketch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

#include "ask/concentration/concentration.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/dependence/dependence.hpp"
#include "ask/exposure/behind.hpp"
#include "base/unicode.hpp"
#include "base/words.hpp"

namespace tierscope::core {
namespace {

std::string short_cell(const Quantity& share) { return in_cell(share, few_digits); }

// "A and B", "A, B and C"
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

// What a row of money says in a sentence.
std::string deal_in_words(const Model& model, const Relation& r) {
  const std::string amount = in_words(r.value);
  const std::string from = label(model, r.from);
  const std::string to = label(model, r.to);
  std::string text;
  if (r.kind == Kind::supplies)
    text = fmt::format("{} buys {} from {} for {}", to, cut(std::string(subject(model, r)), 40), from, amount);
  else if (r.kind == Kind::lends || r.kind == Kind::pays)
    text = fmt::format("{} {} {} {}", from, to_string(r.kind), to, amount);
  else
    text = fmt::format("{} invests {} in {}", from, amount, to);
  return r.status == Status::active ? text : fmt::format("{} ({})", text, to_string(r.status));
}

// The largest amount of the picture in the currency that most of its amounts are in, what is in force before what is to
// come: money of its own, no guarantee and no part of another row, by the least that it says. Nothing where no such
// amount is known.
std::optional<std::size_t> largest_deal(const Sketch& sketch, std::optional<CompanyIndex> focus) {
  const Model& model = sketch.drawn;
  std::map<std::uint16_t, std::vector<std::size_t>> rows;
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    const bool money =
        r.kind == Kind::supplies || r.kind == Kind::invests || r.kind == Kind::lends || r.kind == Kind::pays;
    if (!money || !sketch.relations[row] || !sketch.companies[r.from] || !sketch.companies[r.to] || r.from == r.to)
      continue;
    if (r.restates || !r.value || r.value.low <= 0 || (focus && r.from != *focus && r.to != *focus)) continue;
    rows[r.value.currency.index].push_back(row);
  }
  const auto most = std::max_element(rows.begin(), rows.end(),
                                     [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (most == rows.end()) return {};
  return *std::max_element(most->second.begin(), most->second.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](const Relation& r) { return std::make_pair(r.status == Status::active, r.value.low); };
    return rank(model.relation(a)) < rank(model.relation(b));
  });
}

// As level_words, for a reader who sees nothing but the picture: only recorded suppliers count.
std::string_view source_in_words(Level level) {
  switch (level) {
    case Level::sole_source: return "sole recorded source";
    case Level::single_source: return "single recorded source";
    case Level::dominant: return "dominant source";
    case Level::partly_recorded: return "one of several, recorded or not";
    default: return "several recorded sources, or unknown";
  }
}

// A line: who pays whom, what for, the amount, the date; the two relations that say most, and how many more there are.
std::string legs_in_words(const Model& model, const Hop& hop, CompanyIndex payer, CompanyIndex paid) {
  std::vector<const Relation*> legs = hop.legs;
  std::stable_sort(legs.begin(), legs.end(), [](const Relation* a, const Relation* b) {
    const auto rank = [](const Relation* r) {
      return std::make_pair(adds_cash(*r), r->value ? std::max(r->value.low, 0.0) : -1.0);
    };
    return rank(a) > rank(b);
  });
  std::string text = "\n" + label(model, payer) + " → " + label(model, paid) + ": ";
  for (std::size_t i = 0; i < std::min<std::size_t>(legs.size(), 2); ++i) {
    const Relation& r = *legs[i];
    text += i == 0 ? "" : "; ";
    if (r.kind != Kind::supplies) text += std::string(to_string(r.kind)) + " ";
    if (r.kind == Kind::supplies) text += cut(std::string(subject(model, r)), 24) + " ";
    text += r.value ? in_cell(r.value) : "amount unknown";
    if (r.since || r.as_of) text += ", " + to_string(r.since ? r.since : r.as_of);
    if (r.status != Status::active) text += " (" + std::string(to_string(r.status)) + ")";
  }
  return legs.size() > 2 ? text + fmt::format("; + {} more", legs.size() - 2) : text;
}

std::string companies_word(std::size_t count) {
  return number_word(count, true) + (count == 1 ? " company" : " companies");
}

}  // namespace

std::string number_word(std::size_t number, bool capital) {
  constexpr std::array<const char*, 13> words{"no",    "one",   "two",  "three", "four",   "five",  "six",
                                              "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  if (number >= words.size()) return fmt::format("{}", number);
  std::string word = words[number];
  if (capital) word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

constexpr std::size_t listed_purchases = 9;  // of which the most severe come first

void keep_best(Sketch& sketch, const std::map<CompanyIndex, double>& score, std::optional<CompanyIndex> always) {
  if (sketch.params.top == 0) return;
  std::vector<CompanyIndex> order;
  for (CompanyIndex v = 0; v < sketch.companies.size(); ++v)
    if (sketch.companies[v] && v != always) order.push_back(v);
  const auto of = [&](CompanyIndex v) {
    const auto found = score.find(v);
    return found == score.end() ? -1.0 : found->second;
  };
  std::stable_sort(order.begin(), order.end(), [&](CompanyIndex a, CompanyIndex b) { return of(a) > of(b); });
  for (std::size_t i = sketch.params.top; i < order.size(); ++i) sketch.companies[order[i]] = false;
}

void sketch_plain(Sketch& sketch, std::optional<CompanyIndex> focus) {
  const Model& model = sketch.drawn;
  std::map<CompanyIndex, double> links;
  std::map<CompanyIndex, std::map<CompanyIndex, int>> suppliers;
  std::size_t sells = 0;
  std::size_t buys = 0;
  std::size_t money = 0;
  bool pays = false;
  std::vector<bool> seen_sell(model.company_count());
  std::vector<bool> seen_buy(model.company_count());
  std::vector<bool> seen_money(model.company_count());
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    if (!sketch.relations[row]) continue;
    const Relation& r = model.relation(row);
    ++links[r.from];
    ++links[r.to];
    const bool sale = r.kind == Kind::supplies;
    if (sale) ++suppliers[r.to][r.from];
    pays = pays || r.kind == Kind::pays;
    if (!focus || (r.from != *focus && r.to != *focus)) continue;
    const CompanyIndex other = r.from == *focus ? r.to : r.from;
    std::vector<bool>& seen = !sale ? seen_money : r.from == *focus ? seen_sell : seen_buy;
    std::size_t& count = !sale ? money : r.from == *focus ? sells : buys;
    if (!seen[other]) ++count;
    seen[other] = true;
  }
  const auto asked = static_cast<std::size_t>(std::count(sketch.companies.begin(), sketch.companies.end(), true));
  const RevenueLinks shares(sketch.counted);
  std::optional<RevenueLink> dependence;  // the largest share of half or more that is drawn, the focus being an end
  CompanyIndex dependent = 0;
  std::set<std::pair<CompanyIndex, CompanyIndex>> sales;
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (sketch.relations[row] && model.relation(row).kind == Kind::supplies)
      sales.emplace(model.relation(row).from, model.relation(row).to);
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    for (const RevenueLink& link : shares.of(v))
      if (link.share && link.share.low >= 0.5 && sketch.companies[v] && sketch.companies[link.customer] &&
          sales.contains({v, link.customer}) && !model.company(link.customer).aggregate &&
          (!focus || v == *focus || link.customer == *focus) && (!dependence || link.share.low > dependence->share.low))
        dependence = link, dependent = v;
  // About one company the largest share says most, of many the largest amount.
  const std::optional<std::size_t> deal = largest_deal(sketch, focus);
  if (deal && (!focus || !dependence)) {
    sketch.finding = deal;
    dependence.reset();
    for (const CompanyIndex end : {model.relation(*deal).from, model.relation(*deal).to})
      links[end] = std::numeric_limits<double>::infinity();
  } else if (dependence) {
    for (const CompanyIndex end : {dependent, dependence->customer})
      links[end] = std::numeric_limits<double>::infinity();
  }
  std::string finding;
  if (sketch.finding) finding = deal_in_words(model, model.relation(*deal));
  if (dependence)
    finding = fmt::format("{} earns {} of its revenue from {}", label(model, dependent),
                          in_words(dependence->share, few_digits), label(model, dependence->customer));
  keep_best(sketch, links, focus);
  bool most_of_revenue = false;
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    for (const RevenueLink& link : shares.of(v)) {
      if (!link.share || !sketch.companies[v] || !sketch.companies[link.customer]) continue;
      const bool most = !sketch.finding && link.share.low >= 0.5;  // one accent: what the legend says of it
      most_of_revenue = most_of_revenue || most;
      sketch.line_notes[{v, link.customer}] = {most ? Tone::accent : Tone::plain, link.share.low, {}};
    }
  if (sketch.finding)
    sketch.legend.push_back({Symbol::accent_line, "the headline's; else width = share of revenue"});
  else if (most_of_revenue)
    sketch.legend.push_back({Symbol::accent_line, "half of the supplier's revenue or more; width = share"});
  sketch.subtitle = fmt::format(
      "Arrows run from supplier to customer, {}from investor or lender to whom it finances, from parent to subsidiary.",
      pays ? "from payer to whom it pays, " : "");
  if (focus) {
    sketch.company_notes[*focus].tone = Tone::subject;
    std::vector<std::string> parts;
    const auto plural = [](std::size_t n, const char* one, const char* many) { return n == 1 ? one : many; };
    if (buys > 0)
      parts.push_back(fmt::format("buys from {} {}", number_word(buys, false), plural(buys, "company", "companies")));
    if (sells > 0) parts.push_back(fmt::format("sells to {}", number_word(sells, false)));
    if (money > 0)
      parts.push_back(
          fmt::format("has financing{} or ownership ties with {}", pays ? ", payment" : "", number_word(money, false)));
    sketch.title = !finding.empty()
                       ? finding
                       : label(model, *focus) + " " + (parts.empty() ? "has no recorded relation" : joined(parts));
    return;
  }
  CompanyIndex hub = 0;
  std::size_t most = 0;
  for (const auto& [customer, of] : suppliers)
    if (of.size() > most && sketch.companies[customer] && !model.company(customer).aggregate)
      most = of.size(), hub = customer;
  if (!finding.empty()) {
    sketch.title = finding;
  } else if (most > 1) {
    sketch.title = fmt::format("{} buys from {} of the {} companies", label(model, hub), most, asked);
    sketch.company_notes[hub].tone = Tone::subject;
  } else {
    sketch.title = companies_word(asked) + " and what is recorded between them";
  }
}

void sketch_exposure(Sketch& sketch, CompanyIndex target) {
  const Model& model = sketch.drawn;
  const RevenueLinks links(sketch.counted);
  const ExposureResult result = exposure(sketch.counted, links, target);
  const std::string customer = label(model, target);
  std::map<CompanyIndex, double> score;
  std::size_t most = 0;
  bool indirect = false;
  const std::vector<Behind> behind = Figures(sketch.counted, links).to(target);
  for (const UnquantifiedChain& unknown : result.unquantified) {
    sketch.company_notes[unknown.supplier].figure = "share unknown";
    score[unknown.supplier] = 0;
  }
  std::vector<std::string> sectors;
  bool estimates = false;  // among those who earn most of their revenue there
  for (const SupplierExposure& s : result.suppliers) {
    score[s.supplier] = s.total > 0 ? s.total : score.contains(s.supplier) ? 0 : -0.5;
    if (s.total <= 0) continue;
    Quantity total = graded(s.total, behind[s.supplier]);
    const auto part = [&](double least) {
      total.low = total.high = least;
      return short_cell(total);
    };
    CompanyNote& note = sketch.company_notes[s.supplier];
    note.tone = Tone::accent;
    note.weight = s.total;
    const double direct = s.direct.value_or(0);
    const bool estimated = total.confidence == Confidence::estimated;
    note.bar = {
        {direct, Shade::strong, estimated}, {s.indirect, Shade::soft, estimated}, {s.unattributed, Shade::faint}};
    note.figure = s.indirect <= 0 ? part(s.total) + " direct"
                  : direct <= 0   ? part(s.total) + " indirect (estimate)"
                                  : fmt::format("{} = {} direct + {} indirect (estimate)", part(s.total), part(direct),
                                                part(s.indirect));
    if (!s.direct) note.figure += ", direct share unknown";
    indirect = indirect || s.indirect > 0;
    if (s.total > 0.5 && sketch.companies[s.supplier]) {
      ++most;
      estimates = estimates || s.indirect > 0 || total.approximate || total.confidence == Confidence::estimated;
      sectors.emplace_back(model.text(model.company(s.supplier).sector));
    }
    for (const RevenueLink& link : links.of(s.supplier)) {
      if (!link.share || link.share.low <= 0) continue;
      sketch.line_notes[{s.supplier, link.customer}] = {Tone::accent, link.share.low,
                                                        short_cell(link.share) + " of its revenue",
                                                        link.share.confidence == Confidence::estimated};
    }
  }
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (model.relation(row).from == target) sketch.relations[row] = false;  // what it sells is another question
  for (CompanyIndex v = 0; v < model.company_count(); ++v)
    if (sketch.companies[v] && v != target && sketch.company_notes[v].figure.empty())
      sketch.company_notes[v].figure = "not counted: nothing active";
  sketch.company_notes[target].tone = Tone::subject;
  keep_best(sketch, score, target);
  const auto exposed = static_cast<std::size_t>(
      std::count_if(result.suppliers.begin(), result.suppliers.end(), [](const auto& s) { return s.total > 0; }));
  const SupplierExposure* first = result.suppliers.empty() ? nullptr : &result.suppliers.front();
  if (most > 1) {
    const bool one_sector = !sectors.front().empty() && std::all_of(sectors.begin(), sectors.end(), [&](const auto& s) {
      return s == sectors.front();
    });
    sketch.title = fmt::format("{} {} earn most of their revenue from {}{}", number_word(most, true),
                               one_sector ? sectors.front() + " companies" : "suppliers", customer,
                               estimates ? " (estimates among them)" : "");
  } else if (exposed > 0) {
    sketch.title = earns(label(model, first->supplier), graded(first->total, behind[first->supplier]),
                         first->indirect > 0, customer, few_digits);
  } else {
    sketch.title = fmt::format("No figure says how much any supplier depends on {}", customer);
  }
  sketch.subtitle = fmt::format(
      "Suppliers of {} over all tiers: the bar is the least share of each one's revenue that the figures add up to.",
      customer);
  if (exposed > 0) {
    sketch.legend.push_back({Symbol::strong_bar, "revenue from " + customer + ", direct"});
    if (indirect) sketch.legend.push_back({Symbol::soft_bar, "through other companies (estimate: pro rata)"});
    sketch.legend.push_back({Symbol::faint_bar, "customer not reported"});
    sketch.legend.push_back({Symbol::accent_line, "share of the supplier's revenue known; width = share"});
  }
  if (const std::size_t without = recorded_without(result); without != 0)
    sketch.notes.push_back(
        fmt::format("{} of the suppliers drawn or behind them report no share: unknown, not zero.", without));
  for (std::string& note : links.contradiction_notes([&](CompanyIndex s) { return sketch.companies[s]; }))
    sketch.notes.push_back(std::move(note));
}

void sketch_dependence(Sketch& sketch, std::optional<CompanyIndex> customer) {
  const Model& model = sketch.drawn;
  const DependenceResult result = dependence(sketch.counted);
  std::map<CompanyIndex, double> score;
  Quantity first_share;
  std::size_t half = 0;
  Grade halves;
  const SupplierDependence* first = nullptr;
  for (const SupplierDependence& s : result.suppliers) {
    if (!s.quantified) continue;
    CompanyNote& note = sketch.company_notes[s.supplier];
    Quantity largest;
    for (const RevenueLink& link : customers_of(*result.links, s.supplier)) {
      if (!link.share || link.share.low <= 0) continue;
      const bool wanted = customer ? link.customer == *customer : s.largest_customer == link.customer;
      const Quantity share = link.share;
      const bool estimated = share.confidence == Confidence::estimated;
      if (wanted) {
        largest = share;
        // Who depends is drawn with whom it depends on.
        double& paying = score[link.customer];
        paying = std::max(paying, share.low);
        note.figure = short_cell(share) + " " + label(model, link.customer);
        note.bar.insert(note.bar.begin(), {share.low, Shade::strong, estimated});
      } else {
        note.bar.push_back({share.low, Shade::soft, estimated});
      }
      sketch.line_notes[{s.supplier, link.customer}] = {wanted && share.low >= 0.5 ? Tone::accent : Tone::plain,
                                                        share.low, short_cell(share) + " of its revenue", estimated};
    }
    if (!largest) continue;
    note.weight = largest.low;
    score[s.supplier] = std::max(score[s.supplier], largest.low);
    if (largest.low >= 0.5 && sketch.companies[s.supplier]) {
      note.tone = Tone::accent;
      ++half;
      halves.add(largest);
    }
    if (sketch.companies[s.supplier] && (first == nullptr || largest.low > first_share.low))
      first = &s, first_share = largest;
  }
  if (customer) sketch.company_notes[*customer].tone = Tone::subject;
  keep_best(sketch, score, customer);
  const std::string whom = customer ? label(model, *customer) : "one customer";
  if (half > 1)
    sketch.title = fmt::format("{} suppliers earn {} of their revenue from {}", number_word(half, true),
                               in_words(halves.mark(between(0.5, 1))), whom);
  else if (first != nullptr)
    sketch.title =
        fmt::format("{} earns {} of its revenue from {}", label(model, first->supplier),
                    in_words(first_share, few_digits), label(model, customer ? *customer : *first->largest_customer));
  else
    sketch.title = "No supplier's share of revenue is recorded";
  for (std::string& note : result.links->contradiction_notes([&](CompanyIndex s) { return sketch.companies[s]; }))
    sketch.notes.push_back(std::move(note));
  sketch.subtitle =
      "The bar under a company: how much of its revenue is attributed, and to whom. Arrows run from supplier to "
      "customer.";
  if (first == nullptr) return;
  sketch.legend.push_back(
      {Symbol::strong_bar, customer ? "revenue from " + whom : "revenue from the largest customer"});
  sketch.legend.push_back({Symbol::soft_bar, "revenue from other named customers"});
  sketch.legend.push_back({Symbol::accent_line, "half of the supplier's revenue or more; width = share"});
}

void sketch_concentration(Sketch& sketch, std::optional<CompanyIndex> customer) {
  const Model& model = sketch.drawn;
  const ConcentrationResult result = concentration(sketch.counted, customer);
  std::map<CompanyIndex, double> score;
  std::map<std::pair<CompanyIndex, CompanyIndex>, std::vector<std::string>> words;
  std::size_t groups = 0;
  std::size_t one = 0;
  std::size_t dominant = 0;
  std::size_t partly = 0;
  for (const Concentration& group : result.groups) {
    if (!sketch.companies[group.customer]) continue;
    ++groups;
    const bool single = group.level == Level::sole_source || group.level == Level::single_source;
    one += single ? 1 : 0;
    dominant += group.level == Level::dominant ? 1 : 0;
    partly += group.level == Level::partly_recorded ? 1 : 0;
    if (sketch.listed.size() < listed_purchases) {
      std::string sellers;
      for (std::size_t i = 0; i < std::min<std::size_t>(group.suppliers.size(), 3); ++i) {
        const SupplyShare& s = group.suppliers[i];
        sellers += (i == 0 ? "" : ", ") + label(model, s.supplier) + (s.share ? " " + short_cell(s.share) : "");
      }
      if (group.suppliers.size() > 3) sellers += fmt::format(" and {} more", group.suppliers.size() - 3);
      sketch.listed.push_back(fmt::format("{}{}: {}\n{}", customer ? "" : label(model, group.customer) + ", ",
                                          group.category ? model.text(group.category) : std::string_view("not named"),
                                          source_in_words(group.level), sellers));
    }
    for (const SupplyShare& supplier : group.suppliers) {
      const bool marked = single || (group.level == Level::dominant && supplier.share && supplier.share.low >= 0.5);
      const std::string category = group.category ? std::string(model.text(group.category)) : "not named";
      const std::string share = supplier.share ? short_cell(supplier.share) + " of " : "";
      const auto line = std::make_pair(supplier.supplier, group.customer);
      if (marked) {
        words[line].insert(words[line].begin(), fmt::format("{}{}: {}", share, category, source_in_words(group.level)));
        sketch.company_notes[supplier.supplier].tone = Tone::accent;
        sketch.line_notes[line].tone = Tone::accent;
        score[supplier.supplier] += 10;
      } else {
        words[line].push_back(share.empty() ? category : share + category);
      }
      LineNote& note = sketch.line_notes[line];
      if (supplier.share) note.weight = std::max(note.weight, supplier.share.low);
      note.estimated |= supplier.share && supplier.share.confidence == Confidence::estimated;
      score[supplier.supplier] += 1;
    }
  }
  for (const auto& [line, texts] : words) {
    std::string& text = sketch.line_notes[line].label;
    for (const std::string& word : texts) text += (text.empty() ? "" : "\n") + word;
  }
  if (customer) sketch.company_notes[*customer].tone = Tone::subject;
  keep_best(sketch, score, customer);
  const std::string who = customer ? label(model, *customer) : "";
  if (groups == 0)
    sketch.title = (customer ? who + ": no" : std::string("No")) + " purchase is recorded";
  else if (customer)
    sketch.title = fmt::format("{} has one recorded supplier, and no sign of another, for {} of the {} things it buys",
                               who, one == 0 ? "none" : number_word(one, false), number_word(groups, false));
  else
    sketch.title = fmt::format("{} of {} recorded purchases {} one recorded supplier and no sign of another", one,
                               groups, one == 1 ? "has" : "have");
  sketch.subtitle =
      "Marked: the only recorded, or the dominant source of what a customer buys. Only recorded suppliers count.";
  if (one > 0) sketch.legend.push_back({Symbol::accent_line, "sole or single recorded source"});
  if (dominant > 0) sketch.legend.push_back({Symbol::accent_line, "dominant source: half of the purchases or more"});
  sketch.legend.push_back(
      {Symbol::line, partly > 0 ? "one of several sources, recorded or not" : "one of several recorded sources"});
}

void sketch_cycles(Sketch& sketch, std::optional<CompanyIndex> through) {
  const Model& model = sketch.drawn;
  CyclesParams params;
  params.listed = params.longest = sketch.params.max_length;
  const CyclesResult result = cycles(sketch.counted, params);
  constexpr std::size_t first_loops = 12;
  const std::size_t wanted = sketch.params.top == default_top ? first_loops
                             : sketch.params.top == 0         ? SIZE_MAX
                                                              : sketch.params.top;
  std::vector<bool> companies(sketch.companies.size(), false);
  std::map<std::pair<CompanyIndex, CompanyIndex>, std::vector<std::size_t>> loops;
  std::map<CompanyIndex, std::size_t> passes;  // of all loops
  std::set<std::uint16_t> currencies;
  std::size_t shown = 0;
  std::size_t circular = 0;
  std::size_t of_interest = 0;
  std::size_t chains = 0;
  // Circular deals first, each kind in the order of the answer.
  std::vector<const Cycle*> order;
  for (const Cycle& cycle : result.cycles) order.push_back(&cycle);
  std::stable_partition(order.begin(), order.end(),
                        [](const Cycle* c) { return c->cycle_class == CycleClass::circular_deal; });
  // A headline tells of deals between two companies; where there are none, of loops of three: longer ones are chains
  // that close.
  const bool pairs = std::any_of(order.begin(), order.end(), [&](const Cycle* c) {
    const auto is_asked = [&](std::uint32_t rank) { return result.flow->company(rank) == *through; };
    return c->ranks.size() == 2 && c->cycle_class == CycleClass::circular_deal &&
           (!through || std::any_of(c->ranks.begin(), c->ranks.end(), is_asked));
  });
  const std::size_t longest_told = pairs ? 2 : 3;
  std::vector<std::vector<CompanyIndex>> drawn_rounds;  // of circular deals
  struct Round {
    const Cycle* cycle;
    std::vector<CompanyIndex> companies;
    bool told;
  };
  std::vector<Round> rounds;
  for (const Cycle* const found : order) {
    Round next{found, {}, false};
    std::vector<CompanyIndex>& round = next.companies;
    for (const std::uint32_t rank : found->ranks) round.push_back(result.flow->company(rank));
    if (through && std::find(round.begin(), round.end(), *through) == round.end()) continue;
    if (!std::all_of(round.begin(), round.end(), [&](CompanyIndex v) { return sketch.companies[v]; })) continue;
    // The headline tells of all of them, drawn or not.
    ++of_interest;
    if (round.size() > longest_told) {
      ++chains;
    } else {
      circular += found->cycle_class == CycleClass::circular_deal ? 1 : 0;
      next.told = found->cycle_class == CycleClass::circular_deal || circular == 0;  // these come first
      if (next.told)
        for (const CompanyIndex v : round) ++passes[v];
    }
    rounds.push_back(std::move(next));
  }
  // What the headline says comes first: the loops that its company is part of.
  CompanyIndex busiest = through.value_or(0);
  for (const auto& [v, count] : passes)
    if (!through && (!passes.contains(busiest) || count > passes[busiest])) busiest = v;
  const auto passed = [&](const std::vector<CompanyIndex>& round) {
    return std::find(round.begin(), round.end(), busiest) != round.end();
  };
  std::stable_partition(rounds.begin(), rounds.end(), [&](const Round& r) { return r.told && passed(r.companies); });
  for (const Round& drawn : rounds) {
    if (shown == wanted) break;
    const Cycle& cycle = *drawn.cycle;
    const std::vector<CompanyIndex>& round = drawn.companies;
    ++shown;
    if (cycle.cycle_class == CycleClass::circular_deal) drawn_rounds.push_back(round);
    std::string names;
    std::string legs;
    for (std::size_t i = 0; i < round.size(); ++i) {
      const auto hop = std::make_pair(round[i], round[(i + 1) % round.size()]);
      loops[hop].push_back(shown);
      LineNote& note = sketch.line_notes[hop];
      companies[round[i]] = true;
      names += label(model, round[i]) + " → ";
      const Hop& hop_legs = result.flow->hop(cycle.ranks[i], cycle.ranks[(i + 1) % round.size()]);
      const Quantity amount = result.flow->amount(hop_legs).amount;
      legs += legs_in_words(model, hop_legs, round[i], hop.second);
      // What is promised at least, else at most.
      if (amount) {
        currencies.insert(amount.currency.index);
        note.weight = amount.low > 0 ? amount.low : std::isinf(amount.high) ? 0 : amount.high;
      }
      note.estimated = amount && amount.confidence == Confidence::estimated;
      note.label = amount ? in_cell(amount) : hop_legs.only_contingent ? "shares or guarantee" : "amount unknown";
    }
    const std::string size = cycle.amount ? ": " + in_cell(cycle.amount) : ": amount unknown";
    sketch.listed.push_back(fmt::format("{}  {}{}{}{}", shown, names, label(model, round.front()), size,
                                        cycle.cycle_class == CycleClass::circular_deal
                                            ? (cycle.contingent ? " (contingent)" : "")
                                            : ", " + std::string(to_string(cycle.cycle_class))) +
                            legs);
  }
  for (const auto& [hop, numbers] : loops) {
    std::string text;
    for (const std::size_t n : numbers) text += (text.empty() ? "" : ", ") + fmt::format("{}", n);
    sketch.line_notes[hop].label += fmt::format(" · loop{} {}", numbers.size() == 1 ? "" : "s", text);
  }
  double largest = 0;
  if (currencies.size() == 1)  // else widths cannot be compared
    for (const auto& [hop, note] : sketch.line_notes) largest = std::max(largest, note.weight);
  for (auto& [hop, note] : sketch.line_notes) note.weight = largest > 0 ? std::sqrt(note.weight / largest) : 0;
  sketch.money_direction = true;
  sketch.companies = companies;
  // Only the legs of the loops: what is counted, along the hops found.
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    CompanyIndex payer = 0;
    CompanyIndex paid = 0;
    const Relation& r = model.relation(row);
    sketch.relations[row] = sketch.relations[row] && money_flows(r, payer, paid) && loops.contains({payer, paid}) &&
                            sketch.counted.rest().statuses.contains(r.status);
  }
  // Marked is what the headline says: the deals that its company is part of.
  for (const std::vector<CompanyIndex>& round : drawn_rounds)
    if (passed(round))
      for (std::size_t i = 0; i < round.size(); ++i)
        sketch.line_notes[{round[i], round[(i + 1) % round.size()]}].tone = Tone::accent;
  const char* const noun = circular > 0 ? "circular deal" : "loop";
  const char* const between = pairs ? " between two companies" : "";
  const std::size_t told = circular > 0 ? circular : of_interest - chains;
  if (shown == 0)
    sketch.title = "No loop of payments is recorded" + (through ? " through " + label(model, *through) : "");
  else if (told == 0)
    sketch.title = "No loop of two or three companies is recorded; longer chains close";
  else if (through || passes[busiest] == told)
    sketch.title = fmt::format("{} {}{}{} through {}", number_word(told, true), noun, told == 1 ? "" : "s",
                               std::string(between) + (told == 1 ? " runs" : " run"), label(model, busiest));
  else
    sketch.title = fmt::format("{} is part of {} of {} {}s{}", label(model, busiest),
                               number_word(passes[busiest], false), number_word(told, false), noun, between);
  if (shown > 0) sketch.company_notes[busiest].tone = Tone::subject;
  sketch.subtitle =
      "Arrows follow the money: a buyer pays its supplier, an investor or lender its partner. Numbers on a line: the "
      "loops below that it closes.";
  const std::string deals = shown > 0 ? "circular deals of " + label(model, busiest) : "";
  if (circular > 0)
    sketch.legend.push_back(
        {Symbol::accent_line, largest > 0 ? deals + "; width = amount, thin where unknown" : deals});
  if (params.longest != 0)
    sketch.notes.push_back(fmt::format("Counted: loops of at most {} companies (--max-length).", params.longest));
  if (told != 0 && chains != 0)
    sketch.notes.push_back(fmt::format("Beside: {} of more than {} companies.", counted(chains, "loop"),
                                       number_word(longest_told, false)));
  if (!result.complete)
    sketch.notes.push_back(
        fmt::format("The search stopped after {}: there may be more.", counted(result.count, "loop")));
  if (of_interest > shown) sketch.notes.push_back(fmt::format("Drawn: {} of {} loops (--top).", shown, of_interest));
  sketch.notes.emplace_back("A circular deal is legal and usually disclosed vendor financing.");
}

}  // namespace tierscope::core
