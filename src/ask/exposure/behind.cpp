#include "ask/exposure/behind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ask/pair_amount.hpp"

namespace tierscope::core {
namespace {

Behind behind(const RevenueLinks& links, const RevenueShare& share) {
  Behind figures;
  figures.confidence = share.confidence;
  figures.approximate = share.approximate;
  links.for_each_figure(share, [&](const Relation& r) {
    figures.undated |= !r.as_of;
    if (!r.as_of) return;
    if (!figures.oldest || first_day(r.as_of) < first_day(figures.oldest)) figures.oldest = r.as_of;
    if (!figures.newest || last_day(r.as_of) > last_day(figures.newest)) figures.newest = r.as_of;
  });
  return figures;
}

std::uint32_t weakness(Confidence confidence) {
  std::uint32_t stronger = 0;
  for (const Confidence other : {Confidence::none, Confidence::disclosed, Confidence::reported, Confidence::estimated})
    stronger += other != confidence && weaker(other, confidence) == other;
  return stronger;
}

// The edges by the least key, ties by their number: one number a pair is sorted faster than a comparison of links.
template <typename Key>
std::vector<std::uint32_t> ordered(const std::vector<std::uint32_t>& edges, const Key& key) {
  std::vector<std::uint64_t> pairs;
  pairs.reserve(edges.size());
  for (const std::uint32_t edge : edges)
    pairs.push_back(std::uint64_t{static_cast<std::uint32_t>(key(edge))} << 32U | edge);
  std::sort(pairs.begin(), pairs.end());
  std::vector<std::uint32_t> order;
  order.reserve(pairs.size());
  for (const std::uint64_t pair : pairs) order.push_back(static_cast<std::uint32_t>(pair));
  return order;
}

}  // namespace

Quantity graded(double least, const Behind& behind) {
  Grade grade;
  grade.add(behind.approximate, behind.confidence);
  return grade.mark(between(least, 1));
}

std::string earns(std::string_view supplier, const Quantity& total, bool indirect, std::string_view customer,
                  Digits digits) {
  return fmt::format("{} earns {} of its revenue from {}{}", supplier, low_in_words(total, digits), customer,
                     indirect ? ", over all tiers (estimate)" : "");
}

Quantity amount_of(const Model& model, const SupplierExposure& row, const Behind& behind) {
  const Company& supplier = model.company(row.supplier);
  if (!supplier.revenue || row.total <= 0 || behind.undated || behind.oldest.year != behind.newest.year) return {};
  if (year_of_period(model.text(supplier.revenue_period)) != behind.oldest.year) return {};
  Quantity amount = part_of_revenue(model, supplier, graded(row.total, behind));
  if (row.total < 1) amount.high = unbounded;
  return amount;
}

Figures::Figures(const Model& model, const RevenueLinks& links) {
  const auto companies = static_cast<CompanyIndex>(model.company_count());
  for (CompanyIndex v = 0; v < companies; ++v) {
    aggregates_.push_back(model.company(v).aggregate);
    for (const RevenueShare& share : links.shares_of(v))
      if (share.known) links_.push_back({v, share.customer, behind(links, share)});
  }
  const auto count = static_cast<std::uint32_t>(links_.size());
  // Links are in the order of their suppliers, so a link's row is its edge.
  graph_ = Csr(companies, count, [&](std::uint32_t row) { return std::pair(links_[row].from, links_[row].to); });
  std::vector<std::uint32_t> all(count);
  std::iota(all.begin(), all.end(), 0U);
  std::vector<std::uint32_t> dated;
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    if (links_[edge].figures.oldest) dated.push_back(edge);
    if (links_[edge].figures.approximate) approximate_.push_back(edge);
    if (links_[edge].figures.undated) undated_.push_back(edge);
  }
  const auto of = [&](std::uint32_t edge) -> const Behind& { return links_[edge].figures; };
  constexpr std::int64_t middle = std::int64_t{1} << 31U;  // days of all dates lie within
  by_confidence_ = ordered(all, [&](std::uint32_t edge) { return weakness(of(edge).confidence); });
  by_oldest_ = ordered(dated, [&](std::uint32_t edge) { return middle + first_day(of(edge).oldest); });
  by_newest_ = ordered(dated, [&](std::uint32_t edge) { return middle - last_day(of(edge).newest); });
}

std::vector<Behind> Figures::to(CompanyIndex target) const {
  const Walks walks{target, {}, aggregates_};
  std::vector<Behind> found(aggregates_.size());
  const auto each = [&](const std::vector<std::uint32_t>& order, const auto& take) {
    const std::vector<std::uint32_t> first = first_on_walks(graph_, walks, order);
    for (std::size_t v = 0; v < found.size(); ++v)
      if (first[v] != no_edge) take(found[v], links_[first[v]].figures);
  };
  each(by_confidence_, [](Behind& to, const Behind& from) {
    to.confidence = from.confidence;
    to.any = true;
  });
  each(by_oldest_, [](Behind& to, const Behind& from) { to.oldest = from.oldest; });
  each(by_newest_, [](Behind& to, const Behind& from) { to.newest = from.newest; });
  if (!approximate_.empty()) each(approximate_, [](Behind& to, const Behind&) { to.approximate = true; });
  if (!undated_.empty()) each(undated_, [](Behind& to, const Behind&) { to.undated = true; });
  return found;
}

}  // namespace tierscope::core
