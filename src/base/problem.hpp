#pragma once
// Problems inside the library: where they are, and the exceptions that carry them to its border.

#include <cstdint>
#include <stdexcept>

#include <tierscope/problem.hpp>

namespace tierscope::core {

/// Where something was read: an index into the list of files, and a line from 1 (0 = the whole file).
struct Place {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
};

/// The data are sound but the question cannot be answered (unknown company, missing exchange rate): exit 1.
struct Question : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The data contradict themselves in a way only an analysis sees (shares above 100 %): exit 1, all problems listed.
struct BadData : std::runtime_error {
  explicit BadData(Problems found) : std::runtime_error("the data are contradictory"), problems(std::move(found)) {}
  Problems problems;
};

}  // namespace tierscope::core
