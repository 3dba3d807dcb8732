#include <algorithm>
#include <ostream>

#include "app/command.hpp"
#include "app/synthetic.hpp"
#include "base/csv_text.hpp"
#include "base/unicode.hpp"
#include "import/append.hpp"
#include "model/fields.hpp"
#include "model/names.hpp"
#include "show/graph/graph_formats.hpp"

namespace tierscope::core {
namespace {

/// The tables that a folder of them may hold.
std::vector<std::string> tables_in(const std::string& folder) {
  std::vector<std::string> paths;
  paths.reserve(std::size(all_tables));
  for (const TableKind kind : all_tables) paths.push_back(as_folder(folder) + std::string(to_string(kind)) + ".csv");
  return paths;
}

struct ConvertOptions {
  bool lossless = false;
  bool append = false;
  static constexpr void describe(const auto& field) {
    field("lossless", &ConvertOptions::lossless,
          "graphml as tierscope alone writes it, with sources, rates and reported texts");
    field("append", &ConvertOptions::append, "add to the folder of CSV tables that is there, and show what was added");
  }
};

class ConvertCall : public Call {
 public:
  std::vector<OptionGroup> options() override {
    std::vector<Slot> list{format_.slot()};
    for (const Slot& slot : slots(options_)) list.push_back(slot);
    for (const Slot& slot : slots(output_)) list.push_back(slot);
    return {reading_options(), {"Output", list}};
  }

  int run(Session& session) override {
    const GraphFormat& format = chosen();
    const bool adds = options_.append && session.files.exists(as_folder(output_.output) + "relations.csv");
    if (output_.to_file() && !output_.force && !adds) protect(paths(format), operands, session);
    const std::optional<tierscope::Model> model = load(*this, output_.quiet, false, session);
    if (!model) return 1;
    const Model& whole_model = *model->inside();
    if (adds) return append(whole_model, session);
    std::vector<NamedBytes> written = (options_.lossless ? format.lossless() : format.write)(whole_model);
    const int status =
        format.is_folder ? deliver_folder(format, std::move(written), session) : deliver_file(written.front(), session);
    if (status == 0 && !options_.lossless && format.left_out != nullptr && !output_.quiet)
      say_left_out(format, whole_model, session);
    return status;
  }

 private:
  int append(const Model& model, Session& session) const {
    Appended appended = append_to(session.files, output_.output, write_folder(model));
    if (!appended.model) {
      print_problems(appended.problems, Severity::error, {}, session.err);
      return 1;
    }
    if (!output_.quiet) {
      std::erase_if(appended.problems, [](const Problem& problem) { return problem.advice; });
      print_problems(appended.problems, Severity::warning, {}, session.err);
    }
    std::vector<NamedBytes> written = write_folder(*appended.model);
    for (NamedBytes& file : written) file.path.insert(0, as_folder(output_.output));
    const int status = deliver(written, session);
    if (status != 0 || output_.quiet) return status;
    if (appended.added.empty()) session.out << "nothing is new\n";
    for (const Addition& added : appended.added)
      session.out << "+ " << added.table << ": " << visible(added.row) << (added.what == "new" ? "" : ": ")
                  << (added.what == "new" ? "" : visible(added.what)) << '\n';
    session.out.flush();
    return status;
  }

  /// The files that a folder of this format may hold, or the file.
  std::vector<std::string> paths(const GraphFormat& format) const {
    if (!format.is_folder) return {output_.output};
    std::vector<std::string> list = tables_in(output_.output);
    if (format.left_out != nullptr)  // not our tables
      list = {as_folder(output_.output) + "nodes.csv", as_folder(output_.output) + "relationships.csv"};
    return list;
  }

  int deliver_file(const NamedBytes& file, Session& session) const {
    const auto write = [&](std::ostream& out) { file.stream ? file.stream(out) : void(out << file.bytes); };
    return deliver(output_, write, session);
  }

  int deliver_folder(const GraphFormat& format, std::vector<NamedBytes> written, Session& session) const {
    const std::string folder = as_folder(output_.output);
    for (NamedBytes& file : written) file.path.insert(0, folder);
    // Rates that the graph does not have must not survive from an older conversion.
    const std::string rates = folder + "rates.csv";
    const bool has_rates =
        std::any_of(written.begin(), written.end(), [&](const NamedBytes& file) { return file.path == rates; });
    if (format.left_out == nullptr && !has_rates && session.files.exists(rates)) {
      std::vector<std::string> header;
      for (const std::string_view field : fields_of(TableKind::rates)) header.emplace_back(field);
      written.push_back({rates, csv_line(header)});
    }
    return deliver(written, session);
  }

  static void say_left_out(const GraphFormat& format, const Model& model, Session& session) {
    const std::string keeps = format.write_all != nullptr ? "--lossless keeps it" : "kept by " + lossless_formats();
    Problems said;
    for (const std::string& cause : format.left_out(model))
      said.push_back({Severity::warning, std::string(format.name), 0, {}, "left out: " + cause, keeps});
    print_problems(said, Severity::warning, 0, session.err);
  }

  const GraphFormat& chosen() const {
    const GraphFormat* format = nullptr;
    for (const GraphFormat& candidate : graph_formats)
      if (format_.named.empty() ? candidate.takes(output_.output) : candidate.name == format_.named)
        format = &candidate;
    if (format == nullptr && format_.named.empty())
      throw Usage("convert: name the format with --format, of " + names_of(graph_formats) +
                  ", or by the ending of --output");
    if (format == nullptr) throw Usage("--format: " + quote(format_.named) + " is none of " + names_of(graph_formats));
    const std::string name(format->name);
    if (format->is_folder && !output_.to_file())
      throw Usage("convert: " + name + " is a folder; name it with --output");
    if (options_.append && (!format->is_folder || format->left_out != nullptr))
      throw Usage("--append: adds to a folder of CSV tables; name one with --output");
    if (options_.lossless && format->lossless() == nullptr)
      throw Usage("--lossless: " + name + " holds companies and relations alone; all is kept by " + lossless_formats());
    return *format;
  }

  FormatOption format_{names_of(graph_formats) + " (by the ending of --output)"};
  ConvertOptions options_;
  OutputOptions output_;
};

struct GenerateOptions {
  std::string output;
  std::size_t companies = 1000;
  std::size_t relations = 0;
  std::size_t seed = 1;
  bool force = false;
  static constexpr void describe(const auto& field) {
    using O = GenerateOptions;
    field("output", &O::output, "the folder for its CSV tables", Metavar{"FOLDER"}, required);
    field("companies", &O::companies, "how many companies (1000)");
    field("relations", &O::relations, "how many relations (five a company)", Between{1, unbounded});
    field("seed", &O::seed, "another network for each (1)");
    field("force", &O::force, "write over a graph that is there");
  }
};

class GenerateCall : public Call {
 public:
  std::vector<OptionGroup> options() override { return {{"Options", slots(options_)}}; }

  int run(Session& session) override {
    const SyntheticParams params{options_.companies, options_.relations, options_.seed};
    if (const std::string wrong = wrong_words(params); !wrong.empty()) throw Usage("generate: " + wrong);
    if (!options_.force) protect(tables_in(options_.output), {}, session);
    std::vector<NamedBytes> written = synthetic_network(params);
    for (NamedBytes& file : written) file.path.insert(0, as_folder(options_.output));
    return deliver(written, session);
  }

 private:
  GenerateOptions options_;
};

}  // namespace

Command convert_command() {
  return {
      "convert", "any graph format to any other, and to those of other programs",
      "csv, dot and graphml --lossless hold everything. graphml, gexf and neo4j are for Gephi, Cytoscape, networkx, "
      "igraph and Neo4j: companies and relations alone, each figure as X_low and X_high. The weight of a relation is "
      "the low bound of its share of the supplier's revenue; one without has no weight, for which most "
      "programs take 1.\n"
      "Example: tierscope convert graphs/bytedance --output bytedance.gexf",
      graphs_operand, [] { return std::make_unique<ConvertCall>(); }};
}

Command generate_command() {
  return {"generate",
          "a made-up firm network: same numbers, same bytes",
          "Example: tierscope generate --companies 10000 --seed 7 --output network",
          {},
          [] { return std::make_unique<GenerateCall>(); }};
}

}  // namespace tierscope::core
