// Every tests/cases/*.case: data, commands and their exact output in one file.
//
//   # what the case shows                comment
//   <<< path                             the lines up to the next <<<, $ or end are a file (- is standard input)
//   $ command arguments                  run it; the lines below are its standard output,
//   ! message                            those with ! its standard error,
//   = 1                                  and its exit status
//
// TIERSCOPE_WRITE_CASES=1 writes what was printed into the files: read the difference before you believe it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "memory_files.hpp"

using namespace tierscope::core;

namespace {

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false;
  bool any = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (any) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) words.push_back(word);
  return words;
}

std::string marked(const std::string& err) {
  std::string text;
  std::istringstream lines(err);
  for (std::string line; std::getline(lines, line);) text += "! " + line + "\n";
  return text;
}

// The whole case as it would be written with what the commands print now.
std::string replay(const std::string& text) {
  std::string result;
  MemoryFiles files;
  std::string* file = nullptr;
  bool output = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("<<< ")) {
      file = &files.files[line.substr(4)];
      file->clear();
      output = false;
    } else if (line.starts_with("$ ")) {
      file = nullptr;
      output = true;
      std::ostringstream out;
      std::ostringstream err;
      const int status = run(words_of(line.substr(2)), files, {}, out, err);
      result += line + "\n" + out.str() + marked(err.str()) + "= " + std::to_string(status) + "\n";
      continue;
    } else if (line.starts_with("# ")) {
      file = nullptr;
      output = false;
    } else if (output) {
      if (line.starts_with("= ")) output = false;
      continue;  // the old output
    } else if (file != nullptr) {
      *file += line + "\n";
    }
    result += line + "\n";
  }
  return result;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every case prints exactly what it says") {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(TIERSCOPE_SOURCE_DIR "/tests/cases"))
    if (entry.path().extension() == ".case") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  REQUIRE(paths.size() >= 10);
  for (const auto& path : paths) {
    const std::string expected = bytes_of(path);
    const std::string actual = replay(expected);
    if (actual != expected && std::getenv("TIERSCOPE_WRITE_CASES") != nullptr) {
      std::ofstream(path, std::ios::binary) << actual;
      continue;
    }
    INFO(path.filename().string());
    REQUIRE(expected.find("\n$ ") != std::string::npos);
    CHECK(actual == expected);
  }
}
