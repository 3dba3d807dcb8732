#pragma once
// How often memory was asked for: a measure of work that is the same on every machine.

#include <cstddef>

namespace tierscope::core {

/// Calls of operator new by this thread until now.
std::size_t allocations();

template <typename Act>
std::size_t allocations_of(Act act) {
  const std::size_t before = allocations();
  act();
  return allocations() - before;
}

}  // namespace tierscope::core
