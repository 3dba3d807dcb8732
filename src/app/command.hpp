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

/// A failure whose message is for the user and whose exit status is 2.
struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Where a command finds everything outside itself.
struct Session {
  Files& files;
  const Surroundings& surroundings;
  std::ostream& out;
  std::ostream& err;
};

/// A command that is being called: its options are filled in, then it runs.
class Call {
 public:
  Call() = default;
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  virtual ~Call() = default;
  virtual std::vector<Slot> options() = 0;
  /// The exit status; throws Usage.
  virtual int run(Session& session) = 0;
  std::vector<std::string> graphs;
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view footer;  // of its help
  bool takes_graphs = true;
  std::function<std::unique_ptr<Call>()> begin;
};

/// In the order of the help.
const std::vector<Command>& commands();

Command question_command(const Inquiry& inquiry);
Command draw_command();
Command explore_command();
Command convert_command();
Command generate_command();
Command schema_command();

/// Where a command's output goes.
struct OutputOptions {
  std::string output;  // empty = standard output
  bool force = false;
  bool quiet = false;

  static constexpr void describe(const auto& field) {
    using O = OutputOptions;
    field("output", &O::output, "write to a file instead of standard output", Metavar{"FILE"});
    field("force", &O::force, "write over a graph or a file that is there");
    field("quiet", &O::quiet, "no warnings on standard error");
  }
};

/// All slots of several lists.
std::vector<Slot> together(std::initializer_list<std::vector<Slot>> lists);

/// The graphs, read and merged; nothing, and the problems printed, where they have errors. `check`: warnings are the
/// command's own to show. `limit` as in print_problems.
std::optional<tierscope::Model> load(const Call& call, bool quiet, bool check, Session& session,
                                     std::optional<std::size_t> limit = {});

/// At most 50 problems of one severity, or `limit` where it was named (0 = all); the rest is counted.
void print_problems(const Problems& problems, Severity severity, std::optional<std::size_t> limit, std::ostream& err);

/// Writes to the file, whole or not at all, or to standard output.
int deliver(const OutputOptions& output, const std::function<void(std::ostream&)>& write, Session& session);
int deliver(std::vector<NamedBytes> files, Session& session);

/// `a, b, c`
template <typename List>
std::string names_of(const List& list) {
  std::string words;
  for (const auto& entry : list) words += (words.empty() ? "" : ", ") + std::string(entry.name);
  return words;
}

}  // namespace tierscope::core
