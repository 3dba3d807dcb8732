#include <algorithm>
#include <ostream>

#include <tierscope/write.hpp>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

struct AnswerOptions {
  std::string format;
  std::optional<std::size_t> limit;
  std::string table;
  std::vector<std::string> columns;
  std::string sort;
  bool brief = false;
  bool bom = false;
  std::string color = "auto";

  static constexpr void describe(const auto& field) {
    using O = AnswerOptions;
    field("format", &O::format, "table, json, jsonl, csv, markdown, html (by the ending of --output, else table)",
          Metavar{"FORMAT"});
    field("limit", &O::limit, "how many results; 0 = all (machine formats give all unless a limit is named)");
    field("table", &O::table, "one table of the answer alone", Metavar{"NAME"});
    field("columns", &O::columns, "these columns, in this order", Metavar{"LIST"});
    field("sort", &O::sort, "by this column, largest first", Metavar{"COLUMN"});
    field("brief", &O::brief, "the results alone, without notes and sources");
    field("bom", &O::bom, "csv begins with the mark that makes Excel read UTF-8");
    field("color", &O::color, "auto, always or never (auto; NO_COLOR is honoured)", Metavar{"WHEN"});
  }
};

std::string format_of(const AnswerOptions& options, const std::string& output) {
  if (!options.format.empty()) return options.format;
  const std::size_t dot = output.rfind('.');
  if (dot == std::string::npos || output.find('/', dot) != std::string::npos) return "table";
  const std::string ending = output.substr(dot + 1);
  constexpr std::pair<std::string_view, std::string_view> others[] = {
      {"md", "markdown"}, {"htm", "html"}, {"txt", "table"}, {"ndjson", "jsonl"}};
  for (const auto& [known, format] : others)
    if (ending == known) return std::string(format);
  for (const AnswerFormat& format : answer_formats())
    if (format.name == ending) return ending;
  throw Usage("the ending of " + quote(output) + " names no format; name one with --format, of " +
              names_of(answer_formats()));
}

// A statement that stands first on standard error where a gate closed or the user stopped.
int status_of(const About& about, std::ostream& err) {
  if (about.interrupted) {
    err << "tierscope: interrupted; the answer holds what was found until then\n";
    return 130;
  }
  if (about.gate.empty()) return 0;
  err << "tierscope: gate closed: " << visible(about.gate) << '\n';
  return 1;
}

class QuestionCall : public Call {
 public:
  explicit QuestionCall(const Inquiry& inquiry) : inquiry_(inquiry), asked_(inquiry.ask()) {}

  std::vector<Slot> options() override {
    return together({asked_->options(), slots(asked_->view()), slots(answer_), slots(output_)});
  }

  int run(Session& session) override {
    const Surroundings& around = session.surroundings;
    if (answer_.color != "auto" && answer_.color != "always" && answer_.color != "never")
      throw Usage("--color: " + quote(answer_.color) + " is none of auto, always, never");
    const std::string format = format_of(answer_, output_.output);
    std::optional<tierscope::Model> model =
        load(*this, output_.quiet, inquiry_.name == "check", session, answer_.limit);
    if (!model) return 1;
    if (around.interrupted != nullptr) asked_->view().stop = around.interrupted;
    Progress progress(session.err, around.err_is_terminal && !output_.quiet);
    progress.stage(inquiry_.name);
    const auto put = [&] { return asked_->answer(*std::exchange(model, {})); };
    Result<std::unique_ptr<AnyAnswer>> answer = put();
    progress.clear();
    if (!answer) {
      print_problems(answer.problems(), Severity::error, answer_.limit, session.err);
      return 1;
    }
    WriteOptions options;
    options.limit = answer_.limit;
    options.table = answer_.table.empty() ? (*answer)->about().table : answer_.table;
    options.columns = answer_.columns;
    options.sort = answer_.sort;
    options.brief = answer_.brief;
    options.bom = answer_.bom;
    options.width = around.width;
    options.color = answer_.color == "always" ||
                    (answer_.color == "auto" && around.out_is_terminal && !around.no_color && output_.output.empty());
    Written written;
    const int status = deliver(
        output_, [&](std::ostream& out) { written = write(**answer, format, options, out); }, session);
    if (!written.problems.empty()) throw Usage(problem_words(written.problems));
    if (status != 0) return status;
    if (written.end == Next::out_of_memory) throw std::bad_alloc();
    return status_of((*answer)->about(), session.err);
  }

 private:
  static std::string problem_words(const Problems& problems) {
    return problems.front().attribute + ": " + problems.front().what;
  }

  const Inquiry& inquiry_;
  std::unique_ptr<Asked> asked_;
  AnswerOptions answer_;
  OutputOptions output_;
};

}  // namespace

Command question_command(const Inquiry& inquiry) {
  return {inquiry.name, inquiry.summary, inquiry.footer, true,
          [&inquiry] { return std::make_unique<QuestionCall>(inquiry); }};
}

}  // namespace tierscope::core
