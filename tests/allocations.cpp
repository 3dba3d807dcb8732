#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {
thread_local std::size_t count = 0;
thread_local std::size_t last = SIZE_MAX;  // from this one on there is no memory
}  // namespace

// The arrays' forms and those that do not throw call these.
void* operator new(std::size_t size) {
  if (++count < last)
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

std::size_t tierscope::core::allocations() { return count; }
void tierscope::core::fail_allocations_after(std::size_t some) { last = some == SIZE_MAX ? some : count + some + 1; }
