#pragma once
// Companies and lines, laid out.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "show/picture/sheet.hpp"
#include "show/picture/styled.hpp"

namespace tierscope::core {

inline constexpr std::size_t huge = 800;  // companies from which on only a spring layout ends

/// A label stands on its line: as a company of its own between the two ends, so that no other line of its tier runs
/// through it.
class Body {
 public:
  /// Separations in inches: of neighbours in a column, and of columns.
  Body(GVC_t* context, const Styled& styled, double nodesep, double ranksep);

  /// False: Graphviz has failed.
  bool layout();
  /// Draws what was laid out onto the page at the same coordinates.
  void copy_to(const Sheet& page) const;

  // Once it is laid out.
  Box size;
  std::size_t columns = 0;
  std::size_t tallest_column = 0;  // companies and labels in it

 private:
  struct Piece {
    Agedge_t* edge;
    std::size_t line;
    bool arrow;  // stands on this piece
  };

  void add_line(std::size_t i);
  void copy_lines(const Sheet& page, const std::vector<Agnode_t*>& companies) const;

  Sheet sheet_;
  const Styled& styled_;
  std::vector<bool> against_;
  std::vector<Agnode_t*> companies_;
  std::vector<Piece> pieces_;
  std::vector<std::pair<Agnode_t*, std::size_t>> labels_;
};

/// Which lines run against the tiers: those that close a loop on the way down, and those that decide nothing where the
/// others decide otherwise. Laid out the other way round, they keep their label between their ends.
std::vector<bool> against_tiers(const Diagram& diagram);

}  // namespace tierscope::core
