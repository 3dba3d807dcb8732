#pragma once
// The files that are imported: as they are, in folders, in zip archives that are read in place.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.hpp"
#include "base/problem.hpp"

namespace tierscope::core {

/// One file, perhaps in an archive.
struct InputFile {
  std::string name;        // for people: `2026_01_notes.zip/num.tsv`
  std::string base;        // `num.tsv`
  std::uint64_t size = 0;  // unpacked; 0 = not known
  /// Its bytes from the beginning, read as they are asked for; null and `why` where they cannot be. Those of an archive
  /// cannot be sought in. A member that unfolds to more than 200 times its packed size (16 MB are always allowed) ends
  /// there, as does what is damaged: `failure` tells.
  std::function<std::unique_ptr<std::streambuf>(std::string& why)> open;
  /// Why its bytes ended too early; empty = they did not.
  std::shared_ptr<std::string> failure = std::make_shared<std::string>();
};

/// Everything that the paths name, archives and folders (one level) opened, in order of name there. `files` outlives
/// it. What cannot be opened is a problem.
std::vector<InputFile> inputs_of(Files& files, const std::vector<std::string>& paths, Problems& problems);

/// Text as a table may hold it: without control characters, what is no UTF-8 taken for Windows-1252.
std::string clean_text(std::string text);

/// Records of a text file, one after the other, read a block at a time. Bytes that are no UTF-8 are taken for
/// Windows-1252, and counted. A byte order mark is left out; UTF-16 is no text here.
class TextLines {
 public:
  /// `quoted`: lines end outside of quotes alone, as in CSV.
  TextLines(std::streambuf& bytes, bool quoted) : bytes_(bytes), quoted_(quoted) {}
  /// The next one without its end, empty ones left out; holds until the next call. False at the end.
  bool next(std::string_view& line);
  std::uint64_t number() const { return number_; }  // of the line it began in, from 1
  std::uint64_t read() const { return read_; }      // bytes so far
  std::uint64_t repaired() const { return repaired_; }
  std::uint64_t first_repaired() const { return first_repaired_; }
  /// A line of more than 256 MB ended the file.
  bool too_long() const { return too_long_; }

 private:
  bool fill();

  std::streambuf& bytes_;
  bool quoted_;
  bool ended_ = false;
  bool too_long_ = false;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t number_ = 0;
  std::uint64_t next_number_ = 1;
  std::uint64_t read_ = 0;
  std::uint64_t repaired_ = 0;
  std::uint64_t first_repaired_ = 0;
  std::string repaired_line_;
};

/// A table whose first line names its columns: CSV (RFC 4180), or, where `quoted` is false, cells with nothing but the
/// separator between them.
class TextTableRows {
 public:
  /// `header`: where the table has none of its own, that of another file.
  TextTableRows(std::streambuf& bytes, char separator, bool quoted, std::string_view header = {});
  /// The columns' names as they are written, and folded.
  const std::vector<std::string>& written() const { return written_; }
  const std::vector<std::string>& columns() const { return columns_; }
  /// Where a column stands; nowhere where there is none of that name, in any case.
  static constexpr std::size_t nowhere = SIZE_MAX;
  std::size_t find(std::string_view column) const;
  /// The next row; cells hold until the next call. False at the end.
  bool next();
  /// Its cell in a column; empty where the row or the column is missing.
  std::string_view operator[](std::size_t column) const {
    return column < cells_.size() ? cells_[column] : std::string_view();
  }
  std::size_t size() const { return cells_.size(); }
  std::span<const std::string_view> cells() const { return cells_; }
  std::string_view line() const { return line_; }  // as it is written
  const TextLines& lines() const { return lines_; }

 private:
  void split();

  TextLines lines_;
  char separator_;
  bool quoted_;
  std::vector<std::string> written_, columns_;
  std::string_view line_;
  std::vector<std::string_view> cells_;
  std::string unquoted_;
};

}  // namespace tierscope::core
