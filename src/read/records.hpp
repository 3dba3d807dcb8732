#pragma once
// What every reader makes: tables of text with places, syntax only. What a field means, `build` knows alone.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "model/fields.hpp"
#include "read/mapping.hpp"

namespace tierscope::core {

struct Records;

/// Takes the line and the cells of one row, `columns.size()` of them; an empty cell means "not given".
using TakeRow = std::function<void(std::uint32_t line, std::span<const std::string_view> cells)>;
/// Is shown the cells of a row some rows before it is taken, and once more when it is near.
using ExpectRow = std::function<void(std::span<const std::string_view> cells, bool near)>;

/// Rows of one table of one file: in `cells`, row-major, or read from the file as they are asked for, once.
struct RecordTable {
  TableKind kind = TableKind::companies;
  std::uint32_t file = 0;                 // index into Records::files
  std::uint32_t graph = 0;                // index into Records::graphs
  std::vector<std::string_view> columns;  // an empty name: nothing but empty cells may stand below it
  std::vector<std::string_view> written;  // the same as the file names them, where that is another name
  bool ours = false;                      // of a graph that this program wrote: no column bears another name
  bool numbered = false;                  // the first, nameless one may hold the numbers of rows
  std::vector<ColumnDress> dress;         // one a column, or none at all
  std::vector<std::string_view> cells;
  std::vector<std::uint32_t> lines;  // one a row of `cells`
  /// Where it is set, reads the rows: five million are never in memory as cells. Cells hold until the next row.
  std::function<void(Records&, const TakeRow&, const ExpectRow&)> stream;
  std::size_t rows_at_most = 0;  // of the stream
  /// The file has no control characters but line ends and tabs, and no byte that may begin one.
  bool without_controls = false;
  std::size_t rows() const { return stream ? rows_at_most : lines.size(); }
};

/// Everything that was read from all graphs of one command line, and everything that was wrong with it.
struct Records {
  std::vector<std::string> graphs;
  std::vector<std::string> files;
  std::deque<std::string> storage;  // owns the bytes that the cells view
  std::vector<RecordTable> tables;
  Problems problems;
  Problems hints;                                 // warnings for `check` alone: what is unusual, but may well be meant
  std::function<void(std::string_view)> release;  // Files::release; may be empty
  Mapping mapping;                                // told before anything is read
  std::set<std::string, std::less<>> mapped;      // fields of the mapping whose columns were found
  std::string retry;                              // the command line that reads this; empty: `tierscope check GRAPH`
  std::size_t bytes_to_read = 0;                  // of all streams
  std::size_t bytes_read = 0;
  std::function<void()> advanced;  // called when bytes_read has grown; may be empty
  /// Is told of each bad row that is left out, once a cause: file, line, attribute, what is wrong. May be empty.
  std::function<void(std::uint32_t, std::uint32_t, std::string_view, std::string_view)> left_out;

  /// The command that would read the graph with these options too.
  std::string command_with(std::uint32_t graph, std::string_view options) const;
  std::string_view keep(std::string text) { return storage.emplace_back(std::move(text)); }
  /// A copy, in one piece of memory with many others.
  std::string_view keep_copy(std::string_view text);
  void error(std::uint32_t file, std::uint32_t line, std::string attribute, std::string what, std::string remedy) {
    problems.push_back({Severity::error, files[file], line, std::move(attribute), std::move(what), std::move(remedy)});
  }
  /// The same of a row. Where another row has the very same problem, one counts for both; where the user would rather
  /// do without bad rows (`--skip-bad`), it is counted, and its caller leaves the row out.
  void bad_row(std::uint32_t file, std::uint32_t line, std::string attribute, std::string what, std::string remedy);
  /// Says how often what was found in several rows was found, and what was left out. Call once, at the end.
  void say_counts();
  /// `kind`: a machine word, static text.
  void warning(std::uint32_t file, std::uint32_t line, std::string attribute, std::string what, std::string remedy,
               std::string_view kind = {}) {
    problems.push_back(
        {Severity::warning, files[file], line, std::move(attribute), std::move(what), std::move(remedy), kind});
  }
  void advice(std::uint32_t file, std::uint32_t line, std::string attribute, std::string what, std::string remedy,
              std::string_view kind = {}) {
    warning(file, line, std::move(attribute), std::move(what), std::move(remedy), kind);
    problems.back().advice = true;
  }

 private:
  struct Repeated {
    std::size_t problem = 0;  // its place
    std::size_t count = 0;
  };
  struct LeftOut {
    std::size_t count = 0;
    std::uint32_t line = 0;
    std::uint32_t last = 0;
    std::string example;
  };
  std::string* copies_ = nullptr;                          // the piece with room, of `storage`
  std::map<std::string, Repeated, std::less<>> repeated_;  // by file, attribute and text
  std::map<std::uint32_t, LeftOut> left_out_;              // by file
};

}  // namespace tierscope::core
