// What users write for an option, as its value.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <tierscope/inquiry.hpp>

#include "base/quantity.hpp"
#include "model/names.hpp"

namespace tierscope {
namespace core {
namespace {

/// Why a text is no value of an option.
struct Unfit {
  std::string why;
};

std::size_t whole_number(const Field& field, const std::string& text) {
  const auto least = static_cast<std::size_t>(field.between.least);
  const std::size_t most = field.between.most >= 1e18 ? SIZE_MAX : static_cast<std::size_t>(field.between.most);
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
    throw Unfit{most == SIZE_MAX ? fmt::format("{} is no whole number of {} or more", quote(text), least)
                                 : fmt::format("{} is no whole number in {}..{}", quote(text), least, most)};
  return value;
}

double number(const Field& field, const std::string& text) {
  if (field.unit == Unit::share) {
    const ParsedQuantity parsed = parse_share(text);
    if (!parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
      throw Unfit{quote(text) + " is no share; write 50% or 0.5"};
    return parsed.quantity.low;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(value >= field.between.least && value <= field.between.most))
    throw Unfit{fmt::format("{} is no number in {}..{}", quote(text), field.between.least, field.between.most)};
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

/// Throws Unfit.
struct Fill {
  const Field& field;
  const std::vector<std::string>& texts;

  const std::string& only() const {
    if (texts.size() > 1) throw Unfit{"is given more than once; it takes one " + std::string(value_of({&field, {}}))};
    return texts.front();
  }
  void operator()(bool* target) const {
    if (only() != "true" && only() != "false") throw Unfit{quote(only()) + " is neither true nor false"};
    *target = only() == "true";
  }
  void operator()(std::size_t* target) const { *target = whole_number(field, only()); }
  void operator()(std::optional<std::size_t>* target) const { *target = whole_number(field, only()); }
  void operator()(double* target) const { *target = number(field, only()); }
  void operator()(std::string* target) const { *target = only(); }
  // Names of companies may hold commas: the question takes them apart.
  void operator()(std::vector<std::string>* target) const {
    for (const std::string& text : texts) {
      const std::vector<std::string> words = field.metavar == "LIST" ? split(text) : std::vector{text};
      if (words.empty()) throw Unfit{"names nothing"};
      target->insert(target->end(), words.begin(), words.end());
    }
  }
};

}  // namespace
}  // namespace core

std::string_view value_of(const Slot& slot) {
  if (slot.field->type == FieldType::boolean) return {};
  if (!slot.field->metavar.empty()) return slot.field->metavar;
  return slot.field->unit == Unit::share ? "SHARE" : "N";
}

std::string fill(const Slot& slot, const std::vector<std::string>& texts) try {
  // An empty variable in a script is a mistake, not a wish for the default.
  if (std::find(texts.begin(), texts.end(), "") != texts.end()) return "is empty";
  if (!texts.empty()) std::visit(core::Fill{*slot.field, texts}, slot.target);
  return {};
} catch (const core::Unfit& unfit) {
  return unfit.why;
}

}  // namespace tierscope
