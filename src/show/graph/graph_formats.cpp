#include "show/graph/graph_formats.hpp"

#include <algorithm>

namespace tierscope::core {
namespace {

std::vector<NamedBytes> dot(const Model& model) { return {{"graph.dot", write_dot(model)}}; }
std::vector<NamedBytes> graphml(const Model& model) { return {{"graph.graphml", write_graphml(model)}}; }

bool ends(std::string_view output, std::string_view ending) { return output.ends_with(ending); }

}  // namespace

const std::vector<GraphFormat> graph_formats = {
    {"csv", true, {"/"}, write_folder},
    {"dot", false, {".dot", ".gv"}, dot},
    {"graphml", false, {".graphml", ".xml"}, graphml},
};

bool GraphFormat::takes(std::string_view output) const {
  if (std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return ends(output, ending); }))
    return true;
  // A name without an ending is a folder.
  const std::size_t slash = output.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? output : output.substr(slash + 1);
  return is_folder && !last.empty() && last.find('.') == std::string_view::npos;
}

}  // namespace tierscope::core
