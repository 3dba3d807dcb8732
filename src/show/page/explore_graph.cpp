#include <initializer_list>
#include <map>

#include "base/unicode.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// Columns of equal length, by name.
class Columns {
 public:
  explicit Columns(std::initializer_list<const char*> names) {
    for (const char* name : names) columns_.emplace_back(name, Value::List{});
  }
  void row(std::initializer_list<Value> cells) {
    auto column = columns_.begin();
    for (const Value& cell : cells) column++->second.push_back(cell);
  }
  Value value() && {
    Value::Members members;
    for (auto& [name, cells] : columns_) members.emplace_back(name, std::move(cells));
    return members;
  }

 private:
  std::vector<std::pair<std::string, Value::List>> columns_;
};

// Listed sources, then those that are only cited.
class Sources {
 public:
  explicit Sources(const Model& model) : model_(model) {
    for (const Source& source : model.sources()) index_.emplace(model.text(source.id), index_.size());
  }
  Value cited(Text list) {
    Value::List places;
    for (const std::string_view id : split_sources(model_.text(list))) {
      const auto [found, fresh] = index_.try_emplace(id, model_.sources().size() + unlisted_.size());
      if (fresh) unlisted_.push_back(id);
      places.emplace_back(found->second);
    }
    return places;
  }
  Value value() const {
    Columns columns{"id", "title", "publisher", "date", "url", "language"};
    for (const Source& source : model_.sources())
      columns.row({model_.text(source.id), model_.text(source.title), model_.text(source.publisher),
                   model_.text(source.date), address(model_.text(source.url)), model_.text(source.language)});
    for (const std::string_view id : unlisted_) columns.row({id, "", "", "", "", ""});
    return std::move(columns).value();
  }

 private:
  // What a click may open: nothing that runs.
  static std::string_view address(std::string_view url) {
    const std::string folded = fold(url.substr(0, 8));
    return folded.starts_with("http://") || folded.starts_with("https://") ? url : std::string_view();
  }

  const Model& model_;
  std::map<std::string_view, std::size_t> index_;
  std::vector<std::string_view> unlisted_;
};

// `relations.csv:12`: a page that is mailed does not tell the sender's folders.
std::string short_place(const Model& model, Place place) {
  std::string text = model.place(place);
  return text.substr(text.rfind('/') + 1);
}

Value words(std::span<const std::string_view> list) { return Value::List(list.begin(), list.end()); }

// The place in a word list that begins behind "none"; -1 for none.
template <typename Enum>
Value place_of(Enum word) {
  return static_cast<std::int64_t>(word) - 1;
}

template <typename Enum>
std::vector<std::string_view> words_to(Enum first, Enum last) {
  std::vector<std::string_view> list;
  for (auto i = static_cast<int>(first); i <= static_cast<int>(last); ++i)
    list.push_back(to_string(static_cast<Enum>(i)));
  return list;
}

Value companies_of(const Model& model, Sources& sources) {
  Columns columns{"id", "name", "local", "sector", "country", "ticker", "revenue", "period", "aggregate", "sources"};
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    const Company& c = model.company(v);
    columns.row({model.text(c.id), model.text(c.name), model.text(c.name_local), model.text(c.sector),
                 model.text(c.country), model.text(c.ticker), quantity_value(model, c.revenue),
                 model.text(c.revenue_period), std::size_t{c.aggregate}, sources.cited(c.sources)});
  }
  return std::move(columns).value();
}

Value relations_of(const Model& model, Sources& sources) {
  Columns columns{"from",          "to",           "kind",  "status", "category", "item",  "value",    "basis",
                  "revenue_share", "supply_share", "stake", "since",  "until",    "as_of", "restates", "confidence",
                  "sources",       "note",         "place"};
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    columns.row({std::size_t{r.from}, std::size_t{r.to}, static_cast<std::int64_t>(r.kind),
                 static_cast<std::int64_t>(r.status), model.text(r.category), model.text(r.item),
                 quantity_value(model, r.value), place_of(r.basis), quantity_value(model, r.revenue_share),
                 quantity_value(model, r.supply_share), quantity_value(model, r.stake), to_string(r.since),
                 to_string(r.until), to_string(r.as_of), std::size_t{r.restates}, place_of(r.confidence),
                 sources.cited(r.sources), model.text(r.note), short_place(model, r.place)});
  }
  return std::move(columns).value();
}

}  // namespace

Value::Members graph_tables(const Model& whole) {
  Sources sources(whole);
  Value companies = companies_of(whole, sources);
  Value relations = relations_of(whole, sources);
  return {{"kinds", words(words_to(Kind::supplies, Kind::owns))},
          {"statuses", words(words_to(Status::rumoured, Status::ended))},
          {"bases", words(words_to(Basis::annual, Basis::plan))},
          {"confidences", words(words_to(Confidence::disclosed, Confidence::estimated))},
          {"classes", words(words_to(CycleClass::circular_deal, CycleClass::cross_financing))},
          {"levels", words(words_to(Level::sole_source, Level::unknown))},
          {"companies", std::move(companies)},
          {"relations", std::move(relations)},
          {"sources", sources.value()}};
}

}  // namespace tierscope::core
