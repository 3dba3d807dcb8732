#include "read/gexf.hpp"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "read/bounds.hpp"
#include "read/readers.hpp"
#include "read/sparse_table.hpp"

namespace tierscope::core {

using std::string_view;

namespace {

constexpr std::size_t deepest = 256;       // elements within elements
constexpr std::size_t most_titles = 1000;  // attributes of nodes or edges

}  // namespace

GexfParser::GexfParser(GexfRows& rows) : rows_(rows), stream_(*this) {
  titles_[nodes] = {"id", "label"};
  titles_[edges] = {"source", "target", "kind", "start", "end", "weight", "label"};
}

bool GexfParser::feed(string_view bytes, bool last) {
  if (stopped_) return false;
  const bool sound = stream_.feed(bytes, last);
  if (stopped_) return false;
  if (!sound) stop("the XML is broken: " + stream_.broken(), stream_.remedy());
  if (sound && last && !graph_) stop("it holds no graph", "GEXF has the elements gexf and graph");
  return sound && !last;
}

void GexfParser::stop(std::string what, std::string remedy) {
  stopped_ = true;
  rows_.error(static_cast<std::uint32_t>(stream_.line()), std::move(what), std::move(remedy));
  stream_.stop();
}

void GexfParser::begin(string_view name, const char* const* attributes) {
  if (stopped_) return;
  opens_row_.push_back(false);
  if (opens_row_.size() > deepest) return stop("elements are nested too deep", "a graph is some ten deep");
  if (!std::exchange(gexf_, true) && local_name(name) != "gexf")
    return stop("not GEXF: the root element is <" + std::string(name) + ">", "a GEXF file begins with <gexf>");
  if (name.find(':') != string_view::npos && name.starts_with("viz:")) return;
  const string_view local = local_name(name);
  if (local == "graph") {
    graph_ = true;
    directed_ = attribute_of(attributes, "defaultedgetype");
  } else if (local == "attributes") {
    declaring_ = attribute_of(attributes, "class") == "edge" ? edges : nodes;
  } else if (local == "attribute") {
    declare(attributes);
  } else if (local == "node") {
    begin_row(nodes, {attribute_of(attributes, "id"), attribute_of(attributes, "label")}, {});
  } else if (local == "edge") {
    const auto of = [&](string_view word) { return attribute_of(attributes, word); };
    const string_view type = of("type");
    begin_row(edges, {of("source"), of("target"), of("kind"), of("start"), of("end"), of("weight"), of("label")},
              type.empty() ? string_view(directed_) : type);
  } else if (local == "attvalue" && open_) {
    take_value(attributes);
  } else if (local == "spell" && open_ && table_ == edges) {
    if (cells_[3].empty()) cells_[3] = attribute_of(attributes, "start");
    if (cells_[4].empty()) cells_[4] = attribute_of(attributes, "end");
  }
}

void GexfParser::end() {
  if (stopped_) return;
  if (opens_row_.back() && open_) finish_row();
  opens_row_.pop_back();
}

void GexfParser::declare(const char* const* attributes) {
  std::vector<std::string>& titles = titles_[declaring_];
  if (titles.size() >= most_titles) return stop("it declares more than 1,000 attributes", "leave some out");
  places_[declaring_].emplace(attribute_of(attributes, "id"), titles.size());
  titles.emplace_back(trimmed(attribute_of(attributes, "title")));
}

void GexfParser::begin_row(Table table, std::initializer_list<string_view> first, string_view directed) {
  if (open_) finish_row();  // a node within a node: what the outer one says comes before
  opens_row_.back() = true;
  table_ = table;
  open_ = true;
  row_directed_ = directed;
  row_line_ = static_cast<std::uint32_t>(stream_.line());
  cells_.assign(titles_[table].size(), {});
  std::copy(first.begin(), first.end(), cells_.begin());
}

void GexfParser::take_value(const char* const* attributes) {
  string_view id = attribute_of(attributes, "for");
  if (id.empty()) id = attribute_of(attributes, "id");  // as GEXF 1.1 had it
  const auto place = places_[table_].find(id);
  if (place == places_[table_].end() || place->second >= cells_.size()) {
    if (undeclared_.size() < most_titles || undeclared_.contains(id)) ++undeclared_.emplace(id, 0).first->second;
    return;
  }
  std::string& cell = cells_[place->second];
  if (!cell.empty()) ++repeated_;
  cell = attribute_of(attributes, "value");
}

void GexfParser::finish_row() {
  open_ = false;
  if (table_ == nodes)
    rows_.node(row_line_, titles_[nodes], cells_);
  else
    rows_.edge(row_line_, titles_[edges], cells_, row_directed_);
}

std::vector<std::string> GexfParser::notes() const {
  const auto times = [](std::size_t count) {
    return count == 1 ? std::string() : " (" + std::to_string(count) + " times)";
  };
  std::vector<std::string> notes;
  if (repeated_ != 0) notes.push_back("of values that change in time the last one given is read" + times(repeated_));
  for (const auto& [id, count] : undeclared_)
    notes.push_back("the attribute " + quoted(id) + " is not declared before it is given, and left out" + times(count));
  return notes;
}

namespace {

class GexfReader : public GexfRows {
 public:
  GexfReader(std::uint32_t file, std::uint32_t graph, Records& records)
      : file_(file), graph_(graph), records_(records) {}

  void read(string_view bytes) {
    if (!check_references(bytes, file_, records_)) return;
    GexfParser parser(*this);
    parser.feed(bytes, true);
    for (const std::string& note : parser.notes()) records_.warning(file_, 0, {}, note, {}, "gexf-of-others");
    for (auto& [kind, table] : tables_) {
      RecordTable made;
      made.kind = kind;
      made.file = file_;
      made.graph = graph_;
      table.rows.finish(std::move(made), table.names, records_);
    }
  }

  void node(std::uint32_t line, std::span<const std::string> titles, std::span<const std::string> cells) override {
    if (cells[0].empty())
      return records_.bad_row(file_, line, "id", "a node without an id", "give each node an id of its own");
    if (nodes_.contains(cells[0]))
      return records_.bad_row(file_, line, "id", "a second node " + quoted(cells[0]),
                              "give each node an id of its own");
    nodes_.insert(records_.keep_copy(cells[0]));
    Table& table = tables_[0].second;
    const bool named =
        std::any_of(titles.begin(), titles.end(), [](const std::string& title) { return fold(title) == "name"; });
    settle(table, titles, {"id", named ? "label" : "name"});
    add(table, line, cells);
  }

  void edge(std::uint32_t line, std::span<const std::string> titles, std::span<const std::string> cells,
            string_view directed) override {
    const Mapping& told = records_.mapping;
    const bool both = directed != "directed" && told.undirected_both;
    if (directed != "directed" && !told.undirected_out && !told.undirected_both) {
      records_.bad_row(file_, line, "type",
                       directed.empty() ? "nothing says which way the edge points" : quoted(directed) + " is not read",
                       "relations have a direction: write defaultedgetype=\"directed\", or say that the first end "
                       "supplies the second: " +
                           records_.command_with(graph_, "--undirected-as out"));
      return;
    }
    for (const std::size_t end : {std::size_t{0}, std::size_t{1}})
      if (!nodes_.contains(cells[end])) {
        records_.bad_row(file_, line, end == 0 ? "source" : "target",
                         cells[end].empty() ? "the attribute is missing" : "there is no node " + quoted(cells[end]),
                         "name a node of this graph, before its edges");
        return;
      }
    Table& table = tables_[1].second;
    settle(table, titles, {"from", "to", "kind", "since", "until", "weight", "label"});
    add(table, line, cells);
    if (!both) return;
    std::swap(row_[0].text, row_[1].text);
    table.rows.add_row(line, row_);
  }

  void error(std::uint32_t line, std::string what, std::string remedy) override {
    records_.error(file_, line, {}, std::move(what), std::move(remedy));
  }

 private:
  struct Table {
    std::vector<std::size_t> columns;    // of each title
    std::vector<string_view> names{{}};  // by column; the first is none
    Bounds bounds;
    SparseTable rows;
  };

  /// The columns of titles that are new. The first ones are GEXF's own, under our names.
  void settle(Table& table, std::span<const std::string> titles, std::initializer_list<string_view> own) {
    if (table.columns.size() == titles.size()) return;
    for (std::size_t t = table.columns.size(); t < titles.size(); ++t) {
      const string_view name = t < own.size() ? own.begin()[t] : records_.keep_copy(titles[t]);
      const auto known = std::find(table.names.begin() + 1, table.names.end(), name);
      table.columns.push_back(static_cast<std::size_t>(known - table.names.begin()));
      if (known == table.names.end()) table.names.push_back(name);
    }
    const auto find = [&](string_view name) {
      const auto known = std::find(table.names.begin() + 1, table.names.end(), name);
      return known == table.names.end() ? 0 : static_cast<std::size_t>(known - table.names.begin());
    };
    table.bounds = {};
    table.bounds.find_columns(find, [&](string_view name) {
      if (const std::size_t known = find(name); known != 0) return known;
      table.names.push_back(name);
      return table.names.size() - 1;
    });
  }

  void add(Table& table, std::uint32_t line, std::span<const std::string> cells) {
    row_.clear();
    for (std::size_t t = 0; t < cells.size(); ++t) {
      if (trimmed(cells[t]).empty()) continue;
      const std::size_t column = table.columns[t];
      const auto given = std::find_if(row_.begin(), row_.end(), [&](const Cell& c) { return c.column == column; });
      const string_view text = records_.keep_copy(cells[t]);
      // `kind` is an attribute of edges since GEXF 1.3, and may be declared beside it.
      if (given != row_.end())
        given->text = text;
      else
        row_.push_back({column, text});
    }
    table.bounds.join(row_, records_);
    table.rows.add_row(line, row_);
  }

  std::uint32_t file_;
  std::uint32_t graph_;
  Records& records_;
  std::array<std::pair<TableKind, Table>, 2> tables_{{{TableKind::companies, {}}, {TableKind::relations, {}}}};
  std::unordered_set<string_view> nodes_;
  std::vector<Cell> row_;
};

}  // namespace

void read_gexf(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  GexfReader(file, graph, records).read(bytes);
  if (records.release) records.release(bytes);
}

}  // namespace tierscope::core
