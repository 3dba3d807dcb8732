#include "app/output.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

namespace tierscope::core {
namespace {

/// A pipe whose reading end is read at the end.
struct Pipe {
  Pipe() { REQUIRE(::pipe(ends) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    if (ends[1] >= 0) ::close(ends[1]);
  }
  void close_reader() {
    if (ends[0] >= 0) ::close(ends[0]);
    ends[0] = -1;
  }
  /// At most what a pipe holds.
  std::string read() {
    ::close(ends[1]);
    ends[1] = -1;
    std::string text(1U << 16U, '\0');
    std::size_t used = 0;
    for (ssize_t got = 1; got > 0; used += static_cast<std::size_t>(got))
      got = ::read(ends[0], text.data() + used, text.size() - used);
    text.resize(used);
    return text;
  }
  int ends[2] = {-1, -1};
};

std::string through(const Screen& screen, const std::string& text) {
  Pipe pipe;
  {
    OutputBuffer buffer(pipe.ends[1], screen);
    std::ostream out(&buffer);
    out << text;
    CHECK(out.flush());
    CHECK(buffer.failure() == 0);
  }
  return pipe.read();
}

constexpr char marking[] = "sed s/^/P:/";

}  // namespace

TEST_CASE("a screen is as wide as COLUMNS says where there is no terminal, if that is sane") {
  const Pipe pipe;
  CHECK(screen_of(pipe.ends[1], "132").columns == 132);
  CHECK(screen_of(pipe.ends[1], "20").columns == 20);
  CHECK(screen_of(pipe.ends[1], "1000").columns == 1000);
  for (const char* const wrong : {"", "19", "1001", "0", "-5", "80x", " 90", "99999999999999999999"})
    CHECK(screen_of(pipe.ends[1], wrong).columns == 80);
}

TEST_CASE("the pager is the program's own, else PAGER, else less; cat and nothing are none") {
  CHECK(pager_of("most", "more") == "most");
  CHECK(pager_of(nullptr, "more") == "more");
  CHECK(pager_of(nullptr, nullptr).find("less -FRX") != std::string::npos);
  CHECK(pager_of("cat", "more") == "");
  CHECK(pager_of("", "more") == "");
  CHECK(pager_of(nullptr, "") == "");
}

TEST_CASE("what is longer than the screen goes through the pager, what fits does not") {
  CHECK(through({.columns = 10, .lines = 3, .pager = marking}, "1\n2\n") == "1\n2\n");
  CHECK(through({.columns = 10, .lines = 3, .pager = marking}, "1\n2\n3\n") == "P:1\nP:2\nP:3\n");
  // Eleven columns take two lines of ten.
  CHECK(through({.columns = 10, .lines = 3, .pager = marking}, "1\n12345678901\n") == "P:1\nP:12345678901\n");
  CHECK(through({.columns = 10, .lines = 3, .pager = marking}, "1\n1234567890\n") == "1\n1234567890\n");
  CHECK(through({.columns = 10, .lines = 3}, "1\n2\n3\n4\n") == "1\n2\n3\n4\n");
  // More than the buffer holds, in order and whole; the pager is waited for.
  std::string numbers;
  for (int i = 0; i < 10'000; ++i) numbers += std::to_string(i) + "\n";
  CHECK(through({.columns = 10, .lines = 3, .pager = "cat"}, numbers) == numbers);
}

TEST_CASE("the reason why standard output fails is kept, and nothing more is written") {
  Pipe pipe;
  pipe.close_reader();
  const auto old = std::signal(SIGPIPE, SIG_IGN);
  {
    OutputBuffer buffer(pipe.ends[1], {});
    std::ostream out(&buffer);
    out << "text";
    CHECK_FALSE(out.flush());
    CHECK(buffer.failure() == EPIPE);
  }
  // A pager that reads nothing is a reader that is gone.
  {
    OutputBuffer buffer(STDOUT_FILENO, {.columns = 10, .lines = 3, .pager = "exec <&-; exit 0"});
    std::ostream out(&buffer);
    out << std::string(1U << 20U, '\n');
    CHECK_FALSE(out.flush());
    CHECK(buffer.failure() == EPIPE);
  }
  std::signal(SIGPIPE, old);
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  {
    OutputBuffer buffer(full, {});
    std::ostream out(&buffer);
    out << "text";
    CHECK_FALSE(out.flush());
    CHECK(buffer.failure() == ENOSPC);
  }
  ::close(full);
}

}  // namespace tierscope::core
