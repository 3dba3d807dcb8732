#pragma once
// A command line as the program runs it, in process.

#include <sstream>
#include <string>
#include <vector>

#include "app/cli.hpp"

namespace tierscope::core {

struct Run {
  int status = 0;
  std::string out;
  std::string err;
};

inline Run tierscope(Files& files, const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run(arguments, files, {}, out, err);
  return {status, out.str(), err.str()};
}

}  // namespace tierscope::core
