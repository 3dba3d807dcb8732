#pragma once
// What one page holds to be explored without the program: the graph, and every pass's answers at several dates.

#include <cstddef>
#include <string>
#include <vector>

#include "model/view.hpp"
#include "show/page/block.hpp"

namespace tierscope::core {

/// A page is mailed and opened on a telephone: some 25 MB for 100,000 relations. What does not fit is counted and told.
struct ExploreBudget {
  std::size_t relations = 150'000;        // of the graph: 250 bytes each with its answers; more is no page, and refused
  std::size_t dates = 12;                 // as many as a slider can tell apart
  std::size_t dated_relations = 150'000;  // relations × dates: the answers take some 100 bytes a relation
  std::size_t exposure_rows = 20'000;     // of all dates, half of them the newest's: 130 bytes each, 500 with chains
  std::size_t targets = 100;              // of one date
  std::size_t rows_a_target = 100;        // nobody reads further
  std::size_t rows_with_chains = 20;      // as `exposure` lists them
  std::size_t unquantified = 500;         // of one target
  std::size_t exposure_work = 24'000'000;  // targets × (companies + relations), shared alike: a few seconds
  std::size_t purchases = 10'000;          // of one date, the most severe: 130 bytes each
  std::size_t loops = 1'000;               // listed, the first of their order
  std::size_t loops_found = 20'000;        // listed and counted: there the search stops, short loops first
  std::size_t circularity = 1'000;         // relations: the index of more takes minutes; it stands only in a note
};

struct ExploreParams {
  std::string title;            // empty = the names of the graphs
  std::string program;          // version
  std::string options;          // that shaped the answers, as typed
  bool statuses_given = false;  // the view's statuses are the user's, else each pass counts its own
  std::size_t max_length = 0;   // of loops, in hops; 0 = as `cycles` lists and counts them
  ExploreBudget budget;
};

struct Exploration {
  std::string title;
  std::vector<Block> blocks;       // graph, at-0 (the newest date), at-1 …
  std::vector<std::string> notes;  // what was left out, in sentences; also in the first block
};

/// Every number is that of dependence(), exposure(), concentration() or cycles() on the view of its date; companies,
/// relations and sources are named by their input order in `whole`, which is no view. Dates: that of `view`, then the
/// last day of each year at which other relations are live than at the next newer date. Throws Question for a graph
/// too large or a question that the view's own date cannot answer (an older date is left out and said), BadData as the
/// passes do. O(dates · relations log relations) beside the passes, whose work is bounded by the budget.
Exploration explore(const Model& whole, const ViewParams& view, const ExploreParams& params);

}  // namespace tierscope::core
