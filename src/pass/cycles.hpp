#pragma once
// Which deals go round in a circle (definitions, section 7).

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/pass.hpp"
#include "pass/money_flow.hpp"

namespace tierscope {

struct CyclesParams {
  std::size_t max_length = 0;          // in hops; 0 = no bound
  std::size_t stop_after = 2'000'000;  // loops are kept to be ordered, some 150 bytes each; 0 = no bound
};

enum class CycleClass : std::uint8_t { circular_deal, reciprocal_trade, trade_loop, cross_financing };
inline constexpr std::size_t cycle_classes = 4;
std::string_view to_string(CycleClass cycle_class);

struct Cycle {
  std::vector<std::uint32_t> ranks;  // follow the money, from the smallest id
  CycleClass cycle_class = CycleClass::trade_loop;
  Quantity amount;                    // interval minimum over the hops; unknown: no hop has a known amount
  bool contingent = false;            // some leg is a guarantee or a grant
  bool hinges_on_contingent = false;  // a hop has no other legs: without them there is no loop
  bool at_least = false;              // a hop has further cash legs of unknown amount
};

struct CyclesResult {
  std::unique_ptr<MoneyFlow> flow;
  std::vector<Cycle> cycles;  // by circulating amount (low, then high), largest first; then length, then ids
  std::map<std::size_t, std::array<std::size_t, cycle_classes>> by_length;
  std::vector<std::vector<CompanyIndex>> components;  // strongly connected, two companies or more; largest first
  std::vector<std::string_view> currencies;  // of the amounts; with more than one, cycles stand currency by currency
  bool complete = true;
};

/// Every elementary cycle of the money-flow graph, by class, with its circulating amount. Cost: elementary_cycles().
CyclesResult cycles(const Model& model, const CyclesParams& params);

extern const Pass cycles_pass;

}  // namespace tierscope
