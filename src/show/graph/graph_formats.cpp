#include "show/graph/graph_formats.hpp"

#include <algorithm>

#include "show/graph/typed.hpp"

namespace tierscope::core {
namespace {

std::vector<NamedBytes> dot(const Model& model) { return {{"graph.dot", write_dot(model)}}; }
std::vector<NamedBytes> graphml(const Model& model) { return {{"graph.graphml", write_graphml(model)}}; }

/// One file that is written as it is made.
template <void (*write)(const Model&, std::ostream&)>
std::vector<NamedBytes> streamed(const Model& model) {
  return {{"graph", {}, [&model](std::ostream& out) { write(model, out); }}};
}

bool ends(std::string_view output, std::string_view ending) { return output.ends_with(ending); }

}  // namespace

const std::vector<GraphFormat> graph_formats = {
    {"csv", true, {"/"}, write_folder},
    {"dot", false, {".dot", ".gv"}, dot},
    {"graphml", false, {".graphml", ".xml"}, streamed<write_typed_graphml>, left_out_of_typed, graphml},
    {"gexf", false, {".gexf"}, streamed<write_gexf>, left_out_of_typed},
    {"neo4j", true, {}, write_neo4j, left_out_of_neo4j},
};

bool GraphFormat::takes(std::string_view output) const {
  if (std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return ends(output, ending); }))
    return true;
  if (endings.empty()) return false;
  // A name without an ending is a folder.
  const std::size_t slash = output.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? output : output.substr(slash + 1);
  return is_folder && !last.empty() && last.find('.') == std::string_view::npos;
}

std::string lossless_formats() {
  std::string words;
  for (const GraphFormat& format : graph_formats)
    if (format.lossless() != nullptr)
      words += (words.empty() ? "" : ", ") + std::string(format.name) + (format.write_all ? " --lossless" : "");
  return words;
}

}  // namespace tierscope::core
