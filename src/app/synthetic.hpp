#pragma once
// Made-up firm networks for tests, demonstrations and measurements.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/files.hpp"

namespace tierscope::core {

struct SyntheticParams {
  std::size_t companies = 1000;
  std::size_t relations = 0;  // 0 = five a company
  std::size_t seed = 1;
};

inline constexpr std::uint64_t most_companies = 100'000'000;
/// Rows are numbered with 32 bits.
inline constexpr std::uint64_t most_relations = 4'294'967'294;

/// Why such a network cannot be made, with a remedy; empty = it can.
std::string wrong_words(const SyntheticParams& params);

/// companies.csv, relations.csv and sources.csv, every column filled. Same parameters, same bytes on every machine.
///
/// Companies are ordered by size, revenue falling as rank^-0.8. Customers and suppliers of a relation are drawn by
/// rank, so that numbers of suppliers and of customers have tails with density k^-2.5 and k^-3, as firm networks have
/// them (Fujiwara & Aoyama, Eur. Phys. J. B 77, 2010, found 2.3 and 2.4 for Japan). A company sells into its own tier
/// or the one below; one sale in ten is answered by one the other way; one relation in twenty is an investment, a loan,
/// a guarantee, a grant or a stake. What the customers of one company pay sums to 30 to 95 % of its revenue.
/// O(relations log relations) time, 16 bytes a relation while they are drawn; the text is made as it is written.
std::vector<NamedBytes> synthetic_network(const SyntheticParams& params);

}  // namespace tierscope::core
