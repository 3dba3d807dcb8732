// GEXF 1.2 and 1.3, read by expat as it comes: nodes and edges with the attributes that are declared before them.

#include <expat.h>

#include <fmt/format.h>

#include <array>

#include "import/graph_rows.hpp"
#include "import/importers.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t deepest = 256;         // elements within elements
constexpr std::size_t most_columns = 1000;   // attributes of nodes or edges
constexpr std::size_t longest = 16U << 20U;  // bytes of a value

class Gexf {
 public:
  Gexf(Intake& intake, const InputFile& input, GraphRows& rows)
      : intake_(intake), input_(input), file_(intake.file(input)), rows_(rows) {
    names_[0] = {":ID", "label"};
    names_[1] = {"source", "target", "kind", "since", "until"};
  }

  void run() {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input_);
    if (bytes == nullptr) return;
    rows_.begin(input_);
    parser_.reset(XML_ParserCreate(nullptr));
    if (parser_ == nullptr) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const XML_Char* name, const XML_Char** attributes) {
          static_cast<Gexf*>(self)->begin(name, attributes);
        },
        [](void* self, const XML_Char* name) { static_cast<Gexf*>(self)->end(name); });
    // Entities of a document type can grow without end, and nobody needs them here.
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
          static_cast<Gexf*>(self)->stop("has a document type", "delete the line <!DOCTYPE …>");
        });
    std::vector<char> block(std::size_t{1} << 16U);
    std::uint64_t read = 0;
    while (!stopped_) {
      const std::streamsize got = bytes->sgetn(block.data(), static_cast<std::streamsize>(block.size()));
      read += static_cast<std::uint64_t>(std::max<std::streamsize>(got, 0));
      intake_.advance(read);
      const bool last = got <= 0;
      if (XML_Parse(parser_.get(), block.data(), static_cast<int>(std::max<std::streamsize>(got, 0)), last ? 1 : 0) ==
              XML_STATUS_ERROR &&
          !stopped_)
        stop(fmt::format("is no XML: {}", XML_ErrorString(XML_GetErrorCode(parser_.get()))),
             "export it again from the program that made it");
      if (last) break;
    }
    if (weights_) intake_.note("weights of edges are no shares, and are not read");
    if (!graph_ && !stopped_) stop("holds no graph", "GEXF has the elements gexf and graph");
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static std::string_view attribute(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2)
      if (name == *attributes) return attributes[1];
    return {};
  }

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }

  void stop(std::string what, std::string remedy) {
    if (stopped_) return;
    stopped_ = true;
    intake_.error(input_.name, line(), {}, std::move(what), std::move(remedy));
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  // `viz:color` and its like are of no interest; a prefix before our elements is none.
  void begin(std::string_view name, const XML_Char** given) {
    if (++depth_ > deepest) return stop("elements are nested too deep", "a graph is some ten deep");
    if (name == "graph") {
      graph_ = true;
      undirected_ = attribute(given, "defaultedgetype") == "undirected";
    } else if (name == "attributes") {
      edges_ = attribute(given, "class") == "edge";
    } else if (name == "attribute") {
      std::vector<std::string>& names = names_[edges_ ? 1 : 0];
      if (names.size() >= most_columns) return stop("declares more than 1,000 attributes", "leave some out");
      places_[edges_ ? 1 : 0].emplace(attribute(given, "id"), names.size());
      names.emplace_back(attribute(given, "title"));
    } else if (name == "node") {
      if (open_) finish_row();  // a node within a node: what the outer one says comes before
      begin_row(0, {attribute(given, "id"), attribute(given, "label")}, false);
    } else if (name == "edge") {
      weights_ = weights_ || !attribute(given, "weight").empty();
      const std::string_view type = attribute(given, "type");
      begin_row(1,
                {attribute(given, "source"), attribute(given, "target"), attribute(given, "kind"),
                 attribute(given, "start"), attribute(given, "end")},
                type.empty() ? undirected_ : type == "undirected");
    } else if (name == "attvalue" && open_) {
      std::string_view id = attribute(given, "for");
      if (id.empty()) id = attribute(given, "id");
      const auto place = places_[row_].find(id);
      if (place != places_[row_].end() && place->second < cells_.size())
        cells_[place->second] = attribute(given, "value").substr(0, longest);
    } else if (name == "spell" && open_ && row_ == 1) {
      if (cells_[3].empty()) cells_[3] = attribute(given, "start");
      if (cells_[4].empty()) cells_[4] = attribute(given, "end");
    }
  }

  void end(std::string_view name) {
    --depth_;
    if (open_ && ((name == "node" && row_ == 0) || (name == "edge" && row_ == 1))) finish_row();
  }

  void begin_row(std::size_t row, std::initializer_list<std::string_view> first, bool undirected) {
    row_ = row;
    open_ = true;
    row_undirected_ = undirected;
    row_line_ = line();
    if (!columns_[row]) columns_[row] = rows_.columns_of(input_, names_[row]);
    cells_.assign(names_[row].size(), {});
    std::copy(first.begin(), first.end(), cells_.begin());
  }

  void finish_row() {
    open_ = false;
    std::string text;
    for (const std::string& cell : cells_) (text += text.empty() ? "" : "\t") += cell;
    intake_.row({file_, ++number_, text});
    const std::vector<std::string_view> cells(cells_.begin(), cells_.end());
    if (row_ == 0)
      rows_.node(cells, *columns_[0]);
    else
      rows_.edge(row_line_, cells, *columns_[1], row_undirected_);
  }

  Intake& intake_;
  const InputFile& input_;
  std::uint32_t file_;
  GraphRows& rows_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::array<std::vector<std::string>, 2> names_;                          // of nodes, of edges
  std::array<std::map<std::string, std::size_t, std::less<>>, 2> places_;  // by the id of an attribute
  std::array<std::optional<GraphColumns>, 2> columns_;
  std::vector<std::string> cells_;
  std::size_t row_ = 0, depth_ = 0;
  std::uint64_t row_line_ = 0, number_ = 0;
  bool open_ = false, edges_ = false, graph_ = false, undirected_ = false, row_undirected_ = false, stopped_ = false,
       weights_ = false;
};

}  // namespace

void import_gexf(Intake& intake) {
  GraphRows rows(intake, Tool::gexf);
  for (const InputFile& input : intake.inputs()) Gexf(intake, input, rows).run();
  rows.finish();
}

}  // namespace tierscope::core
