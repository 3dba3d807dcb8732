#pragma once
// The one list of commands: each says its options and what it does; the command line, help and completion loop over it.

#include <functional>
#include <iosfwd>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli.hpp"
#include "ask/inquiry.hpp"

namespace tierscope::core {

/// What is wrong with a command line, in one sentence or several: exit status 2.
struct Usage : std::runtime_error {
  explicit Usage(std::string sentence) : Usage(std::vector<std::string>{std::move(sentence)}) {}
  /// `see_help`: the last sentence ends with where to read more.
  explicit Usage(std::vector<std::string> sentences, bool see_help = false)
      : std::runtime_error(sentences.front()), wrong(std::move(sentences)), help(see_help) {}
  std::vector<std::string> wrong;  // at least one
  bool help;
};

/// The user stopped it while it was written.
struct Interrupted : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where a command finds everything outside itself.
struct Session {
  Files& files;
  const Surroundings& surroundings;
  std::ostream& out;
  std::ostream& err;

  bool interrupted() const { return surroundings.interrupted != nullptr && surroundings.interrupted(); }
};

/// Options under one heading of the help.
struct OptionGroup {
  std::string_view title;
  std::vector<Slot> slots;
};

/// A command that is being called: its options are filled in, then it runs.
class Call {
 public:
  Call() = default;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  virtual ~Call() = default;
  virtual std::vector<OptionGroup> options() = 0;
  /// The exit status; throws Usage.
  virtual int run(Session& session) = 0;
  /// How its graphs are read, where it has any.
  OptionGroup reading_options() { return {"How files are read", ::tierscope::slots(reading)}; }
  std::vector<std::string> operands;  // what was named without an option
  Reading reading;
  std::string typed;  // the whole command line
};

/// What a command is told without an option.
struct Operand {
  std::string_view name{};
  std::string_view help{};
  std::size_t least = 0;
  std::size_t most = 0;
};
inline constexpr Operand graphs_operand{"GRAPH",
                                        "folders of CSV tables, .csv, .tsv, .xlsx, .dot, .gv or .graphml files, or - "
                                        "for standard input; several are merged by "
                                        "company id",
                                        1, 1'000'000};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string footer;  // of its help
  Operand operand;
  std::function<std::unique_ptr<Call>()> begin;
};

/// In the order of the help.
const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

Command question_command(const Inquiry& inquiry);
Command draw_command();
Command explore_command();
Command convert_command();
Command import_command();
Command generate_command();
Command schema_command();
Command help_command();
Command version_command();

/// Where a command's output goes.
struct OutputOptions {
  std::string output;  // empty or `-` = standard output
  bool force = false;
  bool quiet = false;

  bool to_file() const { return !output.empty() && output != "-"; }

  static constexpr void describe(const auto& field) {
    using O = OutputOptions;
    field("output", &O::output, "write to a file instead of standard output", Metavar{"FILE"});
    field("force", &O::force, "write over a graph that is there");
    field("quiet", &O::quiet, "no warnings on standard error");
  }
};

/// --format, whose help is a list of formats: `csv, dot (by the ending of --output)`.
class FormatOption {
 public:
  explicit FormatOption(std::string help) : help_(std::move(help)) {}
  FormatOption(const FormatOption&) = delete;
  FormatOption& operator=(const FormatOption&) = delete;
  Slot slot() { return {&field_, &named}; }

  std::string named;  // empty: by the ending

 private:
  std::string help_;
  Field field_{.name = "format", .help = help_, .type = FieldType::text, .nullable = true, .metavar = "FORMAT"};
};

/// The graphs, read and merged; nothing, and the problems printed, where they have errors. `check`: warnings are the
/// command's own to show. `limit` as in print_problems.
std::optional<tierscope::Model> load(Call& call, bool quiet, bool check, Session& session,
                                     std::optional<std::size_t> limit = {});

/// At most 50 problems of one severity, or `limit` where it was named (0 = all); the rest is counted.
void print_problems(const Problems& problems, Severity severity, std::optional<std::size_t> limit, std::ostream& err);

/// Problems of a question: those of its options are a wrong command line, thrown as Usage; else printed. Returns 1.
int refuse(const Problems& problems, std::ostream& err);

/// ` of a.csv`: csv; empty = none.
std::string ending_of(const std::string& path);
std::string as_folder(const std::string& path);

/// Throws Usage where one of these files is among the graphs that are read, or in a folder that holds a graph.
void protect(const std::vector<std::string>& paths, const std::vector<std::string>& graphs, Session& session);

/// Writes to the file, whole or not at all, or to standard output; the exit status.
int deliver(const OutputOptions& output, const std::function<void(std::ostream&)>& write, Session& session);
int deliver(const std::vector<NamedBytes>& files, Session& session);

/// `a, b, c`
template <typename List>
std::string names_of(const List& list) {
  std::string words;
  for (const auto& entry : list) words += (words.empty() ? "" : ", ") + std::string(entry.name);
  return words;
}

}  // namespace tierscope::core
