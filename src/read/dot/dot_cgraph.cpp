#include "read/dot/dot_cgraph.hpp"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

namespace tierscope::core {
namespace {

struct TooLarge : std::exception {};

// cgraph's callbacks carry no closure where it matters, so neither can these.
std::uint64_t used_memory = 0;
std::uint64_t memory_budget = 0;
bool locked = false;

void* measured(void* memory, std::size_t old_size) {
  if (memory == nullptr) throw std::bad_alloc();
  used_memory += malloc_usable_size(memory);
  used_memory -= old_size;
  if (used_memory > memory_budget) throw TooLarge();
  return memory;
}

void* allocate(void*, std::size_t size) { return measured(std::calloc(1, std::max<std::size_t>(size, 1)), 0); }

void* reallocate(void*, void* memory, std::size_t old_size, std::size_t size) {
  const std::size_t old_usable = memory == nullptr ? 0 : malloc_usable_size(memory);
  memory = measured(std::realloc(memory, std::max<std::size_t>(size, 1)), old_usable);
  if (size > old_size) std::memset(static_cast<char*>(memory) + old_size, 0, size - old_size);
  return memory;
}

void release(void*, void* memory) {
  if (memory == nullptr) return;
  used_memory -= malloc_usable_size(memory);
  std::free(memory);
}

// No close function: with one, agclose leaves all freeing to it, but not all is allocated here.
Agmemdisc_t memory_discipline{[](Agdisc_t*) -> void* { return nullptr; }, allocate, reallocate, release, nullptr};

struct Feed {
  std::string_view bytes;
  const std::vector<std::size_t>& inner_newlines;
  std::size_t at = 0;
  std::size_t next_inner = 0;
  std::uint32_t line = 1;  // of the last byte that cgraph has
  std::uint32_t next_line = 1;
  DotParse* parse = nullptr;
  bool message_open = false;
};

Feed* current = nullptr;

// Up to one newline between tokens at a time, so that the line of a message is known.
int feed(void* channel, char* buffer, int size) {
  Feed& from = *static_cast<Feed*>(channel);
  const std::size_t end = std::min(from.bytes.size(), from.at + static_cast<std::size_t>(std::max(size, 0)));
  const std::size_t begin = from.at;
  if (begin == end) return 0;
  from.line = from.next_line;
  while (from.at < end) {
    const std::size_t i = from.at++;
    buffer[i - begin] = from.bytes[i];
    if (from.bytes[i] != '\n') continue;
    ++from.next_line;
    if (from.next_inner == from.inner_newlines.size() || from.inner_newlines[from.next_inner] != i) break;
    ++from.next_inner;
    from.line = from.next_line;
  }
  return static_cast<int>(from.at - begin);
}

// Messages come in pieces: `Error`, `: `, the text.
int collect(char* piece) {  // NOLINT(readability-non-const-parameter): cgraph's type
  const std::string_view text = piece;
  if (text == "Error" || text == "Warning") {
    current->parse->messages.push_back({current->line, {}, current->parse->graphs});
    current->message_open = true;
  } else if (!current->message_open) {
    current->parse->messages.push_back({current->line, std::string(text), current->parse->graphs});
  } else if (text != ": ") {
    current->parse->messages.back().text += text;
  }
  return 0;
}

void read_all(Feed& from, Agdisc_t& disciplines) {
  DotParse& parse = *from.parse;
  while (Agraph_t* const graph = agread(&from, &disciplines)) {
    std::unique_ptr<Agraph_t, CloseGraph> owner(graph);
    if (parse.graphs++ == 0) parse.graph = std::move(owner);
  }
}

}  // namespace

std::uint64_t dot_memory_budget(std::size_t bytes) { return (std::uint64_t{64} << 20) + 400 * std::uint64_t{bytes}; }

DotParse parse_dot(std::string_view bytes, const std::vector<std::size_t>& inner_newlines) {
  DotParse parse;
  if (locked) {
    parse.locked = true;
    return parse;
  }
  Feed from{bytes, inner_newlines};
  from.parse = &parse;
  current = &from;
  used_memory = 0;
  memory_budget = dot_memory_budget(bytes.size());
  Agiodisc_t input{feed, AgIoDisc.putstr, AgIoDisc.flush};
  Agdisc_t disciplines{&memory_discipline, &AgIdDisc, &input};
  static char file_name[] = "dot";
  agsetfile(file_name);
  agreseterrors();
  agseterr(AGWARN);
  const agusererrf before = agseterrf(collect);
  try {
    read_all(from, disciplines);
    parse.failed = agerrors() != 0;
    memory_budget = UINT64_MAX;
  } catch (const std::exception&) {
    // cgraph was thrown through: its parser stack, its lexer and this graph stay as they are, for ever.
    locked = true;
    parse.too_large = memory_budget;
    static_cast<void>(parse.graph.release());
  }
  agseterrf(before);
  current = nullptr;
  locked = locked || std::any_of(parse.messages.begin(), parse.messages.end(), [](const DotMessage& message) {
             return message.text.find("memory exhausted") != std::string::npos;
           });
  return parse;
}

}  // namespace tierscope::core
