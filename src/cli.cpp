#include "cli.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>
#include <sstream>

#include "model/names.hpp"
#include "model/unicode.hpp"
#include "model/view.hpp"
#include "pass/passes.hpp"
#include "read/build.hpp"
#include "read/read.hpp"
#include "write/graph_formats.hpp"
#include "write/reports.hpp"

namespace tierscope {
namespace {

constexpr std::size_t problems_shown = 50;

// A failure whose message is for the user and whose exit status is 2.
struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Common {
  std::vector<std::string> graphs;
  std::string format;
  std::string output;
  std::string as_of;
  std::vector<std::string> status;
  std::string currency;
  std::vector<std::string> rates;
  std::string color = "auto";
  std::size_t limit = 0;
  bool limit_given = false;
  bool consolidate = false;
  bool quiet = false;
};

class Cli11Options : public Options {
 public:
  explicit Cli11Options(CLI::App& app) : app_(app) {}
  void text(const std::string& name, std::string& target, const std::string& metavar, const std::string& help) override {
    app_.add_option(name, target, help)->type_name(metavar);
  }
  void required(const std::string& name, std::string& target, const std::string& metavar, const std::string& help) override {
    app_.add_option(name, target, help)->type_name(metavar)->required();
  }
  void list(const std::string& name, std::vector<std::string>& target, const std::string& metavar,
            const std::string& help) override {
    // One value a mention, so that the option does not swallow the graphs behind it.
    app_.add_option(name, target, help)->type_name(metavar)->expected(1)->take_all()->delimiter(',');
  }
  void count(const std::string& name, std::size_t& target, std::size_t least, std::size_t most, const std::string& help) override {
    app_.add_option_function<std::string>(
            name, [&target, name, least, most](const std::string& text) { target = whole_number(name, text, least, most); }, help)
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
  void flag(const std::string& name, bool& target, const std::string& help) override { app_.add_flag(name, target, help); }

  static std::size_t whole_number(const std::string& name, const std::string& text, std::size_t least, std::size_t most) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
      throw Usage(most == SIZE_MAX ? fmt::format("{}: {} is no whole number of {} or more", name, quote(text), least)
                                   : fmt::format("{}: {} is no whole number in {}..{}", name, quote(text), least, most));
    return value;
  }

 private:
  CLI::App& app_;
};

void add_graphs(CLI::App& app, Common& common) {
  app.add_option("GRAPH", common.graphs, "folders of CSV tables, .dot, .gv or .graphml files, or - for DOT on standard input; "
                                          "several are merged by company id")
      ->type_name("...")
      ->required();
  app.add_option("-o,--output", common.output, "write to a file instead of standard output")->type_name("FILE");
  app.add_flag("-q,--quiet", common.quiet, "no warnings on standard error");
}

void add_view(CLI::App& app, Common& common, const std::string& statuses) {
  Cli11Options options(app);
  options.text("--as-of", common.as_of, "DATE", "what was known at a date: 2025, 2025-03 or 2025-03-31");
  options.list("--status", common.status, "LIST", "the statuses that count, of " + status_words() + " (" + statuses + ")");
  options.flag("--consolidate", common.consolidate, "companies under common control count as one");
  options.text("--currency", common.currency, "CODE", "convert amounts, with the graph's rates or --rate");
  options.list("--rate", common.rates, "A/B=NUMBER", "one A costs NUMBER B, as in USD/CNY=7.08");
}

std::string format_words() {
  std::string words;
  for (const NamedWriter& writer : report_writers) words += (words.empty() ? "" : ", ") + std::string(writer.name);
  return words;
}

void add_report(CLI::App& app, Common& common) {
  app.add_option("-f,--format", common.format, format_words() + " (table)")->type_name("FORMAT");
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

ViewParams view_params(const Common& common, StatusSet statuses) {
  ViewParams params;
  params.statuses = statuses;
  params.consolidate = common.consolidate;
  if (!common.as_of.empty()) {
    const std::optional<Date> date = parse_date(common.as_of);
    if (!date) throw Usage("--as-of: " + quote(common.as_of) + " is no date; write 2025, 2025-03 or 2025-03-31");
    params.as_of = *date;
  }
  if (!common.status.empty()) {
    params.statuses = StatusSet::none();
    for (const std::string& word : common.status) {
      if (word == "all") {
        params.statuses = StatusSet::all();
        continue;
      }
      const std::optional<Status> status = parse_status(word);
      if (!status) throw Usage("--status: " + quote(word) + " is none of " + status_words() + ", all");
      params.statuses.insert(*status);
    }
    params.control = params.statuses;
  }
  if (!common.currency.empty()) {
    params.currency = parse_currency(common.currency);
    if (!params.currency) throw Usage("--currency: " + quote(common.currency) + " is no ISO 4217 code such as USD");
  }
  if (!common.rates.empty() && !params.currency) throw Usage("--rate goes with --currency");
  return params;
}

// Rates of the command line become rates of the model, before the graph's own.
void add_rates(const Common& common, Parts& parts, ViewParams& params) {
  for (const std::string& text : common.rates) {
    Rate rate;
    double number = 0;
    bool good = text.size() > 8 && text[3] == '/' && text[7] == '=';
    if (good) {
      const char* const last = text.data() + text.size();
      const auto [end, error] = std::from_chars(text.data() + 8, last, number);
      rate.from = parse_currency(text.substr(0, 3));
      rate.to = parse_currency(text.substr(4, 3));
      good = error == std::errc() && end == last && number > 0 && std::isfinite(number) && rate.from && rate.to && !(rate.from == rate.to);
    }
    if (!good) throw Usage("--rate: " + quote(text) + " is no rate; write USD/CNY=7.08");
    rate.rate = number;
    rate.reported = parts.pool->intern(text.substr(8));
    params.rates.push_back(rate);
  }
}

void print(const Problems& problems, Severity severity, std::size_t limit, std::ostream& err) {
  std::size_t count = 0;
  for (const Problem& problem : problems)
    if (problem.severity == severity && (++count <= limit || limit == 0)) err << to_string(problem) << '\n';
  if (limit != 0 && count > limit)
    err << fmt::format("… and {} more {}{}\n", count - limit, severity == Severity::error ? "error" : "warning", count - limit == 1 ? "" : "s");
}

std::optional<Model> load(const Common& common, Files& files, bool warn, std::ostream& err) {
  Records records;
  for (const std::string& graph : common.graphs) read_graph(files, graph, records);
  std::optional<Model> model = build(records);
  const std::size_t limit = common.limit_given ? common.limit : problems_shown;
  if (!model)
    print(records.problems, Severity::error, limit, err);
  else if (warn && !common.quiet)
    print(records.problems, Severity::warning, limit, err);
  return model;
}

int write_all(Files& files, const std::vector<NamedBytes>& written, std::ostream& err) {
  const std::string failure = files.write(written);
  if (failure.empty()) return 0;
  err << "tierscope: " << visible(failure) << '\n';
  return 1;
}

// To the file, or to standard output.
int deliver(const Common& common, Files& files, const std::string& bytes, std::ostream& out, std::ostream& err) {
  if (common.output.empty()) {
    out << bytes;
    return 0;
  }
  return write_all(files, {{common.output, bytes}}, err);
}

int run_pass(const Pass& pass, const Answer& answer, Common& common, Files& files, const Surroundings& surroundings,
             std::ostream& out, std::ostream& err) {
  const std::string format = common.format.empty() ? "table" : common.format;
  const NamedWriter* writer = nullptr;
  for (const NamedWriter& candidate : report_writers)
    if (candidate.name == format) writer = &candidate;
  if (writer == nullptr) throw Usage("--format: " + quote(format) + " is none of " + format_words());
  if (common.color != "auto" && common.color != "always" && common.color != "never")
    throw Usage("--color: " + quote(common.color) + " is none of auto, always, never");
  ViewParams params = view_params(common, pass.statuses);
  std::optional<Model> model = load(common, files, std::string_view(pass.name) != "check", err);
  if (!model) return 1;
  if (!common.rates.empty()) {
    Parts parts = model->thaw();
    add_rates(common, parts, params);
    model.emplace(std::move(parts));
  }
  const Model seen = view(*model, params);
  const Report report = answer(seen);
  WriteOptions options;
  if (common.limit_given) options.limit = common.limit;
  options.color = common.color == "always" || (common.color == "auto" && surroundings.out_is_terminal &&
                                               !surroundings.no_color && common.output.empty());
  if (common.output.empty()) {
    writer->write(seen, report, options, out);
  } else {
    std::ostringstream text;
    writer->write(seen, report, options, text);
    if (const int status = deliver(common, files, std::move(text).str(), out, err); status != 0) return status;
  }
  if (report.gate.empty()) return 0;
  err << "tierscope: gate closed: " << visible(report.gate) << '\n';
  return 1;
}

std::string graph_format_words() {
  std::string words;
  for (const GraphFormat& format : graph_formats) words += (words.empty() ? "" : ", ") + std::string(format.name);
  return words;
}

int run_convert(Common& common, Files& files, std::ostream& out, std::ostream& err) {
  const GraphFormat* format = nullptr;
  for (const GraphFormat& candidate : graph_formats)
    if (common.format.empty() ? candidate.takes(common.output) : candidate.name == common.format) format = &candidate;
  if (format == nullptr && common.format.empty())
    throw Usage("convert: name the format with --format, of " + graph_format_words() + ", or by the ending of --output");
  if (format == nullptr) throw Usage("--format: " + quote(common.format) + " is none of " + graph_format_words());
  if (format->is_folder && common.output.empty()) throw Usage("convert: csv is a folder; name it with --output");
  const std::optional<Model> model = load(common, files, true, err);
  if (!model) return 1;
  std::vector<NamedBytes> written = format->write(*model);
  if (!format->is_folder) return deliver(common, files, written.front().bytes, out, err);
  const std::string folder = common.output + (common.output.ends_with('/') ? "" : "/");
  for (NamedBytes& file : written) file.path.insert(0, folder);
  // Rates that the graph does not have must not survive from an older conversion.
  const std::string rates = folder + "rates.csv";
  const bool has_rates = std::any_of(written.begin(), written.end(), [&](const NamedBytes& file) { return file.path == rates; });
  if (!has_rates && files.exists(rates)) {
    std::vector<std::string> header;
    for (const std::string_view field : fields_of(TableKind::rates)) header.emplace_back(field);
    written.push_back({rates, csv_line(header)});
  }
  return write_all(files, written, err);
}

int run_draw(Common& common, Files& files, std::ostream& out, std::ostream& err) {
  if (!common.format.empty() && common.format != "dot") throw Usage("draw: --format: only dot is written so far; `dot -Tsvg` renders it");
  const ViewParams params = view_params(common, StatusSet::all());
  const std::optional<Model> model = load(common, files, true, err);
  if (!model) return 1;
  return deliver(common, files, draw_dot(view(*model, params)), out, err);
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

int parse_and_run(const std::vector<std::string>& arguments, Files& files, const Surroundings& surroundings, std::ostream& out,
                  std::ostream& err) {
  CLI::App app("Tierscope: who depends on whom, where there is only one supplier, which deals go round in a circle.", "tierscope");
  app.set_version_flag("--version", "tierscope " TIERSCOPE_VERSION);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  app.get_formatter()->column_width(34);
  Common common;
  std::function<int()> action;
  for (const Pass* pass : all_passes) {
    CLI::App* command = app.add_subcommand(pass->name, pass->summary)->footer(pass->footer);
    add_graphs(*command, common);
    Cli11Options options(*command);
    const Answer answer = pass->bind(options);
    add_view(*command, common, pass->statuses == StatusSet::all() ? "all" : to_string(pass->statuses));
    add_report(*command, common);
    command->callback([&, pass, answer] { action = [&, pass, answer] { return run_pass(*pass, answer, common, files, surroundings, out, err); }; });
  }
  CLI::App* draw = app.add_subcommand("draw", "a diagram of the graph, as DOT");
  add_graphs(*draw, common);
  add_view(*draw, common, "all");
  draw->add_option("-f,--format", common.format, "dot (dot)")->type_name("FORMAT");
  draw->callback([&] { action = [&] { return run_draw(common, files, out, err); }; });
  CLI::App* convert = app.add_subcommand("convert", "any graph format to any other, without loss");
  add_graphs(*convert, common);
  convert->add_option("-f,--format", common.format, graph_format_words() + " (by the ending of --output)")->type_name("FORMAT");
  convert->callback([&] { action = [&] { return run_convert(common, files, out, err); }; });

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
    print(data.problems, Severity::error, problems_shown, err);
  } catch (const std::bad_alloc&) {
    err << "tierscope: out of memory\n";
  }
  return 1;
}

}  // namespace tierscope
