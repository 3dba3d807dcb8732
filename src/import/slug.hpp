#pragma once
// Ids that an importer has to coin.

#include <string>
#include <string_view>

namespace tierscope::core {

/// In lower case, what is neither letter nor digit of any script as one hyphen, none at the ends: `apple-inc`.
std::string slug(std::string_view name);

}  // namespace tierscope::core
