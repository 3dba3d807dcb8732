#pragma once
// Names that are no company's own (definitions, sections 1 and 11).

#include <string>
#include <string_view>

namespace tierscope::core {

/// A name as names are compared: folded (base/unicode.hpp), blanks at the ends dropped, of several in a row one kept.
std::string folded_name(std::string_view name);

/// Is the whole name a word for nobody in particular: others, various customers, undisclosed, n/a, 其他, Sonstige …?
/// Case, blanks, `_` and `-` do not count.
bool names_nobody(std::string_view name);

/// Is the whole name one reporter's label for a partner it does not name: `Customer A`, `Supplier 1`, `Vendor One`?
bool anonymous_label(std::string_view name);

}  // namespace tierscope::core
