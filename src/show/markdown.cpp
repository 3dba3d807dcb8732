#include <fmt/format.h>

#include <ostream>

#include "base/unicode.hpp"
#include "show/reports.hpp"

namespace tierscope::core {
namespace {

// Nothing in a name or a note may become markup.
std::string escape(std::string_view text) {
  std::string result;
  const std::string shown_text = visible(text);
  for (std::size_t i = 0; i < shown_text.size(); ++i) {
    const char c = shown_text[i];
    const bool list = i == 0 && (c == '-' || c == '+');
    // `1. item` at the front is a list, `www.` anywhere a link.
    const bool number = c == '.' && shown_text.find_first_not_of("0123456789") == i;
    const bool link = c == '.' && i >= 3 && fold(shown_text.substr(i - 3, 3)) == "www";
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      if (list || number || link || std::string_view("\\`*_{}[]()#!|~$:@").find(c) != std::string_view::npos)
        result += '\\';
      result += c;
    }
  }
  return result;
}

void write_rows(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows,
                std::ostream& out) {
  for (const Column& column : columns) out << "| " << escape(column.name) << ' ';
  out << "|\n";
  for (const Column& column : columns)
    out << (column.type == CellType::text || column.type == CellType::sources ? "| --- " : "| ---: ");
  out << "|\n";
  for (const auto& row : rows) {
    for (const std::string& cell : row) out << "| " << escape(cell) << ' ';
    out << "|\n";
  }
}

std::vector<std::string> row_of(const std::vector<Column>& columns, const std::vector<Cell>& cells,
                                Citations& citations) {
  std::vector<std::string> row;
  for (std::size_t c = 0; c < columns.size(); ++c)
    row.push_back(columns[c].type == CellType::sources ? citations.cite(cells[c].text)
                                                       : shown(cells[c], columns[c].type));
  return row;
}

}  // namespace

void write_markdown(const Model& model, const Report& report, const WriteOptions& options, std::ostream& out) {
  Citations citations;
  if (!report.title.empty()) out << "### " << escape(report.title) << "\n\n";
  const std::size_t count = shown_results(report, options, report.results.table_limit);
  std::vector<std::vector<std::string>> rows;
  const Results& results = report.results;
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& cells : results.rows(i)) rows.push_back(row_of(results.columns, cells, citations));
    if (results.detail && results.detail_columns.empty())
      for (const auto& cells : results.detail(i)) rows.push_back(row_of(results.columns, cells, citations));
  }
  if (!rows.empty()) write_rows(results.columns, rows, out);
  for (std::size_t i = 0; i < count && !results.detail_columns.empty(); ++i) {
    rows.clear();
    for (const auto& cells : results.detail(i)) rows.push_back(row_of(results.detail_columns, cells, citations));
    out << "\n#### " << i + 1 << "\\. " << escape(shown(results.rows(i).front().front(), CellType::text)) << "\n\n";
    write_rows(results.detail_columns, rows, out);
  }
  if (count < report.results.count)
    out << "\n… " << report.results.count - count << " more " << report.results.noun << "s\n";
  for (const Table& table : report.tables) {
    rows.clear();
    for (const Row& row : table.first(options.limit.value_or(20)))
      rows.push_back(row_of(table.columns, row.cells, citations));
    if (rows.empty()) continue;
    out << "\n#### " << escape(table.title) << "\n\n";
    write_rows(table.columns, rows, out);
    if (rows.size() < table.count()) out << "\n… " << table.count() - rows.size() << " more rows\n";
  }
  if (!report.notes.empty()) out << '\n';
  for (const std::string& note : report.notes) out << "- " << escape(note) << '\n';
  const auto& ids = citations.ids().empty() ? report.sources : citations.ids();
  if (!ids.empty()) out << "\nSources\n\n";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const SourceText source = describe_source(model, ids[i]);
    out << i + 1 << ". " << escape(source.words) << (source.url.empty() ? "" : ", ") << escape(source.url) << '\n';
  }
}

}  // namespace tierscope::core
