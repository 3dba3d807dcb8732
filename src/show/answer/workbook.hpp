#pragma once
// A workbook (XLSX), row by row, by libxlsxwriter: rows wait in temporary files, and the whole in memory that is
// packed.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tierscope/fields.hpp>

namespace tierscope::core {

class Workbook {
 public:
  /// Throws std::bad_alloc, like all the others, where memory or room for temporary files is wanting.
  Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook();

  /// What is written next goes to its first row. Names are cut at what a workbook bears, and told apart.
  void add_sheet(std::string_view name);
  bool full() const;  // a sheet has 1,048,576 rows
  void end_row();
  /// The first rows stay where they are when one scrolls.
  void freeze_row();

  /// The next cell of the row. Text is never a formula; at `longest` characters it is cut, and ends in `…`.
  void skip() { ++column_; }
  void heading(std::string_view text);
  void text(std::string_view text, bool wrapped = false);
  void address(std::string_view text);  // a link where it is one of http
  void boolean(bool value);
  void number(double value, Unit unit);  // nothing where it is not finite

  /// Columns are as wide as the text of the first rows, up to `most` characters.
  void fit_columns(std::size_t most);

  std::size_t cut_texts() const { return cut_; }
  static constexpr std::size_t longest = 32'000;  // Excel refuses 32,768

  /// The bytes are the same for the same calls.
  void finish(std::ostream& out);

 private:
  struct Inside;
  void write(std::string_view text, void* format);
  void measure(std::size_t columns);

  std::unique_ptr<Inside> inside_;
  std::uint32_t row_ = 0;
  std::uint16_t column_ = 0;
  std::size_t links_ = 0;
  std::size_t cut_ = 0;
  std::vector<std::size_t> widths_;
};

}  // namespace tierscope::core
