#include "app/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

#include "model/names.hpp"

namespace tierscope::core {
namespace {

/// Texts of one option as they were given, in order.
struct Given {
  Slot slot;
  std::vector<std::string> texts{};
};

std::string dashed(const Slot& slot) { return "--" + std::string(slot.field->name); }

std::string too_many(const Command& command, std::string_view word) {
  return quote(word) + " is one word too many for " + std::string(command.name);
}

/// Where a word that is no graph may be a company's name.
const std::string* first_that_is_no_path(const Call& call, Files& files) {
  for (const std::string& operand : call.operands)
    if (operand != "-" && !files.exists(operand)) return &operand;
  return nullptr;
}

void missing(const Command& command, Call& call, const std::deque<Given>& given, Files& files, Parsed& parsed) {
  if (call.operands.size() < command.operand.least)
    parsed.wrong.push_back(fmt::format("{} is missing: {}", command.operand.name, command.operand.help));
  const std::string* word = command.operand.name == graphs_operand.name ? first_that_is_no_path(call, files) : nullptr;
  bool told = false;
  for (const Given& option : given) {
    const Field& field = *option.slot.field;
    if (!field.required || !option.texts.empty()) continue;
    std::string sentence = fmt::format("--{} {} is missing: {}", field.name, value_of(option.slot), field.help);
    if (word != nullptr && !told && field.metavar == "COMPANY") {
      parsed.wrong.push_back(quote(*word) + ": no such file or folder");
      sentence += fmt::format("; did you mean --{} {}?", field.name, *word);
      told = true;
    }
    parsed.wrong.push_back(std::move(sentence));
  }
}

}  // namespace

std::vector<Slot> all_slots(Call& call) {
  std::vector<Slot> all;
  for (const OptionGroup& group : call.options()) all.insert(all.end(), group.slots.begin(), group.slots.end());
  return all;
}

std::string_view letter_of(std::string_view option) {
  constexpr std::pair<std::string_view, std::string_view> letters[] = {
      {"format", "-f"}, {"output", "-o"}, {"quiet", "-q"}, {"limit", "-n"}};
  for (const auto& [known, letter] : letters)
    if (option == known) return letter;
  return {};
}

bool may_be_repeated(const Slot& slot) { return std::holds_alternative<std::vector<std::string>*>(slot.target); }

Parsed parse(const Command& command, Call& call, const std::vector<std::string>& arguments, Files& files) {
  CLI::App app;
  app.failure_message(CLI::FailureMessage::simple);
  app.allow_extras();
  if (command.operand.most != 0) app.add_option(std::string(command.operand.name), call.operands);
  std::deque<Given> given;
  for (const Slot& slot : all_slots(call)) {
    Given& option = given.emplace_back(Given{slot});
    const std::string_view letter = letter_of(slot.field->name);
    const std::string names = (letter.empty() ? "" : std::string(letter) + ",") + dashed(slot);
    if (const auto* const flag = std::get_if<bool*>(&slot.target))
      app.add_flag(names, **flag);
    else  // one value a mention, so that the option does not swallow the graphs behind it
      app.add_option(names, option.texts)->type_name(std::string(value_of(slot)))->take_all()->allow_extra_args(false);
  }
  Parsed parsed;
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    parsed.help = true;
    return parsed;
  } catch (const CLI::ParseError& error) {
    parsed.wrong.emplace_back(error.what());
    return parsed;
  }
  bool unknown = false;
  for (const std::string& extra : app.remaining()) {
    const bool option = extra.size() > 1 && extra.front() == '-';
    unknown |= option;
    parsed.wrong.push_back(option ? wrong_option(command, call, extra) : too_many(command, extra));
  }
  for (std::size_t i = command.operand.most; i < call.operands.size(); ++i)
    parsed.wrong.push_back(too_many(command, call.operands[i]));
  for (const Given& option : given)
    if (const std::string why = fill(option.slot, option.texts); !why.empty())
      parsed.wrong.push_back(dashed(option.slot) + ": " + why);
  // What an unknown option was meant for is not missing, and its value is no operand.
  if (!unknown) missing(command, call, given, files, parsed);
  return parsed;
}

}  // namespace tierscope::core
