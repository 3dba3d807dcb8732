// GraphML as networkx, igraph, Gephi and yEd write it (http://graphml.graphdrawing.org/specification.html).

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "read/bounds.hpp"
#include "read/readers.hpp"
#include "read/sparse_table.hpp"
#include "read/xml.hpp"

namespace tierscope::core {
namespace {

using pugi::xml_node;
using std::string_view;

string_view local_name(xml_node element) {
  const string_view name = element.name();
  return name.substr(name.find(':') + 1);
}

bool is_text(xml_node node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }

std::string tag(xml_node element) { return "<" + std::string(element.name()) + ">"; }

enum Domain : std::uint8_t { in_node, in_edge, in_graph };
constexpr std::array<string_view, 3> domain_words{"node", "edge", "graph"};

// The first of all column names. The kind of a node is no column of a table, unlike `data_kind`.
enum Column : std::size_t { kind_of_node, id_column, from_column, to_column };

struct Key {
  string_view name;  // attr.name as written
  std::size_t column = 0;
  bool drawing = false;  // yEd's shapes and labels: XML, not text
};

struct Node {
  string_view id;                  // of the company or source
  std::optional<TableKind> table;  // nothing: a kind that does not exist, reported where it stands
};

class GraphmlReader {
 public:
  GraphmlReader(std::uint32_t file, std::uint32_t graph, const Lines& lines, Records& records)
      : file_(file), graph_(graph), lines_(lines), records_(records) {}

  void read(const pugi::xml_document& document, std::size_t file_size) {
    const xml_node root = single_root(document);
    if (!root) return;
    for (const xml_node child : root.children())
      if (local_name(child) == "key") read_key(child);
    bounds_.find_columns(
        [&](string_view name) {
          const auto found = columns_.find(name);
          return found == columns_.end() ? 0 : found->second;
        },
        [&](string_view name) { return column(name); });
    stamps_.assign(names_.size(), 0);
    const xml_node graph = single_graph(root);
    if (!graph) return;
    // A table costs rows times columns, and defaults can fill it: a small file could ask for any amount.
    const auto elements = static_cast<std::size_t>(std::distance(graph.begin(), graph.end()));
    ours_ = string_view(graph.attribute("id").value()) == "tierscope";
    find_label(root);
    if (elements * names_.size() > 8 * file_size + (1U << 20U))
      return error(graph, {},
                   std::to_string(names_.size()) + " attributes are too many for " + std::to_string(elements) +
                       " nodes and edges",
                   "split the graph, or leave out what is not needed");
    read_direction(graph);
    read_nodes(graph);
    read_edges();
    say_left_out();
  }

  void finish(TableKind kind, std::uint32_t graph) {
    RecordTable table;
    table.kind = kind;
    table.file = file_;
    table.graph = graph;
    table.ours = ours_;
    rows_[static_cast<std::size_t>(kind)].finish(std::move(table), names_, records_);
  }

 private:
  std::uint32_t line_of(xml_node node) const {
    return lines_.behind_blanks(static_cast<std::size_t>(node.offset_debug()));
  }

  void error(xml_node node, string_view attribute, std::string what, std::string remedy) {
    records_.error(file_, line_of(node), std::string(attribute), std::move(what), std::move(remedy));
  }

  /// One warning a cause, with the first place and how often it stands.
  void left_out(xml_node node, std::string what, std::string remedy) {
    const auto [found, fresh] = left_out_.try_emplace(what + remedy, LeftOut{});
    if (fresh) found->second = {line_of(node), 0, std::move(what), std::move(remedy)};
    ++found->second.count;
  }

  void say_left_out() {
    for (const auto& [key, left] : left_out_)
      records_.warning(file_, left.line, {},
                       left.count == 1 ? left.what : left.what + " (" + std::to_string(left.count) + " times)",
                       left.remedy, "graphml-of-others");
  }

  void reject(xml_node child, xml_node parent) {
    if (is_text(child))
      return error(child, {}, "text outside of any <data>: " + quoted(prefix_of_width(trimmed(child.value()), 40)),
                   "write it as <data key=\"...\">");
    const string_view name = local_name(child);
    const std::string where = tag(child) + " inside of " + tag(parent);
    if (name == "hyperedge")
      return error(child, {}, where + ": hyperedges are not read", "write an <edge> for each pair");
    if (name == "port") return error(child, {}, where + ": ports are not read", "join the nodes themselves");
    if (name == "graph") return error(child, {}, where + ": nested graphs are not read", "move its nodes up");
    error(child, {}, where + " is not GraphML", "the format has <key>, <graph>, <node>, <edge> and <data>");
  }

  // ---- edges that do not say who supplies whom

  const Mapping& told() const { return records_.mapping; }

  std::string directed_remedy(const std::string& written) const {
    return "relations have a direction: write " + written +
           ", or say that the first end supplies the second: " + records_.command_with(graph_, "--undirected-as out");
  }

  void read_direction(xml_node graph) {
    const string_view direction = graph.attribute("edgedefault").value();
    if (direction == "directed") return;
    undirected_ = direction == "undirected";
    if (undirected_ && (told().undirected_out || told().undirected_both)) return;
    error(graph, "edgedefault", direction.empty() ? "the attribute is missing" : quoted(direction) + " is not read",
          undirected_ ? directed_remedy("edgedefault=\"directed\"")
                      : "relations have a direction: write edgedefault=\"directed\"");
  }

  // ---- names

  /// `label` is the name of a node where no key is called so, and yEd's drawn label where there is neither.
  void find_label(xml_node root) {
    bool drawn = false;
    for (const xml_node key : root.children()) {
      if (local_name(key) != "key") continue;
      drawn |= string_view(key.attribute("yfiles.type").value()) == "nodegraphics";
      const std::string name = fold(key.attribute("attr.name").value());
      if ((name == "name" || name == "label") && string_view(key.attribute("for").as_string("all")) != "edge") return;
    }
    if (!drawn) return;
    drawn_name_ = column("name");
    stamps_.resize(names_.size(), 0);
  }

  /// yEd's `<data><y:ShapeNode><y:NodeLabel>Name`.
  static string_view drawn_label(xml_node node) {
    for (const xml_node data : node.children())
      if (local_name(data) == "data")
        for (const xml_node shape : data.children())
          for (const xml_node label : shape.children())
            if (local_name(label) == "NodeLabel" && !trimmed(label.child_value()).empty())
              return trimmed(label.child_value());
    return {};
  }

  xml_node single_root(const pugi::xml_document& document) {
    xml_node root;
    for (const xml_node child : document.children()) {
      if (is_text(child) || root) {
        error(child, {}, is_text(child) ? "text outside of the root element" : "a second root element " + tag(child),
              "a file holds one <graphml>...</graphml>");
        return {};
      }
      root = child;
    }
    if (local_name(root) == "graphml") return root;
    const std::string remedy = "a GraphML file begins with <graphml>";
    if (root) error(root, {}, "not GraphML: the root element is " + tag(root), remedy);
    if (!root) records_.error(file_, 0, {}, "not GraphML: there is no element", remedy);
    return {};
  }

  xml_node single_graph(xml_node root) {
    xml_node graph;
    for (const xml_node child : root.children()) {
      const string_view name = local_name(child);
      if (name == "graph" && graph) {
        error(child, {}, "a second graph in one file", "write each graph to a file of its own");
      } else if (name == "graph") {
        graph = child;
      } else if (name == "data") {
        read_graph_data(child);
      } else if (name != "key" && name != "desc") {
        reject(child, root);
      }
    }
    if (!graph) error(root, {}, "there is no <graph>", "write nodes and edges into <graph edgedefault=\"directed\">");
    return graph;
  }

  std::size_t column(string_view name) {
    const auto [found, fresh] = columns_.try_emplace(name, names_.size());
    if (fresh) names_.push_back(name);
    return found->second;
  }

  void read_key(xml_node element) {
    const string_view id = element.attribute("id").value();
    const string_view domain = element.attribute("for").as_string("all");
    Key key;
    key.name = trimmed(element.attribute("attr.name").value());
    for (const pugi::xml_attribute attribute : element.attributes()) {
      const string_view name = attribute.name();
      key.drawing |= name == "yfiles.type" || name.substr(0, 2) == "y:";
    }
    if (id.empty()) return error(element, "id", "a key without an id", "give it the id that its <data> name");
    if (key.name.empty() && !key.drawing)
      return error(element, "attr.name", "key " + quoted(id) + " has no attr.name", "name the attribute");
    if (key.drawing && !drawing_seen_)
      records_.warning(file_, line_of(element), {}, "yEd's shapes and labels are not kept",
                       "labels are names where no property is called name; write what else counts as properties",
                       "drawing-lost");
    drawing_seen_ |= key.drawing;
    string_view fallback;
    for (const xml_node child : element.children()) {
      if (local_name(child) == "default") {
        fallback = text_of(child, key);
      } else if (local_name(child) != "desc") {
        reject(child, element);
      }
    }
    // `data_X` is how writers protect a column X that would be taken for id, kind, from or to.
    const bool guarded = key.name.size() > 5 && key.name.substr(0, 5) == "data_";
    key.column = column(guarded ? key.name.substr(5) : key.name);
    constexpr std::array<string_view, 4> ignored{"port", "hyperedge", "endpoint", "graphml"};
    bool known = std::find(ignored.begin(), ignored.end(), domain) != ignored.end();
    for (const Domain each : {in_node, in_edge, in_graph}) {
      if (domain != "all" && domain != domain_words[each] && !(domain == "graphml" && each == in_graph)) continue;
      known = true;
      Key own = key;
      if (each == in_node && key.name == "kind") own.column = kind_of_node;
      if (!keys_[each].try_emplace(id, own).second)
        return error(element, "id", "key " + quoted(id) + " is declared twice", "give each key an id of its own");
      if (!trimmed(fallback).empty()) defaults_[each].push_back({own.column, fallback});
    }
    if (!known) error(element, "for", quoted(domain) + " is not known", "write node, edge, graph or all");
  }

  const Key* key_of(xml_node data, Domain domain) {
    const string_view id = data.attribute("key").value();
    const auto found = keys_[domain].find(id);
    if (found != keys_[domain].end()) return &found->second;
    const std::string word(domain_words[domain]);
    if (id.empty()) {
      error(data, "key", "no key " + quoted(id) + " is declared for a " + word, "name the key of the <data>");
      return nullptr;
    }
    // A key of the others means the same here; an undeclared one is called as its id.
    const Key* other = nullptr;
    for (const Domain each : {in_node, in_edge, in_graph})
      if (const auto known = keys_[each].find(id); known != keys_[each].end() && other == nullptr)
        other = &known->second;
    Key key = other != nullptr ? *other : Key{id, column(id), false};
    if (domain == in_node && key.name == "kind") key.column = kind_of_node;
    stamps_.resize(names_.size(), 0);
    left_out(data,
             "key " + quoted(id) +
                 (other != nullptr ? " is declared for others, and used" : " is not declared, and read") + " for a " +
                 word,
             "declare it: <key id=" + quoted(id) + " for=" + quoted(word) + " attr.name=\"...\"/>");
    return &keys_[domain].emplace(id, key).first->second;
  }

  string_view text_of(xml_node element, const Key& key) {
    string_view text;
    std::string joined;
    for (const xml_node child : element.children()) {
      if (!is_text(child)) {
        if (!key.drawing)
          error(child, key.name, tag(child) + " inside of " + tag(element), "write text, with &lt; for <");
        return {};
      }
      // Comments and CDATA sections split a text.
      if (!text.empty() && joined.empty()) joined = text;
      text = child.value();
      if (!joined.empty()) joined += text;
    }
    return joined.empty() ? text : records_.keep(std::move(joined));
  }

  void read_graph_data(xml_node data) {
    const Key* const key = key_of(data, in_graph);
    if (key != nullptr && !trimmed(text_of(data, *key)).empty())
      records_.warning(file_, line_of(data), std::string(key->name), "attributes of the whole graph are not kept", {},
                       "attribute-lost");
  }

  /// Attributes that users make up would be lost without a word.
  void check_attributes(xml_node element, std::initializer_list<string_view> known) {
    unsigned seen = 0;
    for (const pugi::xml_attribute attribute : element.attributes()) {
      const string_view name = attribute.name();
      const auto* const found = std::find(known.begin(), known.end(), name);
      if (found != known.end()) {
        const unsigned bit = 1U << static_cast<unsigned>(found - known.begin());
        if ((seen & bit) != 0) error(element, name, "the attribute is given twice", "give it once");
        seen |= bit;
      } else if (name == "sourceport" || name == "targetport") {
        left_out(element, "ports are left out", "an edge joins the nodes themselves");
      } else if (name.find(':') == string_view::npos && name != "xmlns" && name.substr(0, 6) != "parse." &&
                 name.substr(0, 7) != "yfiles.") {
        left_out(element, "the attribute " + quoted(name) + " of " + tag(element) + " is not GraphML's, and left out",
                 "write it as <data key=\"...\">, if it counts");
      }
    }
  }

  /// The data of a node or edge, then the defaults, each column once; `given` are those that the element gives itself.
  std::vector<Cell> cells_of(xml_node element, Domain domain, std::initializer_list<Column> given) {
    std::vector<Cell> cells;
    ++stamp_;
    for (const Column column : given) stamps_[column] = stamp_;
    for (const xml_node child : element.children()) {
      const string_view name = local_name(child);
      if (name == "desc" || (name == "graph" && domain == in_node)) continue;
      if (name == "port") {
        left_out(child, "ports are left out", "an edge joins the nodes themselves");
        continue;
      }
      if (name != "data") {
        reject(child, element);
        continue;
      }
      check_attributes(child, {"key", "id"});
      const Key* const key = key_of(child, domain);
      if (key == nullptr) continue;
      if (key->name.empty()) continue;
      const string_view text = text_of(child, *key);
      if (stamps_[key->column] == stamp_) error(child, key->name, "the attribute is given twice", "give it once");
      stamps_[key->column] = stamp_;
      if (!trimmed(text).empty()) cells.push_back({key->column, text});
    }
    for (const Cell& cell : defaults_[domain])
      if (stamps_[cell.column] != stamp_) cells.push_back(cell);
    return cells;
  }

  /// Of the graph and of those inside its groups, whose members are read in their place.
  void read_nodes(xml_node outermost) {
    graphs_ = {outermost};
    for (std::size_t i = 0; i < graphs_.size(); ++i) {  // NOLINT(modernize-loop-convert): groups add to them
      const xml_node graph = graphs_[i];
      for (const xml_node child : graph.children()) {
        const string_view name = local_name(child);
        if (name == "node" && is_group(child)) {
          read_group(child);
        } else if (name == "node") {
          read_node(child);
        } else if (name == "data") {
          read_graph_data(child);
        } else if (name != "edge" && name != "desc") {
          reject(child, graph);
        }
      }
    }
  }

  static bool is_group(xml_node node) {
    const auto children = node.children();
    return std::any_of(children.begin(), children.end(),
                       [](xml_node child) { return local_name(child) == "graph" && child.first_child(); });
  }

  void read_group(xml_node group) {
    left_out(group, "a group is read as its members, and is no company", "write it as a node of its own, if it is one");
    groups_.insert(group.attribute("id").value());
    for (const xml_node child : group.children())
      if (local_name(child) == "graph") graphs_.push_back(child);
  }

  void read_edges() {
    for (const xml_node graph : graphs_)
      for (const xml_node child : graph.children())
        if (local_name(child) == "edge") read_edge(child);
  }

  void read_node(xml_node element) {
    check_attributes(element, {"id"});
    std::vector<Cell> cells = cells_of(element, in_node, {});
    const auto take = [&](Column column) {
      const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.column == column; });
      if (found == cells.end()) return string_view();
      const string_view text = trimmed(found->text);
      cells.erase(found);
      return text;
    };
    const string_view kind = take(kind_of_node);
    const string_view given_id = take(id_column);
    const string_view node_id = element.attribute("id").value();
    Node node{given_id.empty() ? node_id : given_id, {}};
    if (kind.empty() || kind == "company") node.table = TableKind::companies;
    if (kind == "source") node.table = TableKind::sources;
    if (kind == "rate") node.table = TableKind::rates;
    const std::string remedy = "give each node an id of its own";
    if (node_id.empty()) return error(element, "id", "a node without an id", remedy);
    if (!nodes_.try_emplace(node_id, node).second)
      return error(element, "id", "a second node " + quoted(node_id), remedy);
    if (!node.table)
      return error(element, "kind", quoted(kind) + " is no kind of node", "write company, source or rate");
    // A rate has no id of its own: its node's is only a name for it.
    const string_view id = node.table == TableKind::rates ? given_id : node.id;
    if (!id.empty()) cells.insert(cells.begin(), {id_column, id});
    if (drawn_name_ != 0 && node.table == TableKind::companies)
      if (const string_view label = drawn_label(element); !label.empty()) cells.push_back({drawn_name_, label});
    bounds_.join(cells, records_);
    add_row(*node.table, element, cells);
  }

  void read_edge(xml_node element) {
    check_attributes(element, {"id", "source", "target", "directed"});
    const string_view directed = element.attribute("directed").as_string(undirected_ ? "false" : "true");
    if (directed != "true" &&
        !(directed == "false" && (told().undirected_out || told().undirected_both || undirected_)))
      records_.bad_row(file_, line_of(element), "directed", quoted(directed) + " is not read",
                       directed == "false" ? directed_remedy("directed=\"true\"")
                                           : "relations have a direction: write directed=\"true\"");
    std::vector<Cell> cells = cells_of(element, in_edge, {from_column, to_column});
    const std::optional<string_view> from = company_at(element, "source");
    const std::optional<string_view> to = company_at(element, "target");
    if (!from || !to) return;
    cells.insert(cells.begin(), {{from_column, *from}, {to_column, *to}});
    bounds_.join(cells, records_);
    add_row(TableKind::relations, element, cells);
    if (directed == "true" || !told().undirected_both) return;
    std::swap(cells[0].text, cells[1].text);
    add_row(TableKind::relations, element, cells);
  }

  std::optional<string_view> company_at(xml_node edge, const char* end) {
    const string_view id = edge.attribute(end).value();
    const auto found = nodes_.find(id);
    if (found == nodes_.end() && groups_.contains(id)) {
      error(edge, end, quoted(id) + " is a group, no company", "join its members");
    } else if (found == nodes_.end()) {
      error(edge, end, id.empty() ? "the attribute is missing" : "there is no node " + quoted(id),
            "name a node of this graph");
    } else if (found->second.table == TableKind::companies) {
      return found->second.id;
    } else if (found->second.table) {
      error(edge, end, "node " + quoted(id) + " is no company", "a relation joins two companies");
    }
    return {};
  }

  void add_row(TableKind kind, xml_node element, const std::vector<Cell>& cells) {
    rows_[static_cast<std::size_t>(kind)].add_row(line_of(element), cells);
  }

  struct LeftOut {
    std::uint32_t line = 0;
    std::size_t count = 0;
    std::string what;
    std::string remedy;
  };

  std::uint32_t file_;
  std::uint32_t graph_;
  const Lines& lines_;
  Records& records_;
  std::map<std::string, LeftOut> left_out_;
  bool undirected_ = false;  // unless an edge says otherwise
  std::vector<xml_node> graphs_;
  std::unordered_set<string_view> groups_;
  bool ours_ = false;
  std::size_t drawn_name_ = 0;                              // the column of yEd's labels, 0 = none
  std::vector<string_view> names_{"", "id", "from", "to"};  // by column
  std::unordered_map<string_view, std::size_t> columns_{{"id", id_column}, {"from", from_column}, {"to", to_column}};
  Bounds bounds_;
  std::array<std::unordered_map<string_view, Key>, 3> keys_;  // by domain
  std::array<std::vector<Cell>, 3> defaults_;
  bool drawing_seen_ = false;
  std::unordered_map<string_view, Node> nodes_;
  std::vector<std::uint64_t> stamps_;  // by column: the last element that gave it
  std::uint64_t stamp_ = 0;
  std::array<SparseTable, all_tables.size()> rows_;
};

}  // namespace

void read_graphml(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  const Lines lines(bytes);
  pugi::xml_document document;
  if (!read_xml(bytes, file, lines, records, document)) return;
  GraphmlReader reader(file, graph, lines, records);
  reader.read(document, bytes.size());
  for (const TableKind kind : {TableKind::companies, TableKind::sources, TableKind::rates, TableKind::relations})
    reader.finish(kind, graph);
}

}  // namespace tierscope::core
