#include "app/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "app/options.hpp"
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
    for (const auto& command : {draw_command, explore_command, convert_command, import_command, generate_command,
                                schema_command, help_command, version_command})
      made.push_back(command());
    return made;
  }();
  return list;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands())
    if (command.name == name) return &command;
  return nullptr;
}

void print_problems(const Problems& problems, Severity severity, std::optional<std::size_t> limit, std::ostream& err) {
  const std::size_t most = limit.value_or(50);
  std::size_t count = 0;
  for (const Problem& problem : problems)
    if (problem.severity == severity && (++count <= most || most == 0)) {
      if (problem.file.empty()) err << "tierscope: ";
      err << to_string(problem) << '\n';
    }
  if (most != 0 && count > most)
    err << fmt::format("… and {} more {}{} (check --limit 0 shows all)\n", count - most,
                       severity == Severity::error ? "error" : "warning", count - most == 1 ? "" : "s");
}

int refuse(const Problems& problems, std::ostream& err) {
  std::vector<std::string> wrong;
  for (const Problem& problem : problems)
    if (problem.file.empty() && problem.attribute.starts_with("--")) wrong.push_back(to_string(problem));
  if (!wrong.empty()) throw Usage(std::move(wrong));
  print_problems(problems, Severity::error, {}, err);
  return 1;
}

std::optional<tierscope::Model> load(Call& call, bool quiet, bool check, Session& session,
                                     std::optional<std::size_t> limit) {
  Progress progress(session.err, session.surroundings.err_is_terminal && !quiet);
  Records records;
  records.retry = call.typed;
  records.mapping = mapping_of(call.reading, session.files, records.problems);
  if (has_errors(records.problems)) {
    refuse(records.problems, session.err);
    return {};
  }
  progress.stage("reading");
  records.advanced = [&] { progress.at(records.bytes_read, records.bytes_to_read); };
  for (const std::string& graph : call.operands) {
    read_graph(session.files, graph, records);
    // A company's name where a graph should stand.
    if (graph == "-" || session.files.exists(graph) || graph == call.operands.front()) continue;
    records.problems.back().remedy = company_hint(call, graph);
  }
  std::optional<Model> model = build(records);
  progress.clear();
  if (!model) {
    print_problems(records.problems, Severity::error, check ? limit : std::nullopt, session.err);
    return {};
  }
  if (!quiet && !check) {
    std::erase_if(records.problems, [](const Problem& problem) { return problem.advice; });
    print_problems(records.problems, Severity::warning, {}, session.err);
  }
  return tierscope::Model(std::make_shared<Model>(std::move(*model)));
}

}  // namespace tierscope::core
