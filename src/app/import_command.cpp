#include <fmt/format.h>

#include <ostream>

#include <tierscope/write.hpp>

#include "app/command.hpp"
#include "app/progress.hpp"
#include "import/import.hpp"
#include "model/fields.hpp"
#include "model/names.hpp"
#include "show/answer/format.hpp"

namespace tierscope::core {
namespace {

struct ImportOutput {
  std::string output;
  std::string format;
  bool force = false;
  bool quiet = false;

  static constexpr void describe(const auto& field) {
    using O = ImportOutput;
    field("output", &O::output, "the folder for its tables", Metavar{"FOLDER"}, required);
    field("format", &O::format, "of the report, as of an answer (table)", Metavar{"FORMAT"});
    field("force", &O::force, "write over a graph that is there");
    field("quiet", &O::quiet, "no warnings on standard error");
  }
};

class ImportCall : public Call {
 public:
  std::vector<OptionGroup> options() override {
    std::vector<Slot> said = slots(options_);
    return {{"What is imported", said}, reading_options(), {"Output", slots(output_)}};
  }

  int run(Session& session) override {
    const std::string format = operands.front();
    const std::vector<std::string> inputs(operands.begin() + 1, operands.end());
    std::vector<std::string> wrong;
    Suggestion suggestion(format);
    bool known = false;
    std::string all;
    for (const auto& [name, summary] : import_formats()) {
      known = known || name == format;
      suggestion.consider(name);
      all += (all.empty() ? "" : ", ") + std::string(name);
    }
    if (!known) wrong.push_back(quote(format) + " is none of " + all + suggestion.text());
    if (inputs.empty()) wrong.emplace_back("name the files to be imported behind the format");
    const std::string shown = output_.format.empty() ? "table" : output_.format;
    for (const Problem& problem : refused(fields<ImportReport>(), shown, {})) wrong.push_back(to_string(problem));
    if (!wrong.empty()) throw Usage(std::move(wrong));
    const std::string folder = as_folder(output_.output);
    std::vector<std::string> written;
    if (!options_.append)
      for (const TableKind kind : all_tables) written.push_back(folder + std::string(to_string(kind)) + ".csv");
    if (!options_.rejects.empty()) written.push_back(options_.rejects);
    if (!output_.force) protect(written, inputs, session);
    Progress progress(session.err, session.surroundings.err_is_terminal && !output_.quiet);
    std::string stage;
    const Result<ImportReport> report =
        import_files(session.files, format, inputs, output_.output, options_, reading,
                     [&](std::string_view what, std::uint64_t done, std::uint64_t bytes) {
                       if (stage != what) progress.stage(stage = what);
                       progress.at(done, bytes);
                     });
    progress.clear();
    Problems problems = report.problems();
    if (!report) return refuse(problems, session.err);
    std::erase_if(problems, [](const Problem& problem) { return problem.advice; });
    if (!output_.quiet) print_problems(problems, Severity::warning, {}, session.err);
    WriteOptions options;
    options.width = session.surroundings.width;
    const Written done = write(*any(ImportReport(*report)), shown, options, session.out);
    session.out.flush();
    return done.problems.empty() ? 0 : 1;
  }

 private:
  ImportOptions options_;
  ImportOutput output_;
};

}  // namespace

Command import_command() {
  std::string formats = "Formats:\n";
  for (const auto& [name, summary] : import_formats()) formats += fmt::format("  {:<16} {}\n", name, summary);
  return {"import",
          "files of other trades, as a folder of tables",
          formats + "Example: tierscope import table suppliers.xlsx --map graphs/maps/splc.toml --output suppliers",
          {"FORMAT INPUT", "the format, then files, folders or .zip archives of it", 1, 1'000'000},
          [] { return std::make_unique<ImportCall>(); }};
}

}  // namespace tierscope::core
