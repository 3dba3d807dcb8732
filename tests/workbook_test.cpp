#include "show/answer/workbook.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "base/unicode.hpp"
#include "memory_files.hpp"
#include "read/readers.hpp"

namespace tierscope::core {
namespace {

std::string bytes_of(Workbook& book) {
  std::ostringstream out;
  book.finish(out);
  return out.str();
}

/// The cells of a sheet, read by our own reader; the first row names the columns.
std::vector<std::string> cells_of(const std::string& bytes, const std::string& sheet) {
  Records records;
  records.files = {"b.xlsx"};
  records.graphs = {"b.xlsx"};
  records.mapping.sheet = sheet;
  read_xlsx(bytes, 0, 0, records);
  std::vector<std::string> cells;
  for (RecordTable& table : records.tables) {
    if (table.stream)
      table.stream(records,
                   [&](std::uint32_t, std::span<const std::string_view> row) {
                     cells.insert(cells.end(), row.begin(), row.end());
                   },
                   {});
    else
      cells.insert(cells.end(), table.cells.begin(), table.cells.end());
  }
  return cells;
}

void header(Workbook& book, const std::string& sheet) {
  book.add_sheet(sheet);
  for (const std::string_view name : {"from", "to", "kind", "note"}) book.heading(name);
  book.end_row();
}

void row(Workbook& book, std::string_view note) {
  for (const std::string_view text : {"a", "b", "owns"}) book.text(text);
  book.text(note);
  book.end_row();
}

}  // namespace

TEST_CASE("a workbook keeps texts as they are, and cuts what a cell cannot hold") {
  const auto write = [](std::size_t& cut) {
    Workbook book;
    header(book, "s");
    std::string chinese;
    for (int i = 0; i < 20'000; ++i) chinese += "字";
    std::string faces;
    for (int i = 0; i < 20'000; ++i) faces += "😀";
    for (const std::string& note : {std::string("=1+1"), std::string("_x0041_"), std::string("a\xEF\xBF\xBE z"),
                                    std::string(32'000, 'x'), std::string(32'001, 'y'), chinese, faces})
      row(book, note);
    cut = book.cut_texts();
    return bytes_of(book);
  };
  std::size_t cut = 0;
  const std::string bytes = write(cut);
  CHECK(cut == 2);
  CHECK(write(cut) == bytes);
  const std::vector<std::string> cells = cells_of(bytes, "s");
  REQUIRE(cells.size() == 28);
  CHECK(cells[3] == "=1+1");
  CHECK(cells[7] == "_x0041_");
  CHECK(cells[11] == "a\xEF\xBF\xBD z");
  CHECK(cells[15] == std::string(32'000, 'x'));
  CHECK(cells[19] == std::string(32'000, 'y') + "…");
  CHECK(cells[23].size() == 60'000);
  CHECK(width(cells[27]) == 2 * 16'000 + 1);
}

TEST_CASE("sheets of one name are told apart, long names cut") {
  Workbook book;
  const std::string name(40, 'n');
  for (const std::string note : {"first", "second", "third"}) {
    header(book, name);
    row(book, note);
  }
  const std::string bytes = bytes_of(book);
  CHECK(cells_of(bytes, std::string(31, 'n'))[3] == "first");
  CHECK(cells_of(bytes, std::string(29, 'n') + " 2")[3] == "second");
  CHECK(cells_of(bytes, std::string(29, 'n') + " 3")[3] == "third");
}

TEST_CASE("addresses that a workbook cannot link are texts") {
  Workbook book;
  header(book, "s");
  const std::string base = "https://example.org/";
  const std::vector<std::string> addresses{base + "a b?x=1&y=\"2\"#there", base + std::string(2'100, 'p'),
                                           base + std::string(900, ' ') + "z", "javascript:alert(1)", "ftp://x"};
  for (const std::string& address : addresses) {
    for (const std::string_view text : {"a", "b", "owns"}) book.text(text);
    book.address(address);
    book.end_row();
  }
  const std::vector<std::string> cells = cells_of(bytes_of(book), "s");
  REQUIRE(cells.size() == 4 * addresses.size());
  for (std::size_t i = 0; i < addresses.size(); ++i) CHECK(cells[4 * i + 3] == addresses[i]);
}

}  // namespace tierscope::core
