// Prints the words of the product, columns, kinds, currencies and options, as a dictionary for libFuzzer.

#include <fmt/format.h>

#include <iostream>
#include <set>
#include <sstream>

#include "app/cli.hpp"
#include "ask/inquiry.hpp"
#include "memory_files.hpp"
#include "model/fields.hpp"

namespace {

using namespace tierscope;
using namespace tierscope::core;

void add_list(std::set<std::string>& words, const std::string& list) {
  std::istringstream in(list);
  for (std::string word; in >> word;) words.insert(word.substr(0, word.find(',')));
}

void add_options(std::set<std::string>& words, const std::string& help) {
  for (std::size_t at = help.find("--"); at != std::string::npos; at = help.find("--", at + 2)) {
    const std::size_t end = help.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", at);
    words.insert(help.substr(at, end - at));
  }
}

std::string escaped(const std::string& word) {
  std::string text;
  for (const char c : word) {
    const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
    text += plain ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  return text;
}

}  // namespace

int main() {
  std::set<std::string> words{"true",    "false",      "company", "rate:",     "source:",    "data_",     "2025",
                              "2025-03", "2025-03-31", "50%",     "0.5",       "~80%",       ">85%",      "<10%",
                              "up to",   "10%..20%",   "7.08",    "14.2B USD", "1600亿 CNY", ">400B USD", "1k EUR",
                              "3M JPY",  "1T KRW",     "5万 TWD", "2万亿 CNY"};
  for (const TableKind table : all_tables) {
    words.insert(std::string(to_string(table)));
    for (const std::string_view field : fields_of(table)) words.insert(std::string(field));
  }
  for (const std::string& list : {kind_words(), status_words(), basis_words(), confidence_words()})
    add_list(words, list);
  MemoryFiles files;
  std::ostringstream help;
  for (const Inquiry* inquiry : inquiries()) {
    words.emplace(inquiry->name);
    run({std::string(inquiry->name), "--help"}, files, {}, help, std::cerr);
  }
  add_options(words, help.str());
  for (const std::string& word : words) std::cout << '"' << escaped(word) << "\"\n";
}
