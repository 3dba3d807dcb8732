#pragma once
// Columns as people spell them.

#include "read/records.hpp"

namespace tierscope::core {

/// Gives each column of the table that is a known one but for case, blanks, `_` and `-` the known name. A column that
/// is a slip or two beside a known one is a problem: an error where the table lacks that one, whose figures would be
/// lost. Other unknown columns are kept, and named in one hint. `line`: of the header, 0 where there is none.
void settle_columns(RecordTable& table, std::uint32_t line, Records& records);

}  // namespace tierscope::core
