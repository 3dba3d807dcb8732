#include "app/cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <functional>
#include <ostream>

#include "app/commands.hpp"
#include "ask/passes.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// An empty variable in a script is a mistake, not a wish for the default.
const CLI::Validator not_empty([](std::string& text) { return text.empty() ? std::string("is empty") : std::string(); },
                               "");

class Cli11Options : public Options {
 public:
  explicit Cli11Options(CLI::App& app, bool (*watch)() = nullptr) : app_(app), interrupted_(watch) {}
  void text(const std::string& name, std::string& target, const std::string& metavar,
            const std::string& help) override {
    app_.add_option(name, target, help)->type_name(metavar)->check(not_empty);
  }
  void required(const std::string& name, std::string& target, const std::string& metavar,
                const std::string& help) override {
    app_.add_option(name, target, help)->type_name(metavar)->check(not_empty)->required();
  }
  void list(const std::string& name, std::vector<std::string>& target, const std::string& metavar,
            const std::string& help, bool required = false) override {
    // One value a mention, so that the option does not swallow the graphs behind it.
    auto* const option =
        app_.add_option(name, target, help)->type_name(metavar)->expected(1)->take_all()->delimiter(',');
    if (required) option->check(not_empty)->required();
  }
  void count(const std::string& name, std::size_t& target, std::size_t least, std::size_t most,
             const std::string& help) override {
    app_.add_option_function<std::string>(
            name,
            [&target, name, least, most](const std::string& text) { target = whole_number(name, text, least, most); },
            help)
        ->type_name("N");
  }
  void number(const std::string& name, double& target, double least, double most, const std::string& help) override {
    app_.add_option_function<std::string>(
            name,
            [&target, name, least, most](const std::string& text) {
              double value = 0;
              const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
              if (error != std::errc() || end != text.data() + text.size() || !(value >= least && value <= most))
                throw Usage(fmt::format("{}: {} is no number in {}..{}", name, quote(text), least, most));
              target = value;
            },
            help)
        ->type_name("NUMBER");
  }
  void share(const std::string& name, double& target, const std::string& help) override {
    app_.add_option_function<std::string>(
            name,
            [&target, name](const std::string& text) {
              const ParsedQuantity parsed = parse_share(text);
              if (!parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
                throw Usage(fmt::format("{}: {} is no share; write 50% or 0.5", name, quote(text)));
              target = parsed.quantity.low;
            },
            help)
        ->type_name("SHARE");
  }
  std::function<bool()> interrupted() override {
    return interrupted_ == nullptr ? std::function<bool()>() : std::function<bool()>(interrupted_);
  }
  void flag(const std::string& name, bool& target, const std::string& help) override {
    app_.add_flag(name, target, help);
  }

  static std::size_t whole_number(const std::string& name, const std::string& text, std::size_t least,
                                  std::size_t most) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
      throw Usage(most == SIZE_MAX
                      ? fmt::format("{}: {} is no whole number of {} or more", name, quote(text), least)
                      : fmt::format("{}: {} is no whole number in {}..{}", name, quote(text), least, most));
    return value;
  }

 private:
  CLI::App& app_;
  bool (*interrupted_)();
};

void add_graphs(CLI::App& app, Common& common) {
  app.add_option("GRAPH", common.graphs,
                 "folders of CSV tables, .dot, .gv or .graphml files, or - for DOT on standard input; "
                 "several are merged by company id")
      ->type_name("")
      ->required();
  app.add_option("-o,--output", common.output, "write to a file instead of standard output")
      ->type_name("FILE")
      ->check(not_empty);
  app.add_flag("-q,--quiet", common.quiet, "no warnings on standard error");
}

void add_view(CLI::App& app, Common& common, const std::string& statuses) {
  Cli11Options options(app);
  options.text("--as-of", common.as_of, "DATE", "what was known at a date: 2025, 2025-03 or 2025-03-31");
  options.list("--status", common.status, "LIST",
               "the statuses that count, of " + status_words() + ", all (" + statuses + ")");
  options.flag("--consolidate", common.consolidate, "companies under common control count as one");
  options.text("--currency", common.currency, "CODE", "convert amounts, with the graph's rates or --rate");
  options.list("--rate", common.rates, "A/B=NUMBER", "one A costs NUMBER B, as in USD/CNY=7.08");
}

void add_report(CLI::App& app, Common& common) {
  app.add_option("-f,--format", common.format, report_format_words() + " (table)")->type_name("FORMAT");
  app.add_option_function<std::string>(
         "--limit",
         [&common](const std::string& text) {
           common.limit = Cli11Options::whole_number("--limit", text, 0, SIZE_MAX);
           common.limit_given = true;
         },
         "how many results; 0 = all (json and csv give all unless a limit is named)")
      ->type_name("N");
  app.add_option("--color", common.color, "auto, always or never (auto; NO_COLOR is honoured)")->type_name("WHEN");
}

void add_drawing(CLI::App& app, Drawing& drawing) {
  Cli11Options options(app);
  PictureParams& picture = drawing.picture;
  options.text("--show", picture.show, "ANSWER",
               "exposure:COMPANY, dependence, concentration or cycles; the last three also with :COMPANY");
  options.text("--focus", picture.focus, "COMPANY", "this company and what is near it");
  app.add_option_function<std::string>(
         "--depth",
         [&picture](const std::string& text) {
           picture.depth = Cli11Options::whole_number("--depth", text, 0, SIZE_MAX);
           picture.depth_given = true;
         },
         "steps from the focus; 0 = all (1)")
      ->type_name("N");
  options.text("--direction", picture.direction, "WHERE", "suppliers, customers or both (both)");
  options.list("--kind", picture.kinds, "LIST", "only these relations, of " + kind_words());
  options.list("--sector", picture.sectors, "LIST", "only companies of these sectors, and the focus");
  options.list("--hide", picture.hidden, "COMPANY", "leave companies out");
  options.count("--top", picture.top, 0, SIZE_MAX,
                "only the N companies that matter most, with cycles the N first loops; 0 = all (cycles: 12)");
  options.count("--max-length", picture.max_length, 0, SIZE_MAX, "with cycles: loops of at most N hops; 0 = any (3)");
  options.flag("--all-relations", picture.all_relations, "a line for every relation, else one for a pair");
  options.text("--title", picture.title, "TEXT", "the headline, instead of the finding");
  options.text("--theme", drawing.theme, "THEME", theme_words() + " (light)");
  options.text("--size", drawing.size, "SIZE", size_words() + " (fit)");
  options.flag("--force", drawing.force, "draw more than 300 companies");
}

// CLI11's own hint for a mistyped command is none.
std::string command_hint(const std::vector<std::string>& arguments, const CLI::App& app) {
  for (const std::string& argument : arguments) {
    if (argument.starts_with('-')) continue;
    Suggestion suggestion(argument);
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      if (command->get_name() == argument) return {};
      suggestion.consider(command->get_name());
    }
    return quote(argument) + " is no command" + suggestion.text();
  }
  return {};
}

int parse_and_run(const std::vector<std::string>& arguments, Files& files, const Surroundings& surroundings,
                  std::ostream& out, std::ostream& err) {
  CLI::App app("Tierscope: who depends on whom, where there is only one supplier, which deals go round in a circle.",
               "tierscope");
  app.set_version_flag("--version", "tierscope " TIERSCOPE_VERSION);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.get_formatter()->column_width(34);
  Common common;
  std::function<int()> action;
  for (const Pass* pass : all_passes) {
    CLI::App* command = app.add_subcommand(pass->name, pass->summary)->footer(pass->footer);
    add_graphs(*command, common);
    Cli11Options options(*command, surroundings.interrupted);
    const Answer answer = pass->bind(options);
    add_view(*command, common, pass->statuses == StatusSet::all() ? "all" : to_string(pass->statuses));
    add_report(*command, common);
    command->callback([&, pass, answer] {
      action = [&, pass, answer] { return run_pass(*pass, answer, common, files, surroundings, out, err); };
    });
  }
  Drawing drawing;
  CLI::App* draw = app.add_subcommand("draw", "a diagram: DOT, SVG, PNG or PDF");
  draw->footer(
      "Examples: tierscope draw graphs/bytedance --show exposure:bytedance -o exposure.svg\n"
      "          tierscope draw graphs/ai-circular --focus nvidia --depth 1 -o nvidia.png --size slide");
  add_graphs(*draw, common);
  add_drawing(*draw, drawing);
  add_view(*draw, common, to_string(drawn_statuses));
  draw->add_option("-f,--format", common.format, picture_format_words() + " (by the ending of --output, else dot)")
      ->type_name("FORMAT");
  draw->callback([&] { action = [&] { return run_draw(drawing, common, files, surroundings, out, err); }; });
  ExploreParams exploring;
  exploring.program = TIERSCOPE_VERSION;
  CLI::App* explore = app.add_subcommand("explore", "one HTML page of the graph and all answers, for any browser");
  explore->footer(
      "Example: tierscope explore graphs/bytedance -o bytedance.html\n"
      "The page needs no program and no network. Every number in it is one that the commands give; at earlier years "
      "too.");
  add_graphs(*explore, common);
  Cli11Options page(*explore);
  page.text("--title", exploring.title, "TEXT", "the page's title, instead of the names of the graphs");
  page.count("--max-length", exploring.max_length, 2, 1'000'000'000,
             "the longest loop, in hops; without it, all that can be searched");
  add_view(*explore, common, "as each command has them");
  explore->callback([&] { action = [&] { return run_explore(exploring, common, files, surroundings, out, err); }; });
  CLI::App* convert = app.add_subcommand("convert", "any graph format to any other, without loss")
                          ->footer("Example: tierscope convert graphs/bytedance --output bytedance.graphml");
  add_graphs(*convert, common);
  convert->add_option("-f,--format", common.format, graph_format_words() + " (by the ending of --output)")
      ->type_name("FORMAT");
  convert->callback([&] { action = [&] { return run_convert(common, files, surroundings, out, err); }; });

  SyntheticParams synthetic;
  CLI::App* generate = app.add_subcommand("generate", "a made-up firm network: same numbers, same bytes")
                           ->footer("Example: tierscope generate --companies 10000 --seed 7 --output network");
  Cli11Options generated(*generate);
  generated.required("-o,--output", common.output, "FOLDER", "the folder for its CSV tables");
  generated.count("--companies", synthetic.companies, 0, SIZE_MAX, "how many companies (1000)");
  generated.count("--relations", synthetic.relations, 1, SIZE_MAX, "how many relations (five a company)");
  generated.count("--seed", synthetic.seed, 0, SIZE_MAX, "another network for each (1)");
  generate->callback([&] { action = [&] { return run_generate(synthetic, common, files, err); }; });

  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::Success& success) {
    return app.exit(success, out, err);
  } catch (const CLI::ParseError& error) {
    const std::string hint = command_hint(arguments, app);
    err << "tierscope: " << visible(hint.empty() ? error.what() : hint) << "; see tierscope --help\n";
    return 2;
  }
  return action();
}

}  // namespace

int run(const std::vector<std::string>& arguments, Files& files, const Surroundings& surroundings, std::ostream& out,
        std::ostream& err) {
  try {
    return parse_and_run(arguments, files, surroundings, out, err);
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
