#pragma once
// What stops when one stops: failure that spreads where all sources of something have stopped.

#include <cstdint>
#include <span>
#include <vector>

namespace tierscope::core {

struct Stopped {
  std::vector<std::uint32_t> vertices;  // as they stop; the first is the one that began
  std::vector<std::uint32_t> lost;      // needs of the target of which all sources have stopped
};

/// A vertex stops when all sources of one of its needs have stopped; the target never stops, and stops nobody. The
/// least set that holds the one that begins (definitions, section 8.1).
class StopSearch {
 public:
  explicit StopSearch(std::uint32_t vertices) : vertices_(vertices) {}

  /// What `of` needs from one of these sources, each named once; returns its number, from 0.
  std::uint32_t need(std::uint32_t of, std::span<const std::uint32_t> sources);

  /// O(needs of what stops). Not for several threads at once.
  Stopped from(std::uint32_t vertex, std::uint32_t target);

 private:
  void settle();

  std::uint32_t vertices_;
  std::vector<std::uint32_t> of_;              // by need
  std::vector<std::uint32_t> source_, named_;  // pairs: a source, and the need
  std::vector<std::uint32_t> first_, needs_;   // by source
  std::vector<std::uint32_t> left_;            // by need: sources that have not stopped
  std::vector<bool> stopped_;
};

}  // namespace tierscope::core
