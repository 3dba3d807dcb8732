#include <tierscope/kinds.hpp>

#include <span>

namespace tierscope {
namespace {

constexpr std::string_view kinds[] = {"supplies", "pays", "invests", "lends", "guarantees", "grants", "owns"};
constexpr std::string_view statuses[] = {"rumoured", "planned", "announced", "testing", "active", "ended"};
constexpr std::string_view bases[] = {"", "annual", "contract", "order", "investment", "plan"};
constexpr std::string_view confidences[] = {"", "disclosed", "reported", "estimated"};
constexpr std::string_view claims[] = {"", "sole", "primary", "major", "named"};
static_assert(std::size(kinds) == all_kinds.size() && std::size(statuses) == all_statuses.size());

template <typename Enum>
std::optional<Enum> parse(std::span<const std::string_view> words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (!word.empty() && words[i] == word) return static_cast<Enum>(i);
  return {};
}

std::string list(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

}  // namespace

std::string_view to_string(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Status status) { return statuses[static_cast<std::size_t>(status)]; }
std::string_view to_string(Basis basis) { return bases[static_cast<std::size_t>(basis)]; }
std::string_view to_string(Confidence confidence) { return confidences[static_cast<std::size_t>(confidence)]; }
std::string_view to_string(Claim claim) { return claims[static_cast<std::size_t>(claim)]; }

std::optional<Kind> parse_kind(std::string_view word) { return parse<Kind>(kinds, word); }
std::optional<Status> parse_status(std::string_view word) { return parse<Status>(statuses, word); }
std::optional<Basis> parse_basis(std::string_view word) { return parse<Basis>(bases, word); }
std::optional<Confidence> parse_confidence(std::string_view word) { return parse<Confidence>(confidences, word); }
std::optional<Claim> parse_claim(std::string_view word) { return parse<Claim>(claims, word); }

std::string kind_words() { return list(kinds); }
std::string status_words() { return list(statuses); }
std::string basis_words() { return list(bases); }
std::string confidence_words() { return list(confidences); }
std::string claim_words() { return list(claims); }

std::string to_string(StatusSet set) {
  std::string text;
  for (const Status status : all_statuses) {
    if (!set.contains(status)) continue;
    if (!text.empty()) text += ", ";
    text += to_string(status);
  }
  return text;
}

}  // namespace tierscope
