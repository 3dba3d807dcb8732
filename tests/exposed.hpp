#pragma once
// Exposure to one company, the kernel alone.

#include "ask/exposure/exposure.hpp"

namespace tierscope::core {

inline ExposureResult exposed_to(const Model& model, CompanyIndex target, std::optional<CompanyIndex> supplier = {}) {
  return exposure(model, RevenueLinks(model), target, supplier);
}

}  // namespace tierscope::core
