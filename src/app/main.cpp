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

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
#ifdef __GLIBC__
  // Memory that a table gave back serves the next one: else every large block is mapped and cleared anew, page by page.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
  // A closed pipe is a failed write with a message, not a silent death.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // so is a file that may grow no further
  tierscope::core::Surroundings surroundings;
  surroundings.out_is_terminal = isatty(STDOUT_FILENO) != 0;
  surroundings.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const char* const no_color = std::getenv("NO_COLOR");
  surroundings.no_color = no_color != nullptr && *no_color != '\0';
  surroundings.interrupted = is_interrupted;
  tierscope::core::DiskFiles files;
  const int status = tierscope::core::run({argv + 1, argv + argc}, files, surroundings, std::cout, std::cerr);
  if (!std::cout.flush()) {
    std::cerr << "tierscope: cannot write to standard output: the disk is full or the reader is gone\n";
    return 1;
  }
  return status;
}
