#pragma once
// Companies and relations as programs of others take them: typed columns, a figure as its bounds.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/fields.hpp"
#include "model/model.hpp"

namespace tierscope::core {

enum class Typed : std::uint8_t { text, number, boolean };

/// In the words of GraphML and GEXF.
constexpr std::string_view type_word(Typed type) {
  switch (type) {
    case Typed::number: return "double";
    case Typed::boolean: return "boolean";
    case Typed::text: break;
  }
  return "string";
}

struct TypedColumn {
  std::string name;
  Typed type = Typed::text;
};

/// The first column of companies is `label`, what people call the company. Of relations it is `weight`: the least share
/// of the supplier's revenue that the relation certainly is, none where that is 0 or no share is known; the second is
/// `kind`. A figure is `X_low`, `X_high` (the same where it is exact; none where there is no upper bound),
/// `X_approximate` and, of amounts, `X_currency`: never a point that nobody reported, and no zero for what is unknown.
/// `cites` holds the ids of sources, as edges have a `source` of their own. Dates are text: `2025` is no day.
class TypedTable {
 public:
  TypedTable(const Model& model, TableKind table);
  std::size_t size() const { return flat_.size(); }
  const std::vector<TypedColumn>& columns() const { return columns_; }
  /// Which columns hold anything. O(rows).
  std::vector<bool> used() const;
  /// One text a column, empty where nothing is given. Call with rising index.
  const std::vector<std::string>& row(std::size_t index);
  /// Of the row that was called last: a company's id; the ends of a relation.
  const std::string& id() const { return read_[0]; }
  const std::string& from() const { return read_[0]; }
  const std::string& to() const { return read_[1]; }
  /// Unknown columns of the data whose names are taken here, or that some program cannot bear.
  const std::vector<std::string>& refused() const { return refused_; }

 private:
  enum class Part : std::uint8_t { text, weight, label, low, high, approximate, currency, flag, status };
  struct Made {
    Part part = Part::text;
    std::size_t field = 0;  // of the table as text
  };
  void add(std::string name, Typed type, Part part, std::size_t field);
  void add_field(std::string_view name, std::size_t field);
  void add_extras();
  const Quantity& figure(std::size_t index, std::size_t field) const;
  void append(std::string& cell, const Made& made, std::size_t index) const;

  const Model& model_;
  TableKind table_;
  Flat flat_;
  std::vector<TypedColumn> columns_;
  std::vector<Made> made_;
  std::vector<std::string> refused_;
  std::vector<std::string> read_;  // the row as text
  std::vector<std::string> cells_;
};

/// What typed tables of a model lack, a cause each: `70 sources (ids stay, in cites)`.
std::vector<std::string> left_out_of_typed(const Model& model);

}  // namespace tierscope::core
