#pragma once
// How a question is made one of those that are asked by name (tierscope/inquiry.hpp).

#include <tierscope/inquiry.hpp>

namespace tierscope::core {

using tierscope::Asked;
using tierscope::inquiries;
using tierscope::Inquiry;
using tierscope::Slot;
using tierscope::slots;

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

/// One of them, whose name is known.
const Inquiry& inquiry_of(std::string_view name);

}  // namespace tierscope::core
