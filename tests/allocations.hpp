#pragma once
// How often memory was asked for: a measure of work that is the same on every machine. And how to have none.

#include <cstddef>
#include <cstdint>

namespace tierscope::core {

/// Calls of operator new by this thread until now.
std::size_t allocations();
/// This thread gets memory so many times, then none; SIZE_MAX: as often as it asks.
void fail_allocations_after(std::size_t some);

template <typename Act>
std::size_t allocations_of(Act act) {
  const std::size_t before = allocations();
  act();
  return allocations() - before;
}

}  // namespace tierscope::core
