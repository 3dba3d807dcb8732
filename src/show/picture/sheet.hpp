#pragma once
// Graphviz's graphs, as pictures are made of them.

#include <graphviz/gvc.h>

#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

/// Points, as Graphviz counts: 72 an inch.
struct Box {
  double width = 0;
  double height = 0;
};

/// A graph of Graphviz's, all of whose text is ours: labels are HTML-like and escaped, links and tooltips stay out.
class Sheet {
 public:
  explicit Sheet(GVC_t* context);
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  ~Sheet();

  Agraph_t* graph() const { return graph_; }
  void set(const char* name, std::string_view value) { attribute(AGRAPH, name, value); }
  static void set(void* object, const char* name, std::string_view value);
  static std::string get(void* object, const char* name);
  void label(void* object, const std::string& html) const;
  Agnode_t* node(const std::string& name, const std::string& html) const;
  Agnode_t* node_at(const std::string& name, const std::string& html, double x, double y) const;
  Agedge_t* edge(Agnode_t* from, Agnode_t* to, const std::string& id) const;

  /// Places what it holds: positions become attributes. False: Graphviz has failed.
  bool layout(const char* engine);
  /// The bytes of a picture; empty: Graphviz has failed.
  std::string render(const char* engine, const char* device);
  /// Of a node that is laid out.
  static Box size(Agnode_t* node);

 private:
  void attribute(int kind, const char* name, std::string_view value) const;
  GVC_t* context_;
  Agraph_t* graph_;
  bool laid_out_ = false;
};

/// The numbers in a text such as `12.5,30 e,4`; what is none is passed over.
std::vector<double> numbers(const std::string& text);
/// With three decimals, as attributes take it.
std::string points(double value);

}  // namespace tierscope::core
