#pragma once
// What a picture holds as data.

#include <vector>

#include "ask/picture/sketch.hpp"

namespace tierscope::core {

/// The companies drawn, the relations drawn, and the history of the wanted kinds between them, as a model.
/// `company_of`: each company's index in it; `place_of`: where each relation of sketch.drawn stands in it.
Model facts_of(const Sketch& sketch, const Model& model, bool consolidated, const std::vector<bool>& wanted_kinds,
               std::vector<CompanyIndex>& company_of, std::vector<std::size_t>& place_of);

}  // namespace tierscope::core
