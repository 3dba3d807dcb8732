// A whole command in process: the first line of an input is the command with its options, below it stands the graph:
// CSV tables as for csv_fuzzer, or, where it begins with < or digraph, GraphML or DOT.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tierscope/reading.hpp>
#include <vector>

#include "app/cli.hpp"
#include "base/unicode.hpp"
#include "promises.hpp"

namespace tierscope::core {
namespace {

// Counts to a thousand, so that no search goes on for ever.
unsigned looks = 0;
bool interrupted() { return ++looks > 1'000; }

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Commands that answer without Graphviz, and no number that asks for minutes.
bool asked_for(const std::vector<std::string>& words) {
  constexpr std::string_view commands[] = {"check", "exposure",   "cycles",       "convert",
                                           "show",  "dependence", "concentration"};
  const bool command =
      !words.empty() && std::find(std::begin(commands), std::end(commands), words[0]) != std::end(commands);
  return command && std::none_of(words.begin(), words.end(), [](const std::string& word) {
           return word.size() > 3 && word.find_first_not_of("0123456789") == std::string::npos;
         });
}

// A graph that has errors when it is read plainly may have none when it is read as the words say.
bool read_plainly(const std::vector<std::string>& words) {
  bool plainly = true;
  Reading::describe([&](std::string_view name, const auto&...) {
    const std::string option = "--" + std::string(name);
    for (const std::string& word : words) plainly = plainly && word != option && !word.starts_with(option + '=');
  });
  return plainly;
}

void check_command(std::vector<std::string> words, MemoryFiles& files, const std::string& graph) {
  const bool errors = !read_promised(files, graph).has_value() && read_plainly(words);
  words.push_back(graph);
  std::ostringstream out_stream;
  std::ostringstream err_stream;
  looks = 0;
  Surroundings around;
  around.no_color = true;
  around.interrupted = interrupted;
  const int status = run(words, files, around, out_stream, err_stream);
  const std::string out = out_stream.str();
  const std::string err = err_stream.str();
  promise(status == 0 || status == 1 || status == 2 || status == 130, "the exit status is 0, 1, 2 or 130");
  promise(invalid_utf8(out) == std::string::npos && invalid_utf8(err) == std::string::npos, "output is UTF-8");
  promise((out + err).find('\x1b') == std::string::npos || has(words, "always"), "no colour where none is asked for");
  const bool gate = err.find("gate closed") != std::string::npos;
  const bool help = has(words, "--help") || has(words, "-h");
  if (status == 1 || status == 2) promise(!err.empty() && (out.empty() || gate), "a failure says why, and no more");
  if (errors && !help) promise(status != 0, "a graph with errors is no answer");
  const auto format = std::find(words.begin(), words.end(), "json");
  const bool json =
      format != words.end() && format != words.begin() && (format[-1] == "-f" || format[-1] == "--format");
  if (json && status != 130 && !out.empty() && !help) promise(nlohmann::json::accept(out), "JSON is JSON");
}

}  // namespace
}  // namespace tierscope::core

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace tierscope::core;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), size);
  const std::vector<std::string> words = words_of(input.substr(0, line));
  if (!asked_for(words)) return 0;
  const std::string_view graph = input.substr(std::min(line + 1, size));
  MemoryFiles files;
  const bool whole_file = graph.starts_with('<') || graph.starts_with("digraph");
  if (whole_file)
    files.files["-"] = graph;
  else
    put_tables(graph, files);
  if (!files.files.empty()) check_command(words, files, whole_file ? "-" : "g");
  return 0;
}
