// The shipped graphs, cut off at a byte or with one bit flipped, as disks and half downloads leave them: each relation
// is still there and the same, or the file is refused, or a warning says what is wrong in its place.
//
// Two kinds of damage leave a file that nobody can tell from a whole one, and are held to that: a table that is cut at
// the end of a line loses the relations behind it and no other, and a flipped bit changes the relation of its own line,
// or takes it away (in DOT # begins a comment), and no other, or renames one company.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "memory_files.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"
#include "show/graph/graph_formats.hpp"

namespace tierscope::core {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t thinned = 8;  // sanitizers see one of eight damages
#else
constexpr std::size_t thinned = 1;
#endif

/// From, to, and the rest as `column=value;` where a value is given.
using Told = std::array<std::string, 3>;
using Bytes = std::map<std::string, std::string>;  // by path

struct Reading {
  bool refused = false;
  std::vector<Told> relations;  // in order
  std::vector<std::uint32_t> lines;
  std::set<std::string> warnings;
  bool header_warned = false;  // something is wrong with a whole file or its first line
};

Reading read(const Bytes& bytes) {
  MemoryFiles files;
  files.files = bytes;
  const std::string& first = bytes.begin()->first;
  Records records;
  read_graph(files, bytes.size() == 1 ? first : first.substr(0, first.find('/')), records);
  const std::optional<Model> model = build(records);
  Reading reading;
  reading.refused = !model;
  if (!model) {
    CHECK(has_errors(records.problems));
    return reading;
  }
  Flat flat(*model, TableKind::relations);
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < flat.size(); ++row) {
    flat.row(row, cells);
    Told& told = reading.relations.emplace_back(Told{cells[0], cells[1], ""});
    for (std::size_t i = 2; i < cells.size(); ++i)
      if (!cells[i].empty()) told[2] += flat.columns()[i] + "=" + cells[i] + ";";
    reading.lines.push_back(model->relation(row).place.line);
  }
  for (const Problem& warning : model->rest().warnings) {
    reading.warnings.insert(warning.attribute + warning.what);
    reading.header_warned |= warning.line <= 1;
  }
  return reading;
}

bool warns_anew(const Reading& damaged, const Reading& whole) {
  return !std::includes(whole.warnings.begin(), whole.warnings.end(), damaged.warnings.begin(), damaged.warnings.end());
}

struct Tally {
  std::size_t tried = 0;
  std::size_t refused = 0;
  std::size_t warned = 0;
  std::size_t unseen = 0;  // relations that are gone or changed without a word, as the head of this file allows
  std::size_t same = 0;
};

// What no relation explains, or nothing.
std::string unexplained_cut(const Reading& cut, const Reading& whole, bool at_line_end, Tally& tally) {
  ++tally.tried;
  if (cut.refused) return ++tally.refused, "";
  std::size_t kept = 0;
  while (kept < cut.relations.size() && kept < whole.relations.size() && cut.relations[kept] == whole.relations[kept])
    ++kept;
  const bool warned = warns_anew(cut, whole);
  if (cut.relations.size() > kept + 1) return "relations before the cut changed";
  if (cut.relations.size() == kept + 1 && !warned) return "the last relation changed without a warning";
  if (kept == whole.relations.size()) return ++tally.same, "";
  if (!warned && !at_line_end) return "relations are gone without a warning";
  ++(warned ? tally.warned : tally.unseen);
  return "";
}

// In GraphML the id of a company may stand in its node, one key beside the sector.
bool one_company_renamed(const Reading& flipped, const Reading& whole) {
  if (flipped.relations.size() != whole.relations.size()) return false;
  std::map<std::string, std::string> names;
  for (std::size_t i = 0; i < whole.relations.size(); ++i) {
    if (flipped.relations[i][2] != whole.relations[i][2]) return false;
    for (const std::size_t end : {0, 1})
      if (names.try_emplace(whole.relations[i][end], flipped.relations[i][end]).first->second !=
          flipped.relations[i][end])
        return false;
  }
  return std::count_if(names.begin(), names.end(), [](const auto& name) { return name.first != name.second; }) == 1;
}

std::string unexplained_flip(const Reading& flipped, const Reading& whole, std::uint32_t line, Tally& tally) {
  ++tally.tried;
  if (flipped.refused) return ++tally.refused, "";
  if (warns_anew(flipped, whole)) ++tally.warned;
  if (flipped.header_warned && !whole.header_warned) return "";
  if (flipped.relations == whole.relations) return ++tally.same, "";
  // The relation of that line is the last that begins at it or before; without it, the others are as they were.
  const auto behind = std::upper_bound(whole.lines.begin(), whole.lines.end(), line);
  const auto own = behind - whole.lines.begin() - 1;
  std::vector<Told> others = whole.relations;
  std::vector<Told> left = flipped.relations;
  if (own >= 0) others.erase(others.begin() + own);
  if (own >= 0 && left.size() == whole.relations.size()) left.erase(left.begin() + own);
  if (left != others && !one_company_renamed(flipped, whole)) return "a relation of another line changed";
  ++tally.unseen;
  return "";
}

void say(const std::string& what, const Tally& tally) {
  MESSAGE(what << ": " << tally.tried << " tried, " << tally.refused << " refused, " << tally.warned << " warned of, "
               << tally.unseen << " that nobody can see, " << tally.same << " that harm no relation");
  CHECK(tally.refused > 0);
}

/// Cuts each file before every `step`-th byte.
void cut(const std::string& what, const Bytes& graph, std::size_t step) {
  const Reading whole = read(graph);
  REQUIRE_FALSE(whole.refused);
  Tally tally;
  for (const auto& [path, bytes] : graph) {
    Bytes damaged = graph;
    const bool table = path.ends_with(".csv");
    for (std::size_t at = 0; at < bytes.size(); at += step * thinned) {
      damaged[path] = bytes.substr(0, at);
      const bool at_line_end = table && at > 0 && bytes[at - 1] == '\n';
      const std::string wrong = unexplained_cut(read(damaged), whole, at_line_end, tally);
      CHECK_MESSAGE(wrong.empty(), path << " cut to " << at << " bytes: " << wrong);
    }
  }
  say(what + ", cut", tally);
}

/// Flips every `step`-th bit of each file.
void flip(const std::string& what, const Bytes& graph, std::size_t step) {
  const Reading whole = read(graph);
  Tally tally;
  for (const auto& [path, bytes] : graph) {
    Bytes damaged = graph;
    const bool relations = graph.size() == 1 || path.ends_with("/relations.csv");
    std::uint32_t line = 1;
    for (std::size_t bit = 0, counted = 0; bit < 8 * bytes.size(); bit += step * thinned) {
      const std::size_t at = bit / 8;
      for (; counted < at; ++counted) line += bytes[counted] == '\n';
      damaged[path] = bytes;
      damaged[path][at] = static_cast<char>(bytes[at] ^ (1 << bit % 8));
      const std::string wrong = unexplained_flip(read(damaged), whole, relations ? line : 0, tally);
      CHECK_MESSAGE(wrong.empty(), path << " byte " << at << " bit " << bit % 8 << ": " << wrong);
    }
  }
  say(what + ", one bit flipped", tally);
}

Bytes shipped(const std::string& name) {
  Bytes files;
  for (const auto& entry : std::filesystem::directory_iterator(TIERSCOPE_SOURCE_DIR "/graphs/" + name)) {
    std::ifstream in(entry.path(), std::ios::binary);
    if (entry.path().extension() == ".csv")
      files[name + "/" + entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  REQUIRE(files.size() == 4);
  return files;
}

Bytes converted(const std::string& name, std::string_view format_name) {
  MemoryFiles files;
  files.files = shipped(name);
  Records records;
  read_graph(files, name, records);
  const std::optional<Model> model = build(records);
  REQUIRE(model);
  for (const GraphFormat& format : graph_formats)
    if (format.name == format_name)
      return {{"graph." + std::string(format_name), whole(format.lossless()(*model).front())}};
  return {};
}

}  // namespace

// Steps are primes, so that each place in a line and each bit has its turn.
TEST_SUITE("long") {
  TEST_CASE("damage: a CSV folder that is cut at any byte") {
    cut("ai-capex", shipped("ai-capex"), 1);
    cut("bytedance", shipped("bytedance"), 1);
    cut("ai-circular", shipped("ai-circular"), 7);
  }
  TEST_CASE("damage: a DOT file that is cut") {
    cut("ai-capex.dot", converted("ai-capex", "dot"), 7);
    cut("bytedance.dot", converted("bytedance", "dot"), 29);
    cut("ai-circular.dot", converted("ai-circular", "dot"), 97);
  }
  TEST_CASE("damage: a GraphML file that is cut") {
    cut("ai-capex.graphml", converted("ai-capex", "graphml"), 3);
    cut("bytedance.graphml", converted("bytedance", "graphml"), 13);
    cut("ai-circular.graphml", converted("ai-circular", "graphml"), 53);
  }
  TEST_CASE("damage: a CSV folder with a flipped bit") {
    for (const char* const name : {"ai-capex", "bytedance", "ai-circular"}) flip(name, shipped(name), 41);
  }
  TEST_CASE("damage: a DOT file with a flipped bit") {
    for (const char* const name : {"ai-capex", "bytedance", "ai-circular"})
      flip(std::string(name) + ".dot", converted(name, "dot"), 503);
  }
  TEST_CASE("damage: a GraphML file with a flipped bit") {
    for (const char* const name : {"ai-capex", "bytedance", "ai-circular"})
      flip(std::string(name) + ".graphml", converted(name, "graphml"), 503);
  }
}

// The headers alone, every bit: a column that is not known any more is an error, a hint, or the same column.
TEST_CASE("damage: every bit of the header of a table") {
  const Bytes graph = shipped("ai-capex");
  const Reading whole = read(graph);
  Tally tally;
  for (const auto& [path, bytes] : graph) {
    for (std::size_t bit = 0; bit < 8 * bytes.find('\n'); ++bit) {
      Bytes damaged = graph;
      damaged[path][bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
      const std::string wrong = unexplained_flip(read(damaged), whole, 1, tally);
      CHECK_MESSAGE(wrong.empty(), path << " byte " << bit / 8 << " bit " << bit % 8 << ": " << wrong);
    }
  }
  CHECK(tally.unseen == 0);
  say("headers", tally);
}

}  // namespace tierscope::core
