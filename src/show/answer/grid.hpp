#pragma once
// An answer as people read it: tables of text, a list of sources. What table, markdown and html have in common.

#include <string>
#include <unordered_map>
#include <vector>

#include "ask/rows.hpp"
#include "show/answer/format.hpp"

namespace tierscope::core {

struct GridColumn {
  std::string label;
  bool number = false;   // to the right
  bool sources = false;  // cells are numbers of sources: `1,4`
  bool address = false;  // cells stay whole, and are links where there are such
};

struct Grid {
  std::string heading;  // empty for the main one
  std::vector<GridColumn> columns;
  std::vector<std::vector<std::string>> rows;  // control characters made visible
  std::string more;                            // `… 12 more suppliers (--limit 0 shows all)`; empty = none
  bool result = false;                         // one of several results, each a heading above its list
};

struct Shown {
  std::string title;
  std::vector<Grid> grids;  // the main table, or one for each of its results, then the others
  std::vector<std::string> notes;
  std::vector<SourceWords> sources;  // numbered from 1: those that cells name; else all
  Next end = Next::end;
};

/// Holds all that is shown.
Shown shown(const Plan& plan);

/// Is it an address that browsers fetch?
inline bool fetched(std::string_view address) {
  return address.starts_with("http://") || address.starts_with("https://");
}

/// `example.org` of `https://www.example.org/a`: what is read where the address is behind a link.
inline std::string_view host_of(std::string_view address) {
  address.remove_prefix(address.find("://") + 3);
  if (address.starts_with("www.")) address.remove_prefix(4);
  return address.substr(0, address.find_first_of("/?#"));
}

}  // namespace tierscope::core
