#include "model/rates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace tierscope::core {
namespace {

// The less, the sooner a rate is taken for its date: known ones from the newest on, undated ones, later ones.
std::pair<std::int64_t, std::int64_t> age(const Rate& rate, Date as_of) {
  if (rate.given) return {0, 0};
  if (!rate.date) return {2, 0};
  const bool later = as_of && first_day(rate.date) > last_day(as_of);
  return later ? std::pair<std::int64_t, std::int64_t>(3, last_day(rate.date))
               : std::pair<std::int64_t, std::int64_t>(1, -std::int64_t{last_day(rate.date)});
}

}  // namespace

Rates::Rates(std::span<const Rate> rates, Date as_of, Currency wanted) : wanted_(wanted) {
  std::map<Pair, Leg> legs;
  for (std::uint32_t i = 0; i < rates.size(); ++i) {
    const Rate& rate = rates[i];
    const auto when = age(rate, as_of);
    const auto consider = [&](Currency from, Currency to, double factor, bool inverse) {
      ++steps_;
      const Leg leg{i, factor, {rate.given ? 0 : 1, inverse ? 1 : 0, when.first, when.second}};
      const auto [found, fresh] = legs.try_emplace({from.index, to.index}, leg);
      if (!fresh && leg.rank <= found->second.rank) found->second = leg;
    };
    consider(rate.from, rate.to, rate.rate, false);
    consider(rate.to, rate.from, 1 / rate.rate, true);
  }
  find_ways(legs, rates);
}

void Rates::find_ways(const std::map<Pair, Leg>& legs, std::span<const Rate> rates) {
  using Rank = std::tuple<std::int64_t, std::int64_t, std::uint16_t>;  // of the worse rate, and the code between
  std::map<std::uint16_t, Rank> best;
  for (const auto& [pair, leg] : legs) {
    ++steps_;
    const auto [from, to] = pair;
    if (from == wanted_.index) continue;
    if (to == wanted_.index) {
      Way& way = ways_[from];
      way.factor = leg.factor;
      way.rates = {{leg.rate, rates[leg.rate]}};
      continue;
    }
    const auto last = legs.find({to, wanted_.index});
    if (last == legs.end() || legs.contains({from, wanted_.index})) continue;
    const auto date_of = [](const Leg& one) { return std::tuple(one.rank[2], one.rank[3]); };
    const Rank rank = std::tuple_cat(std::max(date_of(leg), date_of(last->second)), std::tuple(to));
    const auto [found, fresh] = best.try_emplace(from, rank);
    if (!fresh && found->second <= rank) continue;
    found->second = rank;
    Way& way = ways_[from];
    way.factor = leg.factor * last->second.factor;
    way.rates = {{leg.rate, rates[leg.rate]}, {last->second.rate, rates[last->second.rate]}};
  }
}

std::optional<double> Rates::factor(Currency from) const {
  if (from == wanted_) return 1;
  const auto way = ways_.find(from.index);
  if (way == ways_.end()) return {};
  way->second.used.store(true, std::memory_order_relaxed);
  return way->second.factor;
}

std::optional<Quantity> Rates::convert(const Quantity& amount) const {
  if (!amount || !wanted_ || amount.currency == wanted_) return amount;
  const std::optional<double> rate = factor(amount.currency);
  if (!rate) return {};
  Quantity converted = amount;
  converted.low *= *rate;
  converted.high *= *rate;
  converted.currency = wanted_;
  converted.reported = {};
  return converted;
}

std::vector<Rate> Rates::used() const {
  std::map<std::uint32_t, Rate> by_index;
  for (const auto& [currency, way] : ways_)
    if (way.used.load(std::memory_order_relaxed)) by_index.insert(way.rates.begin(), way.rates.end());
  std::vector<Rate> list;
  list.reserve(by_index.size());
  for (const auto& [index, rate] : by_index) list.push_back(rate);
  return list;
}

std::string describe_rate(const TextPool& pool, const Rate& rate) {
  std::string where = rate.given ? "given on the command line" : rate.date ? to_string(rate.date) : "undated";
  if (rate.source) where += ", " + std::string(pool.view(rate.source));
  return fmt::format("1 {} = {} {} ({})", to_string(rate.from), rate.reported, to_string(rate.to), where);
}

}  // namespace tierscope::core
