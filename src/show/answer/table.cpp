#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/unicode.hpp"
#include "show/answer/grid.hpp"

namespace tierscope::core {
namespace {

constexpr std::size_t widest_word = 40;  // a longer word may be cut; places and ids rarely are
constexpr std::size_t gap = 2;
constexpr std::size_t most_sources = 30;  // unless all results are asked for

// An address stays whole, so that it can be clicked or copied.
bool wraps(const GridColumn& column) { return !column.number && !column.address; }

// The longest word of a text, up to a width that any word may be cut at.
std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    longest = std::max(longest, std::min(width(text.substr(0, blank)), widest_word));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return longest;
}

// Natural widths; then the widest column with blanks to break at gives way until the page fits, as far as it can.
std::vector<std::size_t> fit(const Grid& grid, std::size_t page_width) {
  std::vector<std::size_t> widths;
  std::vector<std::size_t> least;
  for (std::size_t c = 0; c < grid.columns.size(); ++c) {
    widths.push_back(width(grid.columns[c].label));
    least.push_back(widths.back());
    for (const auto& row : grid.rows) {
      widths[c] = std::max(widths[c], width(row[c]));
      least[c] = std::max(least[c], longest_word(row[c]));
    }
  }
  const auto total = [&] {
    std::size_t sum = widths.empty() ? 0 : (widths.size() - 1) * gap;
    for (const std::size_t w : widths) sum += w;
    return sum;
  };
  while (total() > page_width) {
    std::size_t widest = widths.size();
    for (std::size_t c = 0; c < widths.size(); ++c)
      if (wraps(grid.columns[c]) && widths[c] > least[c] && (widest == widths.size() || widths[c] > widths[widest]))
        widest = c;
    if (widest == widths.size()) break;
    --widths[widest];
  }
  return widths;
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
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

class Page {
 public:
  Page(const WriteOptions& options, std::ostream& out)
      : width_(std::max<std::size_t>(options.width, 20)), color_(options.color), out_(out) {}

  void heading(const std::string& text) {
    for (const std::string& line : wrap(text, width_)) out_ << bold(line) << '\n';
  }
  void paragraph(const std::string& text) {
    for (const std::string& line : wrap(text, width_)) out_ << line << '\n';
  }

  void table(const Grid& grid, const std::vector<std::size_t>& widths, bool header) {
    if (header) {
      std::vector<std::string> labels;
      for (const GridColumn& column : grid.columns) labels.push_back(column.label);
      print(grid, widths, labels, true);
    }
    for (const auto& row : grid.rows) print(grid, widths, row, false);
  }

  void sources(const std::vector<SourceWords>& sources, bool all) {
    if (sources.empty()) return;
    out_ << '\n';
    heading("Sources");
    const std::size_t limit = all ? sources.size() : std::min(sources.size(), most_sources);
    for (std::size_t i = 0; i < limit; ++i) {
      std::string indent = fmt::format("{:>4} ", "[" + std::to_string(i + 1) + "]");
      for (const std::string& line : wrap(sources[i].words, width_ - indent.size())) {
        out_ << indent << line << '\n';
        indent.assign(indent.size(), ' ');
      }
      if (!sources[i].url.empty()) out_ << std::string(indent.size(), ' ') << sources[i].url << '\n';
    }
    if (limit < sources.size())
      out_ << fmt::format("… {} more source{} (--limit 0 shows all)\n", sources.size() - limit,
                          sources.size() - limit == 1 ? "" : "s");
  }

 private:
  std::string bold(const std::string& text) const { return color_ ? "\x1b[1m" + text + "\x1b[0m" : text; }

  void print(const Grid& grid, const std::vector<std::size_t>& widths, const std::vector<std::string>& cells,
             bool header) {
    std::vector<std::vector<std::string>> parts;
    std::size_t height = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const bool cite = grid.columns[c].sources && !header && !cells[c].empty();
      const std::string cell = cite ? "[" + cells[c] + "]" : cells[c];
      parts.push_back(wraps(grid.columns[c]) ? wrap(cell, widths[c]) : std::vector<std::string>{cell});
      height = std::max(height, parts.back().size());
    }
    for (std::size_t row = 0; row < height; ++row) {
      std::string text;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        const std::string& part = row < parts[c].size() ? parts[c][row] : std::string();
        const std::size_t used = width(part);
        const std::size_t blank = widths[c] > used ? widths[c] - used : 0;
        if (c != 0) text.append(gap, ' ');
        if (grid.columns[c].number) text.append(blank, ' ');
        text += part;
        if (!grid.columns[c].number) text.append(blank, ' ');
      }
      text.erase(text.find_last_not_of(' ') + 1);
      out_ << (header ? bold(text) : text) << '\n';
    }
  }

  std::size_t width_;
  bool color_;
  std::ostream& out_;
};

// The brackets of citations need room too.
void bracket(Grid& grid) {
  for (std::size_t c = 0; c < grid.columns.size(); ++c)
    if (grid.columns[c].sources)
      for (auto& row : grid.rows)
        if (!row[c].empty()) row[c] = "[" + row[c] + "]";
  for (GridColumn& column : grid.columns) column.sources = false;
}

// Results of equal columns that follow each other share their widths, and one header.
std::size_t alike(const std::vector<Grid>& grids, std::size_t first) {
  std::size_t last = first + 1;
  const auto labels = [](const Grid& grid) {
    std::vector<std::string> names;
    for (const GridColumn& column : grid.columns) names.push_back(column.label);
    return names;
  };
  while (last < grids.size() && grids[first].result && grids[last].result &&
         labels(grids[last]) == labels(grids[first]))
    ++last;
  return last;
}

}  // namespace

Next write_table(const Plan& plan, std::ostream& out) {
  Shown shown = core::shown(plan);
  if (shown.end != Next::end) return shown.end;
  Page page(plan.options, out);
  if (!shown.title.empty() && !plan.table) page.heading(shown.title);
  for (Grid& grid : shown.grids) bracket(grid);
  for (std::size_t first = 0; first < shown.grids.size();) {
    const std::size_t last = alike(shown.grids, first);
    Grid together{{}, shown.grids[first].columns, {}, {}};
    for (std::size_t g = first; g < last; ++g)
      together.rows.insert(together.rows.end(), shown.grids[g].rows.begin(), shown.grids[g].rows.end());
    const std::vector<std::size_t> widths = fit(together, std::max<std::size_t>(plan.options.width, 20));
    const bool headed = last > first + 1;
    if (headed && !together.rows.empty()) {
      out << '\n';
      together.rows.clear();
      page.table(together, widths, true);
    }
    for (; first < last; ++first) {
      const Grid& grid = shown.grids[first];
      if (grid.rows.empty() && grid.more.empty()) continue;
      if (!plan.table || first != 0) out << '\n';
      if (!grid.heading.empty()) page.heading(grid.heading);
      page.table(grid, widths, !headed);
      if (!grid.more.empty()) page.paragraph(grid.more);
    }
  }
  if (!shown.notes.empty()) out << '\n';
  for (const std::string& note : shown.notes) page.paragraph(note);
  page.sources(shown.sources, plan.options.limit == 0U);
  return Next::end;
}

}  // namespace tierscope::core
