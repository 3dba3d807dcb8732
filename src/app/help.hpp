#pragma once
// What --help says: made of the commands' descriptions.

#include <string>

#include "app/command.hpp"

namespace tierscope::core {

/// All commands, a line each.
std::string help_text();
/// One command with its options, at most 80 columns wide.
std::string help_text(const Command& command);

}  // namespace tierscope::core
