// GEXF as Gephi saves it, read as it comes.

#include "read/gexf.hpp"

#include <array>
#include <optional>

#include "import/graph_rows.hpp"
#include "import/importers.hpp"

namespace tierscope::core {
namespace {

class GexfImport : public GexfRows {
 public:
  GexfImport(Intake& intake, const InputFile& input, GraphRows& rows)
      : intake_(intake), input_(input), file_(intake.file(input)), rows_(rows) {}

  void run() {
    const std::unique_ptr<std::streambuf> bytes = intake_.open(input_);
    if (bytes == nullptr) return;
    rows_.begin(input_);
    GexfParser parser(*this);
    std::vector<char> block(std::size_t{1} << 16U);
    std::uint64_t read = 0;
    for (bool more = true; more;) {
      const auto got = static_cast<std::size_t>(
          std::max<std::streamsize>(bytes->sgetn(block.data(), static_cast<std::streamsize>(block.size())), 0));
      intake_.advance(read += got);
      more = parser.feed({block.data(), got}, got == 0);
    }
    if (weights_) intake_.note("weights of edges are no shares, and are not read");
    for (const std::string& note : parser.notes()) intake_.note(note);
  }

  void node(std::uint32_t /*line*/, std::span<const std::string> titles, std::span<const std::string> cells) override {
    const auto columns = [&] {
      std::vector<std::string> names(titles.begin(), titles.end());
      names[0] = ":ID";
      return names;
    };
    if (!columns_[0]) columns_[0] = rows_.columns_of(input_, columns());
    count(cells);
    rows_.node(row_, *columns_[0]);
  }

  void edge(std::uint32_t line, std::span<const std::string> titles, std::span<const std::string> cells,
            std::string_view directed) override {
    const auto columns = [&] {
      std::vector<std::string> names(titles.begin(), titles.end());
      names[3] = "since";
      names[4] = "until";
      names[5] = names[6] = {};
      return names;
    };
    if (!columns_[1]) columns_[1] = rows_.columns_of(input_, columns());
    weights_ = weights_ || !cells[5].empty();
    count(cells);
    rows_.edge(line, row_, *columns_[1], !directed.empty() && directed != "directed");
  }

  void error(std::uint32_t line, std::string what, std::string remedy) override {
    intake_.error(input_.name, line, {}, std::move(what), std::move(remedy));
  }

 private:
  void count(std::span<const std::string> cells) {
    std::string text;
    for (const std::string& cell : cells) (text += text.empty() ? "" : "\t") += cell;
    intake_.row({file_, ++number_, text});
    row_.assign(cells.begin(), cells.end());
  }

  Intake& intake_;
  const InputFile& input_;
  std::uint32_t file_;
  GraphRows& rows_;
  std::array<std::optional<GraphColumns>, 2> columns_;
  std::vector<std::string_view> row_;
  std::uint64_t number_ = 0;
  bool weights_ = false;
};

}  // namespace

void import_gexf(Intake& intake) {
  GraphRows rows(intake, Tool::gexf);
  for (const InputFile& input : intake.inputs()) GexfImport(intake, input, rows).run();
  rows.finish();
}

}  // namespace tierscope::core
