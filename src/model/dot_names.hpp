#pragma once
// Which DOT attributes are data. Reader and writer must agree, so the list lives here, once.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace tierscope {

/// All attributes that Graphviz 2.42 gives a meaning, but `id`, which is data here. In the order of their bytes.
inline constexpr std::array<std::string_view, 181> presentation_attributes{
    "Damping",        "K",             "URL",           "_background",    "_draw_",         "_hdraw_",
    "_hldraw_",       "_ldraw_",       "_tdraw_",       "_tldraw_",       "area",           "arrowhead",
    "arrowsize",      "arrowtail",     "aspect",        "bb",             "bgcolor",        "bottomlabel",
    "center",         "charset",       "class",         "clusterrank",    "color",          "colorscheme",
    "comment",        "compound",      "concentrate",   "constraint",     "decorate",       "defaultdist",
    "dim",            "dimen",         "dir",           "diredgeconstraints", "distortion", "dpi",
    "edgeURL",        "edgehref",      "edgetarget",    "edgetooltip",    "epsilon",        "esep",
    "fillcolor",      "fixedsize",     "fontcolor",     "fontname",       "fontnames",      "fontpath",
    "fontsize",       "forcelabels",   "gradientangle", "group",          "headURL",        "head_lp",
    "headclip",       "headhref",      "headlabel",     "headport",       "headtarget",     "headtooltip",
    "height",         "href",          "image",         "imagepath",      "imagepos",       "imagescale",
    "inputscale",     "label",         "labelURL",      "label_scheme",   "labelangle",     "labeldistance",
    "labelfloat",     "labelfontcolor", "labelfontname", "labelfontsize", "labelhref",      "labeljust",
    "labelloc",       "labeltarget",   "labeltooltip",  "landscape",      "layer",          "layerlistsep",
    "layers",         "layerselect",   "layersep",      "layout",         "len",            "levels",
    "levelsgap",      "lhead",         "lheight",       "linelength",     "lp",             "ltail",
    "lwidth",         "margin",        "maxiter",       "mclimit",        "mindist",        "minlen",
    "mode",           "model",         "mosek",         "newrank",        "nodesep",        "nojustify",
    "normalize",      "notranslate",   "nslimit",       "nslimit1",       "ordering",       "orientation",
    "outputorder",    "overlap",       "overlap_scaling", "overlap_shrink", "pack",         "packmode",
    "pad",            "page",          "pagedir",       "pencolor",       "penwidth",       "peripheries",
    "pin",            "pos",           "quadtree",      "quantum",        "rank",           "rankdir",
    "ranksep",        "ratio",         "rects",         "regular",        "remincross",     "repulsiveforce",
    "resolution",     "root",          "rotate",        "rotation",       "samehead",       "sametail",
    "samplepoints",   "scale",         "searchsize",    "sep",            "shape",          "shapefile",
    "showboxes",      "sides",         "size",          "skew",           "smoothing",      "sortv",
    "splines",        "start",         "style",         "stylesheet",     "tailURL",        "tail_lp",
    "tailclip",       "tailhref",      "taillabel",     "tailport",       "tailtarget",     "tailtooltip",
    "target",         "tooltip",       "toplabel",      "truecolor",      "vertices",       "viewport",
    "voro_margin",    "weight",        "width",         "xdotversion",    "xlabel",         "xlp",
    "z"};
static_assert(std::is_sorted(presentation_attributes.begin(), presentation_attributes.end()));

inline bool presentation_attribute(std::string_view name) {
  return std::binary_search(presentation_attributes.begin(), presentation_attributes.end(), name);
}

inline constexpr std::string_view dot_data_prefix = "data_";

/// Must an unknown column be written as `data_X` because `X` itself, or `data_Y`, would be read as something else?
inline bool needs_data_prefix(std::string_view column) {
  return presentation_attribute(column) || column.starts_with(dot_data_prefix);
}

/// The column that a data attribute stands for.
inline std::string_view dot_column(std::string_view attribute) {
  if (attribute.size() > dot_data_prefix.size() && attribute.starts_with(dot_data_prefix))
    attribute.remove_prefix(dot_data_prefix.size());
  return attribute;
}

}  // namespace tierscope
