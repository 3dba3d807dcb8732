#pragma once
// Companies under common control as one (definitions, section 3; ASC 280-10-50-42).

#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// Joins the companies that `control` (live and active `owns` relations, newest observations) connects with a stake
/// above 50 % or none stated; aggregates are never joined. A group carries the ultimate parent's names: the member that
/// no other member owns, the first such in input order. Relations inside a group go to set_aside. A member's revenue
/// shares become shares of the group's revenue where every member states an exact revenue in one currency, or in
/// several that `parts.converter` leads from into the view's, else they become unknown; supply shares of a joined
/// customer become unknown, as the members' purchases are not recorded. O(companies + relations).
void consolidate(Parts& parts, const std::vector<Relation>& control);

}  // namespace tierscope::core
