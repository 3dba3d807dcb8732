#include "ask/figures.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "model/chosen.hpp"

namespace tierscope::core {
namespace {

// The sum of shares written with so few digits as ours; their decimals are no binary fractions.
constexpr double noise = 1e-9;

template <typename States>
const Relation* best_of(std::span<const Relation* const> link, const States& states) {
  const Relation* best = nullptr;
  // The view has settled what counts as in force: an `ended` row that still was is `active` in it.
  const auto rank = [](const Relation* r) {
    return std::tuple(-static_cast<int>(standing(*r, {})), r->as_of ? last_day(r->as_of) : INT32_MIN, r->row);
  };
  for (const Relation* r : link)
    if (!r->restates && states(*r) && (best == nullptr || rank(r) > rank(best))) best = r;
  return best;
}

// Half a unit of the last digit of the first number in the text, or of its last digit that is not 0.
double half_unit(std::string_view text, bool last_non_zero) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return 0;
  std::size_t end = text.find_first_not_of("0123456789.", begin);
  end = std::min({end, text.find("..", begin), text.size()});
  const std::string_view number = text.substr(begin, end - begin);
  const std::size_t point = std::min(number.find('.'), number.size());
  std::size_t digit = number.size() - 1;
  if (last_non_zero)
    while (digit > 0 && (number[digit] == '0' || number[digit] == '.')) --digit;
  if (number[digit] == '.') --digit;
  const int exponent = digit < point ? static_cast<int>(point - digit) - 1 : -static_cast<int>(digit - point);
  const std::string_view rest = text.substr(end);
  const std::size_t sign = rest.find_first_not_of(' ');
  // "10..20%": the sign stands behind the second number.
  const bool percent = sign != std::string_view::npos && (rest[sign] == '%' || rest.ends_with('%'));
  return 0.5 * std::pow(10, exponent) * (percent ? 0.01 : 1);
}

}  // namespace

const Relation* stating(std::span<const Relation* const> link, Quantity Relation::*figure) {
  return best_of(link, [&](const Relation& r) { return bool(r.*figure); });
}

const Relation* stating_amount(std::span<const Relation* const> link, Basis basis) {
  return best_of(link, [&](const Relation& r) { return r.basis == basis && r.value; });
}

const Relation* stating_claim(std::span<const Relation* const> link) {
  return best_of(link, [&](const Relation& r) { return r.claim != Claim::none; });
}

void mark_stale(const Model& model, std::span<LinkShare> shares) {
  if (!model.rest().max_age) return;
  std::int32_t newest = INT32_MIN;
  for (const LinkShare& s : shares)
    if (s.relation->as_of) newest = std::max(newest, last_day(s.relation->as_of));
  for (LinkShare& s : shares) {
    const Date as_of = s.relation->as_of;
    // Most are of the newest day itself.
    s.stale = as_of && last_day(as_of) != newest && later(last_day(as_of), *model.rest().max_age) <= newest;
  }
}

SharesSum sum_of(const Model& model, std::span<const LinkShare> shares) {
  SharesSum sum;
  for (const LinkShare& s : shares)
    if (!s.stale) sum.low += s.share.low;
  if (sum.low <= 1 + noise) return sum;
  double allowed = 1 + noise;
  for (const LinkShare& s : shares)
    if (!s.stale) allowed += rounding_of(model, s);
  sum.contradicts = sum.low > allowed;
  if (!sum.contradicts) sum.divisor = sum.low;
  return sum;
}

double rounding_of(const Model& model, const LinkShare& s) {
  if (s.computed || s.share.low == 0) return 0;
  const double half = half_unit(model.text(s.share.reported), s.share.approximate);
  return s.share.approximate ? std::min(half, 0.05) : half;
}

}  // namespace tierscope::core
