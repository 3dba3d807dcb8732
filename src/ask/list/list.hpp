#pragma once
// What is in a graph, counted.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

struct ListFilter {
  std::vector<std::string> sectors;  // empty: all
  std::vector<std::string> countries;
  std::vector<Kind> kinds;
  bool any() const { return !sectors.empty() || !countries.empty() || !kinds.empty(); }
};

struct CompanyCount {
  CompanyIndex company = 0;
  std::size_t as_supplier = 0;  // a relation of a company with itself counts on both sides
  std::size_t as_customer = 0;
  std::size_t other = 0;
  std::size_t all() const { return as_supplier + as_customer + other; }
};

struct SourceCount {
  std::string_view id;
  std::optional<std::size_t> source;  // where it is listed
  std::size_t relations = 0;
  std::size_t companies = 0;
  std::size_t rates = 0;
};

struct CategoryCount {
  Text category;  // none: not stated
  std::vector<std::uint32_t> rows;
  std::size_t suppliers = 0;
  std::size_t customers = 0;
};

struct KindCount {
  Kind kind = Kind::supplies;
  std::vector<std::uint32_t> rows;
  std::array<std::size_t, all_statuses.size()> by_status{};
};

/// Each by its largest number, ties in input order; kinds in the order of their list, those without relations left out.
struct Counts {
  std::vector<CompanyCount> companies;
  std::vector<SourceCount> sources;
  std::vector<CategoryCount> categories;
  std::vector<KindCount> kinds;
  std::size_t relations = 0;

  /// Throws Question for a sector or country that no company has. O(companies + relations log relations).
  Counts(const Model& model, const ListFilter& filter);
};

/// Does the filter let relations of this kind pass?
bool passes(const ListFilter& filter, Kind kind);

}  // namespace tierscope::core
