#include "app/cli.hpp"

#include <algorithm>
#include <cerrno>
#include <ostream>
#include <system_error>

#include "app/help.hpp"
#include "app/options.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/headers.hpp"

namespace tierscope::core {
namespace {

using Words = std::vector<std::string>;

int wrong_line(const Words& sentences, std::string_view help, std::ostream& err) {
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const bool last = i + 1 == sentences.size();
    err << "tierscope: " << visible(sentences[i]);
    if (last && !help.empty()) err << "; see " << help;
    err << '\n';
  }
  return 2;
}

int call(const Command& command, const Words& arguments, Session& session) {
  const std::string help = "tierscope " + std::string(command.name) + " --help";
  try {
    const std::unique_ptr<Call> call = command.begin();
    const Parsed parsed = parse(command, *call, arguments, session.files);
    call->typed = "tierscope " + std::string(command.name);
    for (const std::string& word : arguments) call->typed += " " + shell_word(word);
    if (parsed.help) {
      session.out << help_text(command);
      return 0;
    }
    if (!parsed.wrong.empty()) return wrong_line(parsed.wrong, help, session.err);
    return call->run(session);
  } catch (const Usage& usage) {
    return wrong_line(usage.wrong, usage.help ? help : "", session.err);
  }
}

/// The first word is no command.
int no_command(const Words& arguments, Session& session) {
  const std::string& first = arguments.front();
  if (first.starts_with('-') && first.size() > 1) {
    const auto named = std::find_if(arguments.begin(), arguments.end(),
                                    [](const std::string& word) { return find_command(word) != nullptr; });
    return named == arguments.end()
               ? wrong_line({quote(first) + " is no option without a command"}, "tierscope help", session.err)
               : wrong_line({"the command comes first: tierscope " + *named + " " + first + " …"}, {}, session.err);
  }
  if (first == "-" || session.files.exists(first))
    return wrong_line({"name a command first, e.g. tierscope list " + first}, "tierscope help", session.err);
  return wrong_line({wrong_command(first)}, "tierscope help", session.err);
}

int run_command(Words arguments, Session& session) {
  if (arguments.empty()) {
    session.err << help_text();
    return 2;
  }
  const std::string first = arguments.front();
  arguments.erase(arguments.begin());
  if (first == "-h" || first == "--help") return call(*find_command("help"), arguments, session);
  if (first == "-V" || first == "--version") return call(*find_command("version"), arguments, session);
  if (const Command* const command = find_command(first)) return call(*command, arguments, session);
  arguments.insert(arguments.begin(), first);
  return no_command(arguments, session);
}

int run_safely(const Words& arguments, Session& session) {
  try {
    return run_command(arguments, session);
  } catch (const Question& question) {
    session.err << "tierscope: " << visible(question.what()) << '\n';
  } catch (const BadData& data) {
    print_problems(data.problems, Severity::error, {}, session.err);
  } catch (const Interrupted& interrupted) {
    session.err << "tierscope: interrupted; " << interrupted.what() << '\n';
    return 130;
  } catch (const std::bad_alloc&) {
    session.err << "tierscope: out of memory\n";
  }
  return 1;
}

}  // namespace

int run(const Words& arguments, Files& files, const Surroundings& surroundings, std::ostream& out, std::ostream& err) {
  Session session{files, surroundings, out, err};
  const int status = run_safely(arguments, session);
  if (out.flush()) return status;
  const int reason = surroundings.write_error ? surroundings.write_error() : 0;
  if (reason == EPIPE) return status;  // the reader has seen enough
  err << "tierscope: cannot write to standard output";
  if (reason != 0) err << ": " << std::generic_category().message(reason);
  err << '\n';
  return 1;
}

}  // namespace tierscope::core
