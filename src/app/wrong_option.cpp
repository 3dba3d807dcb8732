// What people type first, and what it is called here.

#include <fmt/format.h>

#include <algorithm>

#include "app/options.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

struct Synonym {
  std::string_view words;  // with blanks between them
  std::string_view right;  // what to type, with | between; the first that the command has is meant
};

constexpr Synonym option_synonyms[] = {
    {"customer customers buyer target", "--to|--customer|--through|--company|--focus"},
    {"supplier suppliers seller vendor", "--supplier|--through|--company|--focus"},
    {"company companies name id to through focus who of", "--to|--company|--through|--customer|--supplier|--focus"},
    {"json jsonl csv markdown html arrow svg png pdf dot graphml", "--format *"},
    {"md", "--format markdown"},
    {"type fmt output-format as", "--format"},
    {"out file outfile output-file save dest", "--output"},
    {"top first head rows max num number count max-rows", "--limit|--top"},
    {"all full no-limit", "--limit 0|--top 0"},
    {"limit", "--top"},
    {"length max-len maxlen hops", "--max-length|--depth"},
    {"levels tiers max-depth", "--depth|--max-length"},
    {"no-color no-colour nocolor monochrome", "--color never"},
    {"colour", "--color"},
    {"date asof at when year until", "--as-of"},
    {"statuses state states", "--status"},
    {"kinds edges relation relations", "--kind"},
    {"sectors", "--sector"},
    {"exclude without", "--hide"},
    {"fields select cols column", "--columns"},
    {"sort-by order order-by orderby", "--sort"},
    {"short terse summary no-sources no-notes results-only", "--brief"},
    {"overwrite yes y", "--force"},
    {"silent", "--quiet"},
    {"money in convert", "--currency"},
    {"fx rates exchange-rate", "--rate"},
    {"group groups consolidated", "--consolidate"},
    {"fail fail-if threshold fail-over", "--fail-above"},
    {"excel utf8-bom", "--bom"},
};

constexpr Synonym sentences[] = {
    {"wide width full-width no-wrap", "tables are as wide as the terminal, elsewhere as COLUMNS says"},
    {"input graph data path folder dir", "a graph is named without an option"},
    {"pager no-pager less", "TIERSCOPE_PAGER names the pager; TIERSCOPE_PAGER=cat is none"},
};

constexpr Synonym command_synonyms[] = {
    {"companies stats info ls accounts entities sources categories", "list"},
    {"suppliers customers company", "show"},
    {"depend dependency dependencies deps", "dependence"},
    {"exposed expose", "exposure"},
    {"hhi concentrations single-source", "concentration"},
    {"loops circular cycle circles rings", "cycles"},
    {"chokepoint bottlenecks bottleneck dominators between nexus waist", "chokepoints"},
    {"owner ownership shareholders holders holdings stakes parents subsidiaries control", "owners"},
    {"path connection connections connected link links route between-two", "paths"},
    {"esri fail failure cascade stress scenario disruption simulate risk", "shock"},
    {"plot picture graph diagram render image svg png", "draw"},
    {"page html web serve browse open", "explore"},
    {"export save dot graphml", "convert"},
    {"validate lint verify test", "check"},
    {"random synthetic demo", "generate"},
    {"usage man", "help"},
};

bool holds(std::string_view words, std::string_view word) {
  const std::string wanted = fmt::format(" {} ", word);
  return fmt::format(" {} ", words).find(wanted) != std::string::npos;
}

const Slot* slot_of(const std::vector<Slot>& slots, std::string_view name) {
  const auto found =
      std::find_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.field->name == name; });
  return found == slots.end() ? nullptr : &*found;
}

/// The right words for a synonym; empty = none.
std::string synonym_of(const std::vector<Slot>& slots, std::string_view word) {
  for (const Synonym& synonym : option_synonyms) {
    if (!holds(synonym.words, word)) continue;
    for (std::string_view rest = synonym.right; !rest.empty();) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      const std::string_view right = rest.substr(0, bar);
      rest.remove_prefix(std::min(bar + 1, rest.size()));
      if (slot_of(slots, right.substr(2, right.find(' ') - 2)) == nullptr) continue;
      if (!right.ends_with('*')) return std::string(right);
      return std::string(right.substr(0, right.size() - 1)) + std::string(word);
    }
  }
  return {};
}

/// Options that begin so, or one that is spelt nearly so.
std::string near(const std::vector<Slot>& slots, std::string_view word) {
  std::string begins;
  Suggestion suggestion("--" + std::string(word));
  for (const Slot& slot : slots) {
    const std::string name = "--" + std::string(slot.field->name);
    if (word.size() > 2 && slot.field->name.starts_with(word)) begins += (begins.empty() ? "" : " or ") + name;
    suggestion.consider(name);
  }
  return begins.empty() ? suggestion.text() : fmt::format("; did you mean {}?", begins);
}

std::string others_with(std::string_view word) {
  std::string names;
  std::size_t count = 0;
  for (const Command& command : commands()) {
    const auto call = command.begin();
    if (slot_of(all_slots(*call), word) == nullptr) continue;
    names += (names.empty() ? "" : ", ") + std::string(command.name);
    ++count;
  }
  return names.empty() ? "" : fmt::format("; {} {} it", names, count == 1 ? "has" : "have");
}

}  // namespace

std::string wrong_option(const Command& command, Call& call, std::string_view typed) {
  const std::string_view option = typed.substr(0, typed.find('='));
  std::string_view word = option;
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  const std::vector<Slot> slots = all_slots(call);
  std::string sentence = fmt::format("{} is no option of {}", option, command.name);
  if (const std::string right = synonym_of(slots, word); !right.empty())
    return fmt::format("{}; did you mean {}?", sentence, right);
  for (const Synonym& synonym : sentences)
    if (holds(synonym.words, word)) return fmt::format("{}: {}", sentence, synonym.right);
  if (const std::string hint = near(slots, word); !hint.empty()) return sentence + hint;
  return sentence + others_with(word);
}

std::string wrong_command(std::string_view typed) {
  std::string_view right;
  for (const Synonym& synonym : command_synonyms)
    if (holds(synonym.words, typed) && find_command(synonym.right) != nullptr) right = synonym.right;
  Suggestion suggestion(typed);
  for (const Command& command : commands()) suggestion.consider(command.name);
  return quote(typed) + " is no command" +
         (right.empty() ? suggestion.text() : fmt::format("; did you mean {}?", quote(right)));
}

std::string company_hint(Call& call, std::string_view word) {
  for (const Slot& slot : all_slots(call)) {
    if (slot.field->metavar != "COMPANY") continue;
    const auto* const one = std::get_if<std::string*>(&slot.target);
    const auto* const several = std::get_if<std::vector<std::string>*>(&slot.target);
    if ((one != nullptr && (*one)->empty()) || (several != nullptr && (*several)->empty()))
      return fmt::format("did you mean --{} {}?", slot.field->name, word);
  }
  return {};
}

}  // namespace tierscope::core
