#include <tierscope/model.hpp>

#include "base/disk.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope {
namespace {

// One file that is no file.
class Bytes : public core::Files {
 public:
  Bytes(std::string_view name, std::string_view bytes) : name_(name), bytes_(bytes) {}
  std::optional<std::string> read(const std::string& path, std::string& why) override {
    if (path == name_) return std::string(bytes_);
    why = "no such file";
    return {};
  }
  bool is_directory(const std::string&) override { return false; }
  bool exists(const std::string& path) override { return path == name_; }
  std::string write(const std::vector<core::NamedBytes>&) override { return "nothing is written here"; }

 private:
  std::string_view name_;
  std::string_view bytes_;
};

Result<Model> built(core::Records& records) {
  std::optional<core::Model> model = core::build(records);
  if (!model) return std::move(records.problems);
  return {Model(std::make_shared<core::Model>(*std::move(model))), std::move(records.problems)};
}

}  // namespace

Result<Model> load(const std::vector<std::string>& graphs, const Reading& reading) {
  core::DiskFiles files;
  core::Records records;
  records.mapping = core::mapping_of(reading, files, records.problems);
  if (has_errors(records.problems)) return std::move(records.problems);
  for (const std::string& graph : graphs) core::read_graph(files, graph, records);
  return built(records);
}

Result<Model> parse(std::string_view bytes, std::string_view name, const Reading& reading) {
  Bytes files(name, bytes);
  core::Records records;
  core::DiskFiles disk;  // a map is a file
  records.mapping = core::mapping_of(reading, disk, records.problems);
  if (has_errors(records.problems)) return std::move(records.problems);
  core::read_graph(files, std::string(name), records);
  return built(records);
}

Result<Model> build(const std::vector<TextTable>& tables) {
  core::Records records;
  records.graphs.emplace_back("rows");
  for (const TextTable& table : tables) {
    records.files.push_back(table.name);
    const auto file = static_cast<std::uint32_t>(records.files.size() - 1);
    core::RecordTable made;
    made.file = file;
    bool known = false;
    for (const core::TableKind kind : core::all_tables)
      if (core::to_string(kind) == table.name) {
        made.kind = kind;
        known = true;
      }
    if (!known) records.error(file, 0, {}, "no such table", "the tables are companies, relations, sources and rates");
    for (const std::string& column : table.columns) made.columns.emplace_back(column);
    std::uint32_t line = 0;
    for (const auto& row : table.rows) {
      made.lines.push_back(++line);
      if (row.size() != table.columns.size())
        records.error(file, line, {}, "the row has " + std::to_string(row.size()) + " cells",
                      "it needs one for each of the " + std::to_string(table.columns.size()) + " columns");
      for (std::size_t c = 0; c < table.columns.size(); ++c)
        made.cells.push_back(c < row.size() ? std::string_view(row[c]) : std::string_view());
    }
    if (known) records.tables.push_back(std::move(made));
  }
  return built(records);
}

}  // namespace tierscope
