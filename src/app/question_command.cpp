#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include <tierscope/write.hpp>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "ask/answered.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "show/answer/format.hpp"

namespace tierscope::core {
namespace {

struct ColorOption {
  std::string color = "auto";

  static constexpr void describe(const auto& field) {
    field("color", &ColorOption::color, "auto, always or never (auto; NO_COLOR is honoured)", Metavar{"WHEN"});
  }
};

bool is_folder(const OutputOptions& output, Files& files) {
  return output.to_file() && (output.output.ends_with('/') || files.is_directory(output.output));
}

const AnswerFormat* format_named(std::string_view name) {
  for (const AnswerFormat& format : answer_formats())
    if (format.name == name) return &format;
  return nullptr;
}

/// By the ending of the output where no format is named.
std::string format_of(const std::string& named, const OutputOptions& output, bool folder) {
  if (!named.empty()) return named == "md" ? "markdown" : named;
  if (folder) return "csv";
  std::string ending = output.to_file() ? ending_of(output.output) : "";
  if (ending.empty()) return "table";
  constexpr std::pair<std::string_view, std::string_view> others[] = {
      {"md", "markdown"}, {"htm", "html"}, {"txt", "table"}, {"ndjson", "jsonl"}, {"arrows", "arrow"}};
  for (const auto& [known, format] : others)
    if (ending == known) return std::string(format);
  if (format_named(ending) != nullptr) return ending;
  throw Usage("the ending of " + quote(output.output) + " names no format; name one with --format, of " +
              names_of(answer_formats()));
}

// A statement that stands on standard error where a gate closed or the user stopped.
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

  std::vector<OptionGroup> options() override {
    std::vector<Slot> output{named_.slot()};
    for (const Slot& slot : slots(written_)) output.push_back(slot);
    for (const Slot& slot : slots(color_)) output.push_back(slot);
    for (const Slot& slot : slots(output_)) output.push_back(slot);
    return {{"What is asked", asked_->options()},
            {"What counts", slots(asked_->view())},
            reading_options(),
            {"Output", output}};
  }

  int run(Session& session) override {
    const WriteOptions options = write_options(session);
    folder_ = is_folder(output_, session.files);
    format_ = format_of(named_.named, output_, folder_);
    refuse_options(options, session);
    if (output_.to_file() && !output_.force) protect(paths(), operands, session);
    std::optional<tierscope::Model> model =
        load(*this, output_.quiet, inquiry_.name == "check", session, written_.limit);
    if (!model) return 1;
    asked_->view().stop = session.surroundings.interrupted;
    Progress progress(session.err, session.surroundings.err_is_terminal && !output_.quiet);
    progress.stage(inquiry_.name);
    const auto put = [&] { return asked_->answer(*std::exchange(model, {})); };
    const Result<std::unique_ptr<AnyAnswer>> answer = put();
    progress.clear();
    if (!answer) return refuse(answer.problems(), session.err);
    if (!output_.quiet) print_problems(answer.problems(), Severity::warning, {}, session.err);
    const int status = deliver_answer(**answer, options, session);
    return status != 0 ? status : status_of((*answer)->about(), session.err);
  }

 private:
  WriteOptions write_options(const Session& session) const {
    const Surroundings& around = session.surroundings;
    WriteOptions options = written_;
    if (options.table.empty()) options.table = asked_->table();
    options.width = around.width;
    options.color = color_.color == "always" ||
                    (color_.color == "auto" && around.out_is_terminal && !around.no_color && !output_.to_file());
    return options;
  }

  /// Everything that is wrong with the options, before anything is read.
  void refuse_options(const WriteOptions& options, const Session& session) const {
    std::vector<std::string> wrong;
    const auto add = [&](const Problems& problems) {
      for (const Problem& problem : problems) wrong.push_back(to_string(problem));
    };
    if (const auto params = view_params(asked_->view(), inquiry_.statuses); !params) add(params.problems());
    Problems unknown = refused(inquiry_.answer, format_, options);
    for (Problem& problem : unknown)  // the table was named by the question's own option
      if (problem.attribute == "--table" && written_.table.empty()) problem.attribute = "--what";
    add(unknown);
    if (color_.color != "auto" && color_.color != "always" && color_.color != "never")
      wrong.push_back("--color: " + quote(color_.color) + " is none of auto, always, never");
    const AnswerFormat* const format = format_named(format_);
    if (format != nullptr && format->binary && !output_.to_file() && session.surroundings.out_is_terminal)
      wrong.push_back("a terminal shows no " + format_ + "; name a file with --output");
    if (written_.bom && format_ != "csv") wrong.emplace_back("--bom: goes with csv");
    if (format != nullptr && folder_ && !format->one_table)
      wrong.push_back(quote(output_.output) + " is a folder, and " + format_ + " is one file; name a file");
    if (folder_ && (!written_.table.empty() || !written_.columns.empty() || !written_.sort.empty()))
      wrong.push_back("--table, --columns and --sort are for one table; name a file instead of the folder " +
                      quote(output_.output));
    if (!wrong.empty()) throw Usage(std::move(wrong));
  }

  std::string path_of(const NamedTable& table) const {
    return as_folder(output_.output) + std::string(table.name) + "." + format_;
  }

  std::vector<std::string> paths() const {
    if (!folder_) return {output_.output};
    std::vector<std::string> list;
    for (const NamedTable& table : tables_of(inquiry_.answer)) list.push_back(path_of(table));
    return list;
  }

  int deliver_answer(const AnyAnswer& answer, WriteOptions options, Session& session) const {
    const bool already = answer.about().interrupted;
    const auto stop = [&session, already](std::ostream& out) { return !out || (!already && session.interrupted()); };
    const auto write_table = [&, this](std::ostream& out, std::string_view table) {
      WriteOptions chosen = options;
      chosen.table = table;
      chosen.stop = [&] { return stop(out); };
      const Written written = write(answer, format_, chosen, out);
      if (!written.problems.empty()) throw Usage(to_string(written.problems.front()));
      if (written.end == Next::out_of_memory) throw std::bad_alloc();
      if (written.end == Next::interrupted && out)
        throw Interrupted(output_.to_file() ? "nothing was written" : "the output is not complete");
    };
    if (!folder_)
      return deliver(
          output_, [&](std::ostream& out) { write_table(out, options.table); }, session);
    std::vector<NamedBytes> files;
    for (const NamedTable& table : tables_of(answer.fields()))
      files.push_back({path_of(table), {}, [&, name = table.name, main = files.empty()](std::ostream& out) {
                         write_table(out, main ? std::string_view() : name);
                       }});
    return deliver(files, session);
  }

  const Inquiry& inquiry_;
  std::unique_ptr<Asked> asked_;
  FormatOption named_{names_of(answer_formats()) + " (by the ending of --output, else table)"};
  WriteOptions written_;  // as the user wants it
  ColorOption color_;
  OutputOptions output_;
  std::string format_;
  bool folder_ = false;
};

}  // namespace

Command question_command(const Inquiry& inquiry) {
  std::string counts = fmt::format("Counted are relations whose status is {}, unless --status says otherwise.\n",
                                   to_string(inquiry.statuses));
  return {inquiry.name, inquiry.summary, std::move(counts) + std::string(inquiry.footer), graphs_operand,
          [&inquiry] { return std::make_unique<QuestionCall>(inquiry); }};
}

}  // namespace tierscope::core
