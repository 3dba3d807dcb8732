#pragma once
// Who a filing means: members of the axes that name customers and suppliers.

#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

/// `Axis=Member;Axis=Member;`
std::vector<std::pair<std::string_view, std::string_view>> segments_of(std::string_view text);

enum class Partner : std::uint8_t {
  category,   // EnergySector, NorthAmericaRegion: no company
  anonymous,  // CustomerA, VendorOne: one reporter's label
  group,      // TwoCustomers, OtherCustomers
  named,      // WalMart
};
Partner member_kind(std::string_view member);

/// `WalMart` as `Wal Mart`, `CustomerA` as `Customer A`, `ABBLtd` as `ABB Ltd`.
std::string member_name(std::string_view member);

}  // namespace tierscope::core
