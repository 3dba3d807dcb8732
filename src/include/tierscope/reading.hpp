#pragma once
// What a reader is told of files that were not made for it.

#include <string>
#include <vector>

#include <tierscope/fields.hpp>

namespace tierscope {

/// How files are read. Everything empty: as they say themselves; what has two readings is then an error that names the
/// member (as the option of the program) that decides. Wrong words are problems whose attribute is the option.
struct Reading {
  std::vector<std::string> map;      // `from=Source,to=Target`, or the path of a TOML file that says all of this
  std::string as_kind;               // what every relation is, whatever the file says
  bool reverse = false;              // an edge means "buys from" or "depends on"
  std::vector<std::string> percent;  // of bare numbers: `number`, `fraction`, `text`, or `stake=number`
  std::vector<std::string> unit;     // of amounts without one: `M USD`, or `value=M USD`
  std::string decimal;               // `,` or `.`; empty: found from all cells of a column
  std::string thousands;             // `,` `.` `'` or a blank; empty: found
  std::string encoding;              // as iconv names it; empty: UTF-8, or UTF-16 with its mark
  std::string separator;             // `,` `;` `|` `tab`; empty: found from the header
  std::string date;                  // as strptime has it: `%d/%m/%Y`
  std::string undirected_as;         // `out`: from the first end to the second; `both`: either way
  std::string sheet;                 // of a workbook
  std::string header_row;            // the line, or the row of the sheet, that names the columns; empty: the first
  bool skip_bad = false;             // rows with errors are left out, and counted

  static constexpr void describe(const auto& field) {
    using R = Reading;
    field("map", &R::map, "which column is which, as in from=Source,to=Target, or a TOML file that says it",
          Metavar{"MAP"});
    field("as-kind", &R::as_kind, "what every relation is, as in supplies", Metavar{"KIND"});
    field("reverse", &R::reverse, "edges point from customer to supplier (buys from, depends on)");
    field("percent", &R::percent,
          "shares without %: number (12.5 = 12.5 %), fraction (0.125) or text (an error); or of one column, as in "
          "stake=number",
          Metavar{"WORD"});
    field("unit", &R::unit, "of amounts without one, as in \"M USD\"; or of one column, as in \"value=M USD\"",
          Metavar{"UNIT"});
    field("decimal", &R::decimal, "the decimal mark, , or . (found from all cells of a column)", Metavar{"MARK"});
    field("thousands", &R::thousands, "the mark between thousands: , . ' or a blank", Metavar{"MARK"});
    field("separator", &R::separator, "between the columns of CSV: , ; | or tab (found from the header)",
          Metavar{"MARK"});
    field("encoding", &R::encoding, "of text that is not UTF-8, as in windows-1252 or gbk", Metavar{"NAME"});
    field("date", &R::date, "how dates are written, as in %d/%m/%Y", Metavar{"FORMAT"});
    field("undirected-as", &R::undirected_as, "undirected edges: out (first end to second) or both", Metavar{"WORD"});
    field("sheet", &R::sheet, "which sheet of a workbook holds the relations", Metavar{"NAME"});
    field("header-row", &R::header_row, "the line (or row of a sheet) that names the columns; what is above is no data",
          Metavar{"N"});
    field("skip-bad", &R::skip_bad, "leave rows with errors out, and count them");
  }
};

}  // namespace tierscope
