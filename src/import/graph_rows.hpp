#pragma once
// Nodes and edges of graph tools, as companies and relations.

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/intake.hpp"

namespace tierscope::core {

enum class Tool : std::uint8_t { gephi, gexf, neo4j };

/// What a table's columns are.
struct GraphColumns {
  std::size_t id = TextTableRows::nowhere, name = TextTableRows::nowhere, from = TextTableRows::nowhere,
              to = TextTableRows::nowhere, kind = TextTableRows::nowhere, type = TextTableRows::nowhere,
              times = TextTableRows::nowhere;
  std::string id_space, from_space, to_space;
  std::vector<std::pair<std::size_t, std::size_t>> fields;  // of ours, and the column
  std::vector<bool> foreign;                                // of each: the column has another name than the field
  std::vector<std::string> unread;
  bool edges() const { return from != TextTableRows::nowhere && to != TextTableRows::nowhere; }
};

/// Which column is which, and what a row means; what nobody said is asked.
class GraphRows {
 public:
  using Cells = std::span<const std::string_view>;
  GraphRows(Intake& intake, Tool tool);

  /// What is wrong with them is an error of the input.
  GraphColumns columns_of(const InputFile& input, const std::vector<std::string>& written);
  void begin(const InputFile& input);  // rows are of this one from here on
  void node(Cells cells, const GraphColumns& columns);
  /// `undirected`: the row itself says so.
  void edge(std::uint64_t line, Cells cells, const GraphColumns& columns, bool undirected = false);
  void finish();

 private:
  void fail(const InputFile& input, std::string what, std::string remedy);
  std::string id_of(std::string_view id, const std::string& space) const;
  bool dress(std::uint64_t line, std::size_t field, bool foreign, std::string& text);
  void undress_amount(std::string_view field, std::string& text) const;

  Intake& intake_;
  const Mapping& mapping_;
  Tool tool_;
  bool failed_ = false, edges_ = false;
  std::set<std::string> spaces_, unread_, asked_;
  std::string input_, source_, title_;
};

}  // namespace tierscope::core
