#include "app/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
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

std::size_t whole_number(const Field& field, const std::string& text) {
  const auto least = static_cast<std::size_t>(field.between.least);
  const std::size_t most = field.between.most >= 1e18 ? SIZE_MAX : static_cast<std::size_t>(field.between.most);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    throw Usage(most == SIZE_MAX ? fmt::format("{} is no whole number of {} or more", quote(text), least)
                                 : fmt::format("{} is no whole number in {}..{}", quote(text), least, most));
  return value;
}

double number(const Field& field, const std::string& text) {
  if (field.unit == Unit::share) {
    const ParsedQuantity parsed = parse_share(text);
    if (!parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
      throw Usage(quote(text) + " is no share; write 50% or 0.5");
    return parsed.quantity.low;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(value >= field.between.least && value <= field.between.most))
    throw Usage(fmt::format("{} is no number in {}..{}", quote(text), field.between.least, field.between.most));
  return value;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t comma = std::min(list.find(',', begin), list.size());
    std::size_t last = comma;
    while (begin < last && list[begin] == ' ') ++begin;
    while (last > begin && list[last - 1] == ' ') --last;
    if (last > begin) words.push_back(list.substr(begin, last - begin));
    begin = comma + 1;
  }
  return words;
}

/// Throws Usage without the option's name.
struct Fill {
  const Field& field;
  const std::vector<std::string>& texts;

  const std::string& only() const {
    if (texts.size() > 1) throw Usage("is given more than once; it takes one " + std::string(value_of({&field, {}})));
    return texts.front();
  }
  void operator()(bool*) const {}
  void operator()(std::size_t* target) const { *target = whole_number(field, only()); }
  void operator()(std::optional<std::size_t>* target) const { *target = whole_number(field, only()); }
  void operator()(double* target) const { *target = number(field, only()); }
  void operator()(std::string* target) const { *target = only(); }
  // Names of companies may hold commas: the question takes them apart.
  void operator()(std::vector<std::string>* target) const {
    for (const std::string& text : texts) {
      const std::vector<std::string> words = field.metavar == "LIST" ? split(text) : std::vector{text};
      if (words.empty()) throw Usage("names nothing");
      target->insert(target->end(), words.begin(), words.end());
    }
  }
};

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

std::string_view value_of(const Slot& slot) {
  if (slot.field->type == FieldType::boolean) return {};
  if (!slot.field->metavar.empty()) return slot.field->metavar;
  return slot.field->unit == Unit::share ? "SHARE" : "N";
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
  for (const Given& option : given) try {
      if (option.texts.empty()) continue;
      // An empty variable in a script is a mistake, not a wish for the default.
      if (std::find(option.texts.begin(), option.texts.end(), "") != option.texts.end()) throw Usage("is empty");
      std::visit(Fill{*option.slot.field, option.texts}, option.slot.target);
    } catch (const Usage& usage) {
      parsed.wrong.push_back(dashed(option.slot) + ": " + usage.wrong.front());
    }
  // What an unknown option was meant for is not missing, and its value is no operand.
  if (!unknown) missing(command, call, given, files, parsed);
  return parsed;
}

}  // namespace tierscope::core
