#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/blanks.hpp"
#include "base/dot_names.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/dot/dot_cgraph.hpp"
#include "read/dot/dot_places.hpp"
#include "read/headers.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

// write_dot's escapes, undone; cgraph has already made quotes of `\"`.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    switch (next) {
      case '\\': plain += '\\'; break;
      case 'n': plain += '\n'; break;
      case 'r': plain += '\r'; break;
      default: plain += text[i]; continue;
    }
    ++i;
  }
  return plain;
}

constexpr std::size_t many_relations = 100'000;  // Graphviz takes some 20 µs for each

class DotReader {
 public:
  DotReader(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records)
      : places_(bytes), file_(file), graph_(graph), records_(records), problems_before_(records.problems.size()) {
    for (Problem& problem : places_.problems) {
      problem.file = records.files[file];
      records.problems.push_back(std::move(problem));
    }
    const Mapping& mapping = records.mapping;
    if (places_.undirected != 0 && !mapping.undirected_out && !mapping.undirected_both)
      error(places_.undirected, {}, "an undirected graph does not say who supplies whom",
            "write digraph, and -> from supplier to customer, or say that the first end supplies the second: " +
                records.command_with(graph, "--undirected-as out"));
  }

  void run(std::string_view bytes) {
    if (places_.empty) return error(0, {}, "no graph in the file, only blanks or comments", "begin with digraph {");
    if (!places_.readable) return check_ports(nullptr);
    const DotParse parse = parse_dot(bytes, places_.inner_newlines);
    check_ports(parse.graph.get());
    say_messages(parse, bytes.size());
    if (parse.graph != nullptr) read(parse.graph.get());
  }

 private:
  struct Column {
    Agsym_t* symbol = nullptr;
    std::string_view name;
  };

  // A node's row or an edge's, whichever table it falls into.
  struct Row {
    void* object = nullptr;
    std::uint32_t line = 0;
    std::string_view first;
    std::string_view second;
  };

  void error(std::uint32_t line, std::string_view attribute, std::string what, std::string remedy) {
    records_.error(file_, line, std::string(attribute), std::move(what), std::move(remedy));
  }

  bool sound() const {
    return std::none_of(records_.problems.begin() + static_cast<std::ptrdiff_t>(problems_before_),
                        records_.problems.end(),
                        [](const Problem& problem) { return problem.severity == Severity::error; });
  }

  // A record's label, or an HTML one, declares ports; elsewhere a name with a colon was meant.
  static bool has_ports(Agnode_t* node) {
    char* const label = agget(node, const_cast<char*>("label"));
    const char* const shape = agget(node, const_cast<char*>("shape"));
    const std::string_view word = shape == nullptr ? "" : shape;
    return word == "record" || word == "Mrecord" || (label != nullptr && aghtmlstr(label) != 0);
  }

  void check_ports(Agraph_t* graph) {
    if (places_.ports.empty()) return;
    std::unordered_map<std::uint32_t, Agnode_t*> nodes;
    for (Agnode_t* node = graph == nullptr ? nullptr : agfstnode(graph); node != nullptr; node = agnxtnode(graph, node))
      nodes.emplace(places_.find_node(agnameof(node)), node);
    for (const DotPlaces::Port& port : places_.ports) {
      const auto node = nodes.find(port.node);
      if (node != nodes.end() && has_ports(node->second)) continue;
      error(port.line, {}, fmt::format("{} is read as the port of a node, not as part of its name", quote(port.text)),
            fmt::format("quote the name: \"{}\"", prefix_of_width(port.text, 60)));
    }
    std::stable_sort(records_.problems.begin() + static_cast<std::ptrdiff_t>(problems_before_), records_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
  }

  // ---- what cgraph says

  void say_messages(const DotParse& parse, std::size_t bytes) {
    for (const DotMessage& message : parse.messages) say(message);
    if (parse.locked)
      return error(0, {}, "cannot be read after a DOT file that was too large", "read it in a run of its own");
    if (parse.too_large != 0)
      return error(0, {},
                   fmt::format("a graph that needs more than {} MiB of memory, too much for a file of {} bytes",
                               parse.too_large >> 20, bytes),
                   "write {...} -> {...} between large groups out as single relations");
    if (parse.graphs > 1 && !places_.more_than_a_graph) error(0, {}, "more than one graph", "keep one graph in a file");
    if (!sound()) return;
    if (parse.failed || !parse.messages.empty())
      error(0, {}, "Graphviz finds an error but does not say which", quote_remedy);
    else if (parse.graph == nullptr)
      error(0, {}, "no graph in the file", "begin with digraph {");
  }

  // Messages that the scan of the text has already put into better words are not repeated.
  void say(const DotMessage& message) {
    const std::string_view text = message.text;
    const bool after_split = places_.splits_number(message.line);
    if (text.find("badly delimited number") != std::string_view::npos && after_split) return;
    if (text.find("memory exhausted") != std::string_view::npos)
      return error(message.line, {}, "a chain or nest of braces that Graphviz has no room for",
                   "break it into several statements");
    if (text.find("syntax error") == std::string_view::npos) {
      std::string_view said = text.substr(0, text.find('\n'));
      if (const std::size_t bad = invalid_utf8(said); bad != std::string_view::npos) said = said.substr(0, bad);
      return error(message.line, {}, fmt::format("Graphviz says {}", quote(said)), quote_remedy);
    }
    if (after_split || (message.graphs != 0 && places_.more_than_a_graph)) return;
    const std::string_view near = near_text(text);
    if ((near == "->" && places_.undirected != 0) || (near == "--" && places_.dashes)) return;
    if (near.empty()) return error(message.line, {}, "the graph has no end", "close it with }");
    error(message.line, {}, fmt::format("syntax error near {}", quote(near)), syntax_remedy(near));
  }

  // What stands between the outermost single quotes, as far as it is UTF-8.
  static std::string_view near_text(std::string_view text) {
    const std::size_t begin = text.find(" near '");
    const std::size_t end = text.rfind('\'');
    if (begin == std::string_view::npos || end < begin + 7) return {};
    const std::string_view near = text.substr(begin + 7, end - begin - 7);
    return near.substr(0, std::min(invalid_utf8(near), near.size()));
  }

  static const char* syntax_remedy(std::string_view near) {
    constexpr std::string_view structure = "{}[];,=\"->";
    if (structure.find(near) != std::string_view::npos && near != "-" && near != ">")
      return "look for a missing quote, bracket, -> or = before it";
    return quote_remedy;
  }

  // ---- tables

  void read(Agraph_t* graph) {
    const std::vector<Agsym_t*> node_symbols = symbols(graph, AGNODE);
    Agsym_t* const id = find(node_symbols, "id");
    Agsym_t* const kind = find(node_symbols, "kind");
    std::vector<Row> tables[all_tables.size()];
    Agsym_t* const name = find(node_symbols, "name");
    for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
      const bool said = given(node, id) || given(node, kind) || given(node, name);
      if (!said && (is(node, "shape", "point") || is(node, "style", "invis"))) {
        layout_nodes_.add(places_.node_line(places_.find_node(agnameof(node))));
        continue;
      }
      const TableKind table = table_of(node, kind);
      const std::string_view given = id == nullptr ? "" : text(agxget(node, id));
      const Node known{places_.find_node(agnameof(node)), table, given.empty() ? text(agnameof(node)) : given};
      nodes_.emplace(node, known);
      tables[static_cast<std::size_t>(table)].push_back({node, places_.node_line(known.place), known.id, {}});
      if (table == TableKind::rates && !given.empty())
        records_.warning(file_, places_.node_line(known.place), "id", "exchange rates have no id", "leave it out",
                         "rate-id");
    }
    const std::vector<Agsym_t*> edge_symbols = symbols(graph, AGEDGE);
    ours_ = text(agnameof(graph)) == "tierscope";
    label_is_name_ = name == nullptr && !ours_;
    tables[static_cast<std::size_t>(TableKind::relations)] = edges(graph, edge_symbols);
    for (const TableKind table : all_tables)
      add_table(table, table == TableKind::relations ? edge_symbols : node_symbols,
                tables[static_cast<std::size_t>(table)]);
    say_layout();
    if (sound()) std::move(made_.begin(), made_.end(), std::back_inserter(records_.tables));
  }

  struct Count {
    std::size_t count = 0;
    std::uint32_t line = 0;
    void add(std::uint32_t at) {
      if (count++ == 0) line = at;
    }
  };

  static bool given(void* object, Agsym_t* symbol) { return symbol != nullptr && *agxget(object, symbol) != '\0'; }

  /// Is the word among those of the attribute, which commas part?
  static bool is(void* object, const char* attribute, std::string_view word) {
    const char* const value = agget(object, const_cast<char*>(attribute));
    for (std::string_view rest = value == nullptr ? "" : value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (trimmed(rest.substr(0, comma)) == word) return true;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return false;
  }

  void say_layout() {
    const auto many = [](std::size_t n, std::string_view what) {
      return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
    };
    if (layout_nodes_.count != 0)
      records_.warning(
          file_, layout_nodes_.line, {},
          fmt::format("{} left out, shaped as points or invisible", many(layout_nodes_.count, "helper node")),
          "give those that are companies a name", "layout-left-out");
    if (layout_edges_.count != 0)
      records_.warning(file_, layout_edges_.line, {},
                       fmt::format("{} left out, invisible or at a helper node", many(layout_edges_.count, "edge")),
                       "give those that are relations a kind", "layout-left-out");
  }

  /// The label of a company that has no other name, as one line; empty where it is only the id.
  std::string_view label_of(Agnode_t* node) {
    char* const shared = agget(node, const_cast<char*>("label"));
    if (shared == nullptr || *shared == '\0') return {};
    const bool html = aghtmlstr(shared) != 0;
    const bool record = is(node, "shape", "record") || is(node, "shape", "Mrecord");
    const std::string_view id = agnameof(node);
    std::string plain;
    const std::string_view label = shared;
    for (std::size_t i = 0; i < label.size(); ++i) {
      const char c = label[i];
      const std::string_view rest = label.substr(i);
      if (html ? c == '<' : record && c == '<') {  // a tag, or the name of a port
        i = std::min(label.find('>', i), label.size() - 1);
        plain += ' ';
      } else if (html && c == '&') {
        constexpr std::pair<std::string_view, char> known[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                                                               {"&quot;", '"'}, {"&nbsp;", ' '}, {"&#39;", '\''}};
        const auto* const entity = std::find_if(std::begin(known), std::end(known),
                                                [&](const auto& pair) { return rest.starts_with(pair.first); });
        plain += entity == std::end(known) ? c : entity->second;
        if (entity != std::end(known)) i += entity->first.size() - 1;
      } else if (record && (c == '{' || c == '}' || c == '|')) {
        plain += ' ';
      } else if (!html && c == '\\' && i + 1 < label.size()) {
        const char next = label[++i];
        if (next == 'N')
          plain += id;
        else
          plain += next == 'n' || next == 'l' || next == 'r' ? ' ' : next;
      } else {
        plain += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
      }
    }
    std::string line;
    for (const char c : plain)
      if (c != ' ' || (!line.empty() && line.back() != ' ')) line += c;
    if (line.ends_with(' ')) line.pop_back();
    return line.empty() || line == id ? std::string_view() : records_.keep(std::move(line));
  }

  // In the order in which the file first names them.
  static std::vector<Agsym_t*> symbols(Agraph_t* graph, int kind) {
    std::vector<Agsym_t*> found;
    for (Agsym_t* symbol = nullptr; (symbol = agnxtattr(graph, kind, symbol)) != nullptr;) found.push_back(symbol);
    std::sort(found.begin(), found.end(), [](const Agsym_t* a, const Agsym_t* b) { return a->id < b->id; });
    return found;
  }

  static Agsym_t* find(const std::vector<Agsym_t*>& list, std::string_view name) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Agsym_t* symbol) { return symbol->name == name; });
    return found == list.end() ? nullptr : *found;
  }

  TableKind table_of(Agnode_t* node, Agsym_t* kind) {
    const std::string_view word = kind == nullptr ? "" : text(agxget(node, kind));
    if (word.empty() || word == "company") return TableKind::companies;
    if (word == "source") return TableKind::sources;
    if (word == "rate") return TableKind::rates;
    error(places_.node_line(places_.find_node(agnameof(node))), "kind",
          fmt::format("unknown kind of node {}", quote(word)),
          "use company, source or rate, or leave it out for a company");
    return TableKind::companies;
  }

  std::vector<Row> edges(Agraph_t* graph, const std::vector<Agsym_t*>& symbols) {
    std::vector<Agedge_t*> order;
    for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node))
      for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) order.push_back(edge);
    std::sort(order.begin(), order.end(), [](const Agedge_t* a, const Agedge_t* b) { return AGSEQ(a) < AGSEQ(b); });
    Agsym_t* const id = find(symbols, "id");
    Agsym_t* const ports[] = {find(symbols, TAILPORT_ID), find(symbols, HEADPORT_ID)};
    std::unordered_map<std::string_view, std::uint32_t> ids;
    std::vector<Row> rows;
    Agsym_t* const kind = find(symbols, "kind");
    for (Agedge_t* const edge : order) {
      const std::uint32_t line =
          places_.take_edge_line(places_.find_node(agnameof(agtail(edge))), places_.find_node(agnameof(aghead(edge))));
      if (!nodes_.contains(agtail(edge)) || !nodes_.contains(aghead(edge)) ||
          (is(edge, "style", "invis") && !given(edge, kind))) {
        layout_edges_.add(line);
        continue;
      }
      const Node& tail = nodes_.at(agtail(edge));
      const Node& head = nodes_.at(aghead(edge));
      check_ends(tail, head, line);
      if (agnameof(edge) != nullptr && sound())
        error(line, "key", "edges with the same key become one in Graphviz", "use id, or leave it out");
      for (Agsym_t* const port : ports)
        if (port != nullptr && !places_.port_attributes && *agxget(edge, port) != '\0' && sound() &&
            !has_ports(port == ports[0] ? agtail(edge) : aghead(edge)))
          error(
              line, {},
              fmt::format("{} is read as the port of a node, not as part of its name", quote(text(agxget(edge, port)))),
              "quote the name");
      if (const std::string_view own = id == nullptr ? "" : text(agxget(edge, id)); !own.empty()) {
        const auto [found, fresh] = ids.try_emplace(own, line);
        if (!fresh)
          error(line, "id", fmt::format("{} names another relation in line {} too", quote(own), found->second),
                "give each its own");
      }
      rows.push_back({edge, line, tail.id, head.id});
      if (places_.undirected != 0 && records_.mapping.undirected_both) rows.push_back({edge, line, head.id, tail.id});
    }
    return rows;
  }

  struct Node {
    std::uint32_t place = DotPlaces::nobody;
    TableKind table = TableKind::companies;
    std::string_view id;
  };

  void check_ends(const Node& tail, const Node& head, std::uint32_t line) {
    for (const Node* const end : {&tail, &head}) {
      if (end->table == TableKind::companies) continue;
      error(line, end == &tail ? "from" : "to",
            fmt::format("{} is {}, not a company", quote(end->id),
                        end->table == TableKind::sources ? "a source" : "an exchange rate"),
            "relations join companies; a source is named in the attribute source");
    }
  }

  void add_table(TableKind kind, const std::vector<Agsym_t*>& symbols, const std::vector<Row>& rows) {
    if (rows.empty()) return;
    RecordTable table;
    table.kind = kind;
    table.file = file_;
    table.graph = graph_;
    const bool relations = kind == TableKind::relations;
    if (relations && rows.size() > many_relations)
      records_.warning(file_, 0, {}, fmt::format("{} relations are many for DOT, which is slow to read", rows.size()),
                       "CSV is the format for this size; convert it once: tierscope convert FILE --output FOLDER",
                       "large-dot");
    if (relations) table.columns = {"from", "to"};
    if (kind == TableKind::companies || kind == TableKind::sources) table.columns = {"id"};
    const std::size_t own = table.columns.size();
    std::vector<Column> columns;
    for (Agsym_t* const symbol : symbols) {
      const std::string_view attribute = symbol->name;
      const bool read_already = !relations && (attribute == "id" || attribute == "kind");
      if (read_already || presentation_attribute(attribute) || all_empty(symbol, rows)) continue;
      const std::string_view name = dot_column(text(symbol->name));
      if (std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end())
        error(
            0, attribute, fmt::format("a second column {} of the {}", quote(name), to_string(kind)),
            relations && (name == "from" || name == "to") ? "the ends of the arrow say it; leave it out" : "keep one");
      columns.push_back({symbol, name});
      table.columns.push_back(name);
    }
    std::vector<std::string_view> labels;
    if (kind == TableKind::companies && label_is_name_ &&
        std::find(table.columns.begin(), table.columns.end(), "name") == table.columns.end()) {
      for (const Row& row : rows) labels.push_back(label_of(static_cast<Agnode_t*>(row.object)));
      if (std::all_of(labels.begin(), labels.end(), [](std::string_view label) { return label.empty(); }))
        labels.clear();
      else
        table.columns.push_back("name");
    }
    table.ours = ours_;
    settle_columns(table, 0, records_);
    table.cells.reserve(rows.size() * table.columns.size());
    for (const Row& row : rows) {
      table.lines.push_back(row.line);
      if (own > 0) table.cells.push_back(row.first);
      if (own > 1) table.cells.push_back(row.second);
      for (const Column& column : columns) table.cells.push_back(text(agxget(row.object, column.symbol)));
      if (!labels.empty()) table.cells.push_back(labels[table.lines.size() - 1]);
    }
    made_.push_back(std::move(table));
  }

  static bool all_empty(Agsym_t* symbol, const std::vector<Row>& rows) {
    return std::all_of(rows.begin(), rows.end(), [&](const Row& row) { return *agxget(row.object, symbol) == '\0'; });
  }

  // cgraph shares equal strings, so each is copied and unescaped once. Valid for the life of the records.
  std::string_view text(char* shared) {
    if (*shared == '\0') return {};
    const auto [found, fresh] = texts_.try_emplace(shared);
    if (fresh) found->second = records_.keep(aghtmlstr(shared) != 0 ? std::string(shared) : unescaped(shared));
    return found->second;
  }

  DotPlaces places_;
  std::uint32_t file_;
  std::uint32_t graph_;
  Records& records_;
  std::size_t problems_before_;
  std::unordered_map<const Agnode_t*, Node> nodes_;
  std::unordered_map<const char*, std::string_view> texts_;
  std::vector<RecordTable> made_;
  bool ours_ = false;
  bool label_is_name_ = false;  // no node has another
  Count layout_nodes_;
  Count layout_edges_;
};

}  // namespace

void read_dot(std::string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  DotReader(bytes, file, graph, records).run(bytes);
}

}  // namespace tierscope::core
