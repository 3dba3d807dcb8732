#include "model/fields.hpp"

#include <algorithm>
#include <span>

#include "model/model.hpp"

namespace tierscope::core {
namespace {

std::span<const Extra> extras_of(const Model& model, TableKind table) {
  switch (table) {
    case TableKind::companies: return model.rest().company_extras;
    case TableKind::relations: return model.rest().relation_extras;
    case TableKind::sources: return model.rest().source_extras;
    case TableKind::rates: break;
  }
  return {};
}

std::size_t rows_of(const Model& model, TableKind table) {
  switch (table) {
    case TableKind::companies: return model.company_count();
    case TableKind::relations: return model.relation_count();
    case TableKind::sources: return model.sources().size();
    case TableKind::rates: return model.rates().size();
  }
  return 0;
}

std::string flag(bool set) { return set ? "true" : ""; }

std::string text_of(const Model& model, const Company& company, CompanyField field) {
  const auto text = [&](Text handle) { return std::string(model.text(handle)); };
  switch (field) {
    case CompanyField::id: return text(company.id);
    case CompanyField::name: return company.name == company.id ? "" : text(company.name);
    case CompanyField::name_local: return text(company.name_local);
    case CompanyField::sector: return text(company.sector);
    case CompanyField::country: return text(company.country);
    case CompanyField::ticker: return text(company.ticker);
    case CompanyField::lei: return text(company.lei);
    case CompanyField::aliases: return text(company.aliases);
    case CompanyField::revenue: return text(company.revenue.reported);
    case CompanyField::revenue_period: return text(company.revenue_period);
    case CompanyField::revenue_scope: return company.revenue_consolidated ? "consolidated" : "";
    case CompanyField::revenue_confidence: return std::string(to_string(company.revenue.confidence));
    case CompanyField::aggregate: return company.aggregate_given ? company.aggregate ? "true" : "false" : "";
    case CompanyField::source: return text(company.sources);
  }
  return {};
}

std::string text_of(const Model& model, const Relation& relation, RelationField field) {
  const auto text = [&](Text handle) { return std::string(model.text(handle)); };
  switch (field) {
    case RelationField::from: return std::string(model.id(relation.from));
    case RelationField::to: return std::string(model.id(relation.to));
    case RelationField::kind: return std::string(to_string(relation.kind));
    case RelationField::category: return text(relation.category);
    case RelationField::item: return text(relation.item);
    case RelationField::value: return text(relation.value.reported);
    case RelationField::value_basis: return std::string(to_string(relation.basis));
    case RelationField::revenue_share: return text(relation.revenue_share.reported);
    case RelationField::supply_share: return text(relation.supply_share.reported);
    case RelationField::stake: return text(relation.stake.reported);
    case RelationField::status: return relation.status_given ? std::string(to_string(relation.status)) : "";
    case RelationField::since: return to_string(relation.since);
    case RelationField::until: return to_string(relation.until);
    case RelationField::as_of: return to_string(relation.as_of);
    case RelationField::restates: return flag(relation.restates);
    case RelationField::deal: return text(relation.deal);
    case RelationField::claim: return std::string(to_string(relation.claim));
    case RelationField::confidence: return std::string(to_string(relation.confidence));
    case RelationField::source: return text(relation.sources);
    case RelationField::note: return text(relation.note);
  }
  return {};
}

std::string text_of(const Model& model, const Source& source, SourceField field) {
  switch (field) {
    case SourceField::id: return std::string(model.text(source.id));
    case SourceField::title: return std::string(model.text(source.title));
    case SourceField::publisher: return std::string(model.text(source.publisher));
    case SourceField::date: return std::string(model.text(source.date));
    case SourceField::url: return std::string(model.text(source.url));
    case SourceField::language: return std::string(model.text(source.language));
  }
  return {};
}

std::string text_of(const Model& model, const Rate& rate, RateField field) {
  switch (field) {
    case RateField::from: return std::string(to_string(rate.from));
    case RateField::to: return std::string(to_string(rate.to));
    case RateField::rate: return rate.reported;
    case RateField::date: return to_string(rate.date);
    case RateField::source: return std::string(model.text(rate.source));
  }
  return {};
}

}  // namespace

std::string_view to_string(TableKind table) {
  constexpr std::string_view names[] = {"companies", "relations", "sources", "rates"};
  return names[static_cast<std::size_t>(table)];
}

std::vector<std::string_view> fields_of(TableKind table) {
  const auto list = [](const auto& names) { return std::vector<std::string_view>(names.begin(), names.end()); };
  switch (table) {
    case TableKind::companies: return list(company_fields);
    case TableKind::relations: return list(relation_fields);
    case TableKind::sources: return list(source_fields);
    case TableKind::rates: return list(rate_fields);
  }
  return {};
}

std::optional<std::size_t> find_field(TableKind table, std::string_view column) {
  const std::vector<std::string_view> fields = fields_of(table);
  const auto found = std::find(fields.begin(), fields.end(), column);
  if (found == fields.end()) return {};
  return static_cast<std::size_t>(found - fields.begin());
}

Flat::Flat(const Model& model, TableKind table) : model_(model), table_(table), size_(rows_of(model, table)) {
  for (const std::string_view field : fields_of(table)) columns_.emplace_back(field);
  known_ = columns_.size();
  for (const Extra& extra : extras_of(model, table))
    if (extra_columns_.emplace(extra.name, columns_.size()).second) columns_.emplace_back(model.text(extra.name));
}

void Flat::row(std::size_t index, std::vector<std::string>& cells) {
  cells.assign(columns_.size(), {});
  const auto at = static_cast<std::uint32_t>(index);
  for (std::size_t field = 0; field < known_; ++field) {
    switch (table_) {
      case TableKind::companies:
        cells[field] = text_of(model_, model_.company(at), static_cast<CompanyField>(field));
        break;
      case TableKind::relations:
        cells[field] = text_of(model_, model_.relation(index), static_cast<RelationField>(field));
        break;
      case TableKind::sources:
        cells[field] = text_of(model_, model_.sources()[index], static_cast<SourceField>(field));
        break;
      case TableKind::rates:
        cells[field] = text_of(model_, model_.rates()[index], static_cast<RateField>(field));
        break;
    }
  }
  const std::span<const Extra> extras = extras_of(model_, table_);
  while (next_extra_ < extras.size() && extras[next_extra_].row < at) ++next_extra_;
  for (std::size_t i = next_extra_; i < extras.size() && extras[i].row == at; ++i)
    cells[extra_columns_.at(extras[i].name)] = model_.text(extras[i].value);
}

}  // namespace tierscope::core
