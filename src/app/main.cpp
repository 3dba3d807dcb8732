#include <malloc.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "app/cli.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "base/disk.hpp"

namespace {

volatile std::sig_atomic_t interrupted = 0;

// The first asks to stop; one that comes a second later or more ends the program. Those that come at once are the same
// wish: `timeout -s INT` signals a process and then its group.
void on_interrupt(int) {
  static timespec first = {};
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (interrupted == 0) {
    first = now;
    interrupted = 1;
  } else if (tierscope::core::a_second_later(first, now)) {
    _exit(130);
  }
}

// Ctrl-C ends the program unless something has asked whether to stop.
bool is_interrupted() {
  static const bool watching = [] {
    struct sigaction action = {};
    action.sa_handler = on_interrupt;
    return sigaction(SIGINT, &action, nullptr) == 0;
  }();
  return watching && interrupted != 0;
}

const char* value_or_empty(const char* text) { return text == nullptr ? "" : text; }

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
#ifdef __GLIBC__
  // Memory that a table gave back serves the next one: else every large block is mapped and cleared anew, page by page.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
  // A closed pipe is a failed write, not a death that leaves half a file behind.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may grow no further
  using namespace tierscope::core;
  const auto variable = [](const char* name) { return std::string_view(value_or_empty(std::getenv(name))); };
  Surroundings surroundings;
  surroundings.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  surroundings.err_is_terminal = isatty(STDERR_FILENO) != 0;
  surroundings.no_color = !variable("NO_COLOR").empty();
  surroundings.interrupted = is_interrupted;
  Screen screen = screen_of(STDOUT_FILENO, variable("COLUMNS"));
  surroundings.width = screen.columns;
  if (surroundings.out_is_terminal && variable("TERM") != "dumb")
    screen.pager = pager_of(std::getenv("TIERSCOPE_PAGER"), std::getenv("PAGER"));
  OutputBuffer buffer(STDOUT_FILENO, screen);
  std::ostream out(&buffer);
  surroundings.write_error = [&buffer] { return buffer.failure(); };
  DiskFiles files;
  files.interrupted = is_interrupted;
  return run({argv + 1, argv + argc}, files, surroundings, out, std::cerr);
}
