#include "app/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include <tierscope/model.hpp>

#include "app/options.hpp"
#include "base/unicode.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t column = 26;  // where explanations begin

/// `head` and behind it, from `indent` on, the words of `text` as they fit.
std::string paragraph(std::string head, std::string_view text, std::size_t indent) {
  std::string lines;
  std::string line = std::move(head);
  const auto end_line = [&] {
    lines += line + "\n";
    line.assign(indent, ' ');
  };
  if (width(line) + 2 > indent && !text.empty() && indent != 0) end_line();
  line.resize(std::max(line.size(), indent), ' ');
  bool fresh = true;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (!fresh && width(line) + 1 + width(word) > page_width) end_line(), fresh = true;
    if (!fresh) line += ' ';
    line += word;
    fresh = false;
  }
  return lines + line + "\n";
}

/// Lines that are already set, each wrapped under its own first word.
std::string set_lines(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    made += paragraph({}, line.substr(indent), indent);
  }
  return made;
}

std::string option_line(const Slot& slot) {
  const std::string_view letter = letter_of(slot.field->name);
  const std::string_view value = value_of(slot);
  const std::string head = fmt::format("  {}--{}{}{}", letter.empty() ? "" : fmt::format("{}, ", letter),
                                       slot.field->name, value.empty() ? "" : " ", value);
  return paragraph(head, std::string(slot.field->help) + (may_be_repeated(slot) ? "; may be repeated" : ""), column);
}

std::string usage(const Command& command, Call& call) {
  std::string line = fmt::format("usage: tierscope {}", command.name);
  const Operand& operand = command.operand;
  if (operand.most != 0) line += fmt::format(fmt::runtime(operand.least == 0 ? " [{}]" : " {}"), operand.name);
  if (operand.most > 1) line += "...";
  bool more = false;
  for (const Slot& slot : all_slots(call))
    if (slot.field->required)
      line += fmt::format(" --{} {}", slot.field->name, value_of(slot));
    else
      more = true;
  return line + (more ? " [options]\n" : "\n");
}

struct HelpCall : Call {
  std::vector<OptionGroup> options() override { return {}; }
  int run(Session& session) override {
    if (operands.empty()) {
      session.out << help_text();
      return 0;
    }
    const Command* const command = find_command(operands.front());
    if (command == nullptr) throw Usage({wrong_command(operands.front())}, true);
    session.out << help_text(*command);
    return 0;
  }
};

struct VersionCall : Call {
  std::vector<OptionGroup> options() override { return {}; }
  int run(Session& session) override {
    session.out << "tierscope " << tierscope::version() << '\n';
    return 0;
  }
};

}  // namespace

std::string help_text() {
  std::string text =
      "Tierscope: who depends on whom, where there is only one supplier, which deals\n"
      "go round in a circle.\n\nusage: tierscope COMMAND GRAPH... [options]\n\n";
  for (const Command& command : commands()) text += paragraph(fmt::format("  {}", command.name), command.summary, 17);
  return text + "\ntierscope help COMMAND tells what a command takes; -V, --version which version\nthis is.\n";
}

std::string help_text(const Command& command) {
  const std::unique_ptr<Call> call = command.begin();
  std::string text = paragraph({}, fmt::format("tierscope {}: {}", command.name, command.summary), 0) + "\n";
  text += usage(command, *call);
  if (const Operand& operand = command.operand; operand.most != 0)
    text += "\n" + paragraph(fmt::format("  {}{}", operand.name, operand.most > 1 ? "..." : ""), operand.help, column);
  for (const OptionGroup& group : call->options()) {
    text += fmt::format("\n{}:\n", group.title);
    // What must be named comes first.
    for (const bool required : {true, false})
      for (const Slot& slot : group.slots)
        if (slot.field->required == required) text += option_line(slot);
  }
  if (!command.footer.empty()) text += "\n" + set_lines(command.footer);
  return text;
}

Command help_command() {
  return {"help",
          "what a command does and takes",
          "Example: tierscope help exposure",
          {"COMMAND", "a command; without it, a list of them", 0, 1},
          [] { return std::make_unique<HelpCall>(); }};
}

Command version_command() {
  return {"version", "which version this is", "", {}, [] { return std::make_unique<VersionCall>(); }};
}

}  // namespace tierscope::core
