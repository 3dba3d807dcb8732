// Prints src/web/data/contract.ts.

#include <iostream>

#include "show/page/contract.hpp"

int main() {
  std::cout << tierscope::core::contract() << std::flush;
  return std::cout ? 0 : 1;
}
