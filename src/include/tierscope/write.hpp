#pragma once
// Answers as text: one list of formats, each a loop over the description of the answer.

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/answer.hpp>

namespace tierscope {

struct WriteOptions {
  std::optional<std::size_t> limit;  // results of the main table; 0 = all; none = what the format gives by itself
  std::string table;                 // one table alone, by its name; empty = the answer (csv, arrow: its main table)
  std::vector<std::string> columns;  // of that table, in this order; empty = all
  std::string sort;                  // by this column, largest first; empty = the answer's own order
  bool brief = false;                // without notes, sources and further tables
  bool color = false;                // of `table`
  std::size_t width = 80;            // of `table`, in terminal columns
  bool bom = false;                  // of `csv`: begin with the mark that makes Excel read UTF-8
  std::function<bool()> stop{};      // asked between batches; may be empty

  static constexpr void describe(const auto& field) {
    using O = WriteOptions;
    field("limit", &O::limit, "how many results; 0 = all (machine formats give all unless a limit is named)");
    field("table", &O::table, "one table of the answer alone", Metavar{"NAME"});
    field("columns", &O::columns, "these columns, in this order", Metavar{"LIST"});
    field("sort", &O::sort, "by this column, largest first", Metavar{"COLUMN"});
    field("brief", &O::brief, "the results alone, without notes and sources");
    field("bom", &O::bom, "csv begins with the mark that makes Excel read UTF-8");
  }
};

struct AnswerFormat {
  std::string_view name;
  bool people = false;     // shows the first results unless a limit is named
  bool one_table = false;  // holds one table
  bool binary = false;
};
std::span<const AnswerFormat> answer_formats();

struct Written {
  Problems problems;     // the format or the options are wrong: nothing was written
  Next end = Next::end;  // else why it ended: out of memory and interrupted leave `out` unfinished
};

/// Writes to `out`, whose state the caller checks. Everything that can be refused is refused before the first byte.
Written write(const AnyAnswer& answer, std::string_view format, const WriteOptions& options, std::ostream& out);

/// The JSON Schema of the JSON answer with these fields.
std::string json_schema(std::string_view command, std::span<const Field> answer);

}  // namespace tierscope
