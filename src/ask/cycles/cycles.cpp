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

CycleClass class_named(std::string_view word) {
  std::string words;
  for (std::size_t i = 0; i < cycle_classes; ++i) {
    const auto of = static_cast<CycleClass>(i);
    if (to_string(of) == word) return of;
    words.append(i == 0 ? "" : ", ").append(to_string(of));
  }
  throw Question("--class: " + quote(word) + " is none of " + words);
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
    classes_.fill(params.classes.empty());
    for (const std::string& word : params.classes) classes_[static_cast<std::size_t>(class_named(word))] = true;
    for (const Hop& hop : flow_.hops())
      offers_.push_back(static_cast<std::uint8_t>((hop.has_commercial ? commercial_leg : 0) |
                                                  (hop.has_financing ? financing_leg : 0)));
  }

  HopAmounts run() && {
    if (params_.count && !window_ && through_.size() < 2)
      count();
    else
      list();
    result_.interrupted = !result_.complete && !stopped_;
    for (std::size_t length = 0; length < by_length_.size(); ++length)
      if (by_length_[length] != ByClass{}) result_.by_length[length] = by_length_[length];
    return std::move(amounts_);
  }

 private:
  using ByClass = std::array<std::size_t, cycle_classes>;

  bool wanted(CycleClass of, std::size_t length) const {
    return length >= result_.shortest && classes_[static_cast<std::size_t>(of)];
  }

  void found(CycleClass of, std::size_t length, std::size_t count) {
    by_length_[length][static_cast<std::size_t>(of)] += count;
    result_.count += count;
  }

  CycleSearch search_up_to(std::size_t longest) const {
    CycleSearch search{longest, {}, params_.interrupted};
    if (!through_.empty()) search.through = through_.front();
    return search;
  }

  void count() {
    CycleSearch search = search_up_to(result_.longest);
    const std::size_t threads = params_.threads != 0 ? params_.threads : std::thread::hardware_concurrency();
    search.threads = static_cast<unsigned>(std::min<std::size_t>(threads, 256));
    CycleCounts counts;
    result_.complete = count_cycles(flow_.graph(), search, offers_, counts);
    for (std::size_t length = 0; length < counts.size(); ++length)
      for (std::size_t legs = 0; legs < counts[length].size(); ++legs)
        if (const CycleClass of = class_by_marks(legs, length); wanted(of, length))
          found(of, length, counts[length][legs]);
  }

  // Loops of two and three companies first, then all others at once; where these are too many, length by length.
  // Whatever ends the search, the short ones are all there.
  void list() {
    const std::size_t longest = result_.longest;
    done_ = result_.shortest - 1;
    for (const std::size_t bound : {longest == 0 ? 3 : std::min<std::size_t>(3, longest), longest}) {
      if (bound != 0 && bound <= done_) continue;
      begun_ = {result_.cycles.size(), result_.count, by_length_};
      result_.complete = pass(bound);
      if (result_.complete) {
        if (bound == 0) return;
        continue;
      }
      if (!stopped_) break;
      take_back();
      // Longer and longer steps, or a graph whose shortest loop is long would be searched for ever.
      constexpr std::size_t single_steps = 16;
      do {
        stopped_ = false;
      } while (pass(done_ < single_steps ? done_ + 1 : longest == 0 ? 2 * done_ : std::min(longest, 2 * done_)));
      break;
    }
    result_.complete_to = done_;
  }

  /// Finds the loops that are longer than those found before. False: not all of them.
  bool pass(std::size_t bound) {
    const bool all = elementary_cycles(flow_.graph(), search_up_to(bound),
                                       [this](auto ranks, auto edges) { return visit(ranks, edges); });
    if (all) done_ = bound;
    return all;
  }

  void take_back() {
    result_.cycles.resize(begun_.kept);
    result_.count = begun_.count;
    by_length_ = begun_.by_length;
  }

  bool visit(std::span<const std::uint32_t> ranks, std::span<const std::uint32_t> edges) {
    if (ranks.size() <= done_) return true;
    for (const std::uint32_t company : through_)
      if (std::find(ranks.begin(), ranks.end(), company) == ranks.end()) return true;
    std::uint8_t legs = 0;
    for (const std::uint32_t edge : edges) legs |= offers_[edge];
    const CycleClass of = class_by_marks(legs, ranks.size());
    if (!wanted(of, ranks.size())) return true;
    if (window_) {
      hops_.clear();
      for (const std::uint32_t edge : edges) hops_.push_back(&flow_.hops()[edge]);
      if (!within_window(hops_, *window_)) return true;
    }
    if (!params_.count && params_.stop_after != 0 && result_.count == params_.stop_after) {
      stopped_ = true;  // there is one more
      return false;
    }
    found(of, ranks.size(), 1);
    if (params_.count || (result_.listed != 0 && ranks.size() > result_.listed)) return true;
    result_.cycles.push_back(cycle_of(flow_, amounts_, ranks, edges, window_));
    result_.cycles.back().cycle_class = of;
    return true;
  }

  const CyclesParams& params_;
  CyclesResult& result_;
  const MoneyFlow& flow_;
  HopAmounts amounts_;
  std::vector<ByClass> by_length_;
  std::array<bool, cycle_classes> classes_{};  // which are wanted
  std::size_t done_ = 0;                       // loops up to this length have been found
  struct Begun {
    std::size_t kept = 0, count = 0;
    std::vector<ByClass> by_length;
  } begun_;  // what there was when the pass began
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
  std::vector<AmountSum> beside;
  for (const Hop& hop : result.flow->beside()) beside.push_back(result.flow->amount(hop));
  bool any = false;
  std::set<std::uint16_t> currencies;
  for (const auto* hops : {&result.amounts, &beside})
    for (const AmountSum& hop : *hops) {
      any |= hop.amount.low > 0;
      for (const Currency currency : {hop.currency, hop.other})
        if (currency && currencies.insert(currency.index).second) result.currencies_of_hops.push_back(currency);
    }
  if (!params.circularity || currencies.size() != 1) return;
  result.circularity = circularity(*result.flow, result.amounts, beside);
  result.too_many_hops = any && !result.circularity;
}

void compare_with_chance(const CyclesParams& params, CyclesResult& result) {
  if (params.null_runs == 0) return;
  // The default bound, or none, is more than what shuffles are counted up to.
  const std::size_t longest = result.longest == 0 || result.listed != result.longest ? null_length : result.longest;
  result.null = null_model(result.flow->graph(), longest, params.null_runs, params.seed, params.interrupted);
  result.interrupted = result.null->runs < params.null_runs;
}

}  // namespace

std::size_t CyclesResult::loops(std::size_t from, std::size_t to, std::optional<CycleClass> of) const {
  std::size_t sum = 0;
  for (const auto& [length, classes] : by_length)
    for (std::size_t i = 0; i < classes.size(); ++i)
      if (length >= from && length <= to && (!of || static_cast<CycleClass>(i) == *of)) sum += classes[i];
  return sum;
}

CyclesResult cycles(const Model& model, const CyclesParams& params) {
  CyclesResult result;
  result.flow = std::make_unique<MoneyFlow>(model);
  result.shortest = std::max<std::size_t>(params.min_length, 2);
  // --min-length alone lists what it names.
  result.listed = params.listed == 0 ? 0 : std::max(params.listed, result.shortest);
  result.longest = params.longest == 0 ? 0 : std::max(params.longest, result.shortest);
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
