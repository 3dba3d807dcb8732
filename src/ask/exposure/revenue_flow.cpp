#include "ask/exposure/revenue_flow.hpp"

#include <algorithm>
#include <limits>

namespace tierscope::core {

AbsorbingSystem revenue_flow(const Model& model, const RevenueLinks& links) {
  AbsorbingSystem system;
  for (CompanyIndex s = 0; s < model.company_count(); ++s) {
    const auto shares = links.shares_of(s);
    if (model.company(s).aggregate || shares.empty()) {
      system.end_row(model.company(s).aggregate ? 0 : 1, model.company(s).aggregate ? 1 : 0);
      continue;
    }
    double sum = 0;
    for (const RevenueShare& share : shares) sum += share.low;
    // A loop would amplify the last bits by which a sum may exceed 1.
    for (const RevenueShare& share : shares)
      if (share.low > 0) system.step(share.customer, share.low / std::max(1.0, sum));
    // Ten shares of 10 % lack a last bit, which nobody reported.
    const double rest = 1 - links.attributed(s);
    const double rounding = std::numeric_limits<double>::epsilon() * static_cast<double>(shares.size() + 1);
    system.end_row(0, rest > rounding ? rest : 0);
  }
  return system;
}

}  // namespace tierscope::core
