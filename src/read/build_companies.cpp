#include "model/nobody.hpp"
#include "read/builder.hpp"
#include "read/dress.hpp"

namespace tierscope::core {
namespace {

std::optional<bool> parse_scope(std::string_view word) {
  return word == "consolidated" ? std::optional(true) : std::nullopt;
}
std::string scope_words() {
  return "consolidated (it holds the subsidiaries' revenue); leave the cell empty otherwise";
}

}  // namespace

void Builder::read_company(const RecordRow& row) {
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

CompanyIndex& Builder::listed_as(const RecordRow& row, Company& company) {
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

bool Builder::serves_a_graph(std::string_view id) const {
  if (records_.graphs.size() < 2) return false;
  if (id.starts_with('n')) id.remove_prefix(1);
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Text Builder::id_with_graph(Text id, std::uint32_t graph) {
  std::string_view path = records_.graphs[graph];
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  path.remove_prefix(path.rfind('/') + 1);
  const std::string wanted = fmt::format("{}@{}", view(id), path);
  Text text = intern(wanted);
  for (int i = 2; companies_.of(text) != none; ++i) text = intern(fmt::format("{}-{}", wanted, i));
  return text;
}

void Builder::note_nameless(const RecordRow& row, Text id, CompanyIndex taken) {
  const Company& company = parts_.companies[taken];
  note(nameless_[row.table().file], row, [&] {
    return fmt::format("{} is taken as the company of that id {} {}", quote(view(id)),
                       company.place.line == 0 ? "in" : "at",
                       company.place.line == 0 ? records_.files[company.place.file] : where(company.place));
  });
}

void Builder::merge(const RecordRow& row, Company& old, const Company& fresh) {
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

void Builder::merge_aliases(Company& old, const Company& fresh) {
  std::string all(view(old.aliases));
  std::vector<std::string_view> kept = split_list(view(old.aliases));
  for (const std::string_view alias : split_list(view(fresh.aliases))) {
    if (std::find(kept.begin(), kept.end(), alias) != kept.end()) continue;
    kept.push_back(alias);
    (all += all.empty() ? "" : ";") += alias;
  }
  if (all != view(old.aliases)) old.aliases = parts_.pool->store(all);
}

void Builder::merge_revenue(const RecordRow& row, Company& old, const Company& fresh) {
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

void Builder::contradiction(const RecordRow& row, std::string_view attribute, std::string_view text,
                            std::string_view kept, Place other, bool fatal) {
  std::string what = fmt::format("{} contradicts {} at {}", quote(text), quote(kept), where(other));
  if (fatal)  // no row is bad in itself: none is left out
    records_.error(row.table().file, row.place().line, std::string(attribute), std::move(what),
                   "make the graphs agree");
  else
    row.warning(attribute, std::move(what), "the first is kept; make the graphs agree", "contradicting-attribute");
}

}  // namespace tierscope::core
