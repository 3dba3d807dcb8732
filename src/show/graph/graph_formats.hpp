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
  std::vector<std::string_view> endings;  // of the output's name; none = it has to be named
  /// The model must live until they are written.
  std::vector<NamedBytes> (*write)(const Model&);
  /// What of the model is not written, a cause each: `70 sources (ids stay, in cites)`. Null: it is lossless.
  std::vector<std::string> (*left_out)(const Model&) = nullptr;
  /// The same format as no other program writes it, with nothing left out. Null: there is none, or it is `write`.
  std::vector<NamedBytes> (*write_all)(const Model&) = nullptr;

  bool takes(std::string_view output) const;
  /// Null: whatever it writes is less than the model.
  auto lossless() const { return left_out == nullptr ? write : write_all; }
};

extern const std::vector<GraphFormat> graph_formats;

/// What `csv, dot, graphml --lossless` keep: for remedies.
std::string lossless_formats();

}  // namespace tierscope::core
