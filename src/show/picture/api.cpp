#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <tierscope/draw.hpp>

#include "ask/answered.hpp"
#include "ask/picture/picture.hpp"
#include "ask/rows.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "show/picture/draw.hpp"

namespace tierscope {
namespace {

using core::Diagram;
using core::PageSize;
using core::PictureFormat;
using core::PictureParams;
using core::Question;
using core::Theme;
using core::ViewParams;

constexpr std::size_t overview = 12;      // companies of a whole graph
constexpr std::size_t part = 16;          // beside the company or the answer that a picture is about
constexpr std::size_t listed_names = 12;  // of companies without a line

template <typename List>
auto find_named(const List& list, std::string_view name) -> decltype(&list[0]) {
  for (const auto& entry : list)
    if (entry.name == name) return &entry;
  return nullptr;
}

template <typename List>
std::string names_of(const List& list) {
  std::string words;
  for (const auto& entry : list) words += (words.empty() ? "" : ", ") + std::string(entry.name);
  return words;
}

PictureParams params_of(const DrawOptions& options) {
  PictureParams params;
  params.show = options.show;
  params.focus = options.focus;
  params.depth = options.depth.value_or(1);
  params.depth_given = options.depth.has_value();
  params.direction = options.direction;
  params.kinds = options.kinds;
  params.sectors = options.sectors;
  params.hidden = options.hide;
  params.min_share = options.min_share;
  params.min_amount = options.min_amount;
  params.top = options.top.value_or(core::default_top);
  params.max_length = options.max_length;
  params.all_relations = options.all_relations;
  params.title = options.title;
  return params;
}

// The company with the most lines, as a suggestion.
std::string busiest(const Diagram& diagram) {
  std::vector<std::size_t> lines(diagram.companies.size());
  for (const core::DrawnLine& line : diagram.lines) {
    ++lines[line.from];
    ++lines[line.to];
  }
  const auto most = std::max_element(lines.begin(), lines.end()) - lines.begin();
  return core::visible(diagram.facts.id(diagram.companies[static_cast<std::size_t>(most)].company));
}

// What a company has with itself no answer counts. Companies without a line say nothing that a place would add: their
// names do.
void list_unconnected(Diagram& diagram) {
  const std::size_t all = diagram.lines.size();
  std::erase_if(diagram.lines, [](const core::DrawnLine& line) { return line.from == line.to; });
  if (const std::size_t inside = all - diagram.lines.size(); inside != 0)
    diagram.notes.insert(diagram.notes.begin(), core::counted(inside, "relation") + " within one company, not drawn.");
  if (diagram.lines.empty()) return;
  std::vector<bool> connected(diagram.companies.size(), false);
  for (const core::DrawnLine& line : diagram.lines) connected[line.from] = connected[line.to] = true;
  std::vector<std::size_t> place(connected.size(), 0);
  std::vector<core::DrawnCompany> kept;
  std::string names;
  std::size_t count = 0;
  for (std::size_t i = 0; i < connected.size(); ++i) {
    const core::DrawnCompany& company = diagram.companies[i];
    if (connected[i] || !company.bar.empty() || company.tone == core::Tone::subject) {
      place[i] = kept.size();
      kept.push_back(company);
    } else if (++count <= listed_names) {
      names += (names.empty() ? "" : ", ") + core::label(diagram.facts, company.company);
    }
  }
  if (count == 0) return;
  for (core::DrawnLine& line : diagram.lines) line.from = place[line.from], line.to = place[line.to];
  diagram.companies = std::move(kept);
  if (count > listed_names) names += fmt::format(" and {} more", count - listed_names);
  diagram.notes.insert(diagram.notes.begin(), "Without a line: " + names + ".");
}

Picture drawn(const core::Model& model, const ViewParams& view, std::optional<PictureFormat> format,
              const DrawOptions& options, const Theme& theme, const PageSize& size, bool force) {
  PictureParams params = params_of(options);
  // A picture shows what matters most; its DOT file, which is data, all.
  if (format && params.top == core::default_top && !params.show.starts_with("cycles"))
    params.top = params.show.empty() && params.focus.empty() ? overview : part;
  const auto make = [&] {
    Diagram made = core::picture(model, view, !options.view.statuses.empty(), params);
    if (format) list_unconnected(made);
    return made;
  };
  Diagram diagram = make();
  if (diagram.companies.size() > drawable_companies && !force)
    throw Question(fmt::format(
        "{} companies are more than one picture can show ({}); ask for a part, as in --focus {} --depth 1, --top 50, "
        "--sector or --kind; --force draws them all the same",
        diagram.companies.size(), drawable_companies, busiest(diagram)));
  Picture made{{}, diagram.left_out, {}};
  if (!format) {
    made.bytes = core::draw_dot(diagram, theme);
    return made;
  }
  core::Rendered rendered = core::render(diagram, theme, size, *format);
  if (rendered.too_much) {
    // The most that is legible, by halving: what fits, and what does not.
    const bool loops = params.show.starts_with("cycles");
    std::size_t fits = 0;
    std::size_t too_many = std::min<std::size_t>(loops ? diagram.listed.size() : diagram.companies.size(), 128);
    const std::size_t companies = diagram.companies.size();
    while (too_many - fits > 1) {
      params.top = fits + (too_many - fits) / 2;
      Diagram less = make();
      const std::string cut =
          fmt::format("Cut to what is legible at {} x {}: {} {}.", size.width, size.height, params.top,
                      loops ? "loops" : fmt::format("of {} companies and who they are drawn with", companies));
      less.notes.insert(less.notes.begin(), cut);
      less.left_out.insert(less.left_out.begin(), cut);
      core::Rendered tried = core::render(less, theme, size, *format);
      if (tried.too_much) {
        too_many = params.top;
        continue;
      }
      fits = params.top;
      diagram = std::move(less);
      rendered = std::move(tried);
      if (!rendered.failure.empty()) break;
    }
    made.left_out = diagram.left_out;
  }
  if (rendered.too_much)
    throw Question(
        fmt::format("{} x {} pixels have no room for headline, picture and sources at {} pixels of text; "
                    "name a larger --size",
                    size.width, size.height, core::format_number(size.least_text, 1)));
  if (!rendered.failure.empty())
    throw Question(
        fmt::format("the picture of {} companies and {} lines was not drawn: {}; draw a part with --focus or --top, or "
                    "--format dot",
                    diagram.companies.size(), diagram.lines.size(), rendered.failure));
  if (!rendered.warning.empty()) made.warnings.push_back(rendered.warning);
  made.bytes = std::move(rendered.bytes);
  return made;
}

// A named size, or `1200x800`.
std::optional<PageSize> size_of(std::string_view text) {
  if (const auto* const named = find_named(core::page_sizes, text)) return *named;
  PageSize size{"pixels"};
  const char* const end = text.data() + text.size();
  unsigned width = 0;
  unsigned height = 0;
  const auto [at, error] = std::from_chars(text.data(), end, width);
  if (error != std::errc() || at == end || *at != 'x') return {};
  const auto [last, failed] = std::from_chars(at + 1, end, height);
  if (failed != std::errc() || last != end) return {};
  if (std::min(width, height) < 100 || std::max(width, height) > 10'000) return {};
  size.width = width;
  size.height = height;
  return size;
}

Problems wrong(std::string_view option, std::string what) {
  return {{Severity::error, {}, 0, std::string(option), std::move(what), {}}};
}

}  // namespace

Result<Picture> draw(const Model& model, std::string_view format, const DrawOptions& options, bool force) {
  const auto* const named = find_named(core::picture_formats, format);
  if (named == nullptr)
    return wrong("--format", core::quote(format) + " is none of " + names_of(core::picture_formats));
  const auto* const theme = find_named(core::themes, options.theme);
  if (theme == nullptr) return wrong("--theme", core::quote(options.theme) + " is none of " + names_of(core::themes));
  std::optional<PageSize> size = size_of(options.size);
  if (!size)
    return wrong("--size", core::quote(options.size) + " is none of " + names_of(core::page_sizes) +
                               ", and no size in pixels from 100x100 to 10000x10000, as in 1200x800");
  if (options.dpi) size->wanted_dpi = static_cast<double>(*options.dpi);
  if (const std::string words = core::wrong_words(params_of(options)); !words.empty()) return wrong("draw", words);
  const Result<ViewParams> view = core::view_params(options.view, core::drawn_statuses);
  if (!view) return view.problems();
  try {
    return drawn(*model.inside(), *view, named->rendered, options, *theme, *size, force);
  } catch (const Question& thrown) {
    return core::problems_of(thrown);
  } catch (const core::BadData& thrown) {
    return core::problems_of(thrown);
  }
}

}  // namespace tierscope
