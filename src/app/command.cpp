#include "app/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "app/progress.hpp"
#include "ask/inquiry.hpp"
#include "base/unicode.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {

const std::vector<Command>& commands() {
  static const std::vector<Command> list = [] {
    std::vector<Command> made;
    for (const Inquiry* inquiry : inquiries()) made.push_back(question_command(*inquiry));
    for (Command command : {draw_command(), explore_command(), convert_command(), generate_command(), schema_command()})
      made.push_back(std::move(command));
    return made;
  }();
  return list;
}

std::vector<Slot> together(std::initializer_list<std::vector<Slot>> lists) {
  std::vector<Slot> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

void print_problems(const Problems& problems, Severity severity, std::optional<std::size_t> wanted, std::ostream& err) {
  const std::size_t limit = wanted.value_or(50);
  std::size_t count = 0;
  for (const Problem& problem : problems)
    if (problem.severity == severity && (++count <= limit || limit == 0)) {
      if (problem.file.empty()) err << "tierscope: ";
      err << to_string(problem) << '\n';
    }
  if (limit != 0 && count > limit)
    err << fmt::format("… and {} more {}{} (check --limit 0 shows all)\n", count - limit,
                       severity == Severity::error ? "error" : "warning", count - limit == 1 ? "" : "s");
}

std::optional<tierscope::Model> load(const Call& call, bool quiet, bool check, Session& session,
                                     std::optional<std::size_t> limit) {
  Progress progress(session.err, session.surroundings.err_is_terminal && !quiet);
  Records records;
  progress.stage("reading");
  records.advanced = [&] { progress.at(records.bytes_read, records.bytes_to_read); };
  for (const std::string& graph : call.graphs) read_graph(session.files, graph, records);
  std::optional<Model> model = build(records);
  progress.clear();
  if (!model)
    print_problems(records.problems, Severity::error, check ? limit : std::nullopt, session.err);
  else if (!quiet && !check)
    print_problems(records.problems, Severity::warning, {}, session.err);
  if (!model) return {};
  return tierscope::Model(std::make_shared<Model>(std::move(*model)));
}

int deliver(std::vector<NamedBytes> files, Session& session) {
  const std::string failure = session.files.write(files);
  if (failure.empty()) return 0;
  session.err << "tierscope: " << visible(failure) << '\n';
  return 1;
}

int deliver(const OutputOptions& output, const std::function<void(std::ostream&)>& write, Session& session) {
  if (!output.output.empty()) return deliver({{output.output, {}, write}}, session);
  write(session.out);
  return 0;
}

}  // namespace tierscope::core
