#pragma once
// The closed word lists of the data: each is written once, in kinds.cpp, and everything else loops over it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierscope {

enum class Kind : std::uint8_t { supplies, pays, invests, lends, guarantees, grants, owns };
enum class Status : std::uint8_t { rumoured, planned, announced, testing, active, ended };
enum class Basis : std::uint8_t { none, annual, contract, order, investment, plan };
enum class Confidence : std::uint8_t { none, disclosed, reported, estimated };
/// What the source itself says of the supplier.
enum class Claim : std::uint8_t { none, sole, primary, major, named };

inline constexpr std::array all_kinds{Kind::supplies,   Kind::pays,   Kind::invests, Kind::lends,
                                      Kind::guarantees, Kind::grants, Kind::owns};
inline constexpr std::array all_statuses{Status::rumoured, Status::planned, Status::announced,
                                         Status::testing,  Status::active,  Status::ended};

std::string_view to_string(Kind kind);
std::string_view to_string(Status status);
std::string_view to_string(Basis basis);
std::string_view to_string(Confidence confidence);
std::string_view to_string(Claim claim);

std::optional<Kind> parse_kind(std::string_view word);
std::optional<Status> parse_status(std::string_view word);
std::optional<Basis> parse_basis(std::string_view word);
std::optional<Confidence> parse_confidence(std::string_view word);
std::optional<Claim> parse_claim(std::string_view word);

/// The weaker of two; from strong to weak: disclosed, reported, not stated (none), estimated.
constexpr Confidence weaker(Confidence a, Confidence b) {
  constexpr std::array strength{1, 3, 2, 0};  // none, disclosed, reported, estimated
  return strength[static_cast<std::size_t>(a)] < strength[static_cast<std::size_t>(b)] ? a : b;
}

/// Comma-separated words of a list, for remedies and help.
std::string kind_words();
std::string status_words();
std::string basis_words();
std::string confidence_words();
std::string claim_words();

constexpr bool commercial(Kind kind) { return kind == Kind::supplies || kind == Kind::pays; }
constexpr bool financing(Kind kind) { return !commercial(kind) && kind != Kind::owns; }
/// Carries no cash now: a guarantee may never be drawn, a grant pays in shares.
constexpr bool contingent(Kind kind) { return kind == Kind::guarantees || kind == Kind::grants; }

class StatusSet {
 public:
  static constexpr StatusSet all() { return StatusSet(0x3f); }
  static constexpr StatusSet none() { return StatusSet(0); }
  template <typename... Statuses>
  static constexpr StatusSet of(Statuses... statuses) {
    StatusSet set(0);
    (set.insert(statuses), ...);
    return set;
  }
  constexpr void insert(Status status) {
    bits_ = static_cast<std::uint8_t>(bits_ | (1U << static_cast<unsigned>(status)));
  }
  constexpr bool contains(Status status) const { return (bits_ >> static_cast<unsigned>(status)) & 1U; }
  friend constexpr bool operator==(StatusSet, StatusSet) = default;

 private:
  constexpr explicit StatusSet(std::uint8_t bits) : bits_(bits) {}
  std::uint8_t bits_;
};

/// In the order of the list: `active, announced`.
std::string to_string(StatusSet set);

}  // namespace tierscope
