#include "show/picture/sheet.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <utility>

#include "show/picture/styled.hpp"

namespace tierscope::core {
namespace {

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

}  // namespace

Sheet::Sheet(GVC_t* context) : context_(context), graph_(agopen(const_cast<char*>("sheet"), Agdirected, &discipline)) {
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

Sheet::~Sheet() {
  if (laid_out_) gvFreeLayout(context_, graph_);
  agclose(graph_);
}

void Sheet::set(void* object, const char* name, std::string_view value) {
  agsafeset(object, const_cast<char*>(name), const_cast<char*>(std::string(value).c_str()), const_cast<char*>(""));
}

std::string Sheet::get(void* object, const char* name) {
  const char* value = agget(object, const_cast<char*>(name));
  return value == nullptr ? "" : value;
}

void Sheet::label(void* object, const std::string& html) const {
  char* text = agstrdup_html(graph_, const_cast<char*>(html.c_str()));
  agset(object, const_cast<char*>("label"), text);
}

Agnode_t* Sheet::node(const std::string& name, const std::string& html) const {
  Agnode_t* node = agnode(graph_, const_cast<char*>(name.c_str()), 1);
  if (!html.empty()) label(node, html);
  set(node, "id", name);
  return node;
}

Agnode_t* Sheet::node_at(const std::string& name, const std::string& html, double x, double y) const {
  Agnode_t* made = node(name, html);
  set(made, "pos", points(x) + "," + points(y));
  return made;
}

Agedge_t* Sheet::edge(Agnode_t* from, Agnode_t* to, const std::string& id) const {
  Agedge_t* edge = agedge(graph_, from, to, nullptr, 1);
  set(edge, "id", id);
  return edge;
}

bool Sheet::layout(const char* engine) {
  laid_out_ = gvLayout(context_, graph_, engine) == 0;
  // Without a file the positions become attributes.
  return laid_out_ && gvRender(context_, graph_, "dot", nullptr) == 0;
}

std::string Sheet::render(const char* engine, const char* device) {
  laid_out_ = gvLayout(context_, graph_, engine) == 0;
  if (!laid_out_) return {};
  char* bytes = nullptr;
  unsigned length = 0;
  if (gvRenderData(context_, graph_, device, &bytes, &length) != 0) return {};
  std::string text(bytes, length);
  gvFreeRenderData(bytes);
  return text;
}

Box Sheet::size(Agnode_t* node) {
  return {72 * std::strtod(get(node, "width").c_str(), nullptr),
          72 * std::strtod(get(node, "height").c_str(), nullptr)};
}

void Sheet::attribute(int kind, const char* name, std::string_view value) const {
  agattr(graph_, kind, const_cast<char*>(name), const_cast<char*>(std::string(value).c_str()));
}

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

std::string points(double value) { return fmt::format("{:.3f}", value); }

}  // namespace tierscope::core
