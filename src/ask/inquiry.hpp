#pragma once
// A question as the command line, the documentation and other languages see it: one object a question, made of its
// options' and its answer's descriptions.

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include <tierscope/model.hpp>

namespace tierscope::core {

/// An option of a question: its description and where its value goes.
struct Slot {
  const Field* field = nullptr;
  std::variant<bool*, std::size_t*, std::optional<std::size_t>*, double*, std::string*, std::vector<std::string>*>
      target;
};

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
  virtual Result<std::unique_ptr<AnyAnswer>> answer(tierscope::Model model) = 0;
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

namespace detail {

template <typename Options, typename Body, Result<Body> (*Ask)(tierscope::Model, const Options&)>
struct Put : Asked {
  Options chosen;
  std::vector<Slot> options() override { return slots(chosen); }
  View& view() override { return chosen.view; }
  std::string table() const override {
    if constexpr (requires { chosen.what; })
      return chosen.what;
    else
      return {};
  }
  Result<std::unique_ptr<AnyAnswer>> answer(tierscope::Model model) override {
    Result<Body> body = Ask(std::move(model), chosen);
    if (!body) return body.problems();
    Problems problems = body.problems();
    return {any(*std::move(body)), std::move(problems)};
  }
  static std::unique_ptr<Asked> begin() { return std::make_unique<Put>(); }
};

}  // namespace detail

/// `Ask` is the question's public function.
template <typename Options, typename Body, Result<Body> (*Ask)(tierscope::Model, const Options&)>
constexpr Inquiry inquiry(std::string_view name, std::string_view summary, StatusSet statuses,
                          std::string_view footer) {
  return {name, summary, footer, statuses, fields<Options>(), fields<Body>(), detail::Put<Options, Body, Ask>::begin};
}

/// All questions, in the order of the help (questions.cpp).
std::span<const Inquiry* const> inquiries();
/// One of them.
const Inquiry& inquiry_of(std::string_view name);

}  // namespace tierscope::core
