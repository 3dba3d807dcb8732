#include <doctest/doctest.h>

#include <numeric>
#include <set>

#include "graph/components.hpp"
#include "graph_of.hpp"

namespace tierscope::core {

TEST_CASE("strong components come downstream first") {
  // 0 → 1 ⇄ 2 → 3, and 4 alone with a loop: 3 before {1, 2} before 0.
  const Csr g = csr_of(5, {{0, 1}, {1, 2}, {2, 1}, {2, 3}, {4, 4}});
  const Components found = strong_components(g);
  CHECK(found.count() == 4);
  CHECK(found.of[1] == found.of[2]);
  CHECK(found.of[3] < found.of[1]);
  CHECK(found.of[1] < found.of[0]);
  CHECK(list(found.members(found.of[1])) == std::vector<std::uint32_t>{2, 1});  // 2 was discovered after 1
  CHECK(strong_components_of(g) == std::vector<std::vector<std::uint32_t>>{{1, 2}});
  CHECK(strong_components(Csr()).count() == 0);
}

TEST_CASE("two vertices share a strong component where each reaches the other") {
  RandomGraphs random(2);
  for (int round = 0; round < 1000; ++round) {
    const std::uint32_t size = 1 + random.below(9);
    const Csr g = csr_of(size, random.pairs(size, random.below(20)));
    std::vector<std::vector<bool>> reaches(size, std::vector<bool>(size, false));
    for (std::uint32_t v = 0; v < size; ++v) {
      reaches[v][v] = true;
      for (const std::uint32_t to : g.targets(v)) reaches[v][to] = true;
    }
    for (std::uint32_t k = 0; k < size; ++k)
      for (std::uint32_t i = 0; i < size; ++i)
        for (std::uint32_t j = 0; j < size; ++j)
          if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
    const Components found = strong_components(g);
    for (std::uint32_t i = 0; i < size; ++i)
      for (std::uint32_t j = 0; j < size; ++j) {
        CHECK((found.of[i] == found.of[j]) == (reaches[i][j] && reaches[j][i]));
        if (reaches[i][j]) CHECK(found.of[i] >= found.of[j]);
      }
    std::set<std::uint32_t> all;
    for (std::uint32_t c = 0; c < found.count(); ++c)
      for (const std::uint32_t v : found.members(c)) {
        CHECK(found.of[v] == c);
        CHECK(all.insert(v).second);
      }
    CHECK(all.size() == size);
  }
}

TEST_CASE("strong components of a ring and of a path of a million do not exhaust the stack") {
  constexpr std::uint32_t size = 1'000'000;
  const auto path = [](std::uint32_t v) { return std::pair(v, v + 1); };
  CHECK(strong_components(Csr(size, size - 1, path)).count() == size);
  const auto ring = [](std::uint32_t v) { return std::pair(v, (v + 1) % size); };
  CHECK(strong_components(Csr(size, size, ring)).count() == 1);
}

}  // namespace tierscope::core
