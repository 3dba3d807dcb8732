#pragma once
// The SEC's company facts as JSON: facts without dimensions, of which revenue is of use here.

#include <string>
#include <string_view>

#include "import/intake.hpp"

namespace tierscope::core {

/// 812000000 and USD as `812M USD`; what has more digits is written out.
std::string sec_amount(double value, std::string_view currency);

/// `companyfacts/CIK….json`: each fact of a revenue tag is a row, in their order.
void import_company_facts(Intake& intake, const InputFile& input);

}  // namespace tierscope::core
