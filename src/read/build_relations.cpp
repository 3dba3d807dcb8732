#include "model/nobody.hpp"
#include "read/builder.hpp"

namespace tierscope::core {

CompanyIndex Builder::company_of(const RecordRow& row, std::string_view attribute, std::string_view id) {
  const Text text = intern(id);
  if (!serves_a_graph(id)) return company_so(row, attribute, id, text);
  CompanyIndex& own = own_ids_.try_emplace({text.id, row.table().graph}, none).first->second;
  if (own != none) return own;
  if (const CompanyIndex taken = companies_.of(text); taken != none) note_nameless(row, text, taken);
  return own = company_so(row, attribute, id, text);
}

CompanyIndex Builder::company_so(const RecordRow& row, std::string_view attribute, std::string_view id, Text text) {
  CompanyIndex& index = companies_.of(text);
  if (index != none) return index;
  if (const auto named = named_so(row, attribute, id)) return index = *named;
  index = static_cast<CompanyIndex>(parts_.companies.size());
  if (id.starts_with('%'))
    row.error(attribute, fmt::format("{} begins with %", quote(id)), "ids may not begin with %: DOT cannot hold them");
  Company company;
  company.id = company.name = text;
  company.place = {row.table().file, 0};
  if (!listed_.contains({row.table().graph, TableKind::companies})) {
    note(unlisted_companies_[row.table().file], row);
  } else if (names_nobody(id)) {
    row.warning(attribute, fmt::format("no company {} is listed", quote(id)),
                "it is taken as no company of its own; list it, with aggregate=false if it is one", "unknown-company");
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

std::optional<CompanyIndex> Builder::named_so(const RecordRow& row, std::string_view attribute, std::string_view text) {
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

void Builder::index_names() {
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

void Builder::read_relation(const RecordRow& row) {
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

bool Builder::stands_in_another_graph(const RecordRow& row, const Relation& relation) {
  if (records_.graphs.size() < 2) return false;
  std::string signature = fmt::format("{}>{}>", relation.from, relation.to);
  for (const std::string_view cell : std::span(row.fields()).subspan(2)) (signature += cell) += '\0';
  for (const auto& [name, value] : row.extras()) ((signature += name) += '\0') += value;
  const auto [found, fresh] = seen_.try_emplace(std::move(signature), row.table().graph);
  return !fresh && found->second != row.table().graph;
}

}  // namespace tierscope::core
