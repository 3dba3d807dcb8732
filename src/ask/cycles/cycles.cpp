#include "ask/cycles/cycles.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include "ask/cycles/loop_dates.hpp"
#include "ask/cycles/loops.hpp"
#include "ask/cycles/ranking.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t null_length = 4;  // of the null model where no --max-length is given

// The classes of legs that a hop offers, so that counting looks at one byte a hop.
constexpr std::uint8_t commercial_leg = 1;
constexpr std::uint8_t financing_leg = 2;

CycleClass class_by_marks(std::size_t legs, std::size_t length) {
  return class_of((legs & commercial_leg) != 0, (legs & financing_leg) != 0, length);
}

class LoopSearch {
 public:
  LoopSearch(const Model& model, const CyclesParams& params, CyclesResult& result)
      : params_(params), result_(result), flow_(*result.flow), amounts_(flow_), by_length_(flow_.graph().size() + 1) {
    for (const std::string& word : params.through) through_.push_back(flow_.rank(find_company(model, word)));
    if (!params.window.empty()) {
      window_ = parse_duration(params.window);
      if (!window_) throw Question("--window: " + quote(params.window) + " is no duration; " + duration_remedy);
    }
    for (const Hop& hop : flow_.hops())
      offers_.push_back(static_cast<std::uint8_t>((hop.has_commercial ? commercial_leg : 0) |
                                                  (hop.has_financing ? financing_leg : 0)));
  }

  HopAmounts run() && {
    CycleSearch search{params_.max_length, {}, params_.interrupted};
    const std::size_t threads = params_.threads != 0 ? params_.threads : std::thread::hardware_concurrency();
    search.threads = static_cast<unsigned>(std::min<std::size_t>(threads, 256));
    if (!through_.empty()) search.through = through_.front();
    if (params_.count && !window_ && through_.size() < 2)
      count(search);
    else
      result_.complete =
          elementary_cycles(flow_.graph(), search, [this](auto ranks, auto edges) { return visit(ranks, edges); });
    result_.interrupted = !result_.complete && !stopped_;
    for (std::size_t length = 0; length < by_length_.size(); ++length)
      if (by_length_[length] != std::array<std::size_t, cycle_classes>{})
        result_.by_length[length] = by_length_[length];
    return std::move(amounts_);
  }

 private:
  void found(CycleClass cycle_class, std::size_t length, std::size_t count) {
    by_length_[length][static_cast<std::size_t>(cycle_class)] += count;
    result_.count += count;
  }

  void count(const CycleSearch& search) {
    CycleCounts counts;
    result_.complete = count_cycles(flow_.graph(), search, offers_, counts);
    for (std::size_t length = 0; length < counts.size(); ++length)
      for (std::size_t legs = 0; legs < counts[length].size(); ++legs)
        found(class_by_marks(legs, length), length, counts[length][legs]);
  }

  bool visit(std::span<const std::uint32_t> ranks, std::span<const std::uint32_t> edges) {
    for (const std::uint32_t wanted : through_)
      if (std::find(ranks.begin(), ranks.end(), wanted) == ranks.end()) return true;
    std::uint8_t legs = 0;
    for (const std::uint32_t edge : edges) legs |= offers_[edge];
    if (window_) {
      hops_.clear();
      for (const std::uint32_t edge : edges) hops_.push_back(&flow_.hops()[edge]);
      if (!within_window(hops_, *window_)) return true;
    }
    const CycleClass cycle_class = class_by_marks(legs, ranks.size());
    found(cycle_class, ranks.size(), 1);
    if (params_.count) return true;
    result_.cycles.push_back(cycle_of(flow_, amounts_, ranks, edges, window_));
    result_.cycles.back().cycle_class = cycle_class;
    stopped_ = params_.stop_after != 0 && result_.cycles.size() >= params_.stop_after;
    return !stopped_;
  }

  const CyclesParams& params_;
  CyclesResult& result_;
  const MoneyFlow& flow_;
  HopAmounts amounts_;
  std::vector<std::array<std::size_t, cycle_classes>> by_length_;
  std::vector<std::uint32_t> through_;
  std::optional<Duration> window_;
  std::vector<std::uint8_t> offers_;  // by edge
  std::vector<const Hop*> hops_;
  bool stopped_ = false;
};

void find_components(CyclesResult& result) {
  for (const auto& members : strong_components_of(result.flow->graph())) {
    auto& component = result.components.emplace_back();
    for (const std::uint32_t rank : members) component.push_back(result.flow->company(rank));
  }
  std::stable_sort(result.components.begin(), result.components.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void measure_circularity(const CyclesParams& params, CyclesResult& result) {
  std::set<std::uint16_t> currencies;
  for (const Quantity& amount : result.amounts)
    if (amount) currencies.insert(amount.currency.index);
  result.currencies_of_hops = currencies.size();
  if (!params.circularity || currencies.size() != 1) return;
  result.circularity = circularity(*result.flow, result.amounts);
  result.too_many_hops =
      !result.circularity && std::any_of(result.amounts.begin(), result.amounts.end(),
                                         [](const Quantity& amount) { return amount && amount.low > 0; });
}

void compare_with_chance(const CyclesParams& params, CyclesResult& result) {
  if (params.null_runs == 0) return;
  const std::size_t longest = params.max_length == 0 ? null_length : params.max_length;
  result.null = null_model(result.flow->graph(), longest, params.null_runs, params.seed, params.interrupted);
  result.interrupted = result.null->runs < params.null_runs;
}

}  // namespace

CyclesResult cycles(const Model& model, const CyclesParams& params) {
  CyclesResult result;
  result.flow = std::make_unique<MoneyFlow>(model);
  HopAmounts amounts = LoopSearch(model, params, result).run();
  sort_cycles(result);
  rank_companies(model, result);
  rank_relations(result);
  find_components(result);
  // Amounts off the loops matter to the index alone.
  for (std::uint32_t edge = 0; !result.interrupted && edge < result.flow->hops().size(); ++edge) amounts.of(edge);
  result.amounts = std::move(amounts).take();
  if (result.interrupted) return result;
  measure_circularity(params, result);
  compare_with_chance(params, result);
  return result;
}

}  // namespace tierscope::core
