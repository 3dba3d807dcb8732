#include "import/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/csv_text.hpp"
#include "import/slug.hpp"
#include "read/build.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

/// The text of a line of each file, where it is text: for the rejects.
class LineTexts {
 public:
  explicit LineTexts(Files& files) : files_(files) {}

  std::string of(const std::string& file, std::uint32_t line) {
    if (file == "<stdin>") return {};
    if (file != name_) {
      name_ = file;
      std::string why;
      bytes_ = files_.open(file, why);
      lines_.emplace(*(bytes_ ? bytes_.get() : &none_), true);
      number_ = 0;
    }
    while (number_ < line && bytes_ && lines_->next(text_)) number_ = lines_->number();
    return number_ == line && text_.find('\0') == std::string_view::npos ? std::string(text_) : std::string();
  }

 private:
  Files& files_;
  std::string name_;
  std::stringbuf none_;
  std::unique_ptr<std::streambuf> bytes_;
  std::optional<TextLines> lines_;
  std::uint64_t number_ = 0;
  std::string_view text_;
};

/// Where a table names no sources, it is the source itself.
void name_source(Files& files, const std::vector<std::string>& inputs, Records& records) {
  const bool has_sources = std::any_of(records.tables.begin(), records.tables.end(),
                                       [](const RecordTable& table) { return table.kind == TableKind::sources; });
  if (has_sources || records.mapping.defaults.contains("source") || records.tables.empty()) return;
  std::string names;
  for (const std::string& input : inputs) {
    if (files.is_directory(input)) return;
    names += (names.empty() ? "" : ", ") + input.substr(input.rfind('/') + 1);
  }
  const std::string_view id = records.keep("file-" + slug(names));
  records.mapping.defaults["source"] = id;
  RecordTable table;
  table.kind = TableKind::sources;
  table.file = records.tables.front().file;
  table.columns = {source_fields[0], source_fields[1]};
  table.cells = {id, records.keep(std::move(names))};
  table.lines = {0};
  records.tables.push_back(std::move(table));
}

}  // namespace

TableImport import_tables(Files& files, const std::vector<std::string>& inputs, const Mapping& mapping,
                          Problems& problems) {
  Records records;
  records.mapping = mapping;
  records.mapping.skip_bad = true;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> left_out;  // by file and line: the first reason
  records.left_out = [&](std::uint32_t file, std::uint32_t line, std::string_view attribute, std::string_view what) {
    left_out.try_emplace({file, line}, attribute.empty() ? std::string(what) : fmt::format("{}: {}", attribute, what));
  };
  for (const std::string& input : inputs) read_graph(files, input, records);
  name_source(files, inputs, records);
  TableImport result;
  std::map<std::uint32_t, ImportedRows> taken;
  result.model = build(records);
  std::erase_if(records.problems, [](const Problem& p) { return p.kind == "rows-left-out"; });
  problems.insert(problems.end(), records.problems.begin(), records.problems.end());
  if (!result.model) return result;
  const auto take = [&](Place place) {
    if (place.line == 0) return;
    ImportedRows& rows = taken[place.file];
    if (rows.rows++ == 0) rows.first = place.line;
    rows.first = std::min<std::uint64_t>(*rows.first, place.line);
  };
  const Model& model = *result.model;
  for (std::size_t row = 0; row < model.relation_count(); ++row) take(model.relation(row).place);
  for (CompanyIndex v = 0; v < model.company_count(); ++v) take(model.company(v).place);
  for (const Source& source : model.sources()) take(source.place);
  for (const Rate& rate : model.rates()) take(rate.place);
  std::map<std::pair<std::uint32_t, std::string>, ImportedRows> skipped;
  LineTexts texts(files);
  std::string line = "file,line,reason,row\n";
  for (const auto& [place, reason] : left_out) {
    const std::string& file = records.files[place.first];
    ImportedRows& rows = skipped[{place.first, reason}];
    if (rows.rows++ == 0) rows.first = place.second;
    append_csv_cell(line, file);
    line += fmt::format(",{},", place.second);
    append_csv_cell(line, reason);
    line += ',';
    append_csv_cell(line, texts.of(file, place.second));
    line += '\n';
  }
  result.rejects = std::move(line);
  for (std::uint32_t file = 0; file < records.files.size(); ++file) {
    if (const auto rows = taken.find(file); rows != taken.end())
      result.outcomes.push_back({records.files[file], "taken", {}, rows->second.rows, rows->second.first});
    for (const auto& [key, rows] : skipped)
      if (key.first == file)
        result.outcomes.push_back({records.files[file], "skipped", key.second, rows.rows, rows.first});
  }
  return result;
}

}  // namespace tierscope::core
