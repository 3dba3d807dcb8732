#pragma once
// What the user told of the files: of columns, of cells, of rows.

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tierscope/kinds.hpp>
#include <tierscope/problem.hpp>
#include <tierscope/reading.hpp>

#include "base/files.hpp"

namespace tierscope::core {

/// What a number without % means where a share stands.
enum class Percent : std::uint8_t { unsaid, number, fraction, text };

/// How the cells of one column are dressed, as far as somebody said so.
struct ColumnDress {
  Percent percent = Percent::unsaid;
  bool by_header = false;  // the percent is the header's word, nobody else's
  bool foreign = false;    // the column is not named as ours are: what its bare numbers mean is asked
  std::string unit;        // `M USD`, `USD`, `M`
  char decimal = 0;
  std::string thousands;
  std::string date;  // as strptime has it

  /// Cells do not mean what they would mean alone.
  bool told() const { return percent != Percent::unsaid || !unit.empty() || decimal != 0 || !thousands.empty(); }
};

struct Mapping {
  std::vector<std::pair<std::string, std::string>> columns;  // field, column as the file names it
  std::set<std::string> alternatives;           // fields of several of them: the first that is there, if any is
  std::map<std::string, std::string> defaults;  // by field: of cells that are empty
  /// By field: folded cell, or a part of one between stars (`*estimate*`), and what is meant.
  std::map<std::string, std::map<std::string, std::string>> values;
  /// By field: its cells count only where another field has this text, in any case; else they are left out.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> when;
  std::optional<Kind> as_kind;
  bool reverse = false;
  std::map<std::string, Percent> percent;  // by field; "" = all
  std::map<std::string, std::string> unit;
  char decimal = 0;
  std::string thousands;
  std::string encoding;
  char separator = 0;
  std::string date;
  bool undirected_out = false;
  bool undirected_both = false;
  std::string sheet;
  std::uint32_t header_row = 0;  // of tables of relations; 0 = the first with text
  bool skip_bad = false;

  /// What is told of a field.
  ColumnDress dress(std::string_view field) const;
  /// What a cell stands for, else the cell: the whole cell's word, else that of the first part it holds.
  std::string_view value(std::string_view field, std::string_view cell) const;
  /// Rows say something else than they would alone.
  bool changes_rows() const { return as_kind || reverse || changes_cells(); }
  bool changes_cells() const { return !defaults.empty() || !values.empty() || !when.empty(); }
};

/// Everything that is wrong is a problem: of an option (its name, no file), or of a TOML file.
Mapping mapping_of(const Reading& told, Files& files, Problems& problems);

/// Adds what a TOML file says. `path` names it in problems.
void read_map_file(std::string_view toml, const std::string& path, Mapping& mapping, Problems& problems);

/// One setting by its name in TOML or on the command line: `percent`, `decimal`, … Empty, or why it is wrong.
std::string set(Mapping& mapping, std::string_view name, const std::string& value);

/// Is it a field of some table?
bool is_field(std::string_view name);

}  // namespace tierscope::core
