#pragma once
// Which deals go round in a circle (definitions, section 7).

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask/cycles/circularity.hpp"
#include "ask/money_flow.hpp"
#include "ask/rows.hpp"
#include "graph/null_model.hpp"

namespace tierscope::core {

struct CyclesParams {
  std::size_t min_length = 2;          // in hops
  std::size_t listed = 3;              // loops of up to so many hops are kept; 0 = no bound
  std::size_t longest = 6;             // longer ones up to this are counted; 0 = no bound
  std::size_t stop_after = 2'000'000;  // loops; those kept take some 200 bytes each; 0 = no bound
  std::vector<std::string> through;    // companies that every loop must pass
  std::vector<std::string> classes;    // machine words; none: of all
  bool count = false;                  // only count: nothing is kept, and stop_after does not hold
  std::size_t threads = 0;             // that counting may use; 0 = as many as there are
  std::string window;                  // a duration such as 24m: loops whose legs fall within it; empty = no bound
  std::size_t null_runs = 0;           // shuffles of the null model; 0 = none
  std::size_t seed = 1;
  bool circularity = true;            // the index, which can take longer than the loops
  std::function<bool()> interrupted;  // may be empty
};

enum class CycleClass : std::uint8_t { circular_deal, reciprocal_trade, trade_loop, cross_financing };
inline constexpr std::size_t cycle_classes = 4;
std::string_view to_string(CycleClass cycle_class);

struct Cycle {
  std::vector<std::uint32_t> ranks;  // follow the money, from the smallest id
  CycleClass cycle_class = CycleClass::trade_loop;
  Quantity amount;                    // interval minimum over the hops; unknown: no hop has a known amount
  Quantity in_force;                  // the same of active legs: a hop without is [0, 0]
  double financing = 0;               // the low of the known financing legs of all hops
  Currency currency, other;           // where two meet: the amounts are not comparable
  bool contingent = false;            // some leg is a guarantee or a grant
  bool hinges_on_contingent = false;  // a hop has no other legs: without them there is no loop
  // Relations can be chosen that start at a financing leg and do not go back in time; nothing where no leg is financing
  // or a hop has no date.
  std::optional<bool> time_ordered;
};

/// How many loops pass a company, and how many would be gone without a relation: it is the only leg of its hop.
struct Passing {
  CompanyIndex company = 0;
  std::size_t loops = 0;
  std::vector<double> amounts;  // Σ of the loops' low amounts, by the currencies of CyclesResult
};
struct Bearing {
  const Relation* relation = nullptr;
  std::size_t loops = 0;  // that its hop carries
  std::size_t gone = 0;   // without it
};

/// Where loops are only counted, `cycles` and what is said of single loops stays empty.
struct CyclesResult {
  std::unique_ptr<MoneyFlow> flow;
  // By length, then circulating amount (low), then known financing, then its high, largest first, then ids.
  std::vector<Cycle> cycles;
  std::map<std::size_t, std::array<std::size_t, cycle_classes>> by_length;
  std::vector<std::vector<CompanyIndex>> components;  // strongly connected, two companies or more; largest first
  std::vector<std::string_view> currencies;  // of the amounts; with more than one, cycles stand currency by currency
  std::vector<AmountSum> amounts;            // by edge: of the hops on loops; of all where nobody interrupted
  bool complete = true;
  std::size_t complete_to = 0;  // where it is not: all loops up to this length were found
  bool interrupted = false;
  std::size_t shortest = 2;                // of the loops looked for
  std::size_t listed = 3, longest = 6;     // up to which they are kept and counted; 0 = no bound
  std::size_t count = 0;                   // also where nothing is kept
  std::vector<std::uint32_t> hops;         // edges that loops pass, in the order of first use
  std::vector<Passing> companies;          // most loops first, ties by id
  std::vector<Bearing> relations;          // most loops gone first, then most loops, ties in input order
  std::optional<Circularity> circularity;  // nothing for several currencies, no amounts, or too many hops
  std::vector<Currency> currencies_of_hops;
  bool too_many_hops = false;  // for a circularity index
  std::optional<NullModel> null;

  /// The hop from the i-th company of a loop on, as a place in amounts and flow->hops().
  std::uint32_t edge(const Cycle& cycle, std::size_t i) const {
    return flow->edge(cycle.ranks[i], cycle.ranks[i + 1 == cycle.ranks.size() ? 0 : i + 1]);
  }
  const Hop& hop(std::uint32_t edge) const { return flow->hops()[edge]; }
  /// How many loops there are of the lengths from `from` to `to`, of one class or of all.
  std::size_t loops(std::size_t from, std::size_t to, std::optional<CycleClass> of = {}) const;
};

/// Every elementary cycle of the money-flow graph, by class, with its circulating amount; the model must outlive it.
/// Throws Question for wrong words and for a rate that is missing. Cost: elementary_cycles(), and that of each length
/// again where the search is stopped: all short loops are found before a longer one.
CyclesResult cycles(const Model& model, const CyclesParams& params);

/// What circulates on a loop, as a row. 0 without bound is an amount too: some hop is known, and holds nothing down.
api::Quantity circulating(const Model& model, Quantity amount);

/// What the loops rest on: their legs, in the order in which loops first pass them.
Evidence evidence_of(const Model& model, const CyclesResult& result);

/// The finding in a sentence, and how to read the answer.
std::string cycles_title(const Model& model, const CyclesResult& result, const CyclesParams& params);
std::vector<std::string> cycles_notes(const Model& model, const CyclesResult& result, const CyclesParams& params);

}  // namespace tierscope::core
