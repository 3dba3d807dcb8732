#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <ostream>

#include <tierscope/model.hpp>

#include "app/command.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// An empty variable in a script is a mistake, not a wish for the default.
const CLI::Validator not_empty([](std::string& text) { return text.empty() ? std::string("is empty") : std::string(); },
                               "");

std::size_t whole_number(const std::string& name, const std::string& text, const Between& between) {
  const auto least = static_cast<std::size_t>(between.least);
  const std::size_t most = between.most >= 1e18 ? SIZE_MAX : static_cast<std::size_t>(between.most);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    throw Usage(most == SIZE_MAX ? fmt::format("{}: {} is no whole number of {} or more", name, quote(text), least)
                                 : fmt::format("{}: {} is no whole number in {}..{}", name, quote(text), least, most));
  return value;
}

double number(const std::string& name, const std::string& text, const Field& field) {
  if (field.unit == Unit::share) {
    const ParsedQuantity parsed = parse_share(text);
    if (!parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
      throw Usage(fmt::format("{}: {} is no share; write 50% or 0.5", name, quote(text)));
    return parsed.quantity.low;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(value >= field.between.least && value <= field.between.most))
    throw Usage(
        fmt::format("{}: {} is no number in {}..{}", name, quote(text), field.between.least, field.between.most));
  return value;
}

// Short names that people's fingers know.
std::string short_name(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"format", "-f"}, {"output", "-o"}, {"quiet", "-q"}, {"limit", "-n"}};
  for (const auto& [known, letter] : letters)
    if (name == known) return std::string(letter) + ",";
  return {};
}

void add_option(CLI::App& app, const Slot& slot) {
  const Field& field = *slot.field;
  const std::string name = "--" + std::string(field.name);
  const std::string names = short_name(field.name) + name;
  const std::string help(field.help);
  const std::string metavar =
      field.metavar.empty() ? field.unit == Unit::share ? "SHARE" : "N" : std::string(field.metavar);
  const auto as_text = [&](auto take) {
    return app.add_option_function<std::string>(names, take, help)->type_name(metavar);
  };
  struct Add {
    CLI::Option* operator()(bool* target) { return app.add_flag(names, *target, help); }
    CLI::Option* operator()(std::size_t* target) {
      return as_text([target, this_name = name, between = field.between](const std::string& text) {
        *target = whole_number(this_name, text, between);
      });
    }
    CLI::Option* operator()(std::optional<std::size_t>* target) {
      return as_text([target, this_name = name, between = field.between](const std::string& text) {
        *target = whole_number(this_name, text, between);
      });
    }
    CLI::Option* operator()(double* target) {
      return as_text([target, this_name = name, field_ = field](const std::string& text) {
        *target = number(this_name, text, field_);
      });
    }
    CLI::Option* operator()(std::string* target) {
      return app.add_option(names, *target, help)->type_name(metavar)->check(not_empty);
    }
    // One value a mention, so that the option does not swallow the graphs behind it.
    CLI::Option* operator()(std::vector<std::string>* target) {
      return app.add_option(names, *target, help)->type_name(metavar)->expected(1)->take_all()->check(not_empty);
    }
    CLI::Option* as_text(std::function<void(const std::string&)> take) {
      return app.add_option_function<std::string>(names, std::move(take), help)->type_name(metavar);
    }
    CLI::App& app;
    const std::string& name;
    const std::string& names;
    const std::string& help;
    const std::string& metavar;
    const Field& field;
  };
  (void)as_text;
  CLI::Option* const option = std::visit(Add{app, name, names, help, metavar, field}, slot.target);
  if (field.required) option->required();
}

// CLI11's own hint for a mistyped command is none.
std::string command_hint(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument.starts_with('-')) continue;
    Suggestion suggestion(argument);
    for (const Command& command : commands()) {
      if (command.name == argument) return {};
      suggestion.consider(command.name);
    }
    return quote(argument) + " is no command" + suggestion.text();
  }
  return {};
}

int parse_and_run(const std::vector<std::string>& arguments, Session& session) {
  CLI::App app("Tierscope: who depends on whom, where there is only one supplier, which deals go round in a circle.",
               "tierscope");
  app.set_version_flag("-V,--version", "tierscope " + std::string(version()));
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.get_formatter()->column_width(34);
  std::vector<std::unique_ptr<Call>> calls;
  Call* chosen = nullptr;
  for (const Command& command : commands()) {
    CLI::App* const sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->footer(std::string(command.footer));
    // The options of commands that are not called need not be made.
    const bool called = std::find(arguments.begin(), arguments.end(), command.name) != arguments.end();
    if (!called) continue;
    Call* const call = calls.emplace_back(command.begin()).get();
    if (command.takes_graphs)
      sub->add_option("GRAPH", call->graphs,
                      "folders of CSV tables, .dot, .gv or .graphml files, or - for standard input; several are merged "
                      "by company id")
          ->type_name("")
          ->required();
    for (const Slot& slot : call->options()) add_option(*sub, slot);
    sub->callback([&chosen, call] { chosen = call; });
  }
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {
    return app.exit(success, session.out, session.err);
  } catch (const CLI::ParseError& error) {
    const std::string hint = command_hint(arguments);
    session.err << "tierscope: " << visible(hint.empty() ? error.what() : hint) << "; see tierscope --help\n";
    return 2;
  }
  return chosen->run(session);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Files& files, const Surroundings& surroundings, std::ostream& out,
        std::ostream& err) {
  Session session{files, surroundings, out, err};
  try {
    return parse_and_run(arguments, session);
  } catch (const Usage& usage) {
    err << "tierscope: " << visible(usage.what()) << '\n';
    return 2;
  } catch (const Question& question) {
    err << "tierscope: " << visible(question.what()) << '\n';
  } catch (const BadData& data) {
    print_problems(data.problems, Severity::error, {}, err);
  } catch (const std::bad_alloc&) {
    err << "tierscope: out of memory\n";
  }
  return 1;
}

}  // namespace tierscope::core
