#pragma once
// What a command does once its words are understood: load, view, answer, write.

#include <iosfwd>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "app/synthetic.hpp"
#include "ask/pass.hpp"
#include "ask/picture/picture.hpp"
#include "base/files.hpp"
#include "show/page/explore.hpp"

namespace tierscope::core {

/// A failure whose message is for the user and whose exit status is 2.
struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The options that commands share, as typed.
struct Common {
  std::vector<std::string> graphs;
  std::string format;
  std::string output;
  std::string as_of;
  std::vector<std::string> status;
  std::string currency;
  std::vector<std::string> rates;
  std::string color = "auto";
  std::size_t limit = 0;
  bool limit_given = false;
  bool consolidate = false;
  bool quiet = false;
};

/// What `draw` has beside them.
struct Drawing {
  PictureParams picture;
  std::string theme = "light";
  std::string size = "fit";
  bool force = false;
};

/// Exit statuses; results to `out`, everything else to `err`. Throw Usage, Question, BadData.
int run_pass(const Pass& pass, const Answer& answer, const Common& common, Files& files,
             const Surroundings& surroundings, std::ostream& out, std::ostream& err);
int run_convert(const Common& common, Files& files, const Surroundings& surroundings, std::ostream& out,
                std::ostream& err);
int run_draw(const Drawing& drawing, const Common& common, Files& files, const Surroundings& surroundings,
             std::ostream& out, std::ostream& err);
/// One HTML page; `params` has title, program and max_length.
int run_explore(ExploreParams params, const Common& common, Files& files, const Surroundings& surroundings,
                std::ostream& out, std::ostream& err);

/// Writes a made-up network into the folder `common.output`.
int run_generate(const SyntheticParams& params, const Common& common, Files& files, std::ostream& err);

/// At most 50 problems of one severity, or `limit` where it was named (0 = all); the rest is counted.
void print_problems(const Problems& problems, Severity severity, const Common& common, std::ostream& err);

/// `table, json, csv, markdown` and `csv, dot, graphml`.
std::string report_format_words();
std::string graph_format_words();
/// `dot, svg, png, pdf`, `light, dark, print`, `fit, slide, a4, square`.
std::string picture_format_words();
std::string theme_words();
std::string size_words();

}  // namespace tierscope::core
