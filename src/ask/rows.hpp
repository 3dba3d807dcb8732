#pragma once
// The model's nouns as rows of answers. Text is the model's; the answer keeps it.

#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <tierscope/answer.hpp>
#include <tierscope/rows.hpp>

#include "model/model.hpp"

namespace tierscope::core {

namespace api = ::tierscope;

api::Company company_row(const Model& model, CompanyIndex company);
api::Quantity quantity_row(const Model& model, const Quantity& quantity);
api::Quantity quantity_row(const Model& model, const Quantity& quantity, Confidence confidence);
/// The same to be shown to people: without its reported text.
Quantity quantity_of(const api::Quantity& row);
void fill(const Model& model, const Relation& relation, api::RelationRow& row);
void fill(const Model& model, const Company& company, api::CompanyRow& row);

/// Ids of a relation's sources, appended without repetition.
void add_sources(const Model& model, const Relation& relation, std::vector<std::string_view>& ids);

/// What fill() does, for any row that has the fields of RelationRow.
template <typename Row>
void fill_relation(const Model& model, const Relation& r, Row& row) {
  row.from = company_row(model, r.from);
  row.to = company_row(model, r.to);
  row.kind = to_string(r.kind);
  row.category = model.text(r.category);
  row.item = model.text(r.item);
  row.value = quantity_row(model, r.value);
  row.value_basis = to_string(r.basis);
  row.revenue_share = quantity_row(model, r.revenue_share);
  row.supply_share = quantity_row(model, r.supply_share);
  row.stake = quantity_row(model, r.stake);
  row.status = to_string(r.status);
  row.since = r.since;
  row.until = r.until;
  row.as_of = r.as_of;
  row.restates = r.restates;
  row.deal = model.text(r.deal);
  row.claim = to_string(r.claim);
  row.confidence = to_string(r.confidence);
  row.sources.clear();
  add_sources(model, r, row.sources);
  row.note = model.text(r.note);
  row.place = model.place(r.place);
}

/// `count` rows, row `i` made by `make(i, row)` when it is read. `make` must not throw; it owns what it needs.
template <typename Row>
Table<Row> rows_of(std::size_t count, std::function<void(std::size_t, Row&)> make) {
  class Made : public Stream<Row> {
   public:
    Made(std::size_t count, std::function<void(std::size_t, Row&)> make) : count_(count), make_(std::move(make)) {}
    bool next(Row& row) override {
      if (next_ == count_) return false;
      row = Row{};
      make_(next_++, row);
      return true;
    }

   private:
    std::size_t count_;
    std::size_t next_ = 0;
    std::function<void(std::size_t, Row&)> make_;
  };
  return {count, [count, make = std::move(make)] { return std::make_unique<Made>(count, make); }};
}

/// These relations, which the model holds, as rows.
Table<api::RelationRow> relation_rows(const std::shared_ptr<const Model>& model,
                                      std::vector<const Relation*> relations);

/// What an answer rests on: sources in the order of first use, the oldest and newest date.
class Evidence {
 public:
  explicit Evidence(const Model& model) : model_(model) {}
  void add(const Relation& relation);
  void add_sources(Text list);
  /// What a row that is made already rests on.
  void add(const std::vector<std::string_view>& ids, Date oldest, Date newest);
  Date oldest() const { return oldest_; }
  Date newest() const { return newest_; }
  /// `Figures as of 2024 to 2025-12.`
  std::string span_note() const;
  const std::vector<std::string_view>& ids() const { return ids_; }
  std::vector<std::string> texts() const { return {ids_.begin(), ids_.end()}; }
  std::vector<CitedSource> sources() const;
  void finish(About& about) const {
    about.notes.push_back(span_note());
    about.sources = sources();
  }

 private:
  void add_date(Date date);

  const Model& model_;
  std::unordered_set<std::uint32_t> lists_;  // handles of lists that were added
  std::unordered_set<std::string_view> seen_;
  std::vector<std::string_view> ids_;  // in the order of first use
  Date oldest_;
  Date newest_;
};

/// `Relations not counted: 3 planned, 4 ended.`, empty where all are; only relations that `concerns` accepts.
std::string set_aside_note(const Model& model, const std::function<bool(const Relation&)>& concerns);
/// Those of another status, for "listed beside the result".
std::vector<const Relation*> not_counted(const Model& model, const std::function<bool(const Relation&)>& concerns);

/// `Runze Technology`, or the id where no name is given.
std::string label(const Model& model, CompanyIndex company);
/// `AI accelerators (MLU590)`: the item, else the category, else the kind.
std::string_view subject(const Model& model, const Relation& relation);

/// `words`: `Title, publisher, date`, or the id where the source is not listed or says nothing.
struct SourceWords {
  std::string words;
  std::string url;
};
SourceWords words_of(const CitedSource& source);
SourceWords describe_source(const Model& model, std::string_view id);

/// `1 purchase`, `2 purchases`: a count and its noun.
std::string counted(std::size_t count, std::string_view noun);

}  // namespace tierscope::core
