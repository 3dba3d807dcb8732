#pragma once
// Pictures and pages of a graph.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/model.hpp>

namespace tierscope {

/// What DrawOptions::show may be.
inline constexpr std::string_view shows =
    "exposure:COMPANY, chokepoints:COMPANY, paths:FROM,TO, shock:COMPANY, owners:COMPANY, dependence, concentration or "
    "cycles; the last three also with :COMPANY";

struct DrawOptions {
  View view;                         // statuses: all but ended, unless it says otherwise
  std::string show;                  // an answer, one of `shows`; empty: data
  std::string focus;                 // this company and what is near it
  std::optional<std::size_t> depth;  // steps from the focus (1), tiers of an exposure (all); 0 = all
  std::string direction = "both";    // suppliers, customers or both
  std::vector<std::string> kinds;    // of relations; empty = all
  std::vector<std::string> sectors;  // of companies; empty = all
  std::vector<std::string> hide;     // companies
  std::string min_share;             // relations of at least this share of revenue or purchases, such as 10%
  std::string min_amount;            // relations of at least this amount, such as `1B USD`; with both: either will do
  std::optional<std::size_t> top;    // companies that matter most, or first loops; 0 = all
  std::size_t max_length = 3;        // of loops
  bool all_relations = false;        // a line for every relation, else one for a pair
  std::string title;                 // instead of the finding
  std::string theme = "light";       // light, dark, print
  std::string size = "fit";          // fit, slide, a4, square, or pixels: 1200x800
  std::optional<std::size_t> dpi;    // of a PNG, 36 to 1200; sizes in pixels have them at 96, a4 at 150

  static constexpr void describe(const auto& field) {
    using O = DrawOptions;
    field("show", &O::show, shows, Metavar{"ANSWER"});
    field("focus", &O::focus, "this company and what is near it", Metavar{"COMPANY"});
    field("depth", &O::depth, "steps from the focus; 0 = all (1)");
    field("direction", &O::direction, "suppliers, customers or both (both)", Metavar{"WHERE"});
    field("kind", &O::kinds, "only these relations, of supplies, invests, lends, guarantees, grants, owns",
          Metavar{"LIST"});
    field("sector", &O::sectors, "only companies of these sectors, and the focus", Metavar{"LIST"});
    field("hide", &O::hide, "leave companies out", Metavar{"COMPANY"});
    field("min-share", &O::min_share, "only relations that state a share of revenue or purchases of so much, as in 10%",
          Metavar{"SHARE"});
    field("min-amount", &O::min_amount,
          "only relations that state an amount of so much, as in '1B USD'; with both, either", Metavar{"AMOUNT"});
    field("top", &O::top,
          "only the N companies that matter most, with cycles the N first loops; 0 = all (of a graph and of loops 12, "
          "else 16; DOT: all companies)");
    field("max-length", &O::max_length, "with cycles: loops of at most N hops; 0 = any (3)");
    field("all-relations", &O::all_relations, "a line for every relation, else one for a pair");
    field("title", &O::title, "the headline, instead of the finding", Metavar{"TEXT"});
    field("theme", &O::theme, "light, dark or print (light)", Metavar{"THEME"});
    field("size", &O::size,
          "fit, slide, a4, square, or pixels as in 1200x800; what is not legible there is left out, and said (fit)",
          Metavar{"SIZE"});
    field("dpi", &O::dpi, "pixels an inch of a PNG: a size in pixels has them at 96, a4 at 150, fit at 144",
          Between{36, 1200});
  }
};

/// More than this is refused unless it is forced: a picture of them answers no question.
inline constexpr std::size_t drawable_companies = 300;

struct Picture {
  std::string bytes;
  std::vector<std::string> left_out;  // in sentences
  std::vector<std::string> warnings;  // such as characters that no installed font has
};
/// `format`: dot, svg, png or pdf. Graphviz lays out and renders in a child process with limits of time and memory.
Result<Picture> draw(const Model& model, std::string_view format, const DrawOptions& options, bool force = false);

struct ExploreOptions {
  View view;
  std::string title;           // instead of the names of the graphs
  std::size_t max_length = 0;  // of loops, in hops; 0 = up to 3 listed, up to 6 counted

  static constexpr void describe(const auto& field) {
    using O = ExploreOptions;
    field("title", &O::title, "the page's title, instead of the names of the graphs", Metavar{"TEXT"});
    field("max-length", &O::max_length,
          "list loops of up to N companies; without it, up to 3, and longer ones up to 6 are counted", Between{2, 1e9});
  }
};

struct Page {
  std::string html;                   // one file: no program, no network
  std::vector<std::string> left_out;  // in sentences
};
Result<Page> explore(const Model& model, const ExploreOptions& options);

}  // namespace tierscope
