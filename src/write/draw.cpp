#include <algorithm>

#include "model/report.hpp"
#include "write/dot_text.hpp"
#include "write/graph_formats.hpp"

namespace tierscope {
namespace {

// In a label a backslash begins an escape of Graphviz's (\N, \l): names are data, so every one is doubled.
void append_label(std::string& dot, std::string_view text) {
  dot += "label=";
  append_quoted(dot, text);
}

// The figure that a reader looks for first.
std::string figure(const Relation& r) {
  if (r.revenue_share) return format_share(r.revenue_share) + " of revenue";
  if (r.supply_share) return format_share(r.supply_share) + " of purchases";
  if (r.stake) return format_share(r.stake) + " stake";
  return r.value ? format_amount(r.value) : "";
}

}  // namespace

std::string draw_dot(const Model& model) {
  std::string dot =
      "digraph tierscope {\n"
      "  graph [rankdir=LR, fontname=\"Noto Sans CJK SC,sans-serif\"]\n"
      "  node [shape=box, style=rounded, fontname=\"Noto Sans CJK SC,sans-serif\", fontsize=11]\n"
      "  edge [fontname=\"Noto Sans CJK SC,sans-serif\", fontsize=9, color=\"#6b7280\", arrowsize=0.7]\n";
  for (CompanyIndex v = 0; v < model.company_count(); ++v) {
    const auto [first, last] = boost::out_edges(v, model.graph());
    const auto [in_first, in_last] = boost::in_edges(v, model.graph());
    if (first == last && in_first == in_last) continue;  // nothing to draw about it in this view
    std::string name = label(model, v);
    if (model.company(v).name_local) name += "\n" + std::string(model.text(model.company(v).name_local));
    dot += "  ";
    append_quoted(dot, model.id(v));
    dot += " [";
    append_label(dot, name);
    dot += "]\n";
  }
  for (std::size_t row = 0; row < model.relation_count(); ++row) {
    const Relation& r = model.relation(row);
    dot += "  ";
    append_quoted(dot, model.id(r.from));
    dot += " -> ";
    append_quoted(dot, model.id(r.to));
    const std::string number = figure(r);
    dot += " [";
    append_label(dot, (r.kind == Kind::supplies ? "" : std::string(to_string(r.kind)) + ": ") + subject(model, r) +
                          (number.empty() ? "" : "\n" + number));
    // Dashed: not yet, or no longer, in force.
    if (r.status != Status::active) dot += ", style=dashed";
    if (r.kind != Kind::supplies) dot += ", color=\"#b45309\"";
    dot += "]\n";
  }
  return dot + "}\n";
}

}  // namespace tierscope
