#include "ask/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/unicode.hpp"

namespace tierscope::core {

api::Company company_row(const Model& model, CompanyIndex company) { return {model.id(company), model.name(company)}; }

api::Quantity quantity_row(const Model& model, const Quantity& quantity) {
  return quantity_row(model, quantity, quantity.confidence);
}

api::Quantity quantity_row(const Model& model, const Quantity& quantity, Confidence confidence) {
  api::Quantity row;
  if (!quantity || (quantity.low == 0 && quantity.high == unbounded)) return row;
  row.known = true;
  row.low = quantity.low;
  row.high = quantity.high;
  row.reported = model.text(quantity.reported);
  row.approximate = quantity.approximate;
  row.confidence = confidence;
  row.currency = to_string(quantity.currency);
  return row;
}

Quantity quantity_of(const api::Quantity& row) {
  if (!row) return {};
  Quantity quantity = between(row.low, row.high, parse_currency(row.currency));
  quantity.approximate = row.approximate;
  quantity.above = row.reported.starts_with('>') && !row.reported.starts_with(">=");
  quantity.below = row.reported.starts_with('<') && !row.reported.starts_with("<=");
  quantity.confidence = row.confidence;
  return quantity;
}

void add_sources(const Model& model, const Relation& relation, std::vector<std::string_view>& ids) {
  for (const std::string_view id : split_list(model.text(relation.sources)))
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

void fill(const Model& model, const Relation& relation, api::RelationRow& row) {
  fill_relation(model, relation, row);
  row.what = subject(model, relation);
}

void fill(const Model& model, const Company& company, api::CompanyRow& row) {
  row.company = {model.text(company.id), model.text(company.name)};
  row.name_local = model.text(company.name_local);
  row.sector = model.text(company.sector);
  row.country = model.text(company.country);
  row.ticker = model.text(company.ticker);
  row.lei = model.text(company.lei);
  row.aliases = split_list(model.text(company.aliases));
  row.revenue = quantity_row(model, company.revenue);
  row.revenue_period = model.text(company.revenue_period);
  row.revenue_scope = company.revenue_consolidated ? "consolidated" : "";
  row.aggregate = company.aggregate;
  row.sources = split_list(model.text(company.sources));
  row.place = company.place.line == 0 ? std::string() : model.place(company.place);
}

Table<api::RelationRow> relation_rows(const std::shared_ptr<const Model>& model,
                                      std::vector<const Relation*> relations) {
  const std::size_t count = relations.size();
  return rows_of<api::RelationRow>(
      count, [model, relations = std::move(relations)](std::size_t i, auto& row) { fill(*model, *relations[i], row); });
}

void Evidence::add(const Relation& relation) {
  add_sources(relation.sources);
  add_date(relation.as_of);
}

void Evidence::add(const std::vector<std::string_view>& ids, Date oldest, Date newest) {
  for (const std::string_view id : ids)
    if (seen_.insert(id).second) ids_.push_back(id);
  add_date(oldest);
  add_date(newest);
}

void Evidence::add_date(Date date) {
  if (!date) return;
  if (!oldest_ || first_day(date) < first_day(oldest_)) oldest_ = date;
  if (!newest_ || last_day(date) > last_day(newest_)) newest_ = date;
}

void Evidence::add_sources(Text list) {
  if (!list || !lists_.insert(list.id).second) return;
  for (const std::string_view id : split_list(model_.text(list)))
    if (seen_.insert(id).second) ids_.push_back(id);
}

std::string Evidence::span_note() const {
  if (!oldest_) return "The figures carry no date.";
  if (oldest_ == newest_) return "Figures as of " + to_string(oldest_) + ".";
  return "Figures as of " + to_string(oldest_) + " to " + to_string(newest_) + ".";
}

namespace {

CitedSource cited(const Model& model, std::string_view id) {
  CitedSource row;
  row.id = id;
  const auto index = model.find_source(id);
  if (!index) return row;
  const Source& source = model.sources()[*index];
  row.title = model.text(source.title);
  row.publisher = model.text(source.publisher);
  row.date = model.text(source.date);
  row.url = model.text(source.url);
  return row;
}

}  // namespace

std::vector<CitedSource> Evidence::sources() const {
  std::vector<CitedSource> all;
  for (const std::string_view id : ids_) all.push_back(cited(model_, id));
  return all;
}

SourceWords words_of(const CitedSource& source) {
  SourceWords text;
  for (const std::string_view part : {source.title, source.publisher, source.date})
    if (!part.empty()) text.words += (text.words.empty() ? "" : ", ") + visible(part);
  if (text.words.empty()) text.words = visible(source.id) + (source.url.empty() ? " (not listed)" : "");
  text.url = visible(source.url);
  return text;
}

SourceWords describe_source(const Model& model, std::string_view id) { return words_of(cited(model, id)); }

std::vector<const Relation*> not_counted(const Model& model, const std::function<bool(const Relation&)>& concerns) {
  std::vector<const Relation*> relations;
  for (const SetAside& aside : model.set_aside())
    if (aside.reason == Reason::status && concerns(aside.relation)) relations.push_back(&aside.relation);
  return relations;
}

std::string set_aside_note(const Model& model, const std::function<bool(const Relation&)>& concerns) {
  std::array<std::size_t, all_statuses.size()> by_status{};
  std::array<std::size_t, 4> by_reason{};
  for (const SetAside& aside : model.set_aside()) {
    if (!concerns(aside.relation)) continue;
    ++by_reason[static_cast<std::size_t>(aside.reason)];
    if (aside.reason == Reason::status) ++by_status[static_cast<std::size_t>(aside.relation.status)];
  }
  std::string parts;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count != 0) parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, what);
  };
  for (const Status status : all_statuses) add(by_status[static_cast<std::size_t>(status)], to_string(status));
  add(by_reason[static_cast<std::size_t>(Reason::superseded)], "superseded by a newer figure");
  add(by_reason[static_cast<std::size_t>(Reason::not_live)], "not live at the date");
  add(by_reason[static_cast<std::size_t>(Reason::inside_group)], "inside a group");
  return parts.empty() ? "" : "Relations not counted: " + parts + ".";
}

std::string label(const Model& model, CompanyIndex company) { return std::string(model.name(company)); }

std::string_view subject(const Model& model, const Relation& r) {
  if (r.item) return model.text(r.item);
  if (r.category) return model.text(r.category);
  return to_string(r.kind);
}

std::string counted(std::size_t count, std::string_view noun) {
  if (count == 1) return fmt::format("1 {}", noun);
  const bool y = noun.ends_with('y') && noun != "day" && noun != "way";
  return fmt::format("{} {}{}", count, noun.substr(0, noun.size() - (y ? 1 : 0)), y ? "ies" : "s");
}

}  // namespace tierscope::core
