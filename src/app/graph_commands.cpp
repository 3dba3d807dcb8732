#include <algorithm>
#include <ostream>

#include "app/command.hpp"
#include "app/synthetic.hpp"
#include "base/csv_text.hpp"
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

class ConvertCall : public Call {
 public:
  std::vector<OptionGroup> options() override {
    std::vector<Slot> list{format_.slot()};
    for (const Slot& slot : slots(output_)) list.push_back(slot);
    return {reading_options(), {"Output", list}};
  }

  int run(Session& session) override {
    const GraphFormat& format = chosen();
    if (output_.to_file() && !output_.force)
      protect(format.is_folder ? tables_in(output_.output) : std::vector{output_.output}, operands, session);
    const std::optional<tierscope::Model> model = load(*this, output_.quiet, false, session);
    if (!model) return 1;
    std::vector<NamedBytes> written = format.write(*model->inside());
    if (!format.is_folder)
      return deliver(
          output_, [&](std::ostream& out) { out << whole(written.front()); }, session);
    const std::string folder = as_folder(output_.output);
    for (NamedBytes& file : written) file.path.insert(0, folder);
    // Rates that the graph does not have must not survive from an older conversion.
    const std::string rates = folder + "rates.csv";
    const bool has_rates =
        std::any_of(written.begin(), written.end(), [&](const NamedBytes& file) { return file.path == rates; });
    if (!has_rates && session.files.exists(rates)) {
      std::vector<std::string> header;
      for (const std::string_view field : fields_of(TableKind::rates)) header.emplace_back(field);
      written.push_back({rates, csv_line(header)});
    }
    return deliver(written, session);
  }

 private:
  const GraphFormat& chosen() const {
    const GraphFormat* format = nullptr;
    for (const GraphFormat& candidate : graph_formats)
      if (format_.named.empty() ? candidate.takes(output_.output) : candidate.name == format_.named)
        format = &candidate;
    if (format == nullptr && format_.named.empty())
      throw Usage("convert: name the format with --format, of " + names_of(graph_formats) +
                  ", or by the ending of --output");
    if (format == nullptr) throw Usage("--format: " + quote(format_.named) + " is none of " + names_of(graph_formats));
    if (format->is_folder && !output_.to_file()) throw Usage("convert: csv is a folder; name it with --output");
    return *format;
  }

  FormatOption format_{names_of(graph_formats) + " (by the ending of --output)"};
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
  return {"convert", "any graph format to any other, without loss",
          "Example: tierscope convert graphs/bytedance --output bytedance.graphml", graphs_operand,
          [] { return std::make_unique<ConvertCall>(); }};
}

Command generate_command() {
  return {"generate",
          "a made-up firm network: same numbers, same bytes",
          "Example: tierscope generate --companies 10000 --seed 7 --output network",
          {},
          [] { return std::make_unique<GenerateCall>(); }};
}

}  // namespace tierscope::core
