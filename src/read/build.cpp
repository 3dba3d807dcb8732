#include "read/build.hpp"

#include <charconv>
#include <cmath>

#include "model/nobody.hpp"
#include "read/builder.hpp"

namespace tierscope::core {

std::optional<Model> Builder::run() {
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

void Builder::read_tables(TableKind kind) {
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

void Builder::read_source(const RecordRow& row) {
  using F = SourceField;
  if (row[F::id].empty()) return row.error("id", "a source without an id", "give it a short id such as 'ft-2025-03'");
  if (row[F::id].find(';') != std::string_view::npos)
    return row.error("id", fmt::format("{} holds a semicolon", quote(row[F::id])), "semicolons part the ids of a list");
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

void Builder::read_rate(const RecordRow& row) {
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

void Builder::check_sources(const RecordRow& row, Text text) {
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

void Builder::add_extras(const RecordRow& row, std::uint32_t index, Extras& extras) {
  for (const auto& [name, value] : row.extras()) {
    const Extra extra{index, intern(name), intern(value)};
    if (const auto kept = extras.add(extra); kept && !(*kept == extra.value))
      row.warning(name, fmt::format("{} contradicts {} of another graph", quote(value), quote(view(*kept))),
                  "the first is kept; make the graphs agree", "contradicting-attribute");
  }
}

void Builder::in_reading_order(Problems& problems) const {
  std::map<std::string_view, std::size_t> order;
  for (const std::string& file : records_.files) order.emplace(file, order.size());
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    return std::pair(order[a.file], a.line) < std::pair(order[b.file], b.line);
  });
}

void Builder::say_unlisted() {
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

void Builder::say_unmapped() {
  for (const auto& [field, column] : records_.mapping.columns) {
    if (records_.mapped.contains(field) || records_.mapping.alternatives.contains(field) || records_.files.empty())
      continue;
    Suggestion suggestion(column);
    for (const RecordTable& table : records_.tables)
      for (const std::string_view name : table.columns) suggestion.consider(name);
    records_.error(static_cast<std::uint32_t>(records_.files.size() - 1), 0, {},
                   fmt::format("--map {}={}: there is no column {}{}", field, column, quote(column), suggestion.text()),
                   "name a column of the file");
  }
}

std::optional<Model> build(Records& records) { return Builder(records).run(); }

}  // namespace tierscope::core
