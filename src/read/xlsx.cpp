// Workbooks as Excel, LibreOffice and pandas write them (ECMA-376): a zip archive of XML.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "base/blanks.hpp"
#include "base/unicode.hpp"
#include "model/names.hpp"
#include "read/headers.hpp"
#include "read/readers.hpp"
#include "read/xml.hpp"
#include "read/zip.hpp"

namespace tierscope::core {
namespace {

using pugi::xml_node;
using std::string_view;

constexpr std::size_t most_columns = 16'384;  // of a sheet
constexpr std::size_t most_cells = 64U << 20U;

string_view local(xml_node element) {
  const string_view name = element.name();
  return name.substr(name.find(':') + 1);
}

xml_node child(xml_node parent, string_view name) {
  for (const xml_node element : parent.children())
    if (local(element) == name) return element;
  return {};
}

xml_node root(const pugi::xml_document& document) {
  for (const xml_node element : document.children())
    if (element.type() == pugi::node_element) return element;
  return {};
}

/// All `<t>` of a text, and of its runs; not what says how it sounds.
std::string text_of(xml_node element) {
  std::string text;
  for (const xml_node part : element.children()) {
    if (local(part) == "t") text += part.child_value();
    if (local(part) == "r") text += child(part, "t").child_value();
  }
  return text;
}

enum class Shown : std::uint8_t { number, percent, date };

Shown shown(int id, string_view code) {
  if (id == 9 || id == 10) return Shown::percent;
  if ((id >= 14 && id <= 22) || (id >= 45 && id <= 47)) return Shown::date;
  bool quoted = false;
  bool bracket = false;
  bool digits = false;
  bool month = false;
  for (const char c : code) {
    if (c == '"') quoted = !quoted;
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (quoted || bracket) continue;
    if (c == ';') break;
    if (c == '%') return Shown::percent;
    if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') return Shown::date;
    month |= c == 'm' || c == 'M';
    digits |= c == '0' || c == '#';
  }
  return month && !digits ? Shown::date : Shown::number;
}

class Workbook {
 public:
  Workbook(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records)
      : zip_(bytes), file_(file), graph_(graph), records_(records) {}

  void read() {
    if (!zip_.wrong().empty()) return error("is no workbook: " + zip_.wrong(), "save it as .xlsx again");
    pugi::xml_document workbook;
    pugi::xml_document links;
    if (!part("xl/workbook.xml", workbook) || !part("xl/_rels/workbook.xml.rels", links)) return;
    const std::string flag = child(root(workbook), "workbookPr").attribute("date1904").value();
    from_1904_ = flag == "1" || flag == "true";
    for (const xml_node link : root(links).children())
      targets_[link.attribute("Id").value()] = path_of(link.attribute("Target").value());
    for (const xml_node sheet : child(root(workbook), "sheets").children()) {
      std::string target;
      for (const pugi::xml_attribute attribute : sheet.attributes())
        if (string_view(attribute.name()).ends_with(":id")) target = targets_[attribute.value()];
      sheets_.push_back({sheet.attribute("name").value(), target});
    }
    if (sheets_.empty()) return error("the workbook has no sheet", "save it as .xlsx again");
    if (!read_strings() || !read_styles()) return;
    choose();
  }

 private:
  struct Sheet {
    std::string name;
    std::string path;
  };

  void error(std::string what, std::string remedy) { records_.error(file_, 0, {}, std::move(what), std::move(remedy)); }

  static std::string path_of(string_view target) {
    return target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
  }

  /// False: it cannot be read, which is said.
  bool part(const std::string& path, pugi::xml_document& document) {
    std::string why;
    const std::optional<std::string> bytes = zip_.read(path, why);
    if (!bytes) {
      error("the workbook cannot be read: " + why, "save it as .xlsx again, without a password");
      return false;
    }
    if (invalid_utf8(*bytes) != string_view::npos || bytes->find('\0') != std::string::npos) {
      error("the workbook cannot be read: " + path + " is no UTF-8", "save it as .xlsx again");
      return false;
    }
    string_view text = *bytes;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return read_xml(text, file_, records_, document);
  }

  bool read_strings() {
    if (!zip_.has("xl/sharedStrings.xml")) return true;
    pugi::xml_document document;
    if (!part("xl/sharedStrings.xml", document)) return false;
    for (const xml_node item : root(document).children())
      if (local(item) == "si") strings_.push_back(records_.keep(text_of(item)));
    return true;
  }

  bool read_styles() {
    if (!zip_.has("xl/styles.xml")) return true;
    pugi::xml_document document;
    if (!part("xl/styles.xml", document)) return false;
    std::unordered_map<int, std::string> codes;
    for (const xml_node format : child(root(document), "numFmts").children())
      codes[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
    for (const xml_node style : child(root(document), "cellXfs").children()) {
      const int id = style.attribute("numFmtId").as_int();
      styles_.push_back(shown(id, codes[id]));
    }
    return true;
  }

  // Sheets that are called as our tables are those; else the one that was named, else the first that holds anything.
  void choose() {
    const std::string& named = records_.mapping.sheet;
    const auto called = [&](string_view name) {
      return std::find_if(sheets_.begin(), sheets_.end(), [&](const Sheet& sheet) { return fold(sheet.name) == name; });
    };
    if (!named.empty()) {
      const auto sheet = called(fold(named));
      if (sheet != sheets_.end()) return static_cast<void>(read_sheet(*sheet, TableKind::relations));
      Suggestion suggestion(named);
      std::string all;
      for (const Sheet& each : sheets_) {
        suggestion.consider(each.name);
        all += (all.empty() ? "" : ", ") + quote(each.name);
      }
      return error("there is no sheet " + quote(named) + suggestion.text(), "the sheets are " + all);
    }
    if (called("relations") != sheets_.end()) {
      for (const TableKind kind : all_tables)
        if (const auto sheet = called(to_string(kind)); sheet != sheets_.end()) read_sheet(*sheet, kind);
      return;
    }
    for (const Sheet& sheet : sheets_) {
      if (!read_sheet(sheet, TableKind::relations)) continue;
      if (sheets_.size() > 1)
        records_.warning(file_, 0, {}, fmt::format("of {} sheets {} is read", sheets_.size(), quote(sheet.name)),
                         "--sheet names another", "one-sheet");
      return;
    }
    error("the sheets are empty", "a sheet has the names of its columns in its first row");
  }

  struct Row {
    std::uint32_t line = 0;
    std::vector<std::pair<std::size_t, string_view>> cells;
  };

  /// False: there is nothing in it.
  bool read_sheet(const Sheet& sheet, TableKind kind) {
    pugi::xml_document document;
    if (!part(sheet.path, document)) return true;
    std::vector<Row> rows;
    std::uint32_t line = 0;
    for (const xml_node element : child(root(document), "sheetData").children()) {
      if (local(element) != "row") continue;
      line = element.attribute("r").as_uint(line + 1);
      Row row{line, {}};
      std::size_t column = 0;
      for (const xml_node cell : element.children()) {
        if (local(cell) != "c") continue;
        column = column_of(cell.attribute("r").value(), column);
        if (const string_view text = cell_text(cell); !trimmed(text).empty() && column < most_columns)
          row.cells.emplace_back(column, text);
        ++column;
      }
      if (!row.cells.empty()) rows.push_back(std::move(row));
    }
    if (rows.empty()) return false;
    if (const std::uint32_t header = records_.mapping.header_row; kind == TableKind::relations && header != 0) {
      std::erase_if(rows, [&](const Row& row) { return row.line < header; });
      if (rows.empty() || rows.front().line != header) {
        error(fmt::format("row {}, which --header-row names, is empty", header), "name the row of the columns' names");
        return true;
      }
    }
    make_table(rows, kind);
    return true;
  }

  void make_table(const std::vector<Row>& rows, TableKind kind) {
    RecordTable table;
    table.kind = kind;
    table.file = file_;
    table.graph = graph_;
    table.columns.resize(rows.front().cells.back().first + 1);
    for (const auto& [column, text] : rows.front().cells)
      if (column < table.columns.size()) table.columns[column] = text;
    const std::vector<string_view> written = table.columns;
    const std::size_t before = records_.problems.size();
    if (!settle_header(table, rows.front().line, records_)) {
      if (kind == TableKind::relations && records_.mapping.header_row == 0)
        look_for_header(rows, written, table, before);
      return;
    }
    const std::size_t width = table.columns.size();
    if (width * rows.size() > most_cells)
      return error(fmt::format("{} rows of {} columns are too many", rows.size(), width), "save the sheet as CSV");
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const std::size_t begin = table.cells.size();
      table.cells.resize(begin + width);
      table.lines.push_back(rows[i].line);
      for (const auto& [column, text] : rows[i].cells) {
        if (column < width)
          table.cells[begin + column] = text;
        else
          records_.bad_row(file_, rows[i].line, {},
                           fmt::format("{} stands beside the {} columns of the header", quote(text), width),
                           "name its column, or delete it");
      }
    }
    records_.tables.push_back(std::move(table));
  }

  void look_for_header(const std::vector<Row>& rows, const std::vector<string_view>& first, const RecordTable& table,
                       std::size_t before) {
    constexpr std::size_t most = 50;
    for (std::size_t i = 1; i < std::min(rows.size(), most); ++i) {
      std::vector<string_view> cells;
      for (const auto& [column, text] : rows[i].cells) cells.push_back(text);
      if (is_header_below(first, cells)) return say_header_below(table, rows[i].line, cells, before, records_);
    }
  }

  /// From `AB12`; `next` where it does not say.
  static std::size_t column_of(string_view place, std::size_t next) {
    std::size_t column = 0;
    for (const char c : place) {
      if (c < 'A' || c > 'Z' || column > most_columns) break;
      column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
    }
    return column == 0 ? next : column - 1;
  }

  string_view cell_text(xml_node cell) {
    const string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return records_.keep(text_of(child(cell, "is")));
    const string_view value = trimmed(child(cell, "v").child_value());
    if (type == "s") {
      std::size_t index = strings_.size();
      std::from_chars(value.data(), value.data() + value.size(), index);
      return index < strings_.size() ? strings_[index] : string_view();
    }
    if (type == "b") return value == "1" ? "true" : "false";
    if (type == "str" || type == "e") return records_.keep(std::string(value));
    if (type == "d") return records_.keep(std::string(value));
    double number = 0;
    const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failure != std::errc() || end != value.data() + value.size() || !std::isfinite(number))
      return records_.keep(std::string(value));
    const std::size_t style = cell.attribute("s").as_uint();
    const Shown as = style < styles_.size() ? styles_[style] : Shown::number;
    if (as == Shown::date && number >= 0 && number < 2'958'466) return records_.keep(date_of(number));
    // As many digits as a spreadsheet shows: the rest is what binary fractions leave.
    return records_.keep(as == Shown::percent ? fmt::format("{:.13g}%", number * 100) : fmt::format("{:.15g}", number));
  }

  /// Days are counted from 30 December 1899, as if 1900 had been a leap year, or from 1904.
  std::string date_of(double serial) const {
    const std::int64_t day = static_cast<std::int64_t>(serial) + (from_1904_ ? -24'107 : -25'569);  // from 1970
    // Civil from days (Howard Hinnant), of the proleptic Gregorian calendar.
    const std::int64_t shifted = day + 719'468;
    const std::int64_t era = shifted / 146'097;
    const std::int64_t of_era = shifted - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t month = (5 * of_year + 2) / 153;
    return fmt::format("{:04}-{:02}-{:02}", year + era * 400 + (month >= 10 ? 1 : 0), month + (month < 10 ? 3 : -9),
                       of_year - (153 * month + 2) / 5 + 1);
  }

  Zip zip_;
  std::uint32_t file_;
  std::uint32_t graph_;
  Records& records_;
  bool from_1904_ = false;
  std::unordered_map<std::string, std::string> targets_;
  std::vector<Sheet> sheets_;
  std::vector<string_view> strings_;
  std::vector<Shown> styles_;
};

}  // namespace

void read_xlsx(string_view bytes, std::uint32_t file, std::uint32_t graph, Records& records) {
  if (bytes.starts_with("\xd0\xcf\x11\xe0"))
    return records.error(file, 0, {}, "a workbook with a password, or of Excel 2003 or before",
                         "save it as .xlsx, without a password");
  Workbook(bytes, file, graph, records).read();
}

}  // namespace tierscope::core
