#pragma once
// The rules for attributes that cgraph lets pass: each is looked at where it is written, with its line.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/problem.hpp"

namespace tierscope::core {

/// A name or value as cgraph has it. The text outlives the reading.
struct DotId {
  std::string_view text;
  std::uint32_t line = 0;
  bool html = false;
};

enum class DotOwner : std::uint8_t { graph, nodes, node_defaults, edges, edge_defaults, subgraph };

class DotAttributes {
 public:
  explicit DotAttributes(Problems& problems) : problems_(problems) {}

  /// Attributes from here on belong to one more statement.
  void begin_statement() { ++statement_; }
  /// `node` where the statement is about one.
  void add(DotOwner owner, std::optional<std::uint32_t> node, const DotId& attribute, const DotId& value);
  void add_to_graph(const DotId& attribute);

  /// More different names than cgraph has room for, said in problems.
  bool too_many() const { return too_many_; }
  /// headport or tailport in brackets: presentation.
  bool ports() const { return ports_; }

 private:
  struct Given {
    std::uint32_t line = 0;
    std::string_view value;
  };

  void problem(Severity severity, const DotId& attribute, std::string what, std::string remedy,
               std::string_view kind = {});
  void compare(std::uint32_t node, std::uint32_t name, const DotId& attribute, const DotId& value);

  Problems& problems_;
  std::uint32_t statement_ = 0;
  std::unordered_map<std::string_view, std::uint32_t> names_;
  std::vector<std::uint32_t> seen_in_;              // by name: the statement that had it last
  std::unordered_map<std::uint64_t, Given> given_;  // by node and name
  bool too_many_ = false;
  bool ports_ = false;
};

/// The warning for an HTML string where data is expected.
Problem html_as_text(const DotId& value, std::string_view attribute);

}  // namespace tierscope::core
