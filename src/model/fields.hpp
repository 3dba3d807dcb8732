#pragma once
// The columns of the four tables, each list written once: build reads by it, every graph format writes by it.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace tierscope::core {

#define TIERSCOPE_COMPANY_FIELDS(X) \
  X(id)                             \
  X(name)                           \
  X(name_local)                     \
  X(sector)                         \
  X(country)                        \
  X(ticker) X(lei) X(aliases) X(revenue) X(revenue_period) X(revenue_scope) X(revenue_confidence) X(aggregate) X(source)
#define TIERSCOPE_RELATION_FIELDS(X) \
  X(from)                            \
  X(to)                              \
  X(kind)                            \
  X(category)                        \
  X(item)                            \
  X(value)                           \
  X(value_basis)                     \
  X(revenue_share)                   \
  X(supply_share)                    \
  X(stake) X(status) X(since) X(until) X(as_of) X(restates) X(deal) X(claim) X(confidence) X(source) X(note)
#define TIERSCOPE_SOURCE_FIELDS(X) X(id) X(title) X(publisher) X(date) X(url) X(language)
#define TIERSCOPE_RATE_FIELDS(X) X(from) X(to) X(rate) X(date) X(source)

#define TIERSCOPE_ENUMERATOR(name) name,
#define TIERSCOPE_NAME(name) std::string_view(#name),

enum class CompanyField : std::uint8_t { TIERSCOPE_COMPANY_FIELDS(TIERSCOPE_ENUMERATOR) };
enum class RelationField : std::uint8_t { TIERSCOPE_RELATION_FIELDS(TIERSCOPE_ENUMERATOR) };
enum class SourceField : std::uint8_t { TIERSCOPE_SOURCE_FIELDS(TIERSCOPE_ENUMERATOR) };
enum class RateField : std::uint8_t { TIERSCOPE_RATE_FIELDS(TIERSCOPE_ENUMERATOR) };

inline constexpr std::array company_fields{TIERSCOPE_COMPANY_FIELDS(TIERSCOPE_NAME)};
inline constexpr std::array relation_fields{TIERSCOPE_RELATION_FIELDS(TIERSCOPE_NAME)};
inline constexpr std::array source_fields{TIERSCOPE_SOURCE_FIELDS(TIERSCOPE_NAME)};
inline constexpr std::array rate_fields{TIERSCOPE_RATE_FIELDS(TIERSCOPE_NAME)};

#undef TIERSCOPE_NAME
#undef TIERSCOPE_ENUMERATOR

enum class TableKind : std::uint8_t { companies, relations, sources, rates };
inline constexpr std::array all_tables{TableKind::companies, TableKind::relations, TableKind::sources,
                                       TableKind::rates};

/// `companies`, `relations`, `sources`, `rates`
std::string_view to_string(TableKind table);

/// The known columns of a table in their written order.
std::vector<std::string_view> fields_of(TableKind table);

/// Position of a column in `fields_of`; nothing for a column that the product does not know.
std::optional<std::size_t> find_field(TableKind table, std::string_view column);

class Model;

/// A model's table as text, row by row, exactly as it would be read again: reported texts, unknown columns behind the
/// known ones. Every graph format writes from this.
class Flat {
 public:
  Flat(const Model& model, TableKind table);
  std::size_t size() const { return size_; }
  const std::vector<std::string>& columns() const { return columns_; }
  /// Replaces `cells` with row `index`: one text a column, empty where nothing is given. Call with rising index.
  void row(std::size_t index, std::vector<std::string>& cells);

 private:
  const Model& model_;
  TableKind table_;
  std::size_t size_ = 0;
  std::size_t known_ = 0;
  std::size_t next_extra_ = 0;
  std::vector<std::string> columns_;
  std::map<Text, std::size_t> extra_columns_;  // name -> place in columns_
};

}  // namespace tierscope::core
