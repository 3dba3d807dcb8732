#include "show/picture/page.hpp"

#include <fmt/format.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <numeric>
#include <sstream>
#include <vector>

#include "show/picture/styled.hpp"

namespace tierscope::core {
namespace {

constexpr double margin = 30;
constexpr double gap = 14;
constexpr std::size_t huge = 800;             // companies from which on only a spring layout ends
constexpr std::size_t tangled = 500;          // lines: as many
constexpr std::size_t labelled_tangle = 150;  // lines: straight, and in fewer rounds

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double width = 0;
  double height = 0;
};

/// Ids in the order of creation. Graphviz's own are addresses, which decide the order of clusters: another picture
/// every run.
struct Ids {
  std::map<std::pair<int, std::string>, IDTYPE> named;
  std::vector<const char*> names{nullptr};  // by id; none for what has no name

  static void* open(Agraph_t*, Agdisc_t*) { return new Ids; }
  static long map(void* state, int kind, char* name, IDTYPE* id, int create) {
    auto& ids = *static_cast<Ids*>(state);
    if (name == nullptr) {
      if (create == 0) return 0;
      *id = ids.names.size();
      ids.names.push_back(nullptr);
      return 1;
    }
    const std::pair<int, std::string> key(kind, name);
    if (const auto found = ids.named.find(key); found != ids.named.end()) {
      *id = found->second;
      return 1;
    }
    if (create == 0) return 0;
    *id = ids.names.size();
    ids.names.push_back(ids.named.emplace(key, *id).first->first.second.c_str());
    return 1;
  }
  static long alloc(void*, int, IDTYPE) { return 0; }  // nobody asks for an id of his own
  static void free(void*, int, IDTYPE) {}
  static char* print(void* state, int, IDTYPE id) {
    const auto& names = static_cast<Ids*>(state)->names;
    return id < names.size() ? const_cast<char*>(names[id]) : nullptr;
  }
  static void close(void* state) { delete static_cast<Ids*>(state); }
  static void registered(void*, int, void*) {}
};

Agiddisc_t id_discipline{Ids::open, Ids::map, Ids::alloc, Ids::free, Ids::print, Ids::close, Ids::registered};
Agdisc_t discipline{&AgMemDisc, &id_discipline, &AgIoDisc};

/// A graph of Graphviz's, all of whose text is ours: labels are HTML-like and escaped, links and tooltips stay out.
class Sheet {
 public:
  explicit Sheet(GVC_t* context)
      : context_(context), graph_(agopen(const_cast<char*>("sheet"), Agdirected, &discipline)) {
    set("fontname", font_stack);
    set("charset", "UTF-8");
    set("margin", "0");
    set("pad", "0");
    set("outputorder", "edgesfirst");
    set("label", "");
    attribute(AGNODE, "fontname", font_stack);
    attribute(AGNODE, "shape", "plain");
    attribute(AGNODE, "label", "");
    attribute(AGEDGE, "fontname", font_stack);
    attribute(AGEDGE, "arrowsize", "0.7");
    attribute(AGEDGE, "label", "");
  }
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  ~Sheet() {
    if (laid_out_) gvFreeLayout(context_, graph_);
    agclose(graph_);
  }

  Agraph_t* graph() const { return graph_; }
  void set(const char* name, std::string_view value) { attribute(AGRAPH, name, value); }
  static void set(void* object, const char* name, std::string_view value) {
    agsafeset(object, const_cast<char*>(name), const_cast<char*>(std::string(value).c_str()), const_cast<char*>(""));
  }
  void label(void* object, const std::string& html) const {
    char* text = agstrdup_html(graph_, const_cast<char*>(html.c_str()));
    agset(object, const_cast<char*>("label"), text);
  }
  Agnode_t* node(const std::string& name, const std::string& html) const {
    Agnode_t* node = agnode(graph_, const_cast<char*>(name.c_str()), 1);
    if (!html.empty()) label(node, html);
    set(node, "id", name);
    return node;
  }
  Agedge_t* edge(Agnode_t* from, Agnode_t* to, const std::string& id) const {
    Agedge_t* edge = agedge(graph_, from, to, nullptr, 1);
    set(edge, "id", id);
    return edge;
  }
  bool layout(const char* engine) {
    laid_out_ = gvLayout(context_, graph_, engine) == 0;
    // Without a file the positions become attributes.
    return laid_out_ && gvRender(context_, graph_, "dot", nullptr) == 0;
  }
  std::string render(const char* engine, const char* device) {
    laid_out_ = gvLayout(context_, graph_, engine) == 0;
    if (!laid_out_) return {};
    char* bytes = nullptr;
    unsigned length = 0;
    if (gvRenderData(context_, graph_, device, &bytes, &length) != 0) return {};
    std::string text(bytes, length);
    gvFreeRenderData(bytes);
    return text;
  }
  static std::string get(void* object, const char* name) {
    const char* value = agget(object, const_cast<char*>(name));
    return value == nullptr ? "" : value;
  }
  static Box size(Agnode_t* node) {
    return {72 * std::strtod(get(node, "width").c_str(), nullptr),
            72 * std::strtod(get(node, "height").c_str(), nullptr)};
  }

 private:
  void attribute(int kind, const char* name, std::string_view value) const {
    agattr(graph_, kind, const_cast<char*>(name), const_cast<char*>(std::string(value).c_str()));
  }
  GVC_t* context_;
  Agraph_t* graph_;
  bool laid_out_ = false;
};

std::vector<double> numbers(const std::string& text) {
  std::vector<double> out;
  const char* at = text.c_str();
  while (*at != '\0') {
    char* end = nullptr;
    const double value = std::strtod(at, &end);
    if (end == at) {
      ++at;
      continue;
    }
    out.push_back(value);
    at = end;
  }
  return out;
}

// The point of a spline that is nearest to a place.
Point nearest_on(const std::string& pos, Point place) {
  std::string text;
  std::istringstream words(pos.substr(0, pos.find(';')));
  for (std::string word; words >> word;)
    if (word[0] != 'e' && word[0] != 's') text += word + " ";
  const std::vector<double> n = numbers(text);
  Point best = place;
  double distance = -1;
  for (std::size_t i = 0; i + 7 < n.size(); i += 6) {
    for (int step = 0; step <= 30; ++step) {
      const double t = step / 30.0;
      const double s = 1 - t;
      const auto at = [&](std::size_t k) {
        return s * s * s * n[i + k] + 3 * s * s * t * n[i + 2 + k] + 3 * s * t * t * n[i + 4 + k] +
               t * t * t * n[i + 6 + k];
      };
      const Point p{at(0), at(1)};
      const double d = std::hypot(p.x - place.x, p.y - place.y);
      if (distance < 0 || d < distance) distance = d, best = p;
    }
  }
  return best;
}

struct Piece {
  Agedge_t* edge;
  std::size_t line;
  bool arrow;  // stands on this piece
};

/// Which lines run against the tiers: those that close a loop on the way down, and those that decide nothing where the
/// others decide otherwise. Laid out the other way round, they keep their label between their ends.
std::vector<bool> against_tiers(const Diagram& diagram) {
  std::vector<std::vector<std::size_t>> next(diagram.companies.size());
  std::vector<int> surplus(next.size(), 0);
  for (const DrawnLine& line : diagram.lines) {
    if (!line.tiers) continue;
    next[line.from].push_back(line.to);
    ++surplus[line.from];
    --surplus[line.to];
  }
  // What feeds the others comes first; finished last means furthest left.
  std::vector<std::size_t> order(next.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return surplus[a] > surplus[b]; });
  std::vector<bool> seen(next.size(), false);
  std::vector<std::size_t> finished(next.size(), 0);
  std::size_t clock = 0;
  std::vector<std::pair<std::size_t, std::size_t>> stack;  // company, how many of its lines are done
  for (const std::size_t start : order) {
    if (seen[start]) continue;
    seen[start] = true;
    stack.emplace_back(start, 0);
    while (!stack.empty()) {
      const auto [company, done] = stack.back();
      if (done == next[company].size()) {
        finished[company] = ++clock;
        stack.pop_back();
        continue;
      }
      ++stack.back().second;
      const std::size_t to = next[company][done];
      if (seen[to]) continue;
      seen[to] = true;
      stack.emplace_back(to, 0);
    }
  }
  std::vector<bool> against;
  for (const DrawnLine& line : diagram.lines) against.push_back(finished[line.from] < finished[line.to]);
  return against;
}

/// Companies and lines, laid out. A label stands on its line: as a company of its own between the two ends, so that no
/// other line of its tier runs through it.
class Body {
 public:
  /// Separations in inches: of neighbours in a column, and of columns. `known_columns`: of each company in an earlier
  /// layout, which tells who of a sector can stand together; empty = nobody.
  Body(GVC_t* context, const Styled& styled, double nodesep, double ranksep, const std::vector<long>& known_columns)
      : sheet_(context), styled_(styled), against_(against_tiers(styled.diagram)) {
    const Diagram& diagram = styled.diagram;
    sheet_.set("rankdir", "LR");
    sheet_.set("newrank", "true");  // else a sector's companies are held in one column, against their lines
    sheet_.set("nodesep", format(nodesep));
    sheet_.set("ranksep", format(ranksep));
    for (std::size_t i = 0; i < diagram.companies.size(); ++i)
      companies_.push_back(sheet_.node(fmt::format("c{}", i), label_of(styled.company(i))));
    if (!known_columns.empty()) sectors_ = styled.sectors(known_columns);
    for (std::size_t k = 0; k < sectors_.size(); ++k) {
      Agraph_t* cluster = agsubg(sheet_.graph(), const_cast<char*>(fmt::format("cluster{}", k).c_str()), 1);
      for (const std::size_t i : sectors_[k].companies) agsubnode(cluster, companies_[i], 1);
      Sheet::set(cluster, "labeljust", "l");
      Sheet::set(cluster, "margin", "7");
      sheet_.label(cluster, sector_label(k));
      clusters_.push_back(cluster);
    }
    for (std::size_t i = 0; i < diagram.lines.size(); ++i) add_line(i);
  }

  bool layout() {
    // dot's time grows with the square of the lines that cross columns, and beyond that nobody follows a line anyway.
    const bool big = styled_.diagram.companies.size() > huge || styled_.diagram.lines.size() > tangled;
    if (styled_.diagram.lines.size() > labelled_tangle) {
      for (const char* const name : {"nslimit", "nslimit1"}) sheet_.set(name, "2");
      sheet_.set("mclimit", "0.3");
      sheet_.set("splines", "line");
    }
    if (big) sheet_.set("overlap", "prism");
    if (!sheet_.layout(big ? "sfdp" : "dot")) return false;
    const std::vector<double> bb = numbers(Sheet::get(sheet_.graph(), "bb"));
    if (bb.size() != 4) return false;
    size = {bb[2] - bb[0], bb[3] - bb[1]};
    std::map<long, std::size_t> per_column;
    for (Agnode_t* node = agfstnode(sheet_.graph()); node != nullptr; node = agnxtnode(sheet_.graph(), node))
      ++per_column[std::lround(std::strtod(Sheet::get(node, "pos").c_str(), nullptr) / 4)];
    columns = per_column.size();
    column_of.clear();
    for (Agnode_t* node : companies_)
      column_of.push_back(std::lround(std::strtod(Sheet::get(node, "pos").c_str(), nullptr) / 4));
    for (const auto& [x, count] : per_column) tallest_column = std::max(tallest_column, count);
    return true;
  }

  // Draws what was laid out onto the page at the same coordinates.
  void copy_to(Sheet& page) const {
    for (std::size_t k = 0; k < clusters_.size(); ++k) {
      Agraph_t* cluster = agsubg(page.graph(), const_cast<char*>(fmt::format("cluster{}", k).c_str()), 1);
      Sheet::set(cluster, "bb", Sheet::get(clusters_[k], "bb"));
      Sheet::set(cluster, "lp", Sheet::get(clusters_[k], "lp"));
      Sheet::set(cluster, "style", "rounded,filled");
      Sheet::set(cluster, "color", styled_.theme.panel_edge);
      Sheet::set(cluster, "fillcolor", styled_.theme.panel);
      page.label(cluster, sector_label(k));
    }
    std::vector<Agnode_t*> on_page;
    for (std::size_t i = 0; i < companies_.size(); ++i)
      on_page.push_back(copy(page, companies_[i], fmt::format("c{}", i), label_of(styled_.company(i))));
    for (const Piece& piece : pieces_) {
      const DrawnLine& line = styled_.diagram.lines[piece.line];
      const bool back = against_[piece.line];
      Agedge_t* edge = page.edge(on_page[back ? line.to : line.from], on_page[back ? line.from : line.to],
                                 fmt::format("l{}", piece.line));
      Sheet::set(edge, "pos", Sheet::get(piece.edge, "pos"));
      for (const auto& [name, value] : styled_.line(piece.line)) {
        if (name == "tooltip" || name == "URL" || name == "constraint") continue;
        Sheet::set(edge, back && name == "arrowhead" ? "arrowtail" : name.c_str(), value);
      }
      Sheet::set(edge, "dir", !piece.arrow ? "none" : back ? "back" : "forward");
    }
    for (const auto& [node, line] : labels_) copy(page, node, fmt::format("l{}", line), styled_.line_label(line), true);
    for (const auto& [edge, line] : loose_labels_) {
      const std::vector<double> lp = numbers(Sheet::get(edge, "lp"));
      if (lp.size() != 2) continue;
      const Point p = nearest_on(Sheet::get(edge, "pos"), {lp[0], lp[1]});
      Agnode_t* node = page.node(fmt::format("l{}", line), styled_.line_label(line));
      Sheet::set(node, "pos", format(p.x) + "," + format(p.y));
    }
  }

  Box size;
  std::size_t columns = 0;
  std::vector<long> column_of;     // of each company
  std::size_t tallest_column = 0;  // companies and labels in it

  static std::string format(double value) { return fmt::format("{:.3f}", value); }

 private:
  static std::string label_of(const Attributes& attributes) {
    for (const auto& [name, value] : attributes)
      if (name == "label") return value;
    return {};
  }

  std::string sector_label(std::size_t k) const {
    return fmt::format("<font point-size=\"9\" color=\"{}\">{}</font>", styled_.theme.muted,
                       html_text(wrapped(sectors_[k].name, 30, 1).front()));
  }

  static Agnode_t* copy(Sheet& page, Agnode_t* from, const std::string& name, const std::string& html,
                        bool is_label = false) {
    Agnode_t* node = page.node(is_label ? "label" + name : name, html);
    Sheet::set(node, "id", name);
    Sheet::set(node, "pos", Sheet::get(from, "pos"));
    return node;
  }

  void add_line(std::size_t i) {
    const DrawnLine& line = styled_.diagram.lines[i];
    const std::string label = styled_.line_label(i);
    const std::string id = fmt::format("l{}", i);
    const bool back = against_[i];
    Agnode_t* const from = companies_[back ? line.to : line.from];
    Agnode_t* const to = companies_[back ? line.from : line.to];
    if (!label.empty() && from != to) {
      Agnode_t* middle = sheet_.node(id, label);
      Agedge_t* first = sheet_.edge(from, middle, id);
      Agedge_t* second = sheet_.edge(middle, to, id);
      // The halves meet behind the label, which is drawn over them.
      Sheet::set(first, "headclip", "false");
      Sheet::set(second, "tailclip", "false");
      Sheet::set(first, "dir", back ? "back" : "none");
      Sheet::set(second, "dir", back ? "none" : "forward");
      Sheet::set(first, "weight", "2");
      Sheet::set(second, "weight", "2");
      pieces_.push_back({first, i, back});
      pieces_.push_back({second, i, !back});
      labels_.emplace_back(middle, i);
      return;
    }
    Agedge_t* edge = sheet_.edge(from, to, id);
    if (back) Sheet::set(edge, "dir", "back");
    if (!label.empty()) {
      sheet_.label(edge, label);
      loose_labels_.emplace_back(edge, i);
    }
    pieces_.push_back({edge, i, true});
  }

  Sheet sheet_;
  const Styled& styled_;
  std::vector<bool> against_;
  std::vector<Agnode_t*> companies_;
  std::vector<Agraph_t*> clusters_;
  std::vector<Styled::Sector> sectors_;
  std::vector<Piece> pieces_;
  std::vector<std::pair<Agnode_t*, std::size_t>> labels_;
  std::vector<std::pair<Agedge_t*, std::size_t>> loose_labels_;
};

/// What stands around the body, measured by Graphviz with the fonts that will draw it.
struct Furniture {
  static constexpr std::size_t fixed_parts = 4;  // head, findings, legend, notes; the others are sources
  double scale = 1;
  std::size_t columns = 0;                                 // of text, over the whole width
  std::size_t source_columns = 1;                          // side by side
  std::size_t source_lines = 2;                            // of each, at most
  std::size_t listed = 0;                                  // sources
  std::vector<std::pair<std::string, std::string>> parts;  // name, HTML-like label
  std::vector<Box> sizes;

  void measure(GVC_t* context, const Styled& styled) {
    parts = {{"head", styled.head(columns, scale)},
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

  double above() const { return sizes[0].height + gap * scale; }
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
    for (std::size_t i = 1; i < fixed_parts; ++i)
      if (sizes[i].height > 0) height += sizes[i].height + 8 * scale;
    for (std::size_t row = 0; row < source_rows(); ++row) height += source_row(row);
    return height;
  }
};

}  // namespace

std::string render_page(const Diagram& diagram, const Theme& theme, const PageSize& page, const char* device) {
  GVC_t* const context = gvContext();
  const Styled styled(diagram, theme);
  const bool fixed = page.width > 0;
  const double aspect = fixed ? page.height / page.width : 0;
  constexpr double nodesep = 0.2;
  const double ranksep = diagram.companies.size() > 40 ? 0.35 : 0.5;
  auto natural = std::make_unique<Body>(context, styled, nodesep, ranksep, std::vector<long>());
  if (!natural->layout()) return {};
  const std::vector<long> column_of = natural->column_of;
  if (!styled.sectors(column_of).empty() && diagram.companies.size() <= huge) {
    natural = std::make_unique<Body>(context, styled, nodesep, ranksep, column_of);
    if (!natural->layout()) return {};
  }

  double base = fixed ? (page.width > 1.5 * page.height ? 1150
                         : page.width > page.height     ? 1000
                                                        : 780)
                      : std::clamp(natural->size.width + 2 * margin, 640.0, 1100.0);
  Furniture furniture;
  furniture.columns = static_cast<std::size_t>((base - 2 * margin) / 6.2);
  furniture.source_columns = base < 900 ? 2 : page.width > 1.5 * page.height ? 4 : 3;
  furniture.source_lines = fixed ? 1 : 2;
  furniture.listed = fixed ? furniture.source_columns * 8 : 30;
  furniture.measure(context, styled);
  double room = 0;
  while (fixed) {
    room = aspect * base - 2 * margin - furniture.above() - furniture.below();
    if (room > 0.42 * aspect * base || furniture.listed <= furniture.source_columns) break;
    furniture.listed -= furniture.source_columns;
    furniture.measure(context, styled);
  }
  room = std::max(room, 0.3 * aspect * base);
  if (fixed) {
    // Spread over the page: columns apart where the body is too tall for it, neighbours where it is too wide.
    const Box have = natural->size;
    const double wanted = room / (base - 2 * margin);
    const auto gaps = [](std::size_t things) { return static_cast<double>(std::max<std::size_t>(2, things) - 1); };
    const double wider = std::clamp((have.height / wanted - have.width) / gaps(natural->columns) / 72, 0.0, 4.0);
    const double taller =
        std::clamp((have.width * wanted - have.height) / gaps(natural->tallest_column) / 72, 0.0, 0.6);
    natural = std::make_unique<Body>(context, styled, nodesep + taller, ranksep + wider, column_of);
    if (!natural->layout()) return {};
  }
  const Body& body = *natural;
  furniture.scale = fixed ? std::max({0.8, body.size.width / (base - 2 * margin), body.size.height / room})
                          : std::max(1.0, (body.size.width + 2 * margin) / base);
  furniture.measure(context, styled);
  const double side = margin * furniture.scale;
  const double width = base * furniture.scale;
  const double needed = body.size.height + 2 * side + furniture.above() + furniture.below();
  const double height = fixed ? aspect * width : needed;

  // The body keeps its coordinates; the page is set around it, its left lower corner at (left, bottom).
  const double slack_x = width - 2 * side - body.size.width;
  const double slack_y = height - needed;
  const double left = -side - slack_x / 2;
  const double bottom = -side - furniture.below() - slack_y / 2;
  Sheet sheet(context);
  sheet.set("bgcolor", theme.paper);
  sheet.set("splines", "true");
  sheet.set("dpi", Body::format(fixed ? 72 * (page.width - 0.5) / width
                                      : std::min(144.0, 72 * 12000 / std::max(width, height))));
  if (std::string_view(device) == "svg") sheet.set("dpi", "72");
  if (std::string_view(device).starts_with("pdf")) {
    sheet.set("dpi", "72");
    if (page.name == "a4") sheet.set("size", "11.69,8.27!");
  }
  body.copy_to(sheet);
  const auto put = [&](const std::string& name, const std::string& html, double x, double y) {
    Agnode_t* node = sheet.node(name, html);
    Sheet::set(node, "pos", Body::format(x) + "," + Body::format(y));
    return node;
  };
  constexpr double corner_size = 0.36;  // half of the least that Graphviz makes a node
  for (int corner = 0; corner < 2; ++corner) {
    Agnode_t* node =
        put(corner == 0 ? "corner0" : "corner1", "", corner == 0 ? left + corner_size : left + width - corner_size,
            corner == 0 ? bottom + corner_size : bottom + height - corner_size);
    for (const auto& [name, value] : {std::pair("shape", "box"), std::pair("width", "0"), std::pair("height", "0"),
                                      std::pair("fixedsize", "true"), std::pair("style", "invis")})
      Sheet::set(node, name, value);
  }
  const double x = left + side;
  const auto put_left = [&](std::size_t part, double from_left, double top) {
    const Box box = furniture.sizes[part];
    put(furniture.parts[part].first, furniture.parts[part].second, from_left + box.width / 2, top - box.height / 2);
  };
  put_left(0, x, bottom + height - side);
  double y = bottom + side + furniture.below() - gap * furniture.scale;
  for (std::size_t part = 1; part < Furniture::fixed_parts; ++part) {
    if (furniture.sizes[part].height <= 0) continue;
    put_left(part, x, y);
    y -= furniture.sizes[part].height + 8 * furniture.scale;
  }
  const double column = (width - 2 * side) / static_cast<double>(furniture.source_columns);
  for (std::size_t row = 0; row < furniture.source_rows(); ++row) {
    for (std::size_t c = 0; c < furniture.source_columns; ++c) {
      const std::size_t part = Furniture::fixed_parts + row * furniture.source_columns + c;
      if (part < furniture.parts.size()) put_left(part, x + column * static_cast<double>(c), y);
    }
    y -= furniture.source_row(row);
  }
  return sheet.render("nop2", device);
}

}  // namespace tierscope::core
