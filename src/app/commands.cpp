#include "app/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <ostream>
#include <sstream>

#include "app/progress.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "model/view.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graph_formats.hpp"
#include "show/page/explore_page.hpp"
#include "show/picture/draw.hpp"
#include "show/reports.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t problems_shown = 50;

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
  }
  if (!common.currency.empty()) {
    params.currency = parse_currency(common.currency);
    if (!params.currency) throw Usage("--currency: " + quote(common.currency) + " is no ISO 4217 code such as USD");
  }
  if (!common.rates.empty() && !params.currency) throw Usage("--rate goes with --currency");
  return params;
}

// Rates of the command line come before the graph's own; the model keeps their text.
void add_rates(const Common& common, const Model& model, ViewParams& params) {
  for (const std::string& text : common.rates) {
    Rate rate;
    double number = 0;
    bool good = text.size() > 8 && text[3] == '/' && text[7] == '=';
    if (good) {
      const char* const last = text.data() + text.size();
      const auto [end, error] = std::from_chars(text.data() + 8, last, number);
      rate.from = parse_currency(text.substr(0, 3));
      rate.to = parse_currency(text.substr(4, 3));
      good = error == std::errc() && end == last && number > 0 && std::isfinite(number) && rate.from && rate.to &&
             !(rate.from == rate.to);
    }
    if (!good) throw Usage("--rate: " + quote(text) + " is no rate; write USD/CNY=7.08");
    rate.given = true;
    rate.rate = number;
    rate.reported = model.rest().pool->intern(text.substr(8));
    params.rates.push_back(rate);
  }
}

// The view's options as they were typed, for the commands that a page tells its reader; the date is the page's own.
std::string typed_view(const Common& common) {
  std::string text;
  const auto add = [&text](std::string_view option, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : " ", option, value);
  };
  add("--status", fmt::format("{}", fmt::join(common.status, ",")));
  if (common.consolidate) text += text.empty() ? "--consolidate" : " --consolidate";
  add("--currency", common.currency);
  add("--rate", fmt::format("{}", fmt::join(common.rates, ",")));
  return text;
}

std::optional<Model> load(const Common& common, Files& files, bool warn, Progress& progress, std::ostream& err) {
  Records records;
  progress.stage("reading");
  records.advanced = [&] { progress.at(records.bytes_read, records.bytes_to_read); };
  for (const std::string& graph : common.graphs) read_graph(files, graph, records);
  std::optional<Model> model = build(records);
  progress.clear();
  if (!model)
    print_problems(records.problems, Severity::error, common, err);
  else if (warn && !common.quiet)
    print_problems(records.problems, Severity::warning, common, err);
  return model;
}

int write_all(Files& files, const std::vector<NamedBytes>& written, std::ostream& err) {
  const std::string failure = files.write(written);
  if (failure.empty()) return 0;
  err << "tierscope: " << visible(failure) << '\n';
  return 1;
}

struct PictureWriter {
  std::string_view name;
  bool rendered;  // by Graphviz
  PictureFormat format;
};

constexpr PictureWriter picture_formats[] = {{"dot", false, {}},
                                             {"svg", true, PictureFormat::svg},
                                             {"png", true, PictureFormat::png},
                                             {"pdf", true, PictureFormat::pdf}};

template <typename List>
auto find_named(const List& list, std::string_view name) -> decltype(&list[0]) {
  for (const auto& entry : list)
    if (entry.name == name) return &entry;
  return nullptr;
}

template <typename List>
std::string names_of(const List& list) {
  std::string words;
  for (const auto& entry : list) words += (words.empty() ? "" : ", ") + std::string(entry.name);
  return words;
}

// The company with the most lines, as a suggestion.
std::string busiest(const Diagram& diagram) {
  std::vector<std::size_t> lines(diagram.companies.size());
  for (const DrawnLine& line : diagram.lines) ++lines[line.from], ++lines[line.to];
  const auto most = std::max_element(lines.begin(), lines.end()) - lines.begin();
  return visible(diagram.facts.id(diagram.companies[static_cast<std::size_t>(most)].company));
}

// To the file, or to standard output.
int deliver(const Common& common, Files& files, const std::string& bytes, std::ostream& out, std::ostream& err) {
  if (common.output.empty()) {
    out << bytes;
    return 0;
  }
  return write_all(files, {{common.output, bytes}}, err);
}

}  // namespace

void print_problems(const Problems& problems, Severity severity, const Common& common, std::ostream& err) {
  const std::size_t limit = common.limit_given ? common.limit : problems_shown;
  std::size_t count = 0;
  for (const Problem& problem : problems)
    if (problem.severity == severity && (++count <= limit || limit == 0)) err << to_string(problem) << '\n';
  if (limit != 0 && count > limit)
    err << fmt::format("… and {} more {}{} (check --limit 0 shows all)\n", count - limit,
                       severity == Severity::error ? "error" : "warning", count - limit == 1 ? "" : "s");
}

std::string report_format_words() { return names_of(report_writers); }
std::string graph_format_words() { return names_of(graph_formats); }
std::string picture_format_words() { return names_of(picture_formats); }
std::string theme_words() { return names_of(themes); }
std::string size_words() { return names_of(page_sizes); }

int run_pass(const Pass& pass, const Answer& answer, const Common& common, Files& files,
             const Surroundings& surroundings, std::ostream& out, std::ostream& err) {
  const std::string format = common.format.empty() ? "table" : common.format;
  const NamedWriter* const writer = find_named(report_writers, format);
  if (writer == nullptr) throw Usage("--format: " + quote(format) + " is none of " + report_format_words());
  if (common.color != "auto" && common.color != "always" && common.color != "never")
    throw Usage("--color: " + quote(common.color) + " is none of auto, always, never");
  ViewParams params = view_params(common, pass.statuses);
  Progress progress(err, surroundings.err_is_terminal && !common.quiet);
  std::optional<Model> model = load(common, files, std::string_view(pass.name) != "check", progress, err);
  if (!model) return 1;
  add_rates(common, *model, params);
  progress.stage(pass.name);
  const Model seen = view(std::move(*model), params);
  WriteOptions options;
  if (common.limit_given) options.limit = common.limit;
  const Report report = answer(
      seen, options.limit || writer->audience == Audience::person ? options.limit : std::optional<std::size_t>(0));
  progress.clear();
  options.color = common.color == "always" || (common.color == "auto" && surroundings.out_is_terminal &&
                                               !surroundings.no_color && common.output.empty());
  if (common.output.empty()) {
    writer->write(seen, report, options, out);
  } else {
    const auto write = [&](std::ostream& file) { writer->write(seen, report, options, file); };
    if (const int status = write_all(files, {{common.output, {}, write}}, err); status != 0) return status;
  }
  if (report.interrupted) {
    err << "tierscope: interrupted: the answer holds what was found until then\n";
    return 130;
  }
  if (report.gate.empty()) return 0;
  err << "tierscope: gate closed: " << visible(report.gate) << '\n';
  return 1;
}

int run_convert(const Common& common, Files& files, const Surroundings& surroundings, std::ostream& out,
                std::ostream& err) {
  const GraphFormat* format = nullptr;
  for (const GraphFormat& candidate : graph_formats)
    if (common.format.empty() ? candidate.takes(common.output) : candidate.name == common.format) format = &candidate;
  if (format == nullptr && common.format.empty())
    throw Usage("convert: name the format with --format, of " + graph_format_words() +
                ", or by the ending of --output");
  if (format == nullptr) throw Usage("--format: " + quote(common.format) + " is none of " + graph_format_words());
  if (format->is_folder && common.output.empty()) throw Usage("convert: csv is a folder; name it with --output");
  Progress progress(err, surroundings.err_is_terminal && !common.quiet);
  const std::optional<Model> model = load(common, files, true, progress, err);
  if (!model) return 1;
  std::vector<NamedBytes> written = format->write(*model);
  if (!format->is_folder) return deliver(common, files, written.front().bytes, out, err);
  const std::string folder = common.output + (common.output.ends_with('/') ? "" : "/");
  for (NamedBytes& file : written) file.path.insert(0, folder);
  // Rates that the graph does not have must not survive from an older conversion.
  const std::string rates = folder + "rates.csv";
  const bool has_rates =
      std::any_of(written.begin(), written.end(), [&](const NamedBytes& file) { return file.path == rates; });
  if (!has_rates && files.exists(rates)) {
    std::vector<std::string> header;
    for (const std::string_view field : fields_of(TableKind::rates)) header.emplace_back(field);
    written.push_back({rates, csv_line(header)});
  }
  return write_all(files, written, err);
}

int run_draw(const Drawing& drawing, const Common& common, Files& files, const Surroundings& surroundings,
             std::ostream& out, std::ostream& err) {
  const std::size_t slash = common.output.rfind('/');
  const std::size_t dot = common.output.rfind('.');
  const bool has_ending = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  std::string format = common.format;
  if (format.empty()) {
    format = has_ending ? common.output.substr(dot + 1) : "dot";
    if (format == "gv") format = "dot";
    if (find_named(picture_formats, format) == nullptr)
      throw Usage("draw: the ending of " + quote(common.output) + " names no format; name one with --format, of " +
                  picture_format_words());
  }
  const auto* const writer = find_named(picture_formats, format);
  if (writer == nullptr) throw Usage("--format: " + quote(format) + " is none of " + picture_format_words());
  const Theme* const theme = find_named(themes, drawing.theme);
  if (theme == nullptr) throw Usage("--theme: " + quote(drawing.theme) + " is none of " + theme_words());
  const PageSize* const size = find_named(page_sizes, drawing.size);
  if (size == nullptr) throw Usage("--size: " + quote(drawing.size) + " is none of " + size_words());
  if (const std::string wrong = wrong_words(drawing.picture); !wrong.empty()) throw Usage(wrong);
  if (writer->rendered && format != "svg" && common.output.empty() && surroundings.out_is_terminal)
    throw Usage("draw: a terminal shows no " + format + "; name a file with --output");
  ViewParams params = view_params(common, drawn_statuses);
  Progress progress(err, surroundings.err_is_terminal && !common.quiet);
  std::optional<Model> model = load(common, files, true, progress, err);
  if (!model) return 1;
  add_rates(common, *model, params);
  const Diagram diagram = picture(*model, params, !common.status.empty(), drawing.picture);
  if (diagram.companies.size() > drawable_companies && !drawing.force)
    throw Question(fmt::format(
        "{} companies are more than one picture can show ({}); ask for a part, as in --focus {} --depth 1, --top 50, "
        "--sector or --kind; --force draws them all the same",
        diagram.companies.size(), drawable_companies, busiest(diagram)));
  std::string bytes;
  if (writer->rendered) {
    Rendered rendered = render(diagram, *theme, *size, writer->format);
    if (!rendered.failure.empty())
      throw Question(
          fmt::format("the picture of {} companies and {} lines was not drawn: {}; draw a part with --focus or --top, "
                      "or --format dot",
                      diagram.companies.size(), diagram.lines.size(), rendered.failure));
    if (!rendered.warning.empty() && !common.quiet) err << "tierscope: " << visible(rendered.warning) << '\n';
    bytes = std::move(rendered.bytes);
  } else {
    bytes = draw_dot(diagram, *theme);
  }
  if (const int status = deliver(common, files, bytes, out, err); status != 0) return status;
  if (!common.quiet)
    for (const std::string& note : diagram.left_out) err << visible(note) << '\n';
  return 0;
}

int run_explore(ExploreParams params, const Common& common, Files& files, const Surroundings& surroundings,
                std::ostream& out, std::ostream& err) {
  ViewParams view = view_params(common, StatusSet::all());
  Progress progress(err, surroundings.err_is_terminal && !common.quiet);
  std::optional<Model> model = load(common, files, true, progress, err);
  if (!model) return 1;
  add_rates(common, *model, view);
  params.options = typed_view(common);
  params.statuses_given = !common.status.empty();
  progress.stage("exploring");
  const Exploration page = explore(*model, view, params);
  const std::string html = explore_page(page_template(), page.title, page.blocks);
  progress.clear();
  if (const int status = deliver(common, files, html, out, err); status != 0) return status;
  if (!common.quiet)
    for (const std::string& note : page.notes) err << visible(note) << '\n';
  return 0;
}

int run_generate(const SyntheticParams& params, const Common& common, Files& files, std::ostream& err) {
  if (const std::string wrong = wrong_words(params); !wrong.empty()) throw Usage("generate: " + wrong);
  std::vector<NamedBytes> written = synthetic_network(params);
  for (NamedBytes& file : written) file.path.insert(0, common.output + (common.output.ends_with('/') ? "" : "/"));
  return write_all(files, written, err);
}

}  // namespace tierscope::core
