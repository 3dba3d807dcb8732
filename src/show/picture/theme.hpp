#pragma once
// Colours, fonts and sizes of a picture.

#include <string>
#include <string_view>

namespace tierscope::core {

/// One accent; purchases, financing and ownership have a colour and an arrowhead each, the rest is grey. The accent
/// also differs in lightness from every grey, so a picture survives a copier and colour blindness; `print` has no
/// colour at all.
struct Theme {
  std::string_view name;
  std::string_view paper;
  std::string_view panel;  // of a sector
  std::string_view panel_edge;
  std::string_view card;  // of a company
  std::string_view ink;
  std::string_view muted;
  std::string_view line;   // what is of no kind, and ownership
  std::string_view trade;  // blue and ochre: told apart by whoever sees no red or green, and by lightness
  std::string_view finance;
  std::string_view faint;
  std::string_view accent;
  std::string_view accent_soft;
  std::string_view subject;
  std::string_view subject_ink;
  std::string_view subject_muted;
};

inline constexpr Theme themes[] = {
    {"light", "#fbfbf9", "#ffffff", "#e3e6ea", "#eef1f5", "#141b27", "#5b6577", "#8d97a8", "#3f6fa8", "#b98512",
     "#d9dee6", "#c8201f", "#ef9a92", "#141b27", "#ffffff", "#b9c2d0"},
    {"dark", "#10151d", "#171e29", "#2a3341", "#232d3b", "#f1f4f8", "#a4afbf", "#6f7c90", "#7fb0e8", "#e0b04a",
     "#333f50", "#ff6a5c", "#a8483f", "#f1f4f8", "#10151d", "#4d5869"},
    {"print", "#ffffff", "#ffffff", "#bdbdbd", "#f2f2f2", "#000000", "#4a4a4a", "#9a9a9a", "#6a6a6a", "#a6a6a6",
     "#dedede", "#000000", "#7d7d7d", "#000000", "#ffffff", "#cfcfcf"}};

/// Width and height in pixels of a finished picture; 0 = as large as it needs to be.
struct PageSize {
  std::string_view name;
  double width = 0;
  double height = 0;
  double dpi = 96;        // at which it has these pixels
  double least_text = 9;  // in these pixels: what is smaller nobody reads
  double wanted_dpi = 0;  // of a PNG; 0 = its own, or 144 without a fixed size
};

inline constexpr PageSize page_sizes[] = {
    {"fit", 0, 0}, {"slide", 1920, 1080}, {"a4", 1754, 1240, 150, 7 * 150 / 72.0}, {"square", 1080, 1080}};

/// Chinese on Linux, Windows and macOS.
inline constexpr std::string_view font_stack = "Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif";

}  // namespace tierscope::core
