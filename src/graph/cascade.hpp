#pragma once
// How a failure spreads to those who buy and to those who sell: the economic systemic risk index.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace tierscope::core {

/// Diem, Borsos, Reisch, Kertész, Thurner, Scientific Reports 12:7719, 2022 (definitions, section 9.2). A firm's inputs
/// of an essential type limit it by themselves; those of the other types limit it together. What is left of a firm,
/// downstream `down` and upstream `up`, falls step by step from 1, all at once, towards the greatest fixed point.
class Cascade {
 public:
  explicit Cascade(std::uint32_t firms) : firms_(firms) {}

  /// What `to` loses without what it buys from `from`, in 0..1: of the type `group`, a number that no other firm's type
  /// has; `useful`: of all that limits it together.
  static constexpr std::uint32_t useful = UINT32_MAX;
  void input(std::uint32_t from, std::uint32_t to, double share, std::uint32_t group);
  /// What `from` loses without `to` as a customer, in 0..1.
  void sale(std::uint32_t from, std::uint32_t to, double share);
  /// Firms of one market, each with what it sells, stand in for each other; of most there is none.
  void market(std::span<const std::uint32_t> firms, std::span<const double> sales);

  struct Limits {
    double tolerance = 1e-9;  // of the result
    std::uint32_t most_steps = 10'000;
  };
  /// Of the firms that lost something; all others have all.
  struct Result {
    std::vector<std::uint32_t> firms;
    std::vector<double> down, up;
    std::uint32_t steps = 0;
    bool converged = true;
    double bound = 0;  // what is left lies at most so far below
  };
  /// What remains of some firms by themselves, each named once, in 0..1. Converged: the last step was 0, or step · g /
  /// (1 − g) is within the tolerance, where g is the largest ratio of two steps among the last eight. Each step looks
  /// at who buys from, and who sells to, those who lost something in the step before. Not for several threads at once.
  Result run(std::span<const std::pair<std::uint32_t, double>> remaining, const Limits& limits);
  Result run(std::span<const std::pair<std::uint32_t, double>> remaining) { return run(remaining, Limits{}); }

 private:
  struct Arc {
    std::uint32_t from = 0, to = 0;
    double share = 0;
    std::uint32_t group = useful;
  };
  /// What leads away from each firm, one after the other: the firms at its other ends.
  struct Ends {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> firms;
    void build(std::uint32_t count, const std::vector<Arc>& arcs, std::uint32_t Arc::*end, std::uint32_t Arc::*other);
    std::span<const std::uint32_t> of(std::uint32_t firm) const {
      return std::span(firms).subspan(first[firm], first[firm + 1] - first[firm]);
    }
  };
  void settle();
  double substitution(std::uint32_t firm) const;
  double next_down(std::uint32_t firm) const;
  double next_up(std::uint32_t firm) const;

  std::uint32_t firms_;
  std::vector<Arc> inputs_, sales_;  // settled: by buyer and type; by seller
  std::vector<std::uint32_t> market_of_;
  std::vector<double> sells_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<double> market_sales_;
  bool settled_ = false;
  std::vector<std::size_t> first_input_, first_sale_;
  Ends buyers_of_, sellers_to_;
  // While it runs.
  std::vector<double> own_, down_, up_, left_;
};

}  // namespace tierscope::core
