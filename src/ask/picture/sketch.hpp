#pragma once
// A picture in the making: which companies and relations are in it, and what the answers say of each.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ask/diagram.hpp"
#include "ask/picture/picture.hpp"
#include "base/words.hpp"

namespace tierscope::core {

struct CompanyNote {
  Tone tone = Tone::plain;
  double weight = 0;
  std::string figure;
  std::vector<BarPart> bar;
};

struct LineNote {
  Tone tone = Tone::plain;
  double weight = 0;
  std::string label;       // before the sources; empty = the relation's own words
  bool estimated = false;  // a figure of the label is
  bool dated = false;      // the date of its first relation is part of it
};

/// Companies and rows are those of `drawn`; `counted` has the same companies, and the relations that figures rest on.
struct Sketch {
  const Model& drawn;
  const Model& counted;
  const PictureParams& params;
  std::vector<bool> companies;
  std::vector<bool> relations;
  std::map<CompanyIndex, CompanyNote> company_notes{};
  std::map<std::pair<CompanyIndex, CompanyIndex>, LineNote> line_notes{};  // as the arrow points
  std::optional<std::size_t> finding{};  // the row whose amount the title states: its line is marked, and says it
  bool money_direction = false;          // arrows follow the money, all relations of a pair in one line a direction
  bool notes_of_all = false;             // line notes hold for every kind of relation, not for sales alone
  std::string title{};
  std::string subtitle{};
  std::vector<LegendEntry> legend{};
  std::vector<std::string> listed{};
  std::vector<std::string> notes{};
};

/// Each marks the sketch with one answer and may narrow it to what the answer is about.
void sketch_plain(Sketch& sketch, std::optional<CompanyIndex> focus);
void sketch_exposure(Sketch& sketch, CompanyIndex target);
void sketch_dependence(Sketch& sketch, std::optional<CompanyIndex> customer);
void sketch_concentration(Sketch& sketch, std::optional<CompanyIndex> customer);
void sketch_cycles(Sketch& sketch, std::optional<CompanyIndex> through);
void sketch_chokepoints(Sketch& sketch, CompanyIndex target);
void sketch_owners(Sketch& sketch, CompanyIndex company);
/// These name several companies; they throw Question for wrong ones.
void sketch_paths(Sketch& sketch, const std::string& ends);
void sketch_shock(Sketch& sketch, const std::string& failing);

/// Keeps the `top` best companies (and `always`), ties in input order.
void keep_best(Sketch& sketch, const std::map<CompanyIndex, double>& score, std::optional<CompanyIndex> always);

/// What a picture has room for; the exact text stands in the tooltip.
inline constexpr Digits few_digits{.few = true};
/// `Two`, `Twelve`, `13`; lower case inside a sentence.
std::string number_word(std::size_t number, bool capital);

}  // namespace tierscope::core
