#include "base/problem.hpp"

#include <algorithm>

#include "base/unicode.hpp"

namespace tierscope {

bool has_errors(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return problem.severity == Severity::error; });
}

std::string to_string(const Problem& problem) {
  std::string line = problem.file;
  if (problem.line != 0) line += ":" + std::to_string(problem.line);
  if (!line.empty()) line += ": ";
  if (problem.severity == Severity::warning) line += "warning: ";
  if (!problem.attribute.empty()) line += problem.attribute + ": ";
  line += problem.what;
  if (!problem.remedy.empty()) line += "; " + problem.remedy;
  return core::visible(line);
}

}  // namespace tierscope
