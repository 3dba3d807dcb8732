#include "import/append.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "model/fields.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

constexpr std::string_view added_name = "what is added";

/// The folder that is there, and beside it the tables that are not written yet.
class Beside : public Files {
 public:
  Beside(Files& files, const std::vector<NamedBytes>& tables) : files_(files), prefix_(added_name) {
    prefix_ += '/';
    for (const NamedBytes& table : tables) tables_.emplace(prefix_ + table.path, whole(table));
  }
  std::optional<std::string> read(const std::string& path, std::string& why) override {
    const auto found = tables_.find(path);
    return found == tables_.end() ? files_.read(path, why) : found->second;
  }
  bool is_directory(const std::string& path) override { return path == added_name || files_.is_directory(path); }
  bool exists(const std::string& path) override {
    return path == added_name || tables_.contains(path) || (!path.starts_with(prefix_) && files_.exists(path));
  }
  std::string write(const std::vector<NamedBytes>&) override { return "nothing is written here"; }

 private:
  Files& files_;
  std::string prefix_;
  std::map<std::string, std::string> tables_;
};

std::optional<Model> model_of(Files& files, const std::vector<std::string>& graphs, Problems& problems) {
  Records records;
  for (const std::string& graph : graphs) read_graph(files, graph, records);
  std::optional<Model> model = build(records);
  problems = std::move(records.problems);
  return model;
}

std::string name_of(TableKind kind, const std::vector<std::string>& cells) {
  return kind == TableKind::relations ? fmt::format("{} {} {}", cells[0], cells[2], cells[1]) : cells[0];
}

void compare(const Model& old, const Model& merged, TableKind kind, std::vector<Addition>& added) {
  Flat before(old, kind);
  Flat after(merged, kind);
  std::vector<std::string> cells;
  if (kind == TableKind::relations || kind == TableKind::rates) {  // the old rows come first
    for (std::size_t row = before.size(); row < after.size(); ++row) {
      after.row(row, cells);
      added.push_back({to_string(kind), name_of(kind, cells), "new"});
    }
    return;
  }
  std::map<std::string, std::map<std::string, std::string>> known;
  for (std::size_t row = 0; row < before.size(); ++row) {
    before.row(row, cells);
    std::map<std::string, std::string>& given = known[cells[0]];
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].empty()) given.emplace(before.columns()[i], cells[i]);
  }
  for (std::size_t row = 0; row < after.size(); ++row) {
    after.row(row, cells);
    const auto old_row = known.find(cells[0]);
    if (old_row == known.end()) {
      added.push_back({to_string(kind), cells[0], "new"});
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto cell = old_row->second.find(after.columns()[i]);
      if (!cells[i].empty() && (cell == old_row->second.end() || cell->second != cells[i]))
        added.push_back({to_string(kind), cells[0], fmt::format("{}: {}", after.columns()[i], cells[i])});
    }
  }
}

}  // namespace

Appended append_to(Files& files, const std::string& folder, const std::vector<NamedBytes>& tables) {
  Appended result;
  const std::optional<Model> old = model_of(files, {folder}, result.problems);
  if (!old) return result;
  Beside beside(files, tables);
  std::optional<Model> merged = model_of(beside, {folder, std::string(added_name)}, result.problems);
  if (!merged) return result;
  for (const TableKind kind : all_tables) compare(*old, *merged, kind, result.added);
  result.model = std::make_unique<Model>(*std::move(merged));
  return result;
}

}  // namespace tierscope::core
