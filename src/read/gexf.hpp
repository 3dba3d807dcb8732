#pragma once
// GEXF 1.2 and 1.3 (https://gexf.net/schema.html) as rows of text, as it comes.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "read/xml_stream.hpp"

namespace tierscope::core {

/// What takes the rows of a GEXF file. Nodes have the columns `id`, `label` and the titles of their attributes; edges
/// `source`, `target`, `kind`, `start`, `end`, `weight`, `label` and theirs. A title may be that of a column before it.
class GexfRows {
 public:
  virtual ~GexfRows() = default;
  virtual void node(std::uint32_t line, std::span<const std::string> titles, std::span<const std::string> cells) = 0;
  /// `directed`: as the edge says, else as the graph does; empty where neither does.
  virtual void edge(std::uint32_t line, std::span<const std::string> titles, std::span<const std::string> cells,
                    std::string_view directed) = 0;
  /// Nothing is read behind it.
  virtual void error(std::uint32_t line, std::string what, std::string remedy) = 0;
};

/// The nodes of a node are read beside it; colours and places are layout, and not told of. Attributes are declared
/// before the nodes and edges that have them.
class GexfParser : private XmlEvents {
 public:
  static constexpr std::size_t node_columns = 2;
  static constexpr std::size_t edge_columns = 7;

  explicit GexfParser(GexfRows& rows);
  /// The next bytes; with `last` the file ends. False: there is nothing more to be read.
  bool feed(std::string_view bytes, bool last);
  /// What it did not tell: values that change in time, and those that were not declared.
  std::vector<std::string> notes() const;

 private:
  enum Table : std::uint8_t { nodes, edges };

  void begin(std::string_view name, const char* const* attributes) override;
  void end() override;
  void stop(std::string what, std::string remedy);
  void declare(const char* const* attributes);
  void begin_row(Table table, std::initializer_list<std::string_view> first, std::string_view directed);
  void take_value(const char* const* attributes);
  void finish_row();

  GexfRows& rows_;
  XmlStream stream_;
  std::array<std::vector<std::string>, 2> titles_;                         // by table
  std::array<std::map<std::string, std::size_t, std::less<>>, 2> places_;  // by the id of an attribute
  std::vector<std::string> cells_;                                         // of the open row
  std::string directed_;                                                   // of the graph
  std::string row_directed_;
  std::vector<bool> opens_row_;  // of each open element
  Table table_ = nodes, declaring_ = nodes;
  std::uint32_t row_line_ = 0;
  std::size_t repeated_ = 0;
  std::map<std::string, std::size_t, std::less<>> undeclared_;
  bool open_ = false, gexf_ = false, graph_ = false, stopped_ = false;
};

}  // namespace tierscope::core
