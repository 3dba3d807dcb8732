#include "promises.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "base/unicode.hpp"
#include "model/fields.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graph_formats.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t largest_compared = 64U
                                         << 10U;  // bytes of the written tables: a few letters of DOT can ask for more

// cgraph is not called again in a process that once met a DOT file that asks for too much.
bool locked(const Records& records) {
  return std::any_of(records.problems.begin(), records.problems.end(), [](const Problem& problem) {
    return problem.what == "cannot be read after a DOT file that was too large";
  });
}

std::optional<Model> read(Files& files, const std::string& path, Records& records) {
  read_graph(files, path, records);
  return build(records);
}

// The four tables as text. The order of unknown columns is no part of a model: DOT has one list of attributes for the
// companies, sources and rates of a graph.
std::string tables_of(const Model& model) {
  std::string tables;
  std::vector<std::string> cells;
  for (const TableKind kind : all_tables) {
    Flat flat(model, kind);
    std::vector<std::size_t> order(flat.columns().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return flat.columns()[a] < flat.columns()[b]; });
    const auto add = [&](const std::vector<std::string>& row) {
      for (const std::size_t c : order) (tables += row[c]) += '\0';
      tables += '\n';
    };
    add(flat.columns());
    for (std::size_t row = 0; row < flat.size(); ++row) {
      flat.row(row, cells);
      add(cells);
    }
  }
  return tables;
}

void check_problem(const Problem& problem, const Records& records) {
  promise(std::find(records.files.begin(), records.files.end(), problem.file) != records.files.end(),
          "a problem names a file that was read");
  promise(!problem.what.empty(), "a problem says what is wrong");
  const std::string line = to_string(problem);
  promise(invalid_utf8(line) == std::string::npos, "a problem is UTF-8");
  promise(std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
          "a problem is one line without control characters");
}

void check_round_trips(const Model& model) {
  const std::string before = tables_of(model);
  if (before.size() > largest_compared) return;
  for (const GraphFormat& format : graph_formats) {
    if (format.lossless() == nullptr) continue;
    MemoryFiles written;
    for (const NamedBytes& file : format.lossless()(model)) written.files["w/" + file.path] = whole(file);
    Records records;
    const std::optional<Model> after = read(written, format.is_folder ? "w" : written.files.begin()->first, records);
    if (locked(records)) continue;
    for (const Problem& problem : records.problems)
      if (!after) std::fprintf(stderr, "%s\n", to_string(problem).c_str());
    promise(after.has_value(), "what was written is read again");
    promise(tables_of(*after) == before, "what was written is read as the same model");
  }
}

bool all_from_a(const Model& model) {
  for (std::size_t row = 0; row < model.relation_count(); ++row)
    if (model.id(model.relation(row).from) != "a") return false;
  return true;
}

}  // namespace

void promise(bool kept, std::string_view promised) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promised.size()), promised.data());
  std::abort();
}

std::optional<Model> read_promised(Files& files, const std::string& path) {
  Records records;
  std::optional<Model> model = read(files, path, records);
  if (locked(records)) return {};
  for (const Problem& problem : records.problems) check_problem(problem, records);
  promise(model.has_value() != has_errors(records.problems), "a reader gives a model or an error");
  if (!model) return {};
  promise(model->rest().warnings.size() == records.problems.size() + records.hints.size(),
          "a model knows all warnings");
  static const bool planted = std::getenv("TIERSCOPE_PLANTED_BUG") != nullptr;
  if (planted) promise(all_from_a(*model), "planted bug: all relations begin at the company a");
  check_round_trips(*model);
  return model;
}

void put_tables(std::string_view input, MemoryFiles& files) {
  constexpr std::string_view separator = "====\n";
  for (const char* const table : {"relations", "companies", "sources", "rates"}) {
    const std::size_t end = std::min(input.find(separator), input.size());
    if (end != 0) files.files["g/" + std::string(table) + ".csv"] = input.substr(0, end);
    input.remove_prefix(std::min(end + separator.size(), input.size()));
  }
}

}  // namespace tierscope::core
