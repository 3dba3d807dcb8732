#include <algorithm>
#include <ostream>

#include <tierscope/draw.hpp>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "show/picture/draw.hpp"

namespace tierscope::core {
namespace {

void tell(const std::vector<std::string>& sentences, bool quiet, Session& session, std::string_view before = {}) {
  if (quiet) return;
  for (const std::string& sentence : sentences) session.err << before << visible(sentence) << '\n';
}

class DrawCall : public Call {
 public:
  std::vector<OptionGroup> options() override {
    std::vector<Slot> output{format_.slot()};
    for (const Slot& slot : slots(output_)) output.push_back(slot);
    return {{"What is drawn", slots(options_)},
            {"What counts", slots(options_.view)},
            reading_options(),
            {"Output", output}};
  }

  int run(Session& session) override {
    std::string format = format_.named;
    if (format.empty() && output_.to_file()) format = ending_of(output_.output);
    if (format.empty() || format == "gv") format = "dot";
    if (std::none_of(std::begin(picture_formats), std::end(picture_formats),
                     [&](const auto& known) { return known.name == format; }))
      throw Usage(format_.named.empty()
                      ? "draw: the ending of " + quote(output_.output) +
                            " names no format; name one with --format, of " + names_of(picture_formats)
                      : "--format: " + quote(format) + " is none of " + names_of(picture_formats));
    if (format != "svg" && format != "dot" && !output_.to_file() && session.surroundings.out_is_terminal)
      throw Usage("draw: a terminal shows no " + format + "; name a file with --output");
    if (output_.to_file() && !output_.force) protect({output_.output}, operands, session);
    std::optional<tierscope::Model> model = load(*this, output_.quiet, false, session);
    if (!model) return 1;
    const Result<Picture> picture = draw(*std::exchange(model, {}), format, options_, output_.force);
    if (!picture) {
      // What the options are together, not one of them.
      if (picture.problems().front().attribute == "draw") throw Usage(picture.problems().front().what);
      return refuse(picture.problems(), session.err);
    }
    tell(picture->warnings, output_.quiet, session, "tierscope: ");
    const int status = deliver(
        output_, [&](std::ostream& out) { out << picture->bytes; }, session);
    if (status == 0) tell(picture->left_out, output_.quiet, session);
    return status;
  }

 private:
  DrawOptions options_;
  FormatOption format_{names_of(picture_formats) + " (by the ending of --output, else dot)"};
  OutputOptions output_;
};

class ExploreCall : public Call {
 public:
  std::vector<OptionGroup> options() override {
    return {{"What is shown", slots(options_)},
            {"What counts", slots(options_.view)},
            reading_options(),
            {"Output", slots(output_)}};
  }

  int run(Session& session) override {
    if (!output_.to_file() && session.surroundings.out_is_terminal)
      throw Usage("explore: a page is for a browser, not for a terminal; name a file, as in --output page.html");
    if (output_.to_file() && !output_.force) protect({output_.output}, operands, session);
    std::optional<tierscope::Model> model = load(*this, output_.quiet, false, session);
    if (!model) return 1;
    Progress progress(session.err, session.surroundings.err_is_terminal && !output_.quiet);
    progress.stage("exploring");
    const Result<Page> page = explore(*std::exchange(model, {}), options_);
    progress.clear();
    if (!page) return refuse(page.problems(), session.err);
    const int status = deliver(
        output_, [&](std::ostream& out) { out << page->html; }, session);
    if (status == 0) tell(page->left_out, output_.quiet, session);
    return status;
  }

 private:
  ExploreOptions options_;
  OutputOptions output_;
};

}  // namespace

Command draw_command() {
  return {"draw", "a diagram: DOT, SVG, PNG or PDF",
          "Examples: tierscope draw graphs/bytedance --show exposure:bytedance -o exposure.svg\n"
          "          tierscope draw graphs/ai-circular --focus nvidia -o nvidia.png",
          graphs_operand, [] { return std::make_unique<DrawCall>(); }};
}

Command explore_command() {
  return {"explore", "one HTML page of the graph and all answers, for any browser",
          "Example: tierscope explore graphs/bytedance -o bytedance.html\n"
          "The page needs no program and no network. Every number in it is one that the commands give; at earlier "
          "years too.",
          graphs_operand, [] { return std::make_unique<ExploreCall>(); }};
}

}  // namespace tierscope::core
