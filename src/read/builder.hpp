#pragma once
// How records become a model, between the files that do it: build.cpp (order, sources, rates, what is said at the end),
// build_companies.cpp, build_relations.cpp (and whom they name).

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/names.hpp"
#include "read/build.hpp"
#include "read/extras.hpp"
#include "read/row.hpp"

namespace tierscope::core {

/// One building of a model.
class Builder {
 public:
  explicit Builder(Records& records)
      : records_(records), company_extras_(records.graphs.size() > 1), source_extras_(records.graphs.size() > 1) {
    parts_.files = records.files;
    parts_.graphs = records.graphs;
  }

  std::optional<Model> run();

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::size_t suggestions_at_most = 50;  // each costs a look at every company
  // A number for each text that has one.
  class ByText {
   public:
    std::uint32_t& of(Text text) {
      if (text.id >= numbers_.size()) numbers_.resize(std::max<std::size_t>(text.id + 1, 2 * numbers_.size()), none);
      return numbers_[text.id];
    }

   private:
    std::vector<std::uint32_t> numbers_;
  };

  using Named = std::unordered_map<std::string, std::vector<CompanyIndex>>;
  // Where a graph that has no such table mentions ids, one warning says so for all of them.
  struct Unlisted {
    std::size_t count = 0;
    Place first;
    std::string example;
  };
  void read_tables(TableKind kind);

  Text intern(std::string_view text) { return parts_.pool->intern(text); }
  std::string_view view(Text text) const { return parts_.pool->view(text); }

  // ---- companies (build_companies.cpp)

  void read_company(const RecordRow& row);
  // Where the number of a row's company stands. An id that only serves its graph is another company's in another graph,
  // unless their names agree: then the company gets an id that tells the graph.
  CompanyIndex& listed_as(const RecordRow& row, Company& company);
  // Is it an id such as n0 or 1, which tools number the companies of one graph with? Alone, a graph has no others.
  bool serves_a_graph(std::string_view id) const;

  static bool named(const Company& company) { return !(company.name == company.id); }
  Text id_with_graph(Text id, std::uint32_t graph);
  void note_nameless(const RecordRow& row, Text id, CompanyIndex taken);
  void merge(const RecordRow& row, Company& old, const Company& fresh);
  // All that anybody calls it.
  void merge_aliases(Company& old, const Company& fresh);
  // A revenue and what is said of it are one fact, from one row: else the year, the scope or the grade would be of
  // another amount.
  void merge_revenue(const RecordRow& row, Company& old, const Company& fresh);
  void contradiction(const RecordRow& row, std::string_view attribute, std::string_view text, std::string_view kept,
                     Place other, bool fatal);
  CompanyIndex company_of(const RecordRow& row, std::string_view attribute, std::string_view id);
  // The company of that id, else of that name, else a new one.
  CompanyIndex company_so(const RecordRow& row, std::string_view attribute, std::string_view id, Text text);
  // The listed company that bears the text as a name, where one does. Looked at once a text.
  std::optional<CompanyIndex> named_so(const RecordRow& row, std::string_view attribute, std::string_view text);

  std::string_view id_of(CompanyIndex company) const { return view(parts_.companies[company].id); }

  // All names of the companies that tables list: no relation has made one yet. Ids count in any case where they are no
  // name of another company.
  void index_names();

  // ---- relations (build_relations.cpp)

  void read_relation(const RecordRow& row);
  // Graphs that overlap state the same fact in the same words: one row of it is enough.
  bool stands_in_another_graph(const RecordRow& row, const Relation& relation);

  // ---- sources and rates

  void read_source(const RecordRow& row);
  void read_rate(const RecordRow& row);
  void check_sources(const RecordRow& row, Text text);

  // ---- all

  void add_extras(const RecordRow& row, std::uint32_t index, Extras& extras);

  std::string where(Place place) const { return fmt::format("{}:{}", records_.files[place.file], place.line); }

  static void note(Unlisted& unlisted, const RecordRow& row) {
    if (unlisted.count++ == 0) unlisted.first = row.place();
  }
  template <typename Example>
  static void note(Unlisted& unlisted, const RecordRow& row, const Example& example) {
    if (unlisted.count == 0) unlisted.example = example();
    note(unlisted, row);
  }

  // By file, then by line, as an editor walks through them.
  void in_reading_order(Problems& problems) const;
  void say_unlisted();
  // What the user called a column that no table has.
  void say_unmapped();

  Records& records_;
  Parts parts_;
  ByText companies_;
  std::vector<std::uint32_t> company_graph_;
  ByText sources_;
  ByText good_lists_;  // lists of sources that are all listed
  std::vector<std::uint32_t> source_graph_;
  std::map<std::array<int, 5>, std::size_t> rates_;  // by currencies and date
  std::set<std::pair<std::uint32_t, TableKind>> listed_;
  Extras company_extras_;
  Extras source_extras_;
  std::unordered_map<std::string, std::uint32_t> seen_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, CompanyIndex> own_ids_;  // by id and graph, where it serves a graph
  std::map<std::uint32_t, Unlisted> kept_apart_;
  std::map<std::uint32_t, Unlisted> nameless_;
  std::optional<Named> by_name_;
  std::map<std::uint32_t, Unlisted> matched_names_;
  std::map<std::uint32_t, Unlisted> unlisted_companies_;
  std::map<std::uint32_t, Unlisted> unlisted_sources_;
  std::size_t suggested_ = 0;
};

}  // namespace tierscope::core
