#pragma once
// What a company or a line says when somebody points at it, and where a click leads.

#include <string>

#include "model/model.hpp"

namespace tierscope::core {

std::string tooltip_of(const Model& model, const Relation& r);
/// `figure`: what stands on its card.
std::string tooltip_of(const Model& model, const Company& company, const std::string& figure);
/// The address of the first of these sources that has one.
std::string first_link(const Model& model, Text sources);

}  // namespace tierscope::core
