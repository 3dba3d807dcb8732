#pragma once
// What other people's tables call our columns.

#include <string>
#include <string_view>

#include "model/fields.hpp"

namespace tierscope::core {

/// Letters of a column's name that tell it from others: folded, without blanks, `_`, `-`.
std::string plain_column(std::string_view name);

/// A column's name without a type (`revenue:double`) and without a unit (`value (USD m)`, `share %`, `value in EUR`).
struct NamedColumn {
  std::string name;
  std::string unit;  // as written; empty = none
};
NamedColumn without_unit(std::string_view column);

/// The field that a column of this plain name stands for in tables of others; empty = none. `source` is not among them.
std::string_view synonym_of(TableKind table, std::string_view plain);

/// A field whose synonym is a part of the plain name: a guess, no more.
std::string_view synonym_within(TableKind table, std::string_view plain);

/// Is it what tables that call one end `source` call the other?
bool names_target(std::string_view plain);

}  // namespace tierscope::core
