#include <map>

#include "base/unicode.hpp"
#include "show/page/explore_parts.hpp"

namespace tierscope::core {
namespace {

// Listed sources, then those that are only cited.
class Sources {
 public:
  explicit Sources(const Model& model) : model_(model) {
    for (const Source& source : model.sources()) index_.emplace(model.text(source.id), index_.size());
  }
  std::vector<SourcePlace> cited(Text list) {
    std::vector<SourcePlace> places;
    for (const std::string_view id : split_list(model_.text(list))) {
      const auto [found, fresh] = index_.try_emplace(id, model_.sources().size() + unlisted_.size());
      if (fresh) unlisted_.push_back(id);
      places.push_back(static_cast<SourcePlace>(found->second));
    }
    return places;
  }
  void list(std::vector<PageSource>& rows) const {
    for (const Source& source : model_.sources())
      rows.push_back({model_.text(source.id), model_.text(source.title), model_.text(source.publisher),
                      model_.text(source.date), address(model_.text(source.url)), model_.text(source.language)});
    for (const std::string_view id : unlisted_) rows.emplace_back().id = id;
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

// The place in a word list that begins behind "none"; -1 for none.
template <typename Enum>
int place_of(Enum word) {
  return static_cast<int>(word) - 1;
}

template <typename Enum>
std::vector<std::string_view> words_to(Enum first, Enum last) {
  std::vector<std::string_view> list;
  for (auto i = static_cast<int>(first); i <= static_cast<int>(last); ++i)
    list.push_back(to_string(static_cast<Enum>(i)));
  return list;
}

PageCompany page_company(const Model& model, const Company& c, Sources& sources) {
  return {model.text(c.id),      model.text(c.name),      model.text(c.name_local),       model.text(c.sector),
          model.text(c.country), model.text(c.ticker),    quantity_row(model, c.revenue), model.text(c.revenue_period),
          c.aggregate,           sources.cited(c.sources)};
}

PageRelation page_relation(const Model& model, const Relation& r, Sources& sources) {
  PageRelation row;
  row.from = r.from;
  row.to = r.to;
  row.kind = static_cast<std::uint8_t>(r.kind);
  row.status = static_cast<std::uint8_t>(r.status);
  row.category = model.text(r.category);
  row.item = model.text(r.item);
  row.value = quantity_row(model, r.value);
  row.basis = place_of(r.basis);
  row.revenue_share = quantity_row(model, r.revenue_share);
  row.supply_share = quantity_row(model, r.supply_share);
  row.stake = quantity_row(model, r.stake);
  row.since = r.since;
  row.until = r.until;
  row.as_of = r.as_of;
  row.restates = r.restates;
  row.confidence = place_of(r.confidence);
  row.sources = sources.cited(r.sources);
  row.note = model.text(r.note);
  row.place = short_place(model, r.place);
  return row;
}

}  // namespace

void fill(const Model& whole, PageGraph& graph) {
  graph.kinds = words_to(Kind::supplies, Kind::owns);
  graph.statuses = words_to(Status::rumoured, Status::ended);
  graph.bases = words_to(Basis::annual, Basis::plan);
  graph.confidences = words_to(Confidence::disclosed, Confidence::estimated);
  graph.classes = words_to(CycleClass::circular_deal, CycleClass::cross_financing);
  graph.levels = words_to(Level::sole_source, Level::unknown);
  graph.levels.push_back("not-named");  // no level: nothing says what is bought
  Sources sources(whole);
  for (CompanyIndex v = 0; v < whole.company_count(); ++v)
    graph.companies.push_back(page_company(whole, whole.company(v), sources));
  for (std::size_t row = 0; row < whole.relation_count(); ++row)
    graph.relations.push_back(page_relation(whole, whole.relation(row), sources));
  sources.list(graph.sources);
}

}  // namespace tierscope::core
