#pragma once
// A picture as a plain value: what is drawn, how much weight it carries, what is said beside it. Writers choose
// colours.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace tierscope::core {

/// How loud an element is: `subject` is what the picture is about, `accent` its answer.
enum class Tone : std::uint8_t { quiet, plain, accent, subject };

/// Parts of the bar under a company, from the left; they sum to at most 1, the rest of the bar is empty.
enum class Shade : std::uint8_t { strong, soft, faint };
struct BarPart {
  double fraction = 0;
  Shade shade = Shade::strong;
  bool estimated = false;  // drawn hollow
};

struct DrawnCompany {
  CompanyIndex company = 0;  // of Diagram::facts
  Tone tone = Tone::plain;
  double weight = 0;   // 0..1: size and shade
  std::string figure;  // under the name
  std::vector<BarPart> bar;
  std::string tooltip;
  std::string link;  // an address, as the data give it
};

/// One or several relations between two companies.
struct DrawnLine {
  std::size_t from = 0;  // positions in Diagram::companies, as the arrow points
  std::size_t to = 0;
  std::vector<std::size_t> rows;  // of Diagram::facts; the first one stands for the line
  Tone tone = Tone::plain;
  double weight = 0;  // 0..1: width
  bool dashed = false;
  bool estimated = false;  // its figure is; drawn hollow
  bool financing = false;
  bool ownership = false;  // and nothing else
  bool tiers = true;       // decides which of its ends stands left; else the others do
  std::string label;       // lines
  std::string tooltip;
  std::string link;
};

enum class Symbol : std::uint8_t {
  line,
  thick_line,
  dashed_line,
  hollow_line,
  financing_line,
  ownership_line,
  accent_line,
  accent_card,
  strong_bar,
  soft_bar,
  faint_bar,
  hollow_bar,
  none
};

struct LegendEntry {
  Symbol symbol = Symbol::none;
  std::string text;
};

struct Diagram {
  explicit Diagram(Model model) : facts(std::move(model)) {}
  Model facts;  // exactly the companies and relations of the picture, with what history they have
  std::string title;
  std::string subtitle;
  std::vector<DrawnCompany> companies;
  std::vector<DrawnLine> lines;
  bool by_sector = true;  // companies of a sector stand together
  std::vector<LegendEntry> legend;
  std::vector<std::string> listed;    // findings, such as loops; what one rests on stands in lines under it
  std::vector<std::string> sources;   // ids; number i + 1 is cited as [i + 1]
  std::vector<std::string> notes;     // what was left out, and the span of the figures
  std::vector<std::string> left_out;  // those of the notes that standard error repeats
};

}  // namespace tierscope::core
