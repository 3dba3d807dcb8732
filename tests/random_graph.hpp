#pragma once
// Valid graphs by chance: the four tables as users write them, and every number that the passes make of them.

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ask/concentration/concentration.hpp"
#include "ask/cycles/cycles.hpp"
#include "ask/dependence/dependence.hpp"
#include "ask/exposure/behind.hpp"
#include "ask/exposure/chains.hpp"
#include "ask/inquiry.hpp"
#include "memory_files.hpp"
#include "model/view.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {

/// The same throws for the same seed on every machine (splitmix64), unlike the standard's distributions.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool percent(std::size_t chance) { return below(100) < chance; }
  double fraction() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  std::string of(const std::vector<std::string>& list) { return list[below(list.size())]; }
  template <typename T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
  }

 private:
  std::uint64_t state_;
};

using Cells = std::vector<std::string>;

template <typename Field>
std::string& at(Cells& row, Field field) {
  return row[static_cast<std::size_t>(field)];
}
template <typename Field>
const std::string& at(const Cells& row, Field field) {
  return row[static_cast<std::size_t>(field)];
}

/// A graph as text: by TableKind, known columns first.
struct Tables {
  std::array<Cells, all_tables.size()> columns;
  std::array<std::vector<Cells>, all_tables.size()> rows;
  Tables() {
    for (const TableKind kind : all_tables)
      for (const std::string_view field : fields_of(kind)) columns[static_cast<std::size_t>(kind)].emplace_back(field);
  }
  std::vector<Cells>& operator[](TableKind kind) { return rows[static_cast<std::size_t>(kind)]; }
  const std::vector<Cells>& operator[](TableKind kind) const { return rows[static_cast<std::size_t>(kind)]; }
  Cells& add(TableKind kind) {
    return (*this)[kind].emplace_back(Cells(columns[static_cast<std::size_t>(kind)].size()));
  }
};

/// Every cell in quotes: the tests do not trust the program's own writer.
inline std::string quoted_csv(const Tables& tables, TableKind kind) {
  const auto line = [](const Cells& cells) {
    std::string text;
    for (const std::string& cell : cells) {
      text += text.empty() ? "\"" : ",\"";
      for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    return text + "\n";
  };
  std::string text = line(tables.columns[static_cast<std::size_t>(kind)]);
  for (const Cells& row : tables[kind]) text += line(row);
  return text;
}

inline void put(MemoryFiles& files, const std::string& folder, const Tables& tables) {
  for (const TableKind kind : all_tables)
    files.files[folder + "/" + std::string(to_string(kind)) + ".csv"] = quoted_csv(tables, kind);
}

/// Throws with all problems where the data are refused.
inline Model load(Files& files, const std::vector<std::string>& graphs) {
  Records records;
  for (const std::string& graph : graphs) read_graph(files, graph, records);
  std::optional<Model> model = build(records);
  if (!model) throw std::logic_error(problems_of(records));
  return std::move(*model);
}

inline Model load(const Tables& tables) {
  MemoryFiles files;
  put(files, "g", tables);
  return load(files, {"g"});
}

/// What rapidcheck draws and shrinks: dropping an element of `rows` drops a relation.
struct Draw {
  std::size_t companies = 1;
  std::vector<std::uint64_t> rows;
  std::uint64_t seed = 0;
};

/// No two of these end on the same day, so that observations of one link never tie.
inline const std::vector<std::string> observed{"", "2022", "2023-06", "2024", "2024-06-30", "2025-03", "2025"};

class TableMaker {
 public:
  explicit TableMaker(const Draw& draw) : draw_(draw) {}

  Tables make() {
    Dice dice(draw_.seed);
    for (std::size_t i = 0; i < draw_.companies; ++i) add_company(dice, i);
    for (std::size_t i = 0; i < 3; ++i) {
      Cells& row = tables_.add(TableKind::sources);
      at(row, SourceField::id) = "s" + std::to_string(i);
      at(row, SourceField::title) = "Annual report " + std::to_string(i);
      at(row, SourceField::date) = "2025-03-31";
    }
    for (const auto& [from, to, rate, date] :
         {std::array{"USD", "CNY", "7", "2000"}, {"USD", "CNY", "7.25", "2024"}, {"EUR", "USD", "1.1", "2000"}}) {
      Cells& row = tables_.add(TableKind::rates);
      at(row, RateField::from) = from;
      at(row, RateField::to) = to;
      at(row, RateField::rate) = rate;
      at(row, RateField::date) = date;
      at(row, RateField::source) = "s0";
    }
    for (const std::uint64_t seed : draw_.rows) add_relation(seed);
    return std::move(tables_);
  }

 private:
  using Link = std::array<std::string, 5>;

  static std::string company(std::size_t i) { return "c" + std::to_string(i); }

  void add_company(Dice& dice, std::size_t i) {
    std::size_t& revenue = revenues_.emplace_back(0);
    if (dice.percent(10)) return;  // known only from relations
    Cells& row = tables_.add(TableKind::companies);
    at(row, CompanyField::id) = company(i);
    if (dice.percent(50)) at(row, CompanyField::name) = "Company " + std::to_string(i);
    at(row, CompanyField::sector) = dice.of({"", "chips", "clouds"});
    at(row, CompanyField::source) = dice.of({"", "s0", "s1;s2"});
    if (dice.percent(15)) at(row, CompanyField::aggregate) = "true";
    if (dice.percent(40)) return;
    revenue = 1 + dice.below(9'000);
    at(row, CompanyField::revenue) = std::to_string(revenue) + "M USD";
    at(row, CompanyField::revenue_period) = dice.of({"2024", "2025", "FY2025"});
    if (!dice.percent(20)) return;
    at(row, CompanyField::revenue) = std::to_string(revenue) + "M.." + std::to_string(revenue + 50) + "M USD";
  }

  static std::string share_text(Dice& dice, std::size_t points) {
    std::string digits = std::to_string(points);
    if (dice.percent(20)) return digits.size() > 4 ? "1" : "0." + std::string(4 - digits.size(), '0') + digits;
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    return digits.insert(digits.size() - 2, ".") + "%";
  }

  // Takes a low share, in hundredths of a percent, out of what is left of `key`. Observations of one link share theirs.
  static std::size_t take(Dice& dice, std::map<std::string, std::size_t>& left_of, std::map<Link, std::size_t>& had,
                          const std::string& key, const Link& link) {
    std::size_t& left = left_of.try_emplace(key, 10'000).first->second;
    std::size_t& mine = had[link];
    const std::size_t most = left + mine;
    const std::size_t points = dice.percent(45) ? most : dice.below(most + 1);
    left = most - std::max(points, mine);
    mine = std::max(points, mine);
    return points;
  }

  static std::string bounded_share(Dice& dice, std::size_t points) {
    const std::string text = share_text(dice, points);
    switch (dice.below(12)) {
      case 0: return "~" + text;
      case 1: return points < 10'000 ? ">" + text : text;
      case 2: return ">=" + text;
      case 3: return "<" + text;
      case 4: return text + ".." + share_text(dice, points + dice.below(10'001 - points));
      default: return text;
    }
  }

  static std::string amount(Dice& dice) {
    const std::size_t low = 1 + dice.below(500);
    const std::string currency = dice.of({" USD", " USD", " CNY", " EUR"});
    const std::string text = std::to_string(low) + "." + std::to_string(dice.below(10)) + dice.of({"M", "B"});
    switch (dice.below(8)) {
      case 0: return "~" + text + currency;
      case 1: return ">" + text + currency;
      case 2: return "up to " + text + currency;
      case 3: return std::to_string(low) + "M.." + std::to_string(low + 7) + "M" + currency;
      default: return text + currency;
    }
  }

  void add_relation(std::uint64_t seed) {
    Dice dice(seed);
    Cells row(relation_fields.size());
    using F = RelationField;
    const std::size_t seller = dice.below(draw_.companies);
    at(row, F::from) = company(seller);
    at(row, F::to) = company(dice.below(draw_.companies));
    if (at(row, F::from) == at(row, F::to) && dice.percent(80))
      at(row, F::to) = company((seller + 1) % draw_.companies);
    const std::string kind = dice.of({"supplies", "supplies", "supplies", "supplies", "supplies", "supplies", "invests",
                                      "lends", "guarantees", "grants", "owns"});
    at(row, F::kind) = kind;
    at(row, F::category) = dice.of({"", "chips", "chips", "cooling"});
    at(row, F::item) = dice.of({"", "", "A", "B"});
    const Link link{at(row, F::from), at(row, F::to), kind, at(row, F::category), at(row, F::item)};
    std::set<std::string>& dates = dates_[link];
    if (dates.size() == observed.size()) return;
    std::size_t date = dice.below(observed.size());
    while (!dates.insert(observed[date]).second) date = (date + 1) % observed.size();
    at(row, F::as_of) = observed[date];
    at(row, F::status) =
        dice.of({"", "", "", "active", "active", "announced", "planned", "testing", "rumoured", "ended"});
    if (dice.percent(25)) at(row, F::since) = dice.of({"2021", "2023-02-28", "2024-07"});
    if (dice.percent(15)) at(row, F::until) = dice.of({"2024-07", "2025", "2030-01-01"});
    if (dice.percent(5)) at(row, F::restates) = "true";
    at(row, F::confidence) = dice.of({"", "disclosed", "reported", "estimated"});
    at(row, F::source) = dice.of({"", "s0", "s1;s2"});
    at(row, F::note) = dice.of({"", "as reported"});
    if (dice.percent(60)) at(row, F::value) = amount(dice);
    if (dice.percent(60)) at(row, F::value_basis) = dice.of({"contract", "order", "investment", "plan"});
    if (kind == "owns" || kind == "invests") at(row, F::stake) = dice.of({"", "50%", ">50%", "30%", "80%", "100%"});
    if (kind == "supplies") add_shares(dice, row, link, seller);
    tables_.add(TableKind::relations) = row;
  }

  void add_shares(Dice& dice, Cells& row, const Link& link, std::size_t seller) {
    using F = RelationField;
    if (dice.percent(65)) {
      at(row, F::revenue_share) = bounded_share(dice, take(dice, sold_, sold_by_link_, link[0], link));
    } else if (revenues_[seller] != 0 && dice.percent(50)) {
      const std::size_t percent = take(dice, sold_, sold_by_link_, link[0], link) / 100;
      std::string cents = std::to_string(percent * revenues_[seller]);
      cents.insert(0, cents.size() < 3 ? 3 - cents.size() : 0, '0');
      at(row, F::value) = cents.insert(cents.size() - 2, ".") + "M USD";
      at(row, F::value_basis) = "annual";
    }
    if (dice.percent(60)) {
      const std::string bought = link[1] + "/" + (link[3].empty() ? link[4] : link[3]);
      at(row, F::supply_share) = bounded_share(dice, take(dice, bought_, bought_by_link_, bought, link));
    }
  }

  const Draw& draw_;
  Tables tables_;
  std::vector<std::size_t> revenues_;  // in millions, 0 = unknown
  std::map<Link, std::set<std::string>> dates_;
  std::map<std::string, std::size_t> sold_, bought_;  // hundredths of a percent that are left
  std::map<Link, std::size_t> sold_by_link_, bought_by_link_;
};

/// Several items a pair and observations a link, aggregates, every kind and status, intervals, unknown shares, closed
/// loops; no two observations of a link tie, and no supplier sells more than 100 % at any date.
inline Tables make_tables(const Draw& draw) { return TableMaker(draw).make(); }

/// A date or none, a currency, with or without consolidation; every amount can be converted.
inline ViewParams make_view(Dice dice) {
  ViewParams params;
  const std::vector<std::string> dates{"", "", "2023-07", "2024-08-01", "2025"};
  params.as_of = parse_date(dice.of(dates)).value_or(Date{});
  params.currency = parse_currency(dice.of({"USD", "CNY", "EUR"}));
  params.consolidate = dice.percent(30);
  return params;
}

inline std::ostream& operator<<(std::ostream& out, const Draw& draw) {
  const Tables tables = make_tables(draw);
  out << draw.companies << " companies, seed " << draw.seed << "\n";
  for (const TableKind kind : {TableKind::companies, TableKind::relations}) {
    for (const Cells& row : tables[kind]) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].empty()) continue;
        out << fields_of(kind)[i] << "=" << row[i].substr(0, 80) << (row[i].size() > 80 ? "… " : " ");
      }
      out << "\n";
    }
  }
  return out;
}

}  // namespace tierscope::core

template <>
struct rc::Arbitrary<tierscope::core::Draw> {
  static Gen<tierscope::core::Draw> arbitrary() {
    return gen::exec([] {
      tierscope::core::Draw draw;
      draw.companies = *gen::inRange<std::size_t>(2, 8);
      draw.rows = *gen::resize(30, gen::arbitrary<std::vector<std::uint64_t>>());
      draw.seed = *gen::resize(100, gen::arbitrary<std::uint64_t>());
      return draw;
    });
  }
};

namespace tierscope::core {

/// Does the property hold for a thousand cases? The same ones each time, unless RC_PARAMS names others. Prints a
/// failure with the smallest graph that shows it.
template <typename Property>
bool holds(Property property) {
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  if (std::getenv("RC_PARAMS") == nullptr) {
    params.seed = 20'250'101;
    params.maxSuccess = 1'000;
  }
  const auto result = rc::detail::checkTestable(std::move(property), rc::detail::TestMetadata(), params);
  rc::detail::SuccessResult success;
  if (result.match(success)) return true;
  rc::detail::printResultMessage(result, std::cerr);
  return false;
}

/// Every number of every pass under a name that says what it is; what is unknown has no entry.
using Numbers = std::map<std::string, double>;

/// `name` turns an id into the one that the numbers are compared by.
class NumberTaker {
 public:
  NumberTaker(const Model& model, const ViewParams& params, std::function<std::string(std::string_view)> name)
      : name_(std::move(name)) {
    ViewParams active = params;
    active.statuses = StatusSet::of(Status::active);
    const Model counted = view(model, active);
    take_names(counted);
    take_dependence(counted);
    for (CompanyIndex target = 0; target < counted.company_count(); ++target) take_exposure(counted, target);
    take_concentration(counted);
    ViewParams flows = params;
    flows.statuses = inquiry_of("cycles").statuses;
    const Model flowing = view(model, flows);
    take_names(flowing);
    take_cycles(flowing);
  }
  Numbers numbers;

 private:
  // A group is known by all of its members: which of them names it is not a number.
  void take_names(const Model& model) {
    names_.clear();
    std::vector<std::set<std::string>> members(model.company_count());
    for (CompanyIndex v = 0; v < model.company_count(); ++v) members[v].insert(name_(model.id(v)));
    for (const Member& member : model.rest().members)
      members[member.group].insert(name_(model.text(member.company.id)));
    for (const auto& group : members) {
      std::string& joined = names_.emplace_back();
      for (const std::string& one : group) (joined += joined.empty() ? "" : "+") += one;
    }
  }

  void take(const std::string& key, const Quantity& quantity) {
    if (!quantity) return;
    numbers[key + " low"] = quantity.low;
    numbers[key + " high"] = quantity.high;
    numbers[key + " approximate"] = quantity.approximate;
  }

  void take_dependence(const Model& model) {
    const DependenceResult depending = dependence(model);
    for (const SupplierDependence& row : depending.suppliers) {
      const std::string key = "dependence " + names_[row.supplier] + " ";
      numbers[key + "attributed"] = row.attributed;
      numbers[key + "hhi low"] = row.hhi_low;
      numbers[key + "hhi high"] = row.hhi_high;
      numbers[key + "quantified"] = row.quantified;
      for (const CompanyIndex major : row.major_customers) numbers[key + "major " + names_[major]] = 1;
      for (const RevenueLink& link : customers_of(*depending.links, row.supplier)) {
        take(key + names_[link.customer], link.share);
        numbers[key + names_[link.customer] + " relations"] = static_cast<double>(link.relations.size());
        numbers[key + names_[link.customer] + " without figure"] = static_cast<double>(link.without_figure);
        if (row.largest_customer == link.customer) numbers[key + "largest"] = link.share.low;
      }
    }
  }

  void take_exposure(const Model& model, CompanyIndex target) {
    const RevenueLinks links(model);
    const ExposureResult result = exposure(model, links, target);
    const ChainFinder finder(model, links, target);
    const std::vector<Behind> behind = Figures(model, links).to(target);
    const std::string to = "exposure to " + names_[target] + " of ";
    for (const SupplierExposure& row : result.suppliers) {
      const std::string key = to + names_[row.supplier] + " ";
      if (row.direct) numbers[key + "direct"] = *row.direct;
      numbers[key + "indirect"] = row.indirect;
      numbers[key + "total"] = row.total;
      numbers[key + "other"] = row.other;
      numbers[key + "unattributed"] = row.unattributed;
      numbers[key + "trapped"] = row.trapped;
      take(key + "amount", amount_of(model, row, behind[row.supplier]));
      std::size_t place = 0;
      for (const Chain& chain : finder.strongest(row.supplier, 3))
        numbers[key + "chain " + std::to_string(++place)] = chain.share;
    }
    for (const UnquantifiedChain& u : result.unquantified) numbers[to + names_[u.supplier] + " unquantified"] = 1;
  }

  void take_concentration(const Model& model) {
    for (const Concentration& group : concentration(model).groups) {
      const std::string key =
          "concentration " + names_[group.customer] + " " + std::string(model.text(group.category)) + " ";
      take(key + "covered", group.covered);
      numbers[key + "top low"] = group.top_low;
      numbers[key + "top high"] = group.top_high;
      numbers[key + "hhi low"] = group.hhi_low;
      numbers[key + "hhi high"] = group.hhi_high;
      numbers[key + "level"] = static_cast<double>(group.level);
      numbers[key + "beside"] = static_cast<double>(group.beside.size());
      for (const SupplyShare& supplier : group.suppliers) {
        numbers[key + names_[supplier.supplier] + " relations"] = static_cast<double>(supplier.relations.size());
        take(key + names_[supplier.supplier], supplier.share);
      }
    }
  }

  void take_cycles(const Model& model) {
    const CyclesResult result = cycles(model, {});
    numbers["cycles"] = static_cast<double>(result.cycles.size());
    for (const Cycle& cycle : result.cycles) {
      std::vector<std::string> loop;
      for (const std::uint32_t rank : cycle.ranks) loop.push_back(names_[result.flow->company(rank)]);
      std::rotate(loop.begin(), std::min_element(loop.begin(), loop.end()), loop.end());
      std::string key = "cycle ";
      for (const std::string& company : loop) key += company + " ";
      numbers[key + "class"] = static_cast<double>(cycle.cycle_class);
      numbers[key + "contingent"] = cycle.contingent;
      numbers[key + "hinges"] = cycle.hinges_on_contingent;
      take(key + "amount", cycle.amount);
      take(key + "in force", cycle.in_force);
    }
    for (const auto& [length, classes] : result.by_length)
      for (std::size_t c = 0; c < classes.size(); ++c)
        numbers["cycles of length " + std::to_string(length) + " class " + std::to_string(c)] =
            static_cast<double>(classes[c]);
    for (const auto& members : result.components) {
      std::set<std::string> sorted;
      for (const CompanyIndex v : members) sorted.insert(names_[v]);
      std::string key = "component";
      for (const std::string& one : sorted) key += " " + one;
      numbers[key] = 1;
    }
  }

  std::function<std::string(std::string_view)> name_;
  std::vector<std::string> names_;
};

inline Numbers numbers_of(
    const Model& model, const ViewParams& params,
    std::function<std::string(std::string_view)> name = [](std::string_view id) { return std::string(id); }) {
  return NumberTaker(model, params, std::move(name)).numbers;
}

/// The first number that differs, empty where none does. Sums in another order may differ in their last digits.
inline std::string difference(const Numbers& before, const Numbers& after) {
  for (const auto& [key, value] : before) {
    const auto found = after.find(key);
    if (found == after.end()) return key + " = " + std::to_string(value) + " is gone";
    const double other = found->second;
    if (value == other || std::abs(value - other) <= 1e-9 * std::max(1.0, std::abs(value))) continue;
    return key + ": " + std::to_string(value) + " became " + std::to_string(other);
  }
  for (const auto& [key, value] : after)
    if (!before.contains(key)) return key + " = " + std::to_string(value) + " is new";
  return {};
}

}  // namespace tierscope::core
