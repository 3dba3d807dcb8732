// RFC 4180 tables. Cells are views into the file's bytes; only text with doubled quotes is copied.

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/blanks.hpp"
#include "base/csv_text.hpp"
#include "read/field_ends.hpp"
#include "read/headers.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

// Nearly all text sorts behind the comma, so that one comparison usually decides.
template <char separator>
constexpr bool ends_field(char c) {
  if constexpr (separator == ',') return static_cast<unsigned char>(c) <= ',' && (c == ',' || c == '\n' || c == '\r');
  return c == separator || c == '\n' || c == '\r';
}

std::string name_of(char separator) {
  switch (separator) {
    case ';': return "semicolon";
    case '\t': return "tab";
    case '|': return "bar";
    default: return "comma";
  }
}

std::string count(std::size_t n, const std::string& thing) {
  return std::to_string(n) + " " + thing + (n == 1 ? "" : "s");
}

enum class Row : std::uint8_t { good, bad, none };

template <char separator>
class Tokenizer {
 public:
  /// `line`: of the first byte.
  Tokenizer(std::string_view bytes, std::uint32_t file, std::uint32_t line = 1)
      : at_(bytes.data()),
        end_(bytes.data() + bytes.size()),
        ends_(at_, end_),
        line_(line),
        row_line_(line),
        file_(file) {}

  /// Appends the fields of the next record. A bad one, whose problem is recorded, may leave some fields behind.
  Row next(Records& records, const std::vector<std::string_view>& columns, std::vector<std::string_view>& cells) {
    while (true) {
      skip_blanks();
      if (at_ == end_) return Row::none;
      if (*at_ != '\n' && *at_ != '\r') break;
      end_line();
    }
    row_line_ = line_;
    for (std::size_t field = 0;; ++field) {
      if (at_ != end_ && *at_ == separator) {  // most cells are empty
        cells.emplace_back();
        ++at_;
        continue;
      }
      skip_blanks();
      const bool quoted = at_ != end_ && *at_ == '"';
      if (!quoted) {
        cells.push_back(plain_field());
      } else if (!quoted_field(records, field < columns.size() ? columns[field] : std::string_view(), cells)) {
        return Row::bad;
      }
      if (at_ == end_) return Row::good;
      if (*at_ != separator) break;
      ++at_;
    }
    end_line();
    return Row::good;
  }

  const char* at() const { return at_; }
  /// Where the last record began.
  std::uint32_t row_line() const { return row_line_; }

 private:
  static constexpr bool blank(char c) { return (c == ' ' || c == '\t') && c != separator; }

  void skip_blanks() {
    while (at_ != end_ && blank(*at_)) ++at_;
  }

  void end_line() {
    if (*at_ == '\r' && at_ + 1 != end_ && at_[1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  void skip_line() {
    while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
    if (at_ != end_) end_line();
  }

  std::string_view plain_field() {
    const char* const begin = at_;
    at_ = ends_.from(at_);
    const char* last = at_;
    while (last != begin && blank(last[-1])) --last;
    return without_guard({begin, static_cast<std::size_t>(last - begin)});
  }

  bool quoted_field(Records& records, std::string_view column, std::vector<std::string_view>& cells) {
    const char* const quote = at_++;
    const std::uint32_t quote_line = line_;
    const char* begin = at_;
    std::string unescaped;
    while (true) {
      const auto* const close = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
      if (close == nullptr) return unterminated(records, quote, quote_line, column);
      for (; at_ != close; ++at_)
        if (*at_ == '\n' || (*at_ == '\r' && at_[1] != '\n')) ++line_;
      ++at_;
      if (at_ == end_ || *at_ != '"') break;
      unescaped.append(begin, at_);
      begin = ++at_;
    }
    const std::string_view rest(begin, static_cast<std::size_t>(at_ - 1 - begin));
    skip_blanks();
    if (at_ != end_ && !ends_field<separator>(*at_)) return text_after_quote(records, quote_line, column);
    cells.push_back(without_guard(unescaped.empty() ? rest : records.keep(std::move(unescaped.append(rest)))));
    return true;
  }

  // The rest of the file is read as rows again: one lost quote should not hide what is wrong below it.
  bool unterminated(Records& records, const char* quote, std::uint32_t quote_line, std::string_view column) {
    records.bad_row(file_, quote_line, std::string(column), "a quoted field begins here and never ends",
                    "close it with a quote (\") before the next " + name_of(separator) + " or line");
    at_ = quote;
    line_ = quote_line;
    skip_line();
    return false;
  }

  bool text_after_quote(Records& records, std::uint32_t quote_line, std::string_view column) {
    std::string what = "text follows the closing quote of a field";
    if (quote_line != line_) what += " that begins in line " + std::to_string(quote_line);
    records.bad_row(file_, line_, std::string(column), std::move(what),
                    "end the field with a " + name_of(separator) + ", and write a quote inside it twice (\"\")");
    skip_line();
    return false;
  }

  const char* at_;
  const char* end_;
  FieldEnds<separator> ends_;
  std::uint32_t line_;
  std::uint32_t row_line_;
  std::uint32_t file_;
};

std::string known_columns(TableKind kind) {
  std::string list;
  for (const std::string_view field : fields_of(kind)) list.append(list.empty() ? "" : ",").append(field);
  return list;
}

constexpr std::size_t part = 4U << 20;    // what is given back, and told of, at once
constexpr std::size_t shortest_row = 12;  // "a,b,supplies"

/// Rows that are read and not yet taken: what they will look up comes from far memory meanwhile.
class Queue {
 public:
  Queue(const TakeRow& take, const ExpectRow& expect) : take_(take), expect_(expect) {}

  /// Where the cells of the next row go.
  std::vector<std::string_view>& cells() { return rows_[next_ % length].cells; }
  /// They are complete.
  void push(std::uint32_t line) {
    Waiting& row = rows_[next_ % length];
    row.line = line;
    if (expect_) expect_(row.cells, false);
    ++next_;
    if (expect_ && next_ - taken_ > near) expect_(rows_[(next_ - near) % length].cells, true);
    if (next_ - taken_ == length) take_first();
  }
  void finish() {
    while (taken_ != next_) take_first();
  }

 private:
  static constexpr std::size_t length = 16;
  static constexpr std::size_t near = 8;
  struct Waiting {
    std::uint32_t line = 0;
    std::vector<std::string_view> cells;
  };
  void take_first() {
    const Waiting& row = rows_[taken_++ % length];
    take_(row.line, row.cells);
  }

  const TakeRow& take_;
  const ExpectRow& expect_;
  std::array<Waiting, length> rows_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
};

// Files that were put one behind the other bring the header again. In a table of one column a row may well be equal to
// it: a company may be called "id".
bool header_again(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& columns) {
  return columns.size() > 1 && cells.front() == columns.front() && cells == columns;
}

bool all_empty(std::span<const std::string_view> cells) {
  return std::all_of(cells.begin(), cells.end(), [](std::string_view cell) { return cell.empty(); });
}

// The rows of a table whose header was read: a good one is taken, a bad one is a problem. Returns the last one's line.
template <char separator>
std::uint32_t read_rows(Tokenizer<separator> tokens, const std::vector<std::string_view>& columns,
                        const std::vector<std::string_view>& header, std::uint32_t file, Records& records,
                        const TakeRow& take, const ExpectRow& expect) {
  Queue queue(take, expect);
  const char* kept = tokens.at();  // what lies before is never looked at again
  std::size_t blank_rows = 0;
  std::uint32_t first_blank = 0;
  for (Row row = Row::good; row != Row::none;) {
    if (const auto done = static_cast<std::size_t>(tokens.at() - kept); done >= part) {
      queue.finish();
      const std::string_view bytes(std::exchange(kept, tokens.at()), done);
      if (records.release) records.release(bytes);
      records.bytes_read += done;
      if (records.advanced) records.advanced();
    }
    std::vector<std::string_view>& cells = queue.cells();
    cells.clear();
    row = tokens.next(records, columns, cells);
    if (row != Row::good) continue;
    if (header_again(cells, header)) {
      records.bad_row(file, tokens.row_line(), {}, "the header again", "delete the line");
      continue;
    }
    if (cells.size() > 1 && cells.front().empty() && all_empty(cells)) {
      if (blank_rows++ == 0) first_blank = tokens.row_line();
      if (records.left_out) records.left_out(file, tokens.row_line(), {}, "a row of empty cells");
      continue;
    }
    if (cells.size() > columns.size() && all_empty(std::span(cells).subspan(columns.size())))
      cells.resize(columns.size());
    if (cells.size() == columns.size()) {
      queue.push(tokens.row_line());
      continue;
    }
    records.bad_row(file, tokens.row_line(), {},
                    "the row has " + count(cells.size(), "field") + ", the header " + count(columns.size(), "column"),
                    cells.size() < columns.size() ? "add a " + name_of(separator) + " for each empty field"
                                                  : "put text that contains a " + name_of(separator) + " in quotes");
  }
  queue.finish();
  if (blank_rows != 0)
    records.advice(file, first_blank, {}, count(blank_rows, "row") + " of empty cells left out", "delete them",
                   "blank-row");
  return tokens.row_line();
}

bool without_controls(std::string_view bytes) {
  constexpr std::size_t block = 4096;  // a loop without a way out is done many bytes at once
  for (std::size_t begin = 0; begin < bytes.size(); begin += block) {
    unsigned found = 0;
    for (const char c : bytes.substr(begin, block)) {
      const auto byte = static_cast<unsigned char>(c);
      found |= static_cast<unsigned>(byte < 0x20) & static_cast<unsigned>(byte != '\n') &
               static_cast<unsigned>(byte != '\t');
      found |= static_cast<unsigned>(byte == 0x7f) | static_cast<unsigned>(byte == 0xc2);
    }
    const std::string_view pairs = bytes.substr(begin, block + 1);
    for (std::size_t i = 0; i + 1 < pairs.size(); ++i)  // U+FFFE, U+FFFF, and their neighbours
      found |= static_cast<unsigned>(pairs[i] == '\xef') & static_cast<unsigned>(pairs[i + 1] == '\xbf');
    if (found != 0) return false;
  }
  return true;
}

// At least one, and as many as memchr finds: a fifth of the time of counting byte by byte.
std::size_t lines_in(std::string_view bytes) {
  std::size_t lines = 1;
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) ++lines;
  return lines;
}

/// The mark that stands most often in the first line with text, outside of quotes.
char separator_of(std::string_view bytes) {
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return ',';
  constexpr std::string_view marks = ",;\t|";
  std::array<std::size_t, marks.size()> counts{};
  bool quoted = false;
  for (const char c : bytes.substr(bytes.rfind('\n', begin) + 1)) {  // blanks in front may be tabs
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const std::size_t mark = marks.find(c); mark != std::string_view::npos) ++counts[mark];
  }
  return marks[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// Takes one line with its end off the front.
std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + (bytes.substr(end, 2) == "\r\n" ? 2 : 1), bytes.size()));
  return line;
}

/// The cells of a line, for whoever looks for names among them: a separator within quotes parts them too.
std::vector<std::string_view> cells_of(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(separator, at), line.size());
    std::string_view cell = trimmed(line.substr(at, end - at));
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    cells.push_back(cell);
    at = end + 1;
  }
  return cells;
}

/// Says where a header is among the next lines, each with its own separator: titles have another than tables.
bool look_for_header(std::string_view bytes, std::uint32_t line, const RecordTable& table, std::size_t before,
                     Records& records) {
  constexpr std::uint32_t lines = 50;
  std::string_view first;
  for (const std::uint32_t last = line + lines; line < last && !bytes.empty(); ++line) {
    const std::string_view text = take_line(bytes);
    if (first.empty()) first = trimmed(text);
    const char separator = separator_of(text);
    const std::vector<std::string_view> cells = cells_of(text, separator);
    if (!is_header_below(cells_of(first, separator), cells)) continue;
    say_header_below(table, line, cells, before, records);
    return true;
  }
  return false;
}

template <char separator>
void read_separated(std::string_view bytes, std::uint32_t first_line, RecordTable table, Records& records) {
  const std::uint32_t file = table.file;
  Tokenizer<separator> tokens(bytes, file, first_line);
  const Row header = tokens.next(records, {}, table.columns);
  if (header == Row::none)
    records.error(file, 0, {}, "the header is missing",
                  "name the columns in the first line: " + known_columns(table.kind));
  if (header != Row::good) return;
  // The file's bytes are given back while its rows are read.
  for (std::string_view& column : table.columns) column = records.keep(std::string(column));
  const std::vector<std::string_view> written = table.columns;
  const std::size_t before = records.problems.size();
  const bool complete = settle_header(table, tokens.row_line(), records);
  if (!complete && table.kind == TableKind::relations && records.mapping.header_row == 0 &&
      look_for_header(bytes, first_line, table, before, records))
    return;
  if (!complete) {
    read_rows(tokens, table.columns, written, file, records, [](std::uint32_t, auto) {}, {});
    return;
  }
  table.without_controls = without_controls(bytes);
  table.rows_at_most = std::min(lines_in(bytes), bytes.size() / shortest_row);
  records.bytes_to_read += bytes.size();
  // A file that was cut off in its last column has all its fields.
  const bool ended = bytes.back() == '\n' || bytes.back() == '\r';
  table.stream = [tokens, columns = table.columns, written, file, ended](Records& into, const TakeRow& take,
                                                                         const ExpectRow& expect) {
    const std::uint32_t last = read_rows(tokens, columns, written, file, into, take, expect);
    if (!ended)
      into.hints.push_back({Severity::warning,
                            into.files[file],
                            last,
                            {},
                            "the last line has no line end",
                            "is the file whole? Then end it with a line break",
                            "no-line-end"});
  };
  records.tables.push_back(std::move(table));
}

/// Excel's first line `sep=;`, taken off; 0 = there is none.
char take_excel_mark(std::string_view& bytes) {
  if (bytes.size() < 5 || bytes.substr(0, 4) != "sep=") return 0;
  const char mark = bytes[4];
  std::size_t end = 5;
  if (bytes.substr(end, 2) == "\r\n")
    end += 2;
  else if (end < bytes.size() && (bytes[end] == '\n' || bytes[end] == '\r'))
    ++end;
  else
    return 0;
  bytes.remove_prefix(end);
  return mark;
}

}  // namespace

void read_csv(std::string_view bytes, TableKind kind, std::uint32_t file, std::uint32_t graph, Records& records) {
  RecordTable table;
  table.kind = kind;
  table.file = file;
  table.graph = graph;
  const char excel = take_excel_mark(bytes);
  std::uint32_t line = excel == 0 ? 1 : 2;
  if (const std::uint32_t header = records.mapping.header_row; kind == TableKind::relations && header != 0) {
    if (header < line)
      return records.error(file, header, {}, "this line is Excel's mark of the separator, and names no columns",
                           "the first line that can is --header-row " + std::to_string(line));
    for (; line < header && !bytes.empty(); ++line) take_line(bytes);
    if (bytes.empty())
      return records.error(file, 0, {}, "there is no line " + std::to_string(header) + ", which --header-row names",
                           "the file ends in line " + std::to_string(line - 1));
  }
  const char told = records.mapping.separator != 0 ? records.mapping.separator : excel;
  switch (told != 0 ? told : separator_of(bytes)) {
    case ',': return read_separated<','>(bytes, line, std::move(table), records);
    case ';': return read_separated<';'>(bytes, line, std::move(table), records);
    case '\t': return read_separated<'\t'>(bytes, line, std::move(table), records);
    case '|': return read_separated<'|'>(bytes, line, std::move(table), records);
    default: break;
  }
  records.error(file, 1, {}, "sep= names no separator that is read", "it is one of , ; | and a tab");
}

}  // namespace tierscope::core
