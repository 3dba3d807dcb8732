#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <ostream>

#include "base/unicode.hpp"
#include "show/reports.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t widest_word = 40;  // a longer word may be cut; places and ids rarely are
constexpr std::size_t gap = 2;

struct Line {
  std::vector<std::string> cells;
  bool detail = false;
  std::string heading = {};  // not empty: a line of its own above the next ones
};

class Page {
 public:
  Page(const Model& model, const WriteOptions& options, std::ostream& out)
      : model_(model), options_(options), out_(out) {}

  void heading(const std::string& text) { out_ << bold(visible(text)) << '\n'; }

  void table(const std::vector<Column>& all_columns, const std::vector<Line>& all_lines,
             const std::vector<bool>& hidden) {
    std::vector<Column> columns;
    for (std::size_t c = 0; c < all_columns.size(); ++c)
      if (!hidden[c]) columns.push_back(all_columns[c]);
    std::vector<Line> lines;
    for (const Line& line : all_lines) {
      Line kept{{}, line.detail, line.heading};
      for (std::size_t c = 0; c < line.cells.size(); ++c)
        if (!hidden[c]) kept.cells.push_back(line.cells[c]);
      lines.push_back(std::move(kept));
    }
    const std::vector<std::size_t> widths = fit(columns, lines);
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const Column& column : columns) names.push_back(column.name);
    print(columns, widths, {names}, true);
    for (const Line& line : lines) {
      if (line.heading.empty()) {
        print(columns, widths, line, false);
        continue;
      }
      out_ << '\n';
      for (const std::string& part : wrap(line.heading, page_width)) heading(part);
    }
  }

  void more(std::size_t count, const std::string& noun) {
    if (count == 0) return;
    out_ << fmt::format("… {} more {}{} (--limit 0 shows all)\n", count, noun, count == 1 ? "" : "s");
  }

  void paragraph(const std::string& text) {
    for (const std::string& line : wrap(visible(text), page_width)) out_ << line << '\n';
  }

  void sources(const std::vector<std::string>& ids) {
    if (ids.empty()) return;
    out_ << '\n';
    heading("Sources");
    const std::size_t limit = options_.limit == 0 ? ids.size() : std::min<std::size_t>(ids.size(), 30);
    for (std::size_t i = 0; i < limit; ++i) {
      const SourceText source = describe_source(model_, ids[i]);
      std::string indent = fmt::format("{:>4} ", "[" + std::to_string(i + 1) + "]");
      for (const std::string& line : wrap(source.words, page_width - indent.size())) {
        out_ << indent << line << '\n';
        indent.assign(indent.size(), ' ');
      }
      // An address stays whole, so that it can be clicked or copied.
      if (!source.url.empty()) out_ << std::string(indent.size(), ' ') << source.url << '\n';
    }
    more(ids.size() - limit, "source");
  }

  Citations citations;

 private:
  std::string bold(const std::string& text) const { return options_.color ? "\x1b[1m" + text + "\x1b[0m" : text; }
  std::string dim(const std::string& text) const { return options_.color ? "\x1b[2m" + text + "\x1b[0m" : text; }

  static bool right(const Column& column) { return column.type != CellType::text && column.type != CellType::sources; }
  static bool wraps(const Column& column) { return !right(column); }

  // The longest word of a text, up to a width that any word may be cut at.
  static std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
      const std::size_t blank = std::min(text.find(' '), text.size());
      longest = std::max(longest, std::min(width(text.substr(0, blank)), widest_word));
      text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return longest;
  }

  // Natural widths; then the widest column with blanks to break at gives way until the page fits, as far as it can.
  static std::vector<std::size_t> fit(const std::vector<Column>& columns, const std::vector<Line>& lines) {
    std::vector<std::size_t> widths;
    std::vector<std::size_t> least;
    for (const Column& column : columns) {
      widths.push_back(width(column.name));
      least.push_back(width(column.name));
    }
    for (const Line& line : lines) {
      for (std::size_t c = 0; c < line.cells.size(); ++c) {
        widths[c] = std::max(widths[c], width(line.cells[c]));
        least[c] = std::max(least[c], longest_word(line.cells[c]));
      }
    }
    const auto total = [&] {
      std::size_t sum = widths.empty() ? 0 : (widths.size() - 1) * gap;
      for (const std::size_t w : widths) sum += w;
      return sum;
    };
    while (total() > page_width) {
      std::size_t widest = columns.size();
      for (std::size_t c = 0; c < columns.size(); ++c)
        if (wraps(columns[c]) && widths[c] > least[c] && (widest == columns.size() || widths[c] > widths[widest]))
          widest = c;
      if (widest == columns.size()) break;
      --widths[widest];
    }
    return widths;
  }

  static std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    std::size_t indent = text.find_first_not_of(' ');
    if (indent == std::string_view::npos || indent > columns / 2) indent = 0;
    for (;;) {
      std::string_view head = prefix_of_width(text, columns);
      if (head.size() == text.size()) break;
      const std::size_t blank = head.size() < text.size() && text[head.size()] == ' ' ? head.size() : head.rfind(' ');
      if (blank != std::string_view::npos && blank > indent) head = text.substr(0, blank);
      lines.emplace_back(head);
      text.remove_prefix(head.size());
      while (text.starts_with(' ')) text.remove_prefix(1);
      columns = std::max<std::size_t>(columns, 1);
    }
    if (!text.empty() || lines.empty()) lines.emplace_back(text);
    for (std::size_t i = 1; i < lines.size(); ++i)
      lines[i].insert(0, indent != 0 && width(lines[i]) + indent <= columns ? indent : 0, ' ');
    return lines;
  }

  void print(const std::vector<Column>& columns, const std::vector<std::size_t>& widths, const Line& line,
             bool header) {
    std::vector<std::vector<std::string>> parts;
    std::size_t height = 1;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      parts.push_back(wraps(columns[c]) ? wrap(line.cells[c], widths[c]) : std::vector<std::string>{line.cells[c]});
      height = std::max(height, parts.back().size());
    }
    for (std::size_t row = 0; row < height; ++row) {
      std::string text;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const std::string& part = row < parts[c].size() ? parts[c][row] : std::string();
        const std::size_t used = width(part);
        const std::size_t blank = widths[c] > used ? widths[c] - used : 0;
        if (c != 0) text.append(gap, ' ');
        if (right(columns[c])) text.append(blank, ' ');
        text += part;
        if (!right(columns[c])) text.append(blank, ' ');
      }
      text.erase(text.find_last_not_of(' ') + 1);
      out_ << (header ? bold(text) : line.detail ? dim(text) : text) << '\n';
    }
  }

  const Model& model_;
  const WriteOptions& options_;
  std::ostream& out_;
};

Line line_of(const std::vector<Column>& columns, const std::vector<Cell>& cells, Citations& citations, bool detail) {
  Line line{{}, detail, {}};
  for (std::size_t c = 0; c < columns.size(); ++c)
    line.cells.push_back(columns[c].type == CellType::sources ? citations.cite(cells[c].text)
                                                              : shown(cells[c], columns[c].type));
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].type == CellType::sources && !line.cells[c].empty()) line.cells[c] = "[" + line.cells[c] + "]";
  return line;
}

// Columns of citations without any are noise.
std::vector<bool> uncited(const std::vector<Column>& columns, const std::vector<Line>& lines) {
  std::vector<bool> hidden(columns.size(), false);
  for (std::size_t c = 0; c < columns.size(); ++c)
    hidden[c] = columns[c].type == CellType::sources && std::all_of(lines.begin(), lines.end(), [&](const Line& line) {
                  return c >= line.cells.size() || line.cells[c].empty();
                });
  return hidden;
}

bool nothing(const Cell& cell, CellType type) {
  if (type == CellType::text || type == CellType::sources) return cell.text.empty();
  if (type == CellType::count) return cell.count == 0;
  return !cell.quantity || (cell.quantity.low == 0 && cell.quantity.high == 0);
}

// `2. A → B → A: circular-deal, 50B USD`
std::string heading_of(const Results& results, std::size_t i) {
  const std::vector<Cell> cells = results.rows(i).front();
  std::string text = fmt::format("{}. {}", i + 1, shown(cells.front(), results.columns.front().type));
  for (std::size_t c = 1; c < cells.size(); ++c)
    text += (c == 1 ? ": " : ", ") + shown(cells[c], results.columns[c].type);
  return text;
}

}  // namespace

void write_table(const Model& model, const Report& report, const WriteOptions& options, std::ostream& out) {
  Page page(model, options, out);
  if (!report.title.empty()) page.heading(report.title);
  const Results& results = report.results;
  const std::size_t count = shown_results(report, options, results.table_limit);
  const bool headed = !results.detail_columns.empty();
  const std::vector<Column>& columns = headed ? results.detail_columns : results.columns;
  std::vector<bool> hidden(columns.size(), true);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::string> above;
    const auto add = [&](const std::vector<std::vector<Cell>>& rows, bool detail) {
      for (const auto& cells : rows) {
        Line line = line_of(columns, cells, page.citations, detail);
        std::vector<std::string> whole = line.cells;
        for (std::size_t c = 0; c < cells.size(); ++c) {
          hidden[c] = hidden[c] && (columns[c].hidden || (columns[c].if_nonzero && nothing(cells[c], columns[c].type)));
          if (!above.empty() && columns[c].once && (detail || whole[c] == above[c])) line.cells[c].clear();
        }
        above = std::move(whole);
        lines.push_back(std::move(line));
      }
    };
    if (headed)
      lines.push_back({{}, false, heading_of(results, i)});
    else
      add(results.rows(i), false);
    if (results.detail) add(results.detail(i), !headed);
  }
  if (!lines.empty()) {
    out << '\n';
    const std::vector<bool> empty = uncited(columns, lines);
    for (std::size_t c = 0; c < columns.size(); ++c) hidden[c] = hidden[c] || empty[c];
    page.table(columns, lines, hidden);
    page.more(results.count - count, results.noun);
  }
  for (const Table& table : report.tables) {
    std::vector<Line> rows;
    for (const Row& row : table.first(options.limit.value_or(20)))
      rows.push_back(line_of(table.columns, row.cells, page.citations, false));
    if (rows.empty()) continue;
    out << '\n';
    page.heading(table.title);
    page.table(table.columns, rows, uncited(table.columns, rows));
    page.more(table.count() - rows.size(), "row");
  }
  if (!report.notes.empty()) out << '\n';
  for (const std::string& note : report.notes) page.paragraph(note);
  page.sources(page.citations.ids().empty() ? report.sources : page.citations.ids());
}

}  // namespace tierscope::core
