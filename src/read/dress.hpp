#pragma once
// Cells as people write them, put into the words that base/quantity and parse_date read. Nothing here is asked of a
// cell whose plain reading holds.

#include <optional>
#include <string>
#include <string_view>

#include "read/mapping.hpp"

namespace tierscope::core {

/// A cell in plain words; or why there is none.
struct Undressed {
  std::string plain;   // empty where the text says nothing that is known
  std::string wrong;   // what it is, where there is a reason of its own
  std::string remedy;  // beside `wrong`
  bool open = false;   // `1,200`: a decimal or a thousand; `plain` is its reading with this mark as the decimal one
};

/// `n/a`, `-`, `NaN`, `undisclosed`: words for what is not known.
bool is_unknown_word(std::string_view cell);
/// `true` or `false` for what people write for them; empty = neither.
std::string_view plain_flag(std::string_view cell);

/// `10-20 %`, `about 10%`, `10%+`, `12,5%`, `12％`; numbers as the column means them.
Undressed undressed_share(std::string_view cell, const ColumnDress& dress);
/// `$2.3bn`, `USD 5m`, `1,200,000 USD`, `12 crore INR`, `1兆 JPY`. `decimal`: the mark of the column, 0 = not known.
Undressed undressed_amount(std::string_view cell, const ColumnDress& dress, char decimal);
/// `FY2024`, `2024Q3`, `20241231`, `2024-12-31 00:00:00`, `31.12.2024`. `begins`: of a period its first month is meant.
Undressed undressed_date(std::string_view cell, const ColumnDress& dress, bool begins);

/// The decimal mark that an amount shows: `1.200,50` a comma, `1,200,000` a point; 0 = none.
char decimal_shown(std::string_view cell);
/// Has it one point and three digits behind it: `1.200 USD`? `scaled`: and a scale, as in `1.200B USD`.
bool may_be_thousands(std::string_view cell, bool& scaled);

/// `%`, `percent`, `in %`
bool is_percent_word(std::string_view unit);
/// `M USD` for `USD m`, `in millions of US dollars`; empty = no unit.
std::string plain_unit(std::string_view unit);

}  // namespace tierscope::core
