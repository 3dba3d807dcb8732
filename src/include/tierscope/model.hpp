#pragma once
// Companies and the relations between them, read, checked, immutable.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/answer.hpp>
#include <tierscope/reading.hpp>
#include <tierscope/rows.hpp>

namespace tierscope {

namespace core {
class Model;
struct Inner;
}  // namespace core

/// How a question looks at the data. Words that are wrong are problems of the question's answer.
struct View {
  std::string as_of;  // `2025`, `2025-03`, `2025-03-31`, `all`: no limit; empty: the newest date of the data
  std::vector<std::string> statuses;  // that count, `all` for all; empty: the question's own
  bool consolidate = false;           // companies under common control count as one
  std::string currency;               // amounts are converted into it; empty: as reported
  std::vector<std::string> rates;     // `USD/CNY=7.08`, before those of the graph
  std::string max_age;                // of a share beside the newest: `3y`, `18m`, `all`; empty: a year
  std::string min_confidence;         // figures of a weaker one are taken as unknown
  bool strict = false;                // shares that contradict each other end the question
  std::function<bool()> stop{};       // asked now and then in long work; true: the answer is what was found until then

  static constexpr void describe(const auto& field) {
    field("as-of", &View::as_of,
          "what was known at a date: 2025, 2025-03, 2025-03-31 or all; the newest date in the data where none is given",
          Metavar{"DATE"});
    field("max-age", &View::max_age, "how much older than the newest a share may be: 1y (as without it), 18m, all",
          Metavar{"DURATION"});
    field("min-confidence", &View::min_confidence, "figures below it are unknown: disclosed, reported or estimated",
          Metavar{"WORD"});
    field("strict", &View::strict, "shares that contradict each other end the question");
    field("status", &View::statuses, "the statuses that count", Metavar{"LIST"});
    field("consolidate", &View::consolidate, "companies under common control count as one");
    field("currency", &View::currency, "convert amounts, with the graph's rates or --rate", Metavar{"CODE"});
    field("rate", &View::rates, "one A costs NUMBER B, as in USD/CNY=7.08", Metavar{"A/B=NUMBER"});
  }
};

/// A cheap handle on shared, immutable data: copies are the same graph, from any thread.
class Model {
 public:
  std::size_t company_count() const;
  std::size_t relation_count() const;
  /// As they were named.
  const std::vector<std::string>& graphs() const;
  /// In the order in which they were first named.
  Table<CompanyRow> companies() const;
  /// All rows, whatever their dates and statuses, in input order.
  Table<RelationRow> relations() const;
  Table<SourceRow> sources() const;

  /// For the library itself.
  explicit Model(std::shared_ptr<core::Model> inside);
  const std::shared_ptr<core::Model>& inside() const { return inside_; }

 private:
  std::shared_ptr<core::Model> inside_;
};

/// Reads graphs (folders of CSV tables, a table of relations as `.csv` or `.tsv`, `.dot`, `.gv`, `.graphml` files) and
/// merges them by company id. Every problem of every file at once; a model with warnings where there are no errors.
/// O(size of the files).
Result<Model> load(const std::vector<std::string>& graphs, const Reading& reading = {});

/// The same for one graph in memory; `name` is what messages call it, and its ending names the format.
Result<Model> parse(std::string_view bytes, std::string_view name, const Reading& reading = {});

/// A table of text: `companies`, `relations`, `sources` or `rates` with the columns of graphs/README.md.
struct TextTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // a cell each column; empty = not given
};
/// A model of rows, read and checked as CSV is.
Result<Model> build(const std::vector<TextTable>& tables);

/// Writes the whole graph: `.dot`, `.gv`, `.graphml`, else a folder of CSV tables. All files or none.
Problems save(const Model& model, const std::string& path);

/// The library's version: `0.2.0`.
std::string_view version();

}  // namespace tierscope
