#include "pass/gate.hpp"

#include "model/problem.hpp"
#include "model/quantity.hpp"

namespace tierscope {

Gate::Gate(const std::string& limit) : on_(!limit.empty()) {
  if (!on_) return;
  const ParsedQuantity parsed = parse_share(limit);
  if (!parsed.wrong.empty() || parsed.quantity.low != parsed.quantity.high)
    throw Question("--fail-above: '" + limit + "' is no share; write 50% or 0.5");
  limit_ = parsed.quantity.low;
}

void Gate::see(double number, const std::string& sentence) {
  if (!on_ || !(number > limit_) || (!reason_.empty() && number <= worst_)) return;
  worst_ = number;
  reason_ = sentence;
}

}  // namespace tierscope
