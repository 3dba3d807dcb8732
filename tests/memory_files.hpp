#pragma once
// What all tests read from and write to: a file system of strings, and records as text.

#include <cstring>
#include <filesystem>
#include <map>
#include <string>

#include "base/files.hpp"
#include "read/records.hpp"

namespace tierscope::core {

/// Standard input is under `-`; a path with files below it is a folder.
struct MemoryFiles : Files {
  std::map<std::string, std::string> files;
  std::map<std::string, std::string> unreadable;  // path -> why
  std::string write_failure;                      // not empty: every write fails with it

  std::optional<std::string> read(const std::string& path, std::string& why) override {
    if (const auto bad = unreadable.find(path); bad != unreadable.end()) {
      why = bad->second;
      return {};
    }
    if (const auto found = files.find(path); found != files.end()) return found->second;
    why = is_directory(path) ? "Is a directory" : "No such file or directory";
    return {};
  }

  /// Who looks again sees it.
  void release(std::string_view bytes) override { std::memset(const_cast<char*>(bytes.data()), '#', bytes.size()); }

  bool is_directory(const std::string& path) override {
    std::string prefix = path;
    while (!prefix.empty() && prefix.back() == '/') prefix.pop_back();
    if (path.empty()) return false;
    prefix += '/';
    const auto below = files.lower_bound(prefix);
    return below != files.end() && below->first.compare(0, prefix.size(), prefix) == 0;
  }

  bool exists(const std::string& path) override {
    return files.count(path) != 0 || unreadable.count(path) != 0 || is_directory(path);
  }

  std::vector<std::string> list(const std::string& folder) override {
    const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
    std::vector<std::string> names;
    for (const auto& [path, bytes] : files)
      if (path.starts_with(prefix) && path.find('/', prefix.size()) == std::string::npos)
        names.push_back(path.substr(prefix.size()));
    return names;
  }

  bool same(const std::string& a, const std::string& b) override {
    return std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal();
  }

  std::string write(const std::vector<NamedBytes>& list) override {
    if (!write_failure.empty()) return write_failure;
    for (const NamedBytes& file : list) files[file.path] = whole(file);
    return {};
  }
};

/// A line for each problem, as users see it.
inline std::string problems_of(const Records& records) {
  std::string lines;
  for (const Problem& problem : records.problems) lines += to_string(problem) + "\n";
  return lines;
}

/// Reads what is read only when it is asked for.
inline void read_rows(Records& records) {
  for (std::size_t i = 0; i < records.tables.size(); ++i) {
    RecordTable& table = records.tables[i];
    if (!table.stream) continue;
    table.stream(records,
                 [&](std::uint32_t line, std::span<const std::string_view> cells) {
                   table.lines.push_back(line);
                   table.cells.insert(table.cells.end(), cells.begin(), cells.end());
                 },
                 {});
    table.stream = nullptr;
  }
}

/// A line `relations: from,to` for each table and a line `2: a|b` for each of its rows, 2 being its line in the file.
inline std::string tables_of(const Records& records) {
  std::string lines;
  for (const RecordTable& table : records.tables) {
    const std::size_t width = table.columns.size();
    lines += std::string(to_string(table.kind)) + ": ";
    for (std::size_t i = 0; i < width; ++i) (lines += i == 0 ? "" : ",") += table.columns[i];
    lines += "\n";
    for (std::size_t row = 0; row < table.rows(); ++row) {
      lines += std::to_string(table.lines[row]) + ": ";
      for (std::size_t i = 0; i < width; ++i) (lines += i == 0 ? "" : "|") += table.cells[row * width + i];
      lines += "\n";
    }
  }
  return lines;
}

}  // namespace tierscope::core
