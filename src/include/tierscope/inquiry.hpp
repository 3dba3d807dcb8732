#pragma once
// Questions by name, as the command line, the documentation and other languages see them: one object a question, made
// of its options' and its answer's descriptions.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tierscope/model.hpp>

namespace tierscope {

/// An option of a question: its description and where its value goes.
struct Slot {
  const Field* field = nullptr;
  std::variant<bool*, std::size_t*, std::optional<std::size_t>*, double*, std::string*, std::vector<std::string>*>
      target;
};

/// The options of any struct that describes them; they point into it.
template <typename Options>
std::vector<Slot> slots(Options& options) {
  std::vector<Slot> list;
  Options::describe([&](std::string_view, auto member, const auto&...) {
    list.push_back({&fields<Options>()[list.size()], &(options.*member)});
  });
  return list;
}

/// A question that is being put: options to fill in, then an answer.
class Asked {
 public:
  Asked() = default;
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;
  virtual ~Asked() = default;
  virtual std::vector<Slot> options() = 0;
  virtual View& view() = 0;
  /// The table of the answer that the options choose to be shown alone, by its name; empty: the answer.
  virtual std::string table() const = 0;
  virtual Result<std::unique_ptr<AnyAnswer>> answer(Model model) = 0;
};

struct Inquiry {
  std::string_view name;
  std::string_view summary;
  std::string_view footer;  // examples and assumptions for --help
  StatusSet statuses;       // that count unless the view says otherwise
  std::span<const Field> options;
  std::span<const Field> answer;
  std::unique_ptr<Asked> (*ask)();
};

/// What stands for an option's value in words: `COMPANY`, `N`; empty for a flag.
std::string_view value_of(const Slot& slot);

/// Puts what a user wrote into an option: a whole number, a share (`50%`), a word, true or false; of a list of words
/// the parts between commas. Empty, or why it does not fit, without the option's name.
std::string fill(const Slot& slot, const std::vector<std::string>& texts);

/// All questions, in the order of the help.
std::span<const Inquiry* const> inquiries();
/// Null for a name that is none's.
const Inquiry* find_inquiry(std::string_view name);

}  // namespace tierscope
