#include "app/output.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace tierscope::core {

Screen screen_of(int fd, std::string_view columns) {
  Screen screen;
  winsize size = {};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
    screen.columns = size.ws_col;
    if (size.ws_row != 0) screen.lines = size.ws_row;
    return screen;
  }
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(columns.data(), columns.data() + columns.size(), number);
  if (error == std::errc() && end == columns.data() + columns.size() && number >= 20 && number <= 1000)
    screen.columns = number;
  return screen;
}

std::string pager_of(const char* own, const char* pager) {
  const char* const named = own != nullptr ? own : pager;
  if (named == nullptr) return "if command -v less >/dev/null; then exec less -FRX; else exec cat; fi";
  const std::string_view command = named;
  return command == "cat" ? std::string() : std::string(command);
}

OutputBuffer::OutputBuffer(int fd, Screen screen) : fd_(fd), screen_(std::move(screen)) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

OutputBuffer::~OutputBuffer() { OutputBuffer::sync(); }

OutputBuffer::int_type OutputBuffer::overflow(int_type c) {
  const bool put_all = put({pbase(), static_cast<std::size_t>(pptr() - pbase())});
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  if (!put_all) return traits_type::eof();
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  return sputc(traits_type::to_char_type(c));
}

int OutputBuffer::sync() {
  bool done = put({pbase(), static_cast<std::size_t>(pptr() - pbase())});
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  if (done && !held_.empty()) done = write_all(fd_, held_);
  held_.clear();
  lines_ = 0;
  column_ = 0;
  finish_pager();
  return done ? 0 : -1;
}

bool OutputBuffer::put(std::string_view bytes) {
  if (failure_ != 0) return false;
  if (bytes.empty()) return true;
  if (pager_ >= 0) return write_all(pager_in_, bytes);
  if (screen_.pager.empty()) return write_all(fd_, bytes);
  held_ += bytes;
  if (fits(bytes)) return true;
  return write_all(start_pager() ? pager_in_ : fd_, std::exchange(held_, {}));
}

// A line that is too long takes several; bytes are no fewer than columns, so that a pager may come a little early.
bool OutputBuffer::fits(std::string_view bytes) {
  for (const char c : bytes) {
    if (c == '\n') {
      lines_ += 1 + (column_ == 0 ? 0 : (column_ - 1) / screen_.columns);
      column_ = 0;
    } else {
      ++column_;
    }
  }
  return lines_ < screen_.lines;
}

// Without a pager all goes on without one.
bool OutputBuffer::start_pager() {
  const std::string command = std::exchange(screen_.pager, {});
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  ::setenv("LESS", "FRX", 0);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
  if (fd_ != STDOUT_FILENO) posix_spawn_file_actions_adddup2(&files, fd_, STDOUT_FILENO);
  // What this program ignores the pager should not.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  for (const int number : {SIGPIPE, SIGXFSZ, SIGINT}) sigaddset(&defaults, number);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell[] = {"sh", "-c", command};
  char* const arguments[] = {shell[0].data(), shell[1].data(), shell[2].data(), nullptr};
  const bool started = ::posix_spawn(&pager_, "/bin/sh", &files, &attributes, arguments, environ) == 0;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  ::close(ends[0]);
  if (!started) {
    ::close(ends[1]);
    pager_ = -1;
    return false;
  }
  pager_in_ = ends[1];
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGINT, &ignore, &old_interrupt_);
  return true;
}

void OutputBuffer::finish_pager() {
  if (pager_ < 0) return;
  ::close(std::exchange(pager_in_, -1));
  while (::waitpid(pager_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pager_ = -1;
  ::sigaction(SIGINT, &old_interrupt_, nullptr);
}

bool OutputBuffer::write_all(int fd, std::string_view bytes) {
  while (failure_ == 0 && !bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      failure_ = errno;
  }
  return failure_ == 0;
}

}  // namespace tierscope::core
