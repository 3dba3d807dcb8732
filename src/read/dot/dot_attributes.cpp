#include "read/dot/dot_attributes.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/dot_names.hpp"
#include "model/fields.hpp"
#include "model/names.hpp"

namespace tierscope::core {
namespace {

// cgraph stores each attribute for every node or edge, and stores all anew for each that comes to them.
constexpr std::uint32_t name_limit = 1'000;

}  // namespace

Problem html_as_text(const DotId& value, std::string_view attribute) {
  return {Severity::warning,
          {},
          value.line,
          std::string(attribute),
          fmt::format("the HTML string {} is read as plain text", quote(value.text)),
          "quote it",
          "html-text"};
}

void DotAttributes::problem(Severity severity, const DotId& attribute, std::string what, std::string remedy,
                            std::string_view kind) {
  problems_.push_back(
      {severity, {}, attribute.line, std::string(attribute.text), std::move(what), std::move(remedy), kind});
}

void DotAttributes::add(DotOwner owner, std::optional<std::uint32_t> node, const DotId& attribute, const DotId& value) {
  const std::uint32_t name =
      names_.try_emplace(attribute.text, static_cast<std::uint32_t>(names_.size())).first->second;
  if (name == name_limit && !std::exchange(too_many_, true))
    problem(Severity::error, {{}, attribute.line},
            "more than 1,000 different attributes, each of which Graphviz stores for every node or edge",
            "see whether names and values are swapped");
  if (owner == DotOwner::graph) return add_to_graph(attribute);
  if (owner == DotOwner::edges || owner == DotOwner::edge_defaults) {
    if (attribute.text == "key")
      return problem(Severity::error, attribute, "edges with the same key become one in Graphviz",
                     "use id, or leave it out");
    if (attribute.text == "headport" || attribute.text == "tailport") ports_ = true;
  }
  if (presentation_attribute(attribute.text)) return;
  if (attribute.text.empty()) problem(Severity::error, attribute, "an attribute without a name", "name it");
  if (value.html) problems_.push_back(html_as_text(value, attribute.text));
  if (name >= seen_in_.size()) seen_in_.resize(name + 1);
  if (std::exchange(seen_in_[name], statement_) == statement_)
    return problem(Severity::error, attribute, "is given twice in one statement", "keep one");
  if (node) compare(*node, name, attribute, value);
}

// Graphviz takes the last of several values that statements give one node.
void DotAttributes::compare(std::uint32_t node, std::uint32_t name, const DotId& attribute, const DotId& value) {
  const auto [found, fresh] = given_.try_emplace((std::uint64_t{node} << 32) | name, Given{attribute.line, value.text});
  if (fresh || found->second.value == value.text) return;
  problem(
      Severity::error, attribute,
      fmt::format("{} contradicts {} in line {}", quote(value.text), quote(found->second.value), found->second.line),
      "keep one value for each company");
}

void DotAttributes::add_to_graph(const DotId& attribute) {
  if (presentation_attribute(attribute.text) || attribute.text == "id") return;
  if (find_field(TableKind::relations, attribute.text))
    problem(Severity::warning, attribute, "is an attribute of the graph here, of no relation",
            "put it in [ ] behind the relation", "misplaced-attribute");
  else
    problem(Severity::warning, attribute, "is an attribute of the graph, which has none in Tierscope, and is lost",
            "put it in [ ] behind a company or a relation", "attribute-lost");
}

}  // namespace tierscope::core
