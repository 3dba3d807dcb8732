// Nodes and edges as tables: Gephi's CSV, and what Neo4j's bulk import reads.

#include <algorithm>
#include <array>
#include <sstream>

#include "import/graph_rows.hpp"
#include "import/importers.hpp"

namespace tierscope::core {
namespace {

/// The separator that stands most often in the first line.
char separator_of(std::string_view line) {
  constexpr std::string_view marks = ",;\t|";
  std::array<std::ptrdiff_t, marks.size()> counts{};
  for (std::size_t i = 0; i < marks.size(); ++i) counts[i] = std::count(line.begin(), line.end(), marks[i]);
  return marks[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

class GraphTables {
 public:
  GraphTables(Intake& intake, Tool tool) : intake_(intake), tool_(tool), rows_(intake, tool) {}

  void run() {
    for (const InputFile& input : intake_.inputs()) read_header(input);
    for (const InputFile& input : intake_.inputs())
      if (columns_.contains(input.name)) read(input);
    rows_.finish();
  }

 private:
  static bool is_header(const InputFile& input) {
    return input.base.ends_with("-header.csv") || input.base.ends_with("_header.csv");
  }
  static std::string stem_of(const InputFile& input) {
    std::string stem = input.base.substr(0, input.base.rfind('.'));
    for (const std::string_view tail : {"-header", "_header"})
      if (stem.ends_with(tail)) stem.resize(stem.size() - tail.size());
    return stem;
  }

  // The first line of the table, or that of the header file beside it, whose name comes before it.
  void read_header(const InputFile& input) {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
    if (bytes == nullptr) return;
    TextLines lines(*bytes, true);
    std::string_view line;
    if (!lines.next(line))
      return intake_.error(input.name, 1, {}, "the file is empty", "give a table whose first line names its columns");
    if (tool_ == Tool::neo4j && is_header(input)) {
      headers_[stem_of(input)] = line;
      return;
    }
    const auto beside = std::find_if(headers_.begin(), headers_.end(),
                                     [&](const auto& header) { return stem_of(input).starts_with(header.first); });
    const std::string header(beside != headers_.end() ? std::string_view(beside->second) : line);
    const char told = intake_.mapping().separator;
    separators_[input.name] = told != 0 ? told : separator_of(header);
    if (beside != headers_.end()) header_of_[input.name] = header;
    std::stringbuf nothing;
    const TextTableRows named(nothing, separators_[input.name], true, header);
    columns_[input.name] = rows_.columns_of(input, named.written());
  }

  void read(const InputFile& input) {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input);
    if (bytes == nullptr) return;
    const GraphColumns& columns = columns_[input.name];
    const std::uint32_t file = intake_.file(input);
    const auto header = header_of_.find(input.name);
    TextTableRows rows(*bytes, separators_[input.name], true,
                       header == header_of_.end() ? std::string_view() : std::string_view(header->second));
    rows_.begin(input);
    while (rows.next()) {
      const std::uint64_t line = rows.lines().number();
      intake_.row({file, line, rows.line()});
      intake_.advance(rows.lines().read());
      columns.edges() ? rows_.edge(line, rows.cells(), columns) : rows_.node(rows.cells(), columns);
    }
  }

  Intake& intake_;
  Tool tool_;
  GraphRows rows_;
  std::map<std::string, std::string> headers_;    // of header files, by stem
  std::map<std::string, std::string> header_of_;  // by input
  std::map<std::string, char> separators_;
  std::map<std::string, GraphColumns> columns_;
};

}  // namespace

void import_gephi(Intake& intake) { GraphTables(intake, Tool::gephi).run(); }
void import_neo4j(Intake& intake) { GraphTables(intake, Tool::neo4j).run(); }

}  // namespace tierscope::core
