#include "show/reports.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/unicode.hpp"

namespace tierscope::core {

std::string shown(const Cell& cell, CellType type) {
  if (!cell.text.empty()) return visible(cell.text);
  switch (type) {
    case CellType::text:
    case CellType::sources: return {};
    case CellType::count: return std::to_string(cell.count);
    case CellType::fraction:
    case CellType::share: return cell.quantity ? format_share(cell.quantity) : "–";
    case CellType::amount: return cell.quantity ? format_amount(cell.quantity) : "–";
    case CellType::hhi: {
      if (!cell.quantity) return "–";
      const std::string low = format_number(cell.quantity.low, 0);
      const std::string high = format_number(cell.quantity.high, 0);
      return low == high ? low : low + "–" + high;
    }
  }
  return {};
}

std::size_t shown_results(const Report& report, const WriteOptions& options, std::size_t default_limit) {
  const std::size_t limit = options.limit.value_or(default_limit);
  return limit == 0 ? report.results.count : std::min(limit, report.results.count);
}

std::string Citations::cite(std::string_view ids) {
  std::string numbers;
  for (const std::string_view id : split_sources(ids)) {
    auto found = std::find(ids_.begin(), ids_.end(), id);
    if (found == ids_.end()) found = ids_.insert(ids_.end(), std::string(id));
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ",", found - ids_.begin() + 1);
  }
  return numbers;
}

}  // namespace tierscope::core
