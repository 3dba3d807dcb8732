// GraphML as networkx, igraph, Gephi and yEd write it (http://graphml.graphdrawing.org/specification.html), read as it
// comes: what is kept are the cells.

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
#include "read/xml_stream.hpp"

namespace tierscope::core {
namespace {

using std::string_view;

std::string tag(string_view name) { return "<" + std::string(name) + ">"; }

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

/// What an open element is.
enum class Part : std::uint8_t {
  root,
  key,
  fallback,  // the <default> of a key
  graph,
  members,  // a graph within a node that has shown nothing yet
  node,
  group,  // a node whose graph has members
  edge,
  data,
  shape,  // of yEd, within <data>
  label,
  skipped,
};

class GraphmlReader : public XmlEvents {
 public:
  GraphmlReader(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records)
      : bytes_(bytes), file_(file), graph_(graph), records_(records), stream_(*this) {}

  void run() {
    if (!check_references(bytes_, file_, records_)) return;
    if (!stream_.feed(bytes_, true)) return say_broken();
    if (!graph_line_)
      return records_.error(file_, root_line_, {}, "there is no <graph>",
                            "write nodes and edges into <graph edgedefault=\"directed\">");
    for (Row& edge : waiting_) {
      row_ = std::move(edge);
      join_companies();
    }
    say_left_out();
    for (const TableKind kind : {TableKind::companies, TableKind::sources, TableKind::rates, TableKind::relations}) {
      RecordTable table;
      table.kind = kind;
      table.file = file_;
      table.graph = graph_;
      table.ours = ours_;
      rows_[static_cast<std::size_t>(kind)].finish(std::move(table), names_, records_);
    }
  }

  void begin(string_view name, const char* const* attributes) override {
    if (stopped_) return;
    say_stray_text();
    line_ = static_cast<std::uint32_t>(stream_.line());
    const string_view local = local_name(name);
    const Part part = open_.empty() ? begin_root(name) : part_within(open_.back().part, local, name, attributes);
    if (!stopped_) open_.push_back({part, std::string(name)});
  }

  void end() override {
    if (stopped_) return;
    say_stray_text();
    const Part part = open_.back().part;
    open_.pop_back();
    if (part == Part::fallback) default_ = records_.keep_copy(text_);
    if (part == Part::key) finish_key();
    if (part == Part::data) finish_data();
    if (part == Part::label && label_.empty()) label_ = records_.keep_copy(trimmed(drawn_));
    if (part == Part::node) finish_node();
    if (part == Part::edge) finish_edge();
  }

  void text(string_view piece) override {
    if (stopped_) return;
    const Part part = open_.back().part;
    if (part == Part::fallback || part == Part::data) {
      text_.append(piece);
    } else if (part == Part::label) {
      drawn_.append(piece);
    } else if (part != Part::skipped && part != Part::shape && part != Part::group) {
      const std::size_t first = piece.find_first_not_of(" \t\r\n");
      if (first == string_view::npos) return;
      if (stray_.empty())
        stray_line_ = static_cast<std::uint32_t>(
            stream_.line() + static_cast<std::uint64_t>(
                                 std::count(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(first), '\n')));
      if (stray_.size() < 1000) stray_.append(piece);
    }
  }

 private:
  struct Element {
    Part part;
    std::string name;  // as written
  };

  void error(string_view attribute, std::string what, std::string remedy) {
    records_.error(file_, line_, std::string(attribute), std::move(what), std::move(remedy));
  }

  /// The same of the row, which is left out where the user would rather do without.
  void bad(string_view attribute, std::string what, std::string remedy) {
    row_.bad = true;
    records_.bad_row(file_, line_, std::string(attribute), std::move(what), std::move(remedy));
  }

  /// One warning a cause, with the first place and how often it stands.
  void left_out(std::string what, std::string remedy) {
    const auto [found, fresh] = left_out_.try_emplace(what + remedy, LeftOut{});
    if (fresh) found->second = {line_, 0, std::move(what), std::move(remedy)};
    ++found->second.count;
  }

  void say_left_out() {
    for (const auto& [key, left] : left_out_)
      records_.warning(file_, left.line, {},
                       left.count == 1 ? left.what : left.what + " (" + std::to_string(left.count) + " times)",
                       left.remedy, "graphml-of-others");
  }

  void say_broken() {
    if (stopped_) return;
    const std::size_t at = stream_.offset();
    const bool outside = open_.empty() && at < bytes_.size();
    line_ = static_cast<std::uint32_t>(stream_.line());
    if (root_line_ == 0 && bytes_.find_first_not_of(" \t\r\n", at) == string_view::npos)
      return records_.error(file_, 0, {}, "not GraphML: there is no element", begins_with_);
    if (outside && (root_line_ != 0 || bytes_[at] != '<'))
      return error({}, bytes_[at] == '<' ? "a second root element" : "text outside of the root element",
                   "a file holds one <graphml>...</graphml>");
    error({}, "the XML is broken: " + stream_.broken(), stream_.remedy());
  }

  void say_stray_text() {
    if (stray_.empty()) return;
    records_.error(file_, stray_line_, {},
                   "text outside of any <data>: " + quoted(prefix_of_width(trimmed(stray_), 40)),
                   "write it as <data key=\"...\">");
    stray_.clear();
  }

  // ---- what may stand where

  Part begin_root(string_view name) {
    root_line_ = line_;
    if (local_name(name) == "graphml") return Part::root;
    error({}, "not GraphML: the root element is " + tag(name), begins_with_);
    stopped_ = true;
    stream_.stop();
    return Part::skipped;
  }

  Part part_within(Part parent, string_view local, string_view name, const char* const* attributes) {
    switch (parent) {
      case Part::root:
        if (local == "key") return begin_key(attributes);
        if (local == "graph") return begin_graph(attributes);
        if (local == "data") return begin_data(attributes, in_graph);
        break;
      case Part::key:
        if (local == "default") return text_.clear(), Part::fallback;
        break;
      case Part::members:
        begin_group();
        open_.back().part = Part::graph;
        return part_within(Part::graph, local, name, attributes);
      case Part::graph:
        if (local == "node") return begin_node(attributes);
        if (local == "edge") return begin_edge(attributes);
        if (local == "data") return begin_data(attributes, in_graph);
        break;
      case Part::node:
        if (local == "data") return begin_data(attributes, in_node);
        if (local == "graph") return Part::members;
        if (local == "port") return leave_out_port();
        break;
      case Part::edge:
        if (local == "data") return begin_data(attributes, in_edge);
        if (local == "port") return leave_out_port();
        break;
      case Part::group: return local == "graph" ? Part::graph : Part::skipped;
      case Part::fallback:
        error({}, tag(name) + " inside of " + tag(open_.back().name), "write text, with &lt; for <");
        return Part::skipped;
      case Part::data:
        no_text_ = true;
        if (drawing_) return Part::shape;
        error(key_ != nullptr ? key_->name : string_view(), tag(name) + " inside of " + tag(open_.back().name),
              "write text, with &lt; for <");
        return Part::skipped;
      case Part::shape:
        if (local == "NodeLabel") return drawn_.clear(), Part::label;
        return Part::skipped;
      case Part::label:
      case Part::skipped: return Part::skipped;
    }
    if (local != "desc") reject(local, name);
    return Part::skipped;
  }

  void reject(string_view local, string_view name) {
    const std::string where = tag(name) + " inside of " + tag(open_.back().name);
    if (local == "key")
      return error({}, where + (open_.back().part == Part::root ? " behind <graph>" : ""),
                   "declare keys before <graph>");
    if (local == "hyperedge") return error({}, where + ": hyperedges are not read", "write an <edge> for each pair");
    if (local == "port") return error({}, where + ": ports are not read", "join the nodes themselves");
    if (local == "graph") return error({}, where + ": nested graphs are not read", "move its nodes up");
    error({}, where + " is not GraphML", "the format has <key>, <graph>, <node>, <edge> and <data>");
  }

  Part leave_out_port() {
    left_out("ports are left out", "an edge joins the nodes themselves");
    return Part::skipped;
  }

  /// Attributes that users make up would be lost without a word.
  void check_attributes(string_view element, const char* const* attributes, std::initializer_list<string_view> known) {
    for (; *attributes != nullptr; attributes += 2) {
      const string_view name = *attributes;
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      if (name == "sourceport" || name == "targetport") {
        leave_out_port();
      } else if (name.find(':') == string_view::npos && name != "xmlns" && !name.starts_with("parse.") &&
                 !name.starts_with("yfiles.")) {
        left_out("the attribute " + quoted(name) + " of <" + std::string(element) + "> is not GraphML's, and left out",
                 "write it as <data key=\"...\">, if it counts");
      }
    }
  }

  // ---- keys

  std::size_t column(string_view name) {
    const auto [found, fresh] = columns_.try_emplace(name, names_.size());
    if (fresh) {
      names_.push_back(name);
      stamps_.push_back(0);
    }
    return found->second;
  }

  Part begin_key(const char* const* attributes) {
    if (graph_line_) {
      reject("key", "key");
      return Part::skipped;
    }
    declared_ = {};
    declared_.line = line_;
    declared_.id = records_.keep_copy(attribute_of(attributes, "id"));
    for (const char* const* at = attributes; *at != nullptr; at += 2) {
      const string_view name = *at;
      if (name == "for") declared_.domain = records_.keep_copy(at[1]);
      declared_.key.drawing |= name == "yfiles.type" || name.starts_with("y:");
      drawn_labels_ |= name == "yfiles.type" && string_view(at[1]) == "nodegraphics";
    }
    declared_.key.name = records_.keep_copy(trimmed(attribute_of(attributes, "attr.name")));
    default_ = {};
    return Part::key;
  }

  void finish_key() {
    line_ = declared_.line;
    Key& key = declared_.key;
    const string_view id = declared_.id;
    const string_view domain = declared_.domain;
    if (id.empty()) return error("id", "a key without an id", "give it the id that its <data> name");
    if (key.name.empty() && !key.drawing)
      return error("attr.name", "key " + quoted(id) + " has no attr.name", "name the attribute");
    if (key.drawing && !drawing_seen_)
      records_.warning(file_, line_, {}, "yEd's shapes and labels are not kept",
                       "labels are names where no property is called name; write what else counts as properties",
                       "drawing-lost");
    drawing_seen_ |= key.drawing;
    const std::string folded = fold(key.name);
    named_ |= (folded == "name" || folded == "label") && domain != "edge";
    // `data_X` is how writers protect a column X that would be taken for id, kind, from or to.
    const bool guarded = key.name.size() > 5 && key.name.starts_with("data_");
    key.column = column(guarded ? key.name.substr(5) : key.name);
    constexpr std::array<string_view, 4> ignored{"port", "hyperedge", "endpoint", "graphml"};
    bool known = std::find(ignored.begin(), ignored.end(), domain) != ignored.end();
    for (const Domain each : {in_node, in_edge, in_graph}) {
      if (domain != "all" && domain != domain_words[each] && !(domain == "graphml" && each == in_graph)) continue;
      known = true;
      Key own = key;
      if (each == in_node && key.name == "kind") own.column = kind_of_node;
      if (!keys_[each].try_emplace(id, own).second)
        return error("id", "key " + quoted(id) + " is declared twice", "give each key an id of its own");
      if (!trimmed(default_).empty()) defaults_[each].push_back({own.column, default_});
    }
    if (!known) error("for", quoted(domain) + " is not known", "write node, edge, graph or all");
  }

  const Key* key_of(string_view id, Domain domain) {
    const auto found = keys_[domain].find(id);
    if (found != keys_[domain].end()) return &found->second;
    const std::string word(domain_words[domain]);
    if (id.empty()) {
      error("key", "no key " + quoted(id) + " is declared for a " + word, "name the key of the <data>");
      return nullptr;
    }
    // A key of the others means the same here; an undeclared one is called as its id.
    const Key* other = nullptr;
    for (const Domain each : {in_node, in_edge, in_graph})
      if (const auto known = keys_[each].find(id); known != keys_[each].end() && other == nullptr)
        other = &known->second;
    id = records_.keep_copy(id);
    Key key = other != nullptr ? *other : Key{id, column(id), false};
    if (domain == in_node && key.name == "kind") key.column = kind_of_node;
    left_out("key " + quoted(id) +
                 (other != nullptr ? " is declared for others, and used" : " is not declared, and read") + " for a " +
                 word,
             "declare it: <key id=" + quoted(id) + " for=" + quoted(word) + " attr.name=\"...\"/>");
    return &keys_[domain].emplace(id, key).first->second;
  }

  // ---- the graph

  Part begin_graph(const char* const* attributes) {
    if (graph_line_) {
      error({}, "a second graph in one file", "write each graph to a file of its own");
      return Part::skipped;
    }
    graph_line_ = line_;
    bounds_.find_columns(
        [&](string_view name) {
          const auto found = columns_.find(name);
          return found == columns_.end() ? 0 : found->second;
        },
        [&](string_view name) { return column(name); });
    // `label` is the name of a node where no key is called so, and yEd's drawn label where there is neither.
    if (drawn_labels_ && !named_) drawn_name_ = column("name");
    ours_ = attribute_of(attributes, "id") == "tierscope";
    read_direction(attribute_of(attributes, "edgedefault"));
    return Part::graph;
  }

  const Mapping& told() const { return records_.mapping; }

  std::string directed_remedy(const std::string& written) const {
    return "relations have a direction: write " + written +
           ", or say that the first end supplies the second: " + records_.command_with(graph_, "--undirected-as out");
  }

  void read_direction(string_view direction) {
    if (direction == "directed") return;
    undirected_ = direction == "undirected";
    if (undirected_ && (told().undirected_out || told().undirected_both)) return;
    error("edgedefault", direction.empty() ? "the attribute is missing" : quoted(direction) + " is not read",
          undirected_ ? directed_remedy("edgedefault=\"directed\"")
                      : "relations have a direction: write edgedefault=\"directed\"");
  }

  /// The node in which a graph turns out to have members, which are read in its place.
  void begin_group() {
    const std::uint32_t here = std::exchange(line_, row_.line);
    left_out("a group is read as its members, and is no company", "write it as a node of its own, if it is one");
    line_ = here;
    groups_.insert(row_.id);
    open_[open_.size() - 2].part = Part::group;
  }

  // ---- rows

  Part begin_data(const char* const* attributes, Domain domain) {
    if (domain != in_graph) check_attributes("data", attributes, {"key", "id"});
    key_ = key_of(attribute_of(attributes, "key"), domain);
    domain_ = domain;
    data_line_ = line_;
    drawing_ = key_ != nullptr && key_->drawing;
    no_text_ = false;
    text_.clear();
    return Part::data;
  }

  void finish_data() {
    if (key_ == nullptr) return;
    const string_view text = no_text_ ? string_view() : text_;
    const bool blank = trimmed(text).empty();
    line_ = data_line_;
    if (domain_ == in_graph) {
      if (!blank)
        records_.warning(file_, line_, std::string(key_->name), "attributes of the whole graph are not kept", {},
                         "attribute-lost");
      return;
    }
    if (key_->name.empty()) return;
    if (stamps_[key_->column] == stamp_) error(key_->name, "the attribute is given twice", "give it once");
    stamps_[key_->column] = stamp_;
    if (!blank) row_.cells.push_back({key_->column, records_.keep_copy(text)});
  }

  void begin_row() {
    std::vector<Cell> cells = std::move(row_.cells);
    cells.clear();
    row_ = {};
    row_.line = line_;
    row_.cells = std::move(cells);
    label_ = {};
    ++stamp_;
  }

  /// What the row does not give itself.
  void add_defaults(Domain domain) {
    for (const Cell& cell : defaults_[domain])
      if (stamps_[cell.column] != stamp_) row_.cells.push_back(cell);
  }

  Part begin_node(const char* const* attributes) {
    check_attributes("node", attributes, {"id"});
    begin_row();
    row_.id = records_.keep_copy(attribute_of(attributes, "id"));
    return Part::node;
  }

  void finish_node() {
    line_ = row_.line;
    add_defaults(in_node);
    std::vector<Cell>& cells = row_.cells;
    const auto take = [&](Column column) {
      const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& c) { return c.column == column; });
      if (found == cells.end()) return string_view();
      const string_view text = trimmed(found->text);
      cells.erase(found);
      return text;
    };
    const string_view kind = take(kind_of_node);
    const string_view given_id = take(id_column);
    Node node{given_id.empty() ? row_.id : given_id, {}};
    if (kind.empty() || kind == "company") node.table = TableKind::companies;
    if (kind == "source") node.table = TableKind::sources;
    if (kind == "rate") node.table = TableKind::rates;
    const std::string remedy = "give each node an id of its own";
    if (row_.id.empty()) return bad("id", "a node without an id", remedy);
    if (!nodes_.try_emplace(row_.id, node).second) return bad("id", "a second node " + quoted(row_.id), remedy);
    if (!node.table) return bad("kind", quoted(kind) + " is no kind of node", "write company, source or rate");
    // A rate has no id of its own: its node's is only a name for it.
    const string_view id = node.table == TableKind::rates ? given_id : node.id;
    if (!id.empty()) cells.insert(cells.begin(), {id_column, id});
    if (drawn_name_ != 0 && node.table == TableKind::companies && !label_.empty())
      cells.push_back({drawn_name_, label_});
    add_row(*node.table);
  }

  Part begin_edge(const char* const* attributes) {
    check_attributes("edge", attributes, {"id", "source", "target", "directed"});
    begin_row();
    for (const Column column : {from_column, to_column}) stamps_[column] = stamp_;
    string_view directed = undirected_ ? "false" : "true";
    for (const char* const* at = attributes; *at != nullptr; at += 2)
      if (string_view(*at) == "directed") directed = at[1];
    row_.directed = directed == "true";
    if (!row_.directed && !(directed == "false" && (told().undirected_out || told().undirected_both || undirected_)))
      bad("directed", quoted(directed) + " is not read",
          directed == "false" ? directed_remedy("directed=\"true\"")
                              : "relations have a direction: write directed=\"true\"");
    for (const bool target : {false, true}) {
      End& end = target ? row_.target : row_.source;
      const string_view id = attribute_of(attributes, target ? "target" : "source");
      const auto found = nodes_.find(id);
      end = found == nodes_.end() ? End{records_.keep_copy(id), nullptr} : End{found->first, &found->second};
    }
    return Part::edge;
  }

  void finish_edge() {
    if (row_.bad && told().skip_bad) return;
    add_defaults(in_edge);
    if (row_.source.node != nullptr && row_.target.node != nullptr) return join_companies();
    waiting_.push_back(row_);
  }

  struct End {
    string_view id;
    const Node* node = nullptr;  // as far as it is known
  };

  struct Row {
    std::uint32_t line = 0;
    string_view id;      // of a node
    End source, target;  // of an edge
    bool directed = true;
    bool bad = false;  // which is said
    std::vector<Cell> cells;
  };

  void join_companies() {
    line_ = row_.line;
    const std::optional<string_view> from = company_at(row_.source, "source");
    const std::optional<string_view> to = company_at(row_.target, "target");
    if (!from || !to) return;
    row_.cells.insert(row_.cells.begin(), {{from_column, *from}, {to_column, *to}});
    add_row(TableKind::relations);
    if (row_.directed || !told().undirected_both) return;
    std::swap(row_.cells[0].text, row_.cells[1].text);
    add_row(TableKind::relations);
  }

  std::optional<string_view> company_at(const End& end, const char* attribute) {
    const Node* node = end.node;
    if (const auto found = nodes_.find(end.id); node == nullptr && found != nodes_.end()) node = &found->second;
    if (node != nullptr && node->table == TableKind::companies) return node->id;
    if (node != nullptr && node->table) {
      bad(attribute, "node " + quoted(end.id) + " is no company", "a relation joins two companies");
    } else if (node == nullptr && groups_.contains(end.id)) {
      bad(attribute, quoted(end.id) + " is a group, no company", "join its members");
    } else if (node == nullptr) {
      bad(attribute, end.id.empty() ? "the attribute is missing" : "there is no node " + quoted(end.id),
          "name a node of this graph");
    }
    return {};
  }

  void add_row(TableKind kind) {
    bounds_.join(row_.cells, records_);
    // A table costs rows times columns, and defaults can fill it: a small file could ask for any amount.
    if (++rows_read_ * names_.size() > 8 * bytes_.size() + (1U << 20U)) {
      if (stopped_) return;
      line_ = *graph_line_;
      error({}, std::to_string(names_.size()) + " attributes are too many for the nodes and edges of so small a file",
            "split the graph, or leave out what is not needed");
      stopped_ = true;
      return stream_.stop();
    }
    rows_[static_cast<std::size_t>(kind)].add_row(row_.line, row_.cells);
  }

  struct LeftOut {
    std::uint32_t line = 0;
    std::size_t count = 0;
    std::string what;
    std::string remedy;
  };
  struct Declared {
    std::uint32_t line = 0;
    string_view id;
    string_view domain = "all";
    Key key;
  };

  const std::string begins_with_ = "a GraphML file begins with <graphml>";
  string_view bytes_;
  std::uint32_t file_;
  std::uint32_t graph_;
  Records& records_;
  XmlStream stream_;
  bool stopped_ = false;
  std::vector<Element> open_;
  std::uint32_t line_ = 0;       // of what is being told of
  std::uint32_t root_line_ = 0;  // 0 = none yet
  std::optional<std::uint32_t> graph_line_;
  bool ours_ = false;
  bool undirected_ = false;  // unless an edge says otherwise
  std::map<std::string, LeftOut> left_out_;
  std::string stray_;  // text that stands where none may
  std::uint32_t stray_line_ = 0;

  std::vector<string_view> names_{"", "id", "from", "to"};             // by column
  std::vector<std::uint64_t> stamps_ = std::vector<std::uint64_t>(4);  // by column: the last element that gave it
  std::uint64_t stamp_ = 0;
  std::unordered_map<string_view, std::size_t> columns_{{"id", id_column}, {"from", from_column}, {"to", to_column}};
  Bounds bounds_;
  std::array<std::unordered_map<string_view, Key>, 3> keys_;  // by domain
  std::array<std::vector<Cell>, 3> defaults_;
  Declared declared_;
  string_view default_;
  bool drawing_seen_ = false;
  bool drawn_labels_ = false;   // some key holds yEd's drawings of nodes
  bool named_ = false;          // some key is the name of a node
  std::size_t drawn_name_ = 0;  // the column of yEd's labels, 0 = none

  const Key* key_ = nullptr;  // of the open <data>
  Domain domain_ = in_node;
  std::uint32_t data_line_ = 0;
  bool drawing_ = false;
  bool no_text_ = false;  // it holds an element
  std::string text_;
  std::string drawn_;
  string_view label_;  // drawn on the open node
  Row row_;
  std::size_t rows_read_ = 0;
  std::vector<Row> waiting_;  // edges that stand before their nodes
  std::unordered_map<string_view, Node> nodes_;
  std::unordered_set<string_view> groups_;
  std::array<SparseTable, all_tables.size()> rows_;
};

}  // namespace

void read_graphml(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  GraphmlReader(bytes, file, graph, records).run();
  if (records.release) records.release(bytes);
}

}  // namespace tierscope::core
