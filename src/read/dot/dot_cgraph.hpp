#pragma once
// Graphviz's own parser behind a guard: it is one global state machine, so one thread only.

#include <graphviz/cgraph.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

struct DotMessage {
  std::uint32_t line = 0;  // counted by us: cgraph miscounts behind strings of several lines and `# 2024` comments
  std::string text;
  std::size_t graphs = 0;  // read before it
};

struct DotParse {
  std::unique_ptr<Agraph_t, CloseGraph> graph;  // the first of the file
  std::size_t graphs = 0;
  std::vector<DotMessage> messages;
  bool failed = false;          // by cgraph's own count of errors
  std::uint64_t too_large = 0;  // the budget in bytes that the graph exceeded
  bool locked = false;          // an earlier file left cgraph in a state that must not be used
};

/// The bytes must be readable by DotPlaces, whose `inner_newlines` they come with. After a graph that is too large, or
/// a full parser stack, cgraph is not called again in this process.
DotParse parse_dot(std::string_view bytes, const std::vector<std::size_t>& inner_newlines);

/// What a graph may take in memory: 64 MiB and 400 times its file. A file that needs more multiplies groups of nodes.
std::uint64_t dot_memory_budget(std::size_t bytes);

}  // namespace tierscope::core
