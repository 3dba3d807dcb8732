#include "show/picture/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "show/picture/body.hpp"

namespace tierscope::core {
namespace {

constexpr double margin = 30;
constexpr double gap = 14;
constexpr double smallest_text = 9;  // of what Styled writes, in points

/// What stands around the body, measured by Graphviz with the fonts that will draw it.
struct Furniture {
  // Head and ranking stand above the body; findings, legend, notes and the others, which are sources, below.
  static constexpr std::size_t above_parts = 2;
  static constexpr std::size_t fixed_parts = 5;
  double scale = 1;
  std::size_t columns = 0;                                 // of text, over the whole width
  std::size_t source_columns = 1;                          // side by side
  std::size_t source_lines = 2;                            // of each, at most
  std::size_t listed = 0;                                  // sources
  std::size_t ranked = 30;                                 // companies
  std::vector<std::pair<std::string, std::string>> parts;  // name, HTML-like label
  std::vector<Box> sizes;

  /// Columns are an estimate of the text's width: as many as fit `room` points.
  void measure(GVC_t* context, const Styled& styled, double room) {
    for (int round = 0; round < 8; ++round) {
      set(context, styled);
      double widest = 0;
      for (std::size_t i = 0; i < sizes.size(); ++i)
        widest = std::max(widest, sizes[i].width * (i < fixed_parts ? 1.0 : static_cast<double>(source_columns)));
      if (widest <= room || columns < 30) return;
      columns = std::min(columns - 1, static_cast<std::size_t>(static_cast<double>(columns) * room / widest));
    }
  }

  void set(GVC_t* context, const Styled& styled) {
    parts = {{"head", styled.head(columns, scale)},
             {"bars", styled.bars(ranked, columns, scale)},
             {"listed", styled.listed(columns, scale)},
             {"legend", styled.legend(columns, scale)},
             {"notes", styled.notes(columns, scale)}};
    const std::size_t all = styled.diagram.sources.size();
    for (std::size_t i = 0; i < std::min(listed, all); ++i)
      parts.emplace_back(fmt::format("s{}", i), styled.source(i, columns / source_columns - 3, source_lines, scale));
    if (listed < all) parts.emplace_back("more", styled.more_sources(all - listed, scale));
    Sheet sheet(context);
    std::vector<Agnode_t*> nodes;
    for (const auto& [name, html] : parts) nodes.push_back(html.empty() ? nullptr : sheet.node(name, html));
    sizes.assign(parts.size(), {});
    if (!sheet.layout("dot")) return;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i] != nullptr) sizes[i] = Sheet::size(nodes[i]);
  }

  double above() const {
    return sizes[0].height + (sizes[1].height > 0 ? sizes[1].height + gap * scale : 0) + gap * scale;
  }
  double source_row(std::size_t row) const {
    double height = 0;
    for (std::size_t i = fixed_parts + row * source_columns;
         i < sizes.size() && i < fixed_parts + (row + 1) * source_columns; ++i)
      height = std::max(height, sizes[i].height);
    return height + 4 * scale;
  }
  std::size_t source_rows() const { return (sizes.size() - fixed_parts + source_columns - 1) / source_columns; }
  double below() const {
    double height = gap * scale;
    for (std::size_t i = above_parts; i < fixed_parts; ++i)
      if (sizes[i].height > 0) height += sizes[i].height + 8 * scale;
    for (std::size_t row = 0; row < source_rows(); ++row) height += source_row(row);
    return height;
  }
};

// Wider than high by half: room for sources side by side.
bool wide(const PageSize& page) { return page.width > 1.5 * page.height; }

// Where the text around the body is as large as it should be.
double base_width(const PageSize& page, const Body& body) {
  if (page.width <= 0) return std::clamp(body.size.width + 2 * margin, 640.0, 1100.0);
  const double wanted = wide(page) ? 1150 : page.width > page.height ? 1000 : 780;
  return std::min(wanted, page.width * smallest_text / (1.002 * page.least_text));
}

/// A picture on its way to a page: a body, then what stands around it, then both on one sheet.
class Setting {
 public:
  Setting(const Styled& styled, const PageSize& page) : styled_(styled), page_(page), fixed_(page.width > 0) {}

  std::string render(const char* device, bool& too_much) {
    if (!lay_out(nodesep_, ranksep_)) return {};
    furnish();
    if (fixed_ && !spread()) return {};
    frame();
    // What stands around the body must leave it room, and the body must not make the text of the page small.
    too_much = fixed_ &&
               (room_ < 0.3 * aspect_ * base_ || smallest_text * page_.width / whole_.width < 1.002 * page_.least_text);
    if (too_much) return {};
    Sheet sheet(context_);
    set_size(sheet, device);
    body_->copy_to(sheet);
    put_corners(sheet);
    put_furniture(sheet);
    return sheet.render("nop2", device);
  }

 private:
  bool lay_out(double nodesep, double ranksep) {
    body_ = std::make_unique<Body>(context_, styled_, nodesep, ranksep);
    return body_->layout();
  }

  // As many sources as leave the body a good part of a page of fixed size.
  void furnish() {
    base_ = base_width(page_, *body_);
    aspect_ = fixed_ ? page_.height / page_.width : 0;
    Furniture& f = furniture_;
    f.columns = static_cast<std::size_t>((base_ - 2 * margin) / 6.2);
    f.source_columns = base_ < 900 ? 2 : wide(page_) ? 4 : 3;
    f.source_lines = fixed_ ? 1 : 2;
    f.listed = fixed_ ? f.source_columns * 8 : 30;
    f.ranked = fixed_ ? 8 : 30;
    f.measure(context_, styled_, (base_ - 2 * margin) * f.scale);
    while (fixed_) {
      room_ = aspect_ * base_ - 2 * margin - f.above() - f.below();
      const double part = room_ / (aspect_ * base_);
      if (part > 0.5 || f.listed == 0 || (part > 0.3 && f.listed <= f.source_columns)) break;
      f.listed -= std::min(f.listed, f.source_columns);
      f.measure(context_, styled_, (base_ - 2 * margin) * f.scale);
    }
  }

  // Over a page of fixed size: columns apart where the body is too tall for it, neighbours where it is too wide.
  bool spread() {
    const Box have = body_->size;
    const double wanted = std::max(room_, 1.0) / (base_ - 2 * margin);
    const auto gaps = [](std::size_t things) { return static_cast<double>(std::max<std::size_t>(2, things) - 1); };
    const double wider = std::clamp((have.height / wanted - have.width) / gaps(body_->columns) / 72, 0.0, 4.0);
    const double taller = std::clamp((have.width * wanted - have.height) / gaps(body_->tallest_column) / 72, 0.0, 0.6);
    return lay_out(nodesep_ + taller, ranksep_ + wider);
  }

  // The body keeps its coordinates; the page is set around it, its left lower corner at (left_, bottom_).
  void frame() {
    const Box body = body_->size;
    furniture_.scale = fixed_ ? std::max({0.8, body.width / (base_ - 2 * margin), body.height / std::max(room_, 1.0)})
                              : std::max(1.0, (body.width + 2 * margin) / base_);
    furniture_.measure(context_, styled_, (base_ - 2 * margin) * furniture_.scale);
    side_ = margin * furniture_.scale;
    const double needed = body.height + 2 * side_ + furniture_.above() + furniture_.below();
    whole_.width = base_ * furniture_.scale;
    // Graphviz rounds up to whole pixels.
    whole_.height = fixed_ ? whole_.width * (page_.height - 0.6) / (page_.width - 0.5) : needed;
    left_ = -side_ - (whole_.width - 2 * side_ - body.width) / 2;
    bottom_ = -side_ - furniture_.below() - (whole_.height - needed) / 2;
  }

  void set_size(Sheet& sheet, std::string_view device) const {
    sheet.set("bgcolor", styled_.theme.paper);
    sheet.set("splines", "true");
    const bool pdf = device.starts_with("pdf");
    const double finer = page_.wanted_dpi > 0 ? page_.wanted_dpi / page_.dpi : 1;
    const double dpi = pdf || device == "svg" ? 72
                       : fixed_               ? 72 * finer * (page_.width - 0.5) / whole_.width
                                              : std::min(page_.wanted_dpi > 0 ? page_.wanted_dpi : 144.0,
                                           72 * 12000 / std::max(whole_.width, whole_.height));
    sheet.set("dpi", points(dpi));
    if (pdf && page_.name == "a4") sheet.set("size", "11.69,8.27!");
  }

  // Two of nothing, that make Graphviz's picture as large as the page.
  void put_corners(const Sheet& sheet) const {
    constexpr double half = 0.36;  // of the least that Graphviz makes a node
    for (Agnode_t* corner : {sheet.node_at("corner0", "", left_ + half, bottom_ + half),
                             sheet.node_at("corner1", "", left_ + whole_.width - half, bottom_ + whole_.height - half)})
      for (const auto& [name, value] : {std::pair("shape", "box"), std::pair("width", "0"), std::pair("height", "0"),
                                        std::pair("fixedsize", "true"), std::pair("style", "invis")})
        Sheet::set(corner, name, value);
  }

  void put_furniture(const Sheet& sheet) const {
    const Furniture& f = furniture_;
    const auto put = [&](std::size_t part, double from_left, double top) {
      const Box box = f.sizes[part];
      sheet.node_at(f.parts[part].first, f.parts[part].second, from_left + box.width / 2, top - box.height / 2);
    };
    const double x = left_ + side_;
    put(0, x, bottom_ + whole_.height - side_);
    if (f.sizes[1].height > 0) put(1, x, bottom_ + whole_.height - side_ - f.sizes[0].height - gap * f.scale);
    double y = bottom_ + side_ + f.below() - gap * f.scale;
    for (std::size_t part = Furniture::above_parts; part < Furniture::fixed_parts; ++part) {
      if (f.sizes[part].height <= 0) continue;
      put(part, x, y);
      y -= f.sizes[part].height + 8 * f.scale;
    }
    const double column = (whole_.width - 2 * side_) / static_cast<double>(f.source_columns);
    for (std::size_t row = 0; row < f.source_rows(); ++row) {
      for (std::size_t c = 0; c < f.source_columns; ++c) {
        const std::size_t part = Furniture::fixed_parts + row * f.source_columns + c;
        if (part < f.parts.size()) put(part, x + column * static_cast<double>(c), y);
      }
      y -= f.source_row(row);
    }
  }

  GVC_t* context_ = gvContext();
  const Styled& styled_;
  const PageSize& page_;
  bool fixed_;  // of size; else as large as it needs to be
  double nodesep_ = 0.2;
  double ranksep_ = styled_.diagram.companies.size() > 40 ? 0.35 : 0.5;
  std::unique_ptr<Body> body_;
  double base_ = 0;
  double aspect_ = 0;
  double room_ = 0;  // for the body, of a page of fixed size
  Furniture furniture_;
  Box whole_;
  double side_ = 0;
  double left_ = 0;
  double bottom_ = 0;
};

}  // namespace

std::string render_page(const Diagram& diagram, const Theme& theme, const PageSize& page, const char* device,
                        bool& too_much) {
  const Styled styled(diagram, theme);
  return Setting(styled, page).render(device, too_much);
}

}  // namespace tierscope::core
