#pragma once
// A command's options: filled in from its arguments; every wrong one is told at once, with the right one.

#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"

namespace tierscope::core {

struct Parsed {
  bool help = false;               // was asked for
  std::vector<std::string> wrong;  // sentences
};
/// Fills the call's options and operands in. `arguments` behind the command's name.
Parsed parse(const Command& command, Call& call, const std::vector<std::string>& arguments, Files& files);

std::vector<Slot> all_slots(Call& call);
/// `-f` of --format; empty = none.
std::string_view letter_of(std::string_view option);
bool may_be_repeated(const Slot& slot);

/// Why an option that the command does not have is wrong, and what was meant.
std::string wrong_option(const Command& command, Call& call, std::string_view typed);
/// The same of a command.
std::string wrong_command(std::string_view typed);
/// `did you mean --to bytedance?` where the call has an option for a company that is not given; else empty.
std::string company_hint(Call& call, std::string_view word);

}  // namespace tierscope::core
