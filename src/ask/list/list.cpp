#include "ask/list/list.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// Which texts of one attribute pass: those that are, but for letter case and width, among the wanted ones.
class Wanted {
 public:
  Wanted(const Model& model, Text Company::*attribute, std::string_view noun, const std::vector<std::string>& words)
      : model_(model), attribute_(attribute), all_(words.empty()) {
    for (const std::string& word : words) folded_.push_back(fold(word));
    if (all_) return;
    std::vector<bool> found(words.size(), false);
    for (const Company& company : model.rest().companies) {
      const Text text = company.*attribute;
      const auto [known, fresh] = passes_.try_emplace(text.id, false);
      if (!fresh) continue;
      const std::size_t at = place(fold(model.text(text)));
      if (text && at < found.size()) known->second = found[at] = true;
    }
    for (std::size_t i = 0; i < words.size(); ++i)
      if (!found[place(folded_[i])]) refuse(noun, words[i]);
  }

  bool has(const Company& company) const { return all_ || passes_.at((company.*attribute_).id); }

 private:
  std::size_t place(const std::string& folded) const {
    return static_cast<std::size_t>(std::find(folded_.begin(), folded_.end(), folded) - folded_.begin());
  }
  void refuse(std::string_view noun, const std::string& word) const {
    Suggestion suggestion(word);
    for (const Company& company : model_.rest().companies) suggestion.consider(model_.text(company.*attribute_));
    throw Question("no company has the " + std::string(noun) + " " + quote(word) + suggestion.text());
  }

  const Model& model_;
  Text Company::*attribute_;
  bool all_;
  std::vector<std::string> folded_;
  std::unordered_map<std::uint32_t, bool> passes_;  // by handle
};

std::size_t distinct(const Model& model, const std::vector<std::uint32_t>& rows, CompanyIndex Relation::*end) {
  std::vector<CompanyIndex> companies;
  companies.reserve(rows.size());
  for (const std::uint32_t row : rows) companies.push_back(model.relation(row).*end);
  std::sort(companies.begin(), companies.end());
  return static_cast<std::size_t>(std::unique(companies.begin(), companies.end()) - companies.begin());
}

/// Counts citations; many rows repeat a list that another has, so lists are counted first.
class Citations {
 public:
  explicit Citations(const Model& model) : model_(model) {}

  void add(Text list, std::size_t SourceCount::*what) {
    if (!list) return;
    const auto [found, fresh] = place_.try_emplace(list.id, lists_.size());
    if (fresh) lists_.push_back({list, {}});
    ++(lists_[found->second].count.*what);
  }

  std::vector<SourceCount> counts(bool uncited) const {
    std::vector<SourceCount> counts;
    for (std::size_t i = 0; i < model_.sources().size(); ++i) {
      SourceCount& count = counts.emplace_back();
      count.id = model_.text(model_.sources()[i].id);
      count.source = i;
    }
    std::unordered_map<std::string_view, std::size_t> not_listed;
    for (const List& list : lists_)
      for (const std::string_view id : split_list(model_.text(list.ids))) {
        std::optional<std::size_t> at = model_.find_source(id);
        if (!at) {
          const auto [found, fresh] = not_listed.try_emplace(id, counts.size());
          if (fresh) counts.emplace_back().id = id;
          at = found->second;
        }
        counts[*at].relations += list.count.relations;
        counts[*at].companies += list.count.companies;
        counts[*at].rates += list.count.rates;
      }
    const auto rows = [](const SourceCount& count) { return count.relations + count.companies + count.rates; };
    if (!uncited) std::erase_if(counts, [&](const SourceCount& count) { return rows(count) == 0; });
    std::stable_sort(counts.begin(), counts.end(),
                     [&](const SourceCount& a, const SourceCount& b) { return rows(a) > rows(b); });
    return counts;
  }

 private:
  struct List {
    Text ids;
    SourceCount count;
  };
  const Model& model_;
  std::unordered_map<std::uint32_t, std::size_t> place_;  // by handle
  std::vector<List> lists_;                               // in the order of first use
};

}  // namespace

bool passes(const ListFilter& filter, Kind kind) {
  return filter.kinds.empty() || std::find(filter.kinds.begin(), filter.kinds.end(), kind) != filter.kinds.end();
}

Counts::Counts(const Model& model, const ListFilter& filter) {
  const Wanted sector(model, &Company::sector, "sector", filter.sectors);
  const Wanted country(model, &Company::country, "country", filter.countries);
  std::vector<bool> chosen(model.company_count());
  for (CompanyIndex v = 0; v < chosen.size(); ++v)
    chosen[v] = sector.has(model.company(v)) && country.has(model.company(v));

  std::vector<CompanyCount> of_company(model.company_count());
  Citations citations(model);
  std::unordered_map<std::uint32_t, std::size_t> place_of_category;
  for (const Kind kind : all_kinds) kinds.emplace_back().kind = kind;
  for (std::uint32_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    if (!passes(filter, r.kind) || (!chosen[r.from] && !chosen[r.to])) continue;
    ++relations;
    const bool trade = r.kind == Kind::supplies;
    ++(trade ? of_company[r.from].as_supplier : of_company[r.from].other);
    if (trade || r.from != r.to) ++(trade ? of_company[r.to].as_customer : of_company[r.to].other);
    KindCount& kind = kinds[static_cast<std::size_t>(r.kind)];
    kind.rows.push_back(row);
    ++kind.by_status[static_cast<std::size_t>(r.status)];
    citations.add(r.sources, &SourceCount::relations);
    if (!trade) continue;
    const auto [found, fresh] = place_of_category.try_emplace(r.category.id, categories.size());
    if (fresh) categories.emplace_back().category = r.category;
    categories[found->second].rows.push_back(row);
  }
  for (CompanyIndex v = 0; v < of_company.size(); ++v) {
    of_company[v].company = v;
    if (!chosen[v] || (!filter.kinds.empty() && of_company[v].all() == 0)) continue;
    companies.push_back(of_company[v]);
    citations.add(model.company(v).sources, &SourceCount::companies);
  }
  if (!filter.any())
    for (const Rate& rate : model.rates()) citations.add(rate.source, &SourceCount::rates);
  sources = citations.counts(!filter.any());
  for (CategoryCount& category : categories) {
    category.suppliers = distinct(model, category.rows, &Relation::from);
    category.customers = distinct(model, category.rows, &Relation::to);
  }
  std::erase_if(kinds, [](const KindCount& kind) { return kind.rows.empty(); });
  std::stable_sort(companies.begin(), companies.end(),
                   [](const CompanyCount& a, const CompanyCount& b) { return a.all() > b.all(); });
  std::stable_sort(categories.begin(), categories.end(),
                   [](const CategoryCount& a, const CategoryCount& b) { return a.rows.size() > b.rows.size(); });
}

}  // namespace tierscope::core
