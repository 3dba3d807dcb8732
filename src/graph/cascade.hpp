#pragma once
// How a failure spreads to those who buy and to those who sell: the economic systemic risk index.

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace tierscope::core {

/// Diem, Borsos, Reisch, Kertész, Thurner, Scientific Reports 12:7719, 2022 (definitions, section 9.2). A firm's inputs
/// of an essential type limit it by themselves; those of the other types limit it together. What is left of a firm,
/// downstream `down` and upstream `up`, falls step by step from 1, all at once, towards the greatest fixed point.
class Cascade {
 public:
  explicit Cascade(std::uint32_t firms);
  Cascade(Cascade&&) noexcept;
  Cascade& operator=(Cascade&&) noexcept;
  ~Cascade();

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
  /// What remains of some firms by themselves, each named once, in 0..1.
  using Scenario = std::vector<std::pair<std::uint32_t, double>>;
  /// Of the firms that lost something, ascending, what is left of them; all others have all.
  struct Result {
    std::vector<std::uint32_t> firms;
    std::vector<double> down, up;
    std::uint32_t steps = 0;
    bool converged = true;
    double bound = 0;  // what is left lies at most so far below
  };
  /// Converged: the last step was 0, or step · g / (1 − g) is within the tolerance, where g is the largest ratio of two
  /// steps among the last eight. Each step looks at who buys from, and who sells to, those who lost something in the
  /// step before. Not for several threads at once.
  Result run(const Scenario& scenario, const Limits& limits) { return run(std::span(&scenario, 1), limits).front(); }
  Result run(const Scenario& scenario) { return run(scenario, Limits{}); }
  /// Each by itself, with the result that it has alone, to the last bit. Eight go through the network together, as
  /// fetching a link costs more than using it: 64 bytes a firm for each of three figures.
  std::vector<Result> run(std::span<const Scenario> scenarios, const Limits& limits);
  static constexpr std::size_t together = 8;

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
  template <std::size_t lanes>
  struct State;
  void settle();
  template <std::size_t lanes>
  void run_together(State<lanes>& state, std::span<const Scenario> scenarios, const Limits& limits,
                    std::vector<Result>& results);
  bool in_market(std::uint32_t firm) const { return !market_of_.empty() && market_of_[firm] != UINT32_MAX; }

  std::uint32_t firms_;
  std::vector<Arc> inputs_, sales_;  // settled: by buyer and type; by seller
  std::vector<std::uint32_t> market_of_;
  std::vector<double> sells_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<double> market_sales_;
  bool settled_ = false;
  std::vector<std::size_t> first_input_, first_sale_;
  Ends buyers_of_, sellers_to_;
  std::vector<std::uint32_t> buying_, selling_;  // firms
  // What a run takes and leaves as it was.
  std::unique_ptr<State<1>> alone_;
  std::unique_ptr<State<together>> side_by_side_;
};

}  // namespace tierscope::core
