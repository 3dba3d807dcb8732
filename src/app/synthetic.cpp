#include "app/synthetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <random>
#include <span>
#include <string_view>
#include <utility>

#include "model/fields.hpp"
#include "show/graph/graphs.hpp"

namespace tierscope::core {
namespace {

constexpr std::uint64_t per_company = 5;
constexpr std::uint64_t sparse = 4;  // at most one relation for so many pairs, or drawing them takes for ever
constexpr std::uint32_t tiers = 5;
constexpr std::uint32_t source_count = 1000;
constexpr double customer_tail = 3;  // exponents of the rank: a draw is u^exponent of the companies
constexpr double supplier_tail = 2;
constexpr double answered = 0.1;
constexpr double financed = 0.05;

constexpr std::array<std::string_view, 12> sectors{"semiconductors", "electronics", "machinery", "chemicals",
                                                   "metals",         "vehicles",    "software",  "logistics",
                                                   "energy",         "food",        "textiles",  "construction"};
constexpr std::array<std::string_view, 8> countries{"CN", "US", "JP", "DE", "KR", "TW", "HU", "FR"};
constexpr std::array<std::string_view, 16> categories{
    "chips",  "boards", "servers", "connectors", "pumps",   "valves",   "steel",  "resins",
    "cables", "motors", "screens", "software",   "freight", "services", "energy", "packaging"};
constexpr std::array financing{Kind::invests, Kind::lends, Kind::guarantees, Kind::grants, Kind::owns};

// The standard fixes this engine's numbers, but not those of its distributions.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  /// In [0, 1).
  double share() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  std::uint64_t below(std::uint64_t n) { return static_cast<std::uint64_t>(share() * static_cast<double>(n)); }
  /// A rank, the smaller the likelier.
  std::uint32_t rank(std::uint64_t n, double exponent) {
    double u = share();
    const double base = u;
    for (int i = 1; i < static_cast<int>(exponent); ++i) u *= base;  // std::pow may differ in the last bit
    return static_cast<std::uint32_t>(u * static_cast<double>(n));
  }
  template <typename List>
  std::string_view one_of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// Scattered over the ranks, and the same whenever it is asked.
std::uint32_t tier_of(std::uint32_t company) { return (company * 2654435761U >> 16) % tiers; }

std::uint64_t pair_of(std::uint32_t from, std::uint32_t to) { return (std::uint64_t{from} << 32) | to; }

// Pairs of different companies, each once, by supplier and customer.
std::vector<std::uint64_t> draw_pairs(const SyntheticParams& params, std::uint64_t wanted, Dice& dice) {
  const std::uint64_t n = params.companies;
  std::vector<std::uint64_t> pairs;
  pairs.reserve(wanted + wanted / 8);
  const auto sale = [&](std::uint32_t supplier) {
    std::uint32_t customer = dice.rank(n, customer_tail);
    // Into the own tier or the one below where a few draws find one.
    for (int tries = 0; tries < 4 && tier_of(supplier) - tier_of(customer) > 1; ++tries)
      customer = dice.rank(n, customer_tail);
    if (customer == supplier) return;
    pairs.push_back(pair_of(supplier, customer));
    if (dice.share() < answered) pairs.push_back(pair_of(customer, supplier));
  };
  for (std::uint32_t supplier = 0; supplier < n && pairs.size() < wanted; ++supplier) sale(supplier);
  while (true) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    if (pairs.size() >= wanted) break;
    for (std::uint64_t missing = wanted - pairs.size(); missing > 0; --missing) sale(dice.rank(n, supplier_tail));
  }
  // What is too much goes, evenly spread.
  std::vector<std::uint64_t> kept;
  kept.reserve(wanted);
  for (std::uint64_t i = 0; i < wanted; ++i) kept.push_back(pairs[i * pairs.size() / wanted]);
  return kept;
}

double revenue_of(std::uint32_t company) {
  // rank^-0.8 from 200 billion, by square roots alone: r^-3/4 · r^-1/16 is near enough and the same everywhere.
  const double rank = company + 1;
  const double root = std::sqrt(std::sqrt(rank));
  const double luck = 0.5 + (company * 2246822519U) * 0x1p-32;
  return 2e11 * luck / (root * root * root * std::sqrt(std::sqrt(root)));
}

std::string amount(double value) {
  if (value >= 1e9) return fmt::format("{:.2f}B USD", value / 1e9);
  if (value >= 1e6) return fmt::format("{:.2f}M USD", value / 1e6);
  return fmt::format("{:.2f}k USD", value / 1e3);
}

// A table's rows, cell by cell under the names of its fields; what is not set stays empty.
template <typename Field, std::size_t size>
class Rows {
 public:
  explicit Rows(const std::array<std::string_view, size>& fields) {
    std::copy(fields.begin(), fields.end(), cells_.begin());
    end();
  }
  std::string& operator[](Field field) { return cells_[static_cast<std::size_t>(field)]; }
  void end() {
    for (std::size_t i = 0; i < size; ++i) {
      if (i != 0) text_ += ',';
      text_ += cells_[i];
      cells_[i].clear();
    }
    text_ += '\n';
  }
  /// All rows since it was last asked; the first time with their header.
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::array<std::string, size> cells_;
  std::string text_;
};

using CompanyRows = Rows<CompanyField, company_fields.size()>;
using RelationRows = Rows<RelationField, relation_fields.size()>;
using SourceRows = Rows<SourceField, source_fields.size()>;

// Dice are thrown in this order, here and below, or a seed would make another network.
void write_companies(const SyntheticParams& params, Dice dice, std::ostream& file) {
  using F = CompanyField;
  CompanyRows rows(company_fields);
  for (std::uint32_t v = 0; v < params.companies; ++v) {
    rows[F::id] = fmt::format("c{}", v);
    rows[F::name] = fmt::format("Firm {}", v);
    rows[F::name_local] = fmt::format("公司{}", v);
    rows[F::ticker] = fmt::format("C{}", v);
    rows[F::revenue] = amount(revenue_of(v));
    rows[F::revenue_period] = "2024";
    rows[F::source] = fmt::format("s{}", dice.below(source_count));
    rows[F::country] = dice.one_of(countries);
    rows[F::sector] = dice.one_of(sectors);
    rows.end();
    file << rows.take();
  }
}

std::string sources_table() {
  using F = SourceField;
  SourceRows rows(source_fields);
  for (std::uint32_t i = 0; i < source_count; ++i) {
    rows[F::id] = fmt::format("s{}", i);
    rows[F::title] = fmt::format("Made-up source {}", i);
    rows[F::publisher] = "Tierscope generate";
    rows[F::date] = fmt::format("2025-{:02}-{:02}", i % 12 + 1, i % 28 + 1);
    rows[F::url] = fmt::format("https://example.org/{}", i);
    rows[F::language] = "en";
    rows.end();
  }
  return rows.take();
}

// What all kinds of relations have behind their figures.
void end_relation(RelationRows& rows, std::string_view status, Dice& dice) {
  using F = RelationField;
  const std::uint64_t since = 2010 + dice.below(15);
  rows[F::status] = status;
  rows[F::source] = fmt::format("s{}", dice.below(source_count));
  rows[F::confidence] = dice.share() < 0.5 ? "disclosed" : "estimated";
  rows[F::as_of] = fmt::format("2025-{:02}", dice.below(12) + 1);
  rows[F::until] = dice.share() < 0.05 ? "2030" : "";
  const std::uint64_t day = dice.below(28) + 1;
  rows[F::since] = fmt::format("{}-{:02}-{:02}", since, dice.below(12) + 1, day);
  if (dice.share() < 0.1) rows[F::note] = fmt::format("made up; row {}", dice.below(100'000));
  rows.end();
}

// All sales of one supplier.
void append_sales(RelationRows& rows, std::span<const std::uint64_t> pairs, const std::vector<std::uint32_t>& suppliers,
                  Dice& dice) {
  using F = RelationField;
  const auto supplier = static_cast<std::uint32_t>(pairs.front() >> 32);
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) sum += weights.emplace_back(0.05 + dice.share());
  const double attributed = 0.3 + 0.65 * dice.share();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto customer = static_cast<std::uint32_t>(pairs[i]);
    const double share = attributed * weights[i] / sum;
    const double chance = dice.share();
    const std::string_view status = chance < 0.94 ? "active" : chance < 0.97 ? "announced" : "planned";
    rows[F::from] = fmt::format("c{}", supplier);
    rows[F::to] = fmt::format("c{}", customer);
    rows[F::kind] = to_string(Kind::supplies);
    rows[F::value] = amount(share * revenue_of(supplier));
    rows[F::value_basis] = to_string(Basis::annual);
    rows[F::revenue_share] = fmt::format("{:.6f}%", share * 100);
    rows[F::supply_share] = fmt::format("{:.4f}%", 100 * dice.share() / suppliers[customer]);
    rows[F::item] = fmt::format("item {}", dice.below(5000));
    rows[F::category] = dice.one_of(categories);
    end_relation(rows, status, dice);
  }
}

void append_finance(RelationRows& rows, std::uint64_t pair, Dice& dice) {
  using F = RelationField;
  const Kind kind = financing[dice.below(financing.size())];
  rows[F::from] = fmt::format("c{}", pair >> 32);
  rows[F::to] = fmt::format("c{}", pair & UINT32_MAX);
  rows[F::kind] = to_string(kind);
  if (kind == Kind::owns) {
    rows[F::stake] = fmt::format("{:.1f}%", 1 + 49 * dice.share());
  } else if (kind != Kind::grants) {
    rows[F::value] = amount(1e6 * (1 + dice.share() * 5000));
    rows[F::value_basis] = to_string(Basis::investment);
  }
  end_relation(rows, "active", dice);
}

void write_relations(const SyntheticParams& params, std::uint64_t relations, Dice dice, std::ostream& file) {
  const auto finance = static_cast<std::uint64_t>(static_cast<double>(relations) * financed);
  RelationRows rows(relation_fields);
  const std::vector<std::uint64_t> sales = draw_pairs(params, relations - finance, dice);
  std::vector<std::uint32_t> suppliers(params.companies, 0);
  for (const std::uint64_t pair : sales) ++suppliers[static_cast<std::uint32_t>(pair)];
  for (std::size_t first = 0, last = 0; first < sales.size(); first = last) {
    while (last < sales.size() && sales[last] >> 32 == sales[first] >> 32) ++last;
    append_sales(rows, std::span(sales).subspan(first, last - first), suppliers, dice);
    file << rows.take();
  }
  for (std::uint64_t i = 0; i < finance;) {
    const std::uint32_t giver = dice.rank(params.companies, customer_tail);
    const std::uint32_t taker = dice.rank(params.companies, supplier_tail);
    if (giver == taker) continue;
    append_finance(rows, pair_of(giver, taker), dice);
    file << rows.take();
    ++i;
  }
}

}  // namespace

std::string wrong_words(const SyntheticParams& params) {
  const std::uint64_t relations = params.relations != 0 ? params.relations : per_company * params.companies;
  if (params.companies < 2) return "a network needs two companies at least; give --companies 2 or more";
  if (params.companies > most_companies)
    return fmt::format("{} companies are more than a model can hold; at most {}", params.companies, most_companies);
  if (relations > most_relations)
    return fmt::format("{} relations are more than a model can number; at most {}", relations, most_relations);
  if (relations > params.companies * (params.companies - 1) / sparse && relations > 1)
    return fmt::format("{} relations are too many for {} companies; at most {}", relations, params.companies,
                       std::max<std::uint64_t>(1, params.companies * (params.companies - 1) / sparse));
  return {};
}

std::vector<NamedBytes> synthetic_network(const SyntheticParams& params) {
  const std::uint64_t relations = params.relations != 0 ? params.relations : per_company * params.companies;
  const auto companies_table = [params](std::ostream& file) { write_companies(params, Dice(params.seed), file); };
  const auto relations_table = [params, relations](std::ostream& file) {
    write_relations(params, relations, Dice(params.seed ^ 0x9e3779b97f4a7c15U), file);
  };
  return {{"companies.csv", {}, companies_table},
          {"relations.csv", {}, relations_table},
          {"sources.csv", sources_table(), {}}};
}

}  // namespace tierscope::core
