#include "ask/exposure/behind.hpp"

#include <algorithm>
#include <numeric>

namespace tierscope::core {
namespace {

Behind behind(const RevenueLink& link) {
  Behind figures;
  figures.confidence = link.confidence;
  figures.approximate = link.share.approximate;
  for (const Relation* r : link.relations) {
    if (!r->as_of) continue;
    if (!figures.oldest || first_day(r->as_of) < first_day(figures.oldest)) figures.oldest = r->as_of;
    if (!figures.newest || last_day(r->as_of) > last_day(figures.newest)) figures.newest = r->as_of;
  }
  return figures;
}

bool is_weaker(Confidence a, Confidence b) { return a != b && weaker(a, b) == a; }

}  // namespace

Figures::Figures(const Model& model, const RevenueLinks& links) {
  const auto companies = static_cast<CompanyIndex>(model.company_count());
  for (CompanyIndex v = 0; v < companies; ++v) {
    aggregates_.push_back(model.company(v).aggregate);
    for (const RevenueShare& share : links.shares_of(v))
      if (share.known) links_.push_back({v, share.customer, behind(links.link(share))});
  }
  const auto count = static_cast<std::uint32_t>(links_.size());
  // Links are in the order of their suppliers, so a link's row is its edge.
  graph_ = Csr(companies, count, [&](std::uint32_t row) { return std::pair(links_[row].from, links_[row].to); });
  by_confidence_.resize(count);
  std::iota(by_confidence_.begin(), by_confidence_.end(), 0U);
  for (std::uint32_t edge = 0; edge < count; ++edge) {
    if (links_[edge].figures.oldest) by_oldest_.push_back(edge);
    if (links_[edge].figures.approximate) approximate_.push_back(edge);
  }
  by_newest_ = by_oldest_;
  const auto of = [&](std::uint32_t edge) -> const Behind& { return links_[edge].figures; };
  std::stable_sort(by_confidence_.begin(), by_confidence_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return is_weaker(of(a).confidence, of(b).confidence); });
  std::stable_sort(by_oldest_.begin(), by_oldest_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return first_day(of(a).oldest) < first_day(of(b).oldest); });
  std::stable_sort(by_newest_.begin(), by_newest_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return last_day(of(a).newest) > last_day(of(b).newest); });
}

std::vector<Behind> Figures::to(CompanyIndex target) const {
  const Walks walks{target, {}, aggregates_};
  std::vector<Behind> found(aggregates_.size());
  const auto each = [&](const std::vector<std::uint32_t>& order, const auto& take) {
    const std::vector<std::uint32_t> first = first_on_walks(graph_, walks, order);
    for (std::size_t v = 0; v < found.size(); ++v)
      if (first[v] != no_edge) take(found[v], links_[first[v]].figures);
  };
  each(by_confidence_, [](Behind& to, const Behind& from) { to.confidence = from.confidence; });
  each(by_oldest_, [](Behind& to, const Behind& from) { to.oldest = from.oldest; });
  each(by_newest_, [](Behind& to, const Behind& from) { to.newest = from.newest; });
  if (!approximate_.empty()) each(approximate_, [](Behind& to, const Behind&) { to.approximate = true; });
  return found;
}

}  // namespace tierscope::core
