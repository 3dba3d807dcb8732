#pragma once
// The list of graph formats that `convert` offers.

#include <string>
#include <string_view>
#include <vector>

#include "show/graph/graphs.hpp"

namespace tierscope::core {

struct GraphFormat {
  std::string_view name;
  bool is_folder;
  std::vector<std::string_view> endings;  // of the output's name; none = whatever no other format takes
  std::vector<NamedBytes> (*write)(const Model&);

  bool takes(std::string_view output) const;
};

extern const std::vector<GraphFormat> graph_formats;

}  // namespace tierscope::core
