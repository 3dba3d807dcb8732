#pragma once
// What cgraph forgets or takes without complaint: the lines of statements, and text that would corrupt company data.

#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/problem.hpp"

namespace tierscope::core {

inline constexpr char quote_remedy[] = "write names that are not just letters, digits and _ in double quotes";

/// One look at the text of a DOT file, without recursion, in O(bytes). Knows no syntax errors: those are cgraph's to
/// tell.
struct DotPlaces {
  static constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

  /// One pair of an edge statement; `head` is nobody for `count` pairs (0 = not known) of subgraphs or long lists.
  struct Arrow {
    std::uint32_t tail = nobody;
    std::uint32_t head = nobody;
    std::uint32_t line = 0;
    std::uint64_t count = 1;
  };

  /// `a:b` without quotes: a port where node a has any, else a name that was meant otherwise.
  struct Port {
    std::uint32_t node = nobody;
    std::uint32_t line = 0;
    std::string text;
  };

  explicit DotPlaces(std::string_view bytes);
  DotPlaces(const DotPlaces&) = delete;
  DotPlaces& operator=(const DotPlaces&) = delete;

  /// The line of the node's first statement with attributes, else of its first mention; 0 for an unknown one.
  std::uint32_t node_line(std::uint32_t node) const { return node < node_lines.size() ? node_lines[node] : 0; }
  /// The index of a node by the name that cgraph gives it.
  std::uint32_t find_node(std::string_view name) const;
  /// Call in the order in which cgraph made the edges.
  std::uint32_t take_edge_line(std::uint32_t tail, std::uint32_t head);
  /// Does a name such as 3M, of which cgraph makes two, stand in this line? Said in problems.
  bool splits_number(std::uint32_t line) const { return split_lines.contains(line); }

  Problems problems;             // without a file
  bool readable = true;          // false: these bytes would break cgraph
  bool empty = true;             // nothing but blanks and comments
  std::vector<Port> ports;       // not said in problems, as is the next
  std::uint32_t undirected = 0;  // the line that says so
  bool dashes = false;           // said in problems, as are the next two
  bool more_than_a_graph = false;
  bool port_attributes = false;             // headport or tailport in brackets: presentation
  std::vector<std::size_t> inner_newlines;  // offsets of newlines inside strings and comments

 private:
  friend class DotScan;
  std::deque<std::string> texts;
  std::unordered_map<std::string_view, std::uint32_t> nodes;
  std::vector<std::uint32_t> node_lines;
  std::vector<Arrow> arrows;
  std::unordered_set<std::uint32_t> split_lines;
  std::size_t next_arrow = 0;
  std::uint32_t many_line = 0;
};

}  // namespace tierscope::core
