#pragma once
// What is drawn, and what the picture says: from a model to a Diagram.

#include <cstdint>
#include <string>
#include <vector>

#include <tierscope/draw.hpp>

#include "ask/diagram.hpp"
#include "model/view.hpp"

namespace tierscope::core {

/// Not asked for: all companies, or the 12 first loops.
inline constexpr std::size_t default_top = SIZE_MAX;

struct PictureParams {
  std::string show;       // empty, or one of `shows`
  std::string focus;      // a company; empty = the whole graph
  std::size_t depth = 1;  // steps from the focus; exposure: tiers, 0 = all
  bool depth_given = false;
  std::string direction = "both";    // suppliers, customers or both
  std::vector<std::string> kinds;    // empty = all
  std::vector<std::string> sectors;  // of both ends, but for the focus; empty = all
  std::vector<std::string> hidden;   // companies
  std::string min_share;             // relations that state one of at least this, or min_amount; empty: all
  std::string min_amount;
  std::size_t top = default_top;  // companies, or loops with cycles; 0 = all
  std::size_t max_length = 3;     // of loops
  bool all_relations = false;     // a line for every relation, else one for a pair
  std::string title;              // instead of the finding
};

/// Statuses that a picture draws unless the view names others: all but ended.
inline constexpr StatusSet drawn_statuses =
    StatusSet::of(Status::rumoured, Status::planned, Status::announced, Status::testing, Status::active);

/// Which of the words are none that `picture` knows, empty where all are good.
std::string wrong_words(const PictureParams& params);

/// Figures come from the passes of the same names with `view` as of its date; `statuses_given`: its statuses are the
/// user's and hold for the figures too, else each pass counts its own. Throws Question for unknown companies and
/// words, and where nothing is left to draw. O(relations log relations) beside the pass.
Diagram picture(const Model& model, const ViewParams& view, bool statuses_given, const PictureParams& params);

}  // namespace tierscope::core
