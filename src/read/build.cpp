#include "read/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "model/names.hpp"
#include "model/nobody.hpp"
#include "read/dress.hpp"
#include "read/extras.hpp"
#include "read/row.hpp"

namespace tierscope::core {
namespace {

std::optional<bool> parse_scope(std::string_view word) {
  return word == "consolidated" ? std::optional(true) : std::nullopt;
}
std::string scope_words() {
  return "consolidated (it holds the subsidiaries' revenue); leave the cell empty otherwise";
}

constexpr std::size_t suggestions_at_most = 50;  // each costs a look at every company

class Builder {
 public:
  explicit Builder(Records& records)
      : records_(records), company_extras_(records.graphs.size() > 1), source_extras_(records.graphs.size() > 1) {
    parts_.files = records.files;
    parts_.graphs = records.graphs;
  }

  std::optional<Model> run() {
    std::size_t rows = 0;
    for (const RecordTable& table : records_.tables) rows += table.kind == TableKind::relations ? table.rows() : 0;
    parts_.relations.reserve(rows);
    // Each kind of row refers only to kinds read before it.
    for (const TableKind kind : {TableKind::sources, TableKind::companies, TableKind::rates, TableKind::relations})
      read_tables(kind);
    say_unlisted();
    say_unmapped();
    records_.say_counts();
    for (Company& company : parts_.companies)
      if (!company.aggregate_given) company.aggregate = names_nobody(view(company.name));
    in_reading_order(records_.problems);
    if (has_errors(records_.problems)) return {};
    parts_.warnings = records_.problems;
    parts_.warnings.insert(parts_.warnings.end(), records_.hints.begin(), records_.hints.end());
    in_reading_order(parts_.warnings);
    parts_.company_extras = company_extras_.take();
    parts_.source_extras = source_extras_.take();
    return Model(std::move(parts_));
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  // A number for each text that has one.
  class ByText {
   public:
    std::uint32_t& of(Text text) {
      if (text.id >= numbers_.size()) numbers_.resize(std::max<std::size_t>(text.id + 1, 2 * numbers_.size()), none);
      return numbers_[text.id];
    }

   private:
    std::vector<std::uint32_t> numbers_;
  };

  using Named = std::unordered_map<std::string, std::vector<CompanyIndex>>;

  // Where a graph that has no such table mentions ids, one warning says so for all of them.
  struct Unlisted {
    std::size_t count = 0;
    Place first;
    std::string example;
  };

  void read_tables(TableKind kind) {
    for (const RecordTable& table : records_.tables)
      if (table.kind == kind) listed_.insert({table.graph, kind});
    std::vector<std::size_t> looked_up;
    if (kind == TableKind::companies) looked_up = {static_cast<std::size_t>(CompanyField::id)};
    if (kind == TableKind::relations)
      looked_up = {static_cast<std::size_t>(RelationField::from), static_cast<std::size_t>(RelationField::to)};
    for_each_row(records_, *parts_.pool, kind, looked_up, [&](const RecordRow& row) {
      switch (kind) {
        case TableKind::companies: read_company(row); break;
        case TableKind::relations: read_relation(row); break;
        case TableKind::sources: read_source(row); break;
        case TableKind::rates: read_rate(row); break;
      }
    });
  }

  Text intern(std::string_view text) { return parts_.pool->intern(text); }
  std::string_view view(Text text) const { return parts_.pool->view(text); }

  // ---- companies

  void read_company(const RecordRow& row) {
    using F = CompanyField;
    if (row[F::id].empty()) return row.error("id", "a company without an id", "give it a short id such as 'nvidia'");
    if (row[F::id].starts_with('%'))
      return row.error("id", fmt::format("{} begins with %", quote(row[F::id])),
                       "ids may not begin with %: DOT cannot hold them");
    Company company;
    company.id = intern(row[F::id]);
    const bool named = !row[F::name].empty() && row[F::name] != row[F::id];
    company.name = named ? parts_.pool->store(row[F::name]) : company.id;
    company.name_local = parts_.pool->store(row[F::name_local]);
    company.sector = intern(row[F::sector]);
    company.country = intern(row[F::country]);
    company.ticker = parts_.pool->store(row[F::ticker]);
    company.lei = parts_.pool->store(row[F::lei]);
    company.aliases = parts_.pool->store(row[F::aliases]);
    company.revenue = row.amount(F::revenue);
    company.revenue.confidence = row.word(F::revenue_confidence, Confidence::none, parse_confidence, confidence_words);
    company.revenue_period = intern(row[F::revenue_period]);
    company.revenue_consolidated = row.word(F::revenue_scope, false, parse_scope, scope_words);
    company.sources = intern(row[F::source]);
    company.aggregate = row.flag(F::aggregate);
    company.aggregate_given = !row[F::aggregate].empty() && !is_unknown_word(row[F::aggregate]);
    company.place = row.place();
    check_sources(row, company.sources);
    if (row.left_out()) return;
    CompanyIndex& index = listed_as(row, company);
    const bool fresh = index == none;
    if (fresh) {
      companies_.of(company.id) = index = static_cast<CompanyIndex>(parts_.companies.size());
      parts_.companies.push_back(company);
      company_graph_.push_back(row.table().graph);
    } else if (company_graph_[index] == row.table().graph) {
      return row.error(
          "id", fmt::format("company {} again, first at {}", quote(row[F::id]), where(parts_.companies[index].place)),
          "keep one row for each company");
    } else {
      merge(row, parts_.companies[index], company);
    }
    add_extras(row, index, company_extras_);
  }

  // Where the number of a row's company stands. An id that only serves its graph is another company's in another graph,
  // unless their names agree: then the company gets an id that tells the graph.
  CompanyIndex& listed_as(const RecordRow& row, Company& company) {
    if (!serves_a_graph(view(company.id))) return companies_.of(company.id);
    const std::uint32_t graph = row.table().graph;
    const std::uint32_t id = company.id.id;
    const auto [own, fresh] = own_ids_.try_emplace({id, graph}, none);
    CompanyIndex& index = own->second;
    if (!fresh) return index;
    const CompanyIndex first = companies_.of(company.id);
    if (first == none) return index;
    const std::string name = named(company) ? folded_name(view(company.name)) : "";
    bool nameless = name.empty();
    for (auto other = own_ids_.lower_bound({id, 0}); other != own_ids_.end() && other->first.first == id; ++other) {
      if (other == own) continue;
      const Company& bearer = parts_.companies[other->second];
      if (!name.empty() && named(bearer) && folded_name(view(bearer.name)) == name) return index = other->second;
      nameless = nameless || !named(bearer);
    }
    if (nameless) {
      note_nameless(row, company.id, first);
      return index = first;
    }
    const Company& bearer = parts_.companies[first];
    const Text shared = company.id;
    company.id = id_with_graph(company.id, graph);
    note(kept_apart_[row.table().file], row, [&] {
      return fmt::format("{} is {} here and {} at {}, so the one here is {}", quote(view(shared)),
                         quote(view(company.name)), quote(view(bearer.name)), where(bearer.place),
                         quote(view(company.id)));
    });
    return index;
  }

  // Is it an id such as n0 or 1, which tools number the companies of one graph with? Alone, a graph has no others.
  bool serves_a_graph(std::string_view id) const {
    if (records_.graphs.size() < 2) return false;
    if (id.starts_with('n')) id.remove_prefix(1);
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  static bool named(const Company& company) { return !(company.name == company.id); }

  Text id_with_graph(Text id, std::uint32_t graph) {
    std::string_view path = records_.graphs[graph];
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    path.remove_prefix(path.rfind('/') + 1);
    const std::string wanted = fmt::format("{}@{}", view(id), path);
    Text text = intern(wanted);
    for (int i = 2; companies_.of(text) != none; ++i) text = intern(fmt::format("{}-{}", wanted, i));
    return text;
  }

  void note_nameless(const RecordRow& row, Text id, CompanyIndex taken) {
    const Company& company = parts_.companies[taken];
    note(nameless_[row.table().file], row, [&] {
      return fmt::format("{} is taken as the company of that id {} {}", quote(view(id)),
                         company.place.line == 0 ? "in" : "at",
                         company.place.line == 0 ? records_.files[company.place.file] : where(company.place));
    });
  }

  void merge(const RecordRow& row, Company& old, const Company& fresh) {
    const auto text = [&](std::string_view attribute, Text& kept, Text other, bool fatal) {
      if (!other || view(other) == view(kept)) return;
      if (!kept) {
        kept = other;
        return;
      }
      contradiction(row, attribute, view(other), view(kept), old.place, fatal);
    };
    if (!named(old) && named(fresh)) old.name = fresh.name;
    if (named(fresh)) text("name", old.name, fresh.name, false);
    text("name_local", old.name_local, fresh.name_local, false);
    text("sector", old.sector, fresh.sector, false);
    text("country", old.country, fresh.country, false);
    text("ticker", old.ticker, fresh.ticker, false);
    text("lei", old.lei, fresh.lei, false);
    merge_aliases(old, fresh);
    merge_revenue(row, old, fresh);
    if (old.aggregate_given && fresh.aggregate_given && old.aggregate != fresh.aggregate)
      contradiction(row, "aggregate", fresh.aggregate ? "true" : "false", old.aggregate ? "true" : "false", old.place,
                    true);
    old.aggregate |= fresh.aggregate;
    old.aggregate_given |= fresh.aggregate_given;
    text("source", old.sources, fresh.sources, false);
  }

  // All that anybody calls it.
  void merge_aliases(Company& old, const Company& fresh) {
    std::string all(view(old.aliases));
    std::vector<std::string_view> kept = split_list(view(old.aliases));
    for (const std::string_view alias : split_list(view(fresh.aliases))) {
      if (std::find(kept.begin(), kept.end(), alias) != kept.end()) continue;
      kept.push_back(alias);
      (all += all.empty() ? "" : ";") += alias;
    }
    if (all != view(old.aliases)) old.aliases = parts_.pool->store(all);
  }

  // A revenue and what is said of it are one fact, from one row: else the year, the scope or the grade would be of
  // another amount.
  void merge_revenue(const RecordRow& row, Company& old, const Company& fresh) {
    const bool both = old.revenue && fresh.revenue;
    const auto same = [](const Quantity& a, const Quantity& b) {
      return a.low == b.low && a.high == b.high && a.currency == b.currency;
    };
    if (both && !same(fresh.revenue, old.revenue))
      contradiction(row, "revenue", view(fresh.revenue.reported), view(old.revenue.reported), old.place, true);
    if (old.revenue_period && fresh.revenue_period && view(old.revenue_period) != view(fresh.revenue_period))
      contradiction(row, "revenue_period", view(fresh.revenue_period), view(old.revenue_period), old.place, true);
    const Confidence kept = old.revenue.confidence;
    const Confidence given = fresh.revenue.confidence;
    if (both && kept != given && kept != Confidence::none && given != Confidence::none)
      contradiction(row, "revenue_confidence", to_string(given), to_string(kept), old.place, false);
    const bool apart = bool(old.revenue) != bool(fresh.revenue);
    const Company& stating = old.revenue ? old : fresh;
    const Company& other = old.revenue ? fresh : old;
    const auto alone = [&](std::string_view attribute, std::string_view word, bool stated, const char* lacking) {
      if (!apart || word.empty() || stated) return;
      row.warning(attribute,
                  fmt::format("{} stands without a revenue, and {} at {} without a {}: they are not put together",
                              quote(word), quote(view(stating.revenue.reported)), where(stating.place), lacking),
                  "state both in one row", "period-without-revenue");
    };
    alone("revenue_period", view(other.revenue_period), bool(stating.revenue_period), "period");
    alone("revenue_scope", other.revenue_consolidated ? "consolidated" : "", stating.revenue_consolidated, "scope");
    alone("revenue_confidence", to_string(other.revenue.confidence), stating.revenue.confidence != Confidence::none,
          "grade");
    const Confidence grade = apart ? stating.revenue.confidence : kept == Confidence::none ? given : kept;
    const bool consolidated = stating.revenue_consolidated || (!apart && other.revenue_consolidated);
    if (apart ? bool(fresh.revenue) : !old.revenue_period && fresh.revenue_period) {
      old.revenue = fresh.revenue;
      old.revenue_period = fresh.revenue_period;
    }
    old.revenue.confidence = grade;
    old.revenue_consolidated = consolidated;
  }

  void contradiction(const RecordRow& row, std::string_view attribute, std::string_view text, std::string_view kept,
                     Place other, bool fatal) {
    std::string what = fmt::format("{} contradicts {} at {}", quote(text), quote(kept), where(other));
    if (fatal)  // no row is bad in itself: none is left out
      records_.error(row.table().file, row.place().line, std::string(attribute), std::move(what),
                     "make the graphs agree");
    else
      row.warning(attribute, std::move(what), "the first is kept; make the graphs agree", "contradicting-attribute");
  }

  CompanyIndex company_of(const RecordRow& row, std::string_view attribute, std::string_view id) {
    const Text text = intern(id);
    if (!serves_a_graph(id)) return company_so(row, attribute, id, text);
    CompanyIndex& own = own_ids_.try_emplace({text.id, row.table().graph}, none).first->second;
    if (own != none) return own;
    if (const CompanyIndex taken = companies_.of(text); taken != none) note_nameless(row, text, taken);
    return own = company_so(row, attribute, id, text);
  }

  // The company of that id, else of that name, else a new one.
  CompanyIndex company_so(const RecordRow& row, std::string_view attribute, std::string_view id, Text text) {
    CompanyIndex& index = companies_.of(text);
    if (index != none) return index;
    if (const auto named = named_so(row, attribute, id)) return index = *named;
    index = static_cast<CompanyIndex>(parts_.companies.size());
    if (id.starts_with('%'))
      row.error(attribute, fmt::format("{} begins with %", quote(id)),
                "ids may not begin with %: DOT cannot hold them");
    Company company;
    company.id = company.name = text;
    company.place = {row.table().file, 0};
    if (!listed_.contains({row.table().graph, TableKind::companies})) {
      note(unlisted_companies_[row.table().file], row);
    } else if (names_nobody(id)) {
      row.warning(attribute, fmt::format("no company {} is listed", quote(id)),
                  "it is taken as no company of its own; list it, with aggregate=false if it is one",
                  "unknown-company");
    } else {
      Suggestion suggestion(id);
      if (++suggested_ <= suggestions_at_most)
        for (const Company& other : parts_.companies) suggestion.consider(view(other.id));
      row.warning(attribute, fmt::format("no company {} is listed{}", quote(id), suggestion.text()),
                  "it is taken as a company with no more than an id; list it among the companies", "unknown-company");
    }
    parts_.companies.push_back(company);
    company_graph_.push_back(row.table().graph);
    return static_cast<CompanyIndex>(parts_.companies.size() - 1);
  }

  // The listed company that bears the text as a name, where one does. Looked at once a text.
  std::optional<CompanyIndex> named_so(const RecordRow& row, std::string_view attribute, std::string_view text) {
    if (!by_name_) index_names();
    if (by_name_->empty()) return {};
    const auto found = by_name_->find(folded_name(text));
    if (found == by_name_->end()) return {};
    const std::vector<CompanyIndex>& bearers = found->second;
    if (bearers.size() == 1) {
      Unlisted& matched = matched_names_[row.table().file];
      note(matched, row, [&] { return fmt::format("{} is {}", quote(text), id_of(bearers.front())); });
      return bearers.front();
    }
    std::string ids;
    for (std::size_t i = 0; i < std::min<std::size_t>(bearers.size(), 10); ++i)
      ids += (i == 0 ? "" : ", ") + std::string(id_of(bearers[i]));
    if (bearers.size() > 10) ids += fmt::format(" and {} more", bearers.size() - 10);
    row.error(attribute, fmt::format("{} is the name of several companies: {}", quote(text), ids), "give the id");
    return bearers.front();
  }

  std::string_view id_of(CompanyIndex company) const { return view(parts_.companies[company].id); }

  // All names of the companies that tables list: no relation has made one yet. Ids count in any case where they are no
  // name of another company.
  void index_names() {
    Named ids;
    by_name_.emplace();
    for (CompanyIndex v = 0; v < parts_.companies.size(); ++v) {
      const Company& company = parts_.companies[v];
      const auto add = [&](Named& to, std::string_view name) {
        std::string key = folded_name(name);
        if (key.empty()) return;
        std::vector<CompanyIndex>& bearers = to[std::move(key)];
        if (bearers.empty() || bearers.back() != v) bearers.push_back(v);
      };
      add(ids, view(company.id));
      for (const Text Company::*field : {&Company::name, &Company::name_local, &Company::ticker, &Company::lei})
        add(*by_name_, view(company.*field));
      for (const std::string_view alias : split_list(view(company.aliases))) add(*by_name_, alias);
    }
    by_name_->merge(ids);
  }

  // ---- relations

  void read_relation(const RecordRow& row) {
    using F = RelationField;
    for (const F field : {F::from, F::to, F::kind})
      if (row[field].empty())
        row.error(relation_fields[static_cast<std::size_t>(field)], "is missing",
                  field != F::kind ? "name the company by its id"
                  : row.has(F::kind)
                      ? "use one of " + kind_words()
                      : "say what all are: " + records_.command_with(row.table().graph, "--as-kind supplies"));
    Relation relation;
    relation.kind = row.word(F::kind, Kind::supplies, parse_kind, kind_words);
    relation.category = intern(row[F::category]);
    relation.item = intern(row[F::item]);
    relation.value = row.amount(F::value);
    relation.basis = row.word(F::value_basis, Basis::none, parse_basis, basis_words);
    relation.revenue_share = row.share(F::revenue_share);
    relation.supply_share = row.share(F::supply_share);
    relation.stake = row.share(F::stake);
    relation.status = row.word(F::status, Status::active, parse_status, status_words);
    relation.status_given = !row[F::status].empty();
    relation.since = row.date(F::since, true);
    relation.until = row.date(F::until);
    relation.as_of = row.date(F::as_of);
    if (relation.since && relation.until && first_day(relation.since) > last_day(relation.until))
      row.error("until", fmt::format("ends on {}, before it begins on {}", row[F::until], row[F::since]),
                "swap or correct the dates");
    if (row.left_out()) return;
    if (!row[F::from].empty()) relation.from = company_of(row, "from", row[F::from]);
    if (!row[F::to].empty()) relation.to = company_of(row, "to", row[F::to]);
    relation.restates = row.flag(F::restates);
    relation.deal = intern(row[F::deal]);
    relation.claim = row.word(F::claim, Claim::none, parse_claim, claim_words);
    relation.confidence = row.word(F::confidence, Confidence::none, parse_confidence, confidence_words);
    for (Quantity* figure : {&relation.value, &relation.revenue_share, &relation.supply_share, &relation.stake})
      figure->confidence = relation.confidence;
    relation.sources = intern(row[F::source]);
    relation.note = parts_.pool->store(row[F::note]);
    relation.place = row.place();
    check_sources(row, relation.sources);
    if (row.left_out()) return;
    if (stands_in_another_graph(row, relation)) return;
    for (const auto& [name, value] : row.extras())
      parts_.relation_extras.push_back(
          {static_cast<std::uint32_t>(parts_.relations.size()), intern(name), intern(value)});
    parts_.relations.push_back(relation);
  }

  // Graphs that overlap state the same fact in the same words: one row of it is enough.
  bool stands_in_another_graph(const RecordRow& row, const Relation& relation) {
    if (records_.graphs.size() < 2) return false;
    std::string signature = fmt::format("{}>{}>", relation.from, relation.to);
    for (const std::string_view cell : std::span(row.fields()).subspan(2)) (signature += cell) += '\0';
    for (const auto& [name, value] : row.extras()) ((signature += name) += '\0') += value;
    const auto [found, fresh] = seen_.try_emplace(std::move(signature), row.table().graph);
    return !fresh && found->second != row.table().graph;
  }

  // ---- sources and rates

  void read_source(const RecordRow& row) {
    using F = SourceField;
    if (row[F::id].empty()) return row.error("id", "a source without an id", "give it a short id such as 'ft-2025-03'");
    if (row[F::id].find(';') != std::string_view::npos)
      return row.error("id", fmt::format("{} holds a semicolon", quote(row[F::id])),
                       "semicolons part the ids of a list");
    Source source{intern(row[F::id]),   intern(row[F::title]), intern(row[F::publisher]),
                  intern(row[F::date]), intern(row[F::url]),   intern(row[F::language]),
                  row.place()};
    if (!row[F::date].empty() && !parse_date(row[F::date]))
      row.advice("date", fmt::format("{} is no date", quote(row[F::date])), "write 2025, 2025-03 or 2025-03-31",
                 "no-date");
    std::uint32_t& index = sources_.of(source.id);
    const bool fresh = index == none;
    if (fresh) {
      index = static_cast<std::uint32_t>(parts_.sources.size());
      parts_.sources.push_back(source);
      source_graph_.push_back(row.table().graph);
    } else {
      Source& old = parts_.sources[index];
      if (source_graph_[index] == row.table().graph)
        return row.error("id", fmt::format("source {} again, first at {}", quote(row[F::id]), where(old.place)),
                         "keep one row for each source");
      constexpr Text Source::*texts[] = {&Source::title, &Source::publisher, &Source::date, &Source::url,
                                         &Source::language};
      for (std::size_t i = 0; i < std::size(texts); ++i) {
        Text& kept = old.*texts[i];
        const Text other = source.*texts[i];
        if (!kept) kept = other;
        if (other && !(other == kept))
          contradiction(row, source_fields[i + 1], view(other), view(kept), old.place, false);
      }
    }
    add_extras(row, index, source_extras_);
  }

  void read_rate(const RecordRow& row) {
    using F = RateField;
    Rate rate;
    rate.from = parse_currency(row[F::from]);
    rate.to = parse_currency(row[F::to]);
    if (!rate.from)
      row.error("from", fmt::format("unknown currency {}", quote(row[F::from])), "use an ISO 4217 code such as USD");
    if (!rate.to)
      row.error("to", fmt::format("unknown currency {}", quote(row[F::to])), "use an ISO 4217 code such as CNY");
    if (rate.from && rate.from == rate.to) row.error("to", "a rate from a currency to itself", "name two currencies");
    const std::string_view text = row[F::rate];
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), rate.rate);
    if (failure != std::errc() || end != text.data() + text.size() || !(rate.rate > 0) || !std::isfinite(rate.rate))
      row.error("rate", fmt::format("{} is no exchange rate", quote(text)),
                "write how many units of 'to' one unit of 'from' costs, as in 7.08");
    rate.reported = text;
    rate.date = row.date(F::date);
    rate.source = intern(row[F::source]);
    rate.place = row.place();
    check_sources(row, rate.source);
    if (row.left_out()) return;
    for (const auto& [name, value] : row.extras())
      row.warning(name, fmt::format("unknown column with {}", quote(value)),
                  "rates have the columns from, to, rate, date, source", "unknown-column");
    const auto [found, fresh] = rates_.try_emplace(
        {rate.from.index, rate.to.index, rate.date.year, rate.date.month, rate.date.day}, parts_.rates.size());
    if (!fresh) {
      const Rate& old = parts_.rates[found->second];
      if (old.rate == rate.rate) return;
      row.warning(
          "rate",
          fmt::format("{} differs from {} at {}, of the same day", quote(text), quote(old.reported), where(old.place)),
          "the later row is used; keep one", "contradicting-attribute");
    }
    parts_.rates.push_back(rate);
  }

  void check_sources(const RecordRow& row, Text text) {
    if (!text) return;
    // Most rows repeat a list that another has.
    std::uint32_t& good = good_lists_.of(text);
    if (good != none) return;
    good = 0;
    for (const std::string_view id : split_list(view(text))) {
      if (sources_.of(intern(id)) != none) continue;
      good_lists_.of(text) = none;
      if (!listed_.contains({row.table().graph, TableKind::sources})) {
        note(unlisted_sources_[row.table().file], row);
        continue;
      }
      Suggestion suggestion(id);
      if (++suggested_ <= suggestions_at_most)
        for (const Source& other : parts_.sources) suggestion.consider(view(other.id));
      row.advice("source", fmt::format("no source {} is listed{}", quote(id), suggestion.text()),
                 "list it among the sources", "unknown-source");
    }
  }

  // ---- all

  void add_extras(const RecordRow& row, std::uint32_t index, Extras& extras) {
    for (const auto& [name, value] : row.extras()) {
      const Extra extra{index, intern(name), intern(value)};
      if (const auto kept = extras.add(extra); kept && !(*kept == extra.value))
        row.warning(name, fmt::format("{} contradicts {} of another graph", quote(value), quote(view(*kept))),
                    "the first is kept; make the graphs agree", "contradicting-attribute");
    }
  }

  std::string where(Place place) const { return fmt::format("{}:{}", records_.files[place.file], place.line); }

  static void note(Unlisted& unlisted, const RecordRow& row) {
    if (unlisted.count++ == 0) unlisted.first = row.place();
  }
  template <typename Example>
  static void note(Unlisted& unlisted, const RecordRow& row, const Example& example) {
    if (unlisted.count == 0) unlisted.example = example();
    note(unlisted, row);
  }

  // By file, then by line, as an editor walks through them.
  void in_reading_order(Problems& problems) const {
    std::map<std::string_view, std::size_t> order;
    for (const std::string& file : records_.files) order.emplace(file, order.size());
    std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
      return std::pair(order[a.file], a.line) < std::pair(order[b.file], b.line);
    });
  }

  void say_unlisted() {
    const auto ids = [](std::size_t count) { return count == 1 ? "1 id" : fmt::format("{} ids", count); };
    for (const auto& [file, apart] : kept_apart_)
      records_.warning(file, apart.first.line, "id",
                       fmt::format("{} of other companies in another graph: {}", ids(apart.count), apart.example),
                       "give one name where they are one company", "id-of-one-graph");
    for (const auto& [file, nameless] : nameless_)
      records_.warning(file, nameless.first.line, "id",
                       fmt::format("{} that may be of other companies in another graph, as no names tell: {}",
                                   ids(nameless.count), nameless.example),
                       "list the companies with their names, or give ids of their own", "id-of-one-graph");
    for (const auto& [file, matched] : matched_names_)
      records_.advice(file, matched.first.line, "from, to",
                      fmt::format("{}: {}",
                                  matched.count == 1 ? "1 text is no id, but a name"
                                                     : fmt::format("{} texts are no ids, but names", matched.count),
                                  matched.example),
                      "give the ids, unless that is meant", "matched-name");
    for (const auto& [file, unlisted] : unlisted_companies_)
      records_.advice(
          file, unlisted.first.line, "from, to",
          fmt::format("{} compan{} known only by id", unlisted.count, unlisted.count == 1 ? "y is" : "ies are"),
          "list them in companies.csv with names, sectors and revenue", "unknown-company");
    for (const auto& [file, unlisted] : unlisted_sources_)
      records_.advice(file, unlisted.first.line, "source",
                      fmt::format("{} reference{} to sources, but the graph lists none", unlisted.count,
                                  unlisted.count == 1 ? "" : "s"),
                      "list them in sources.csv with title, publisher, date and url", "unknown-source");
  }

  // What the user called a column that no table has.
  void say_unmapped() {
    for (const auto& [field, column] : records_.mapping.columns) {
      if (records_.mapped.contains(field) || records_.mapping.alternatives.contains(field) || records_.files.empty())
        continue;
      Suggestion suggestion(column);
      for (const RecordTable& table : records_.tables)
        for (const std::string_view name : table.columns) suggestion.consider(name);
      records_.error(
          static_cast<std::uint32_t>(records_.files.size() - 1), 0, {},
          fmt::format("--map {}={}: there is no column {}{}", field, column, quote(column), suggestion.text()),
          "name a column of the file");
    }
  }

  Records& records_;
  Parts parts_;
  ByText companies_;
  std::vector<std::uint32_t> company_graph_;
  ByText sources_;
  ByText good_lists_;  // lists of sources that are all listed
  std::vector<std::uint32_t> source_graph_;
  std::map<std::array<int, 5>, std::size_t> rates_;  // by currencies and date
  std::set<std::pair<std::uint32_t, TableKind>> listed_;
  Extras company_extras_;
  Extras source_extras_;
  std::unordered_map<std::string, std::uint32_t> seen_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, CompanyIndex> own_ids_;  // by id and graph, where it serves a graph
  std::map<std::uint32_t, Unlisted> kept_apart_;
  std::map<std::uint32_t, Unlisted> nameless_;
  std::optional<Named> by_name_;
  std::map<std::uint32_t, Unlisted> matched_names_;
  std::map<std::uint32_t, Unlisted> unlisted_companies_;
  std::map<std::uint32_t, Unlisted> unlisted_sources_;
  std::size_t suggested_ = 0;
};

}  // namespace

std::optional<Model> build(Records& records) { return Builder(records).run(); }

}  // namespace tierscope::core
