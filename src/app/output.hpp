#pragma once
// Standard output: what is longer than a terminal's screen goes through a pager.

#include <sys/types.h>

#include <csignal>
#include <cstddef>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

struct Screen {
  std::size_t columns = 80;
  std::size_t lines = 24;
  std::string pager{};  // a command of the shell; empty = none
};

/// Of the terminal at `fd`; where it is none, as wide as `columns` says (COLUMNS, if it is a number in 20..1000), else
/// 80.
Screen screen_of(int fd, std::string_view columns);

/// The pager that the environment names, each null where it is not set: the program's own before PAGER before `less`.
/// Empty, where it is `cat` or nothing.
std::string pager_of(const char* own, const char* pager);

/// Writes to a file descriptor. With a pager, what fits on the screen is held back until it is flushed, and more goes
/// to the pager, which a flush waits for; while it runs, Ctrl-C is for the pager alone.
class OutputBuffer : public std::streambuf {
 public:
  OutputBuffer(int fd, Screen screen);
  OutputBuffer(const OutputBuffer&) = delete;
  OutputBuffer& operator=(const OutputBuffer&) = delete;
  ~OutputBuffer() override;
  /// The errno of the first write that failed, else 0: whatever is written then goes nowhere.
  int failure() const { return failure_; }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  bool put(std::string_view bytes);
  bool start_pager();
  bool write_all(int fd, std::string_view bytes);
  bool fits(std::string_view bytes);
  void finish_pager();

  int fd_;
  Screen screen_;
  std::vector<char> buffer_ = std::vector<char>(std::size_t{1} << 16U);
  std::string held_;
  std::size_t lines_ = 0;   // of what is held
  std::size_t column_ = 0;  // of its last line, in bytes
  int pager_in_ = -1;
  pid_t pager_ = -1;
  struct sigaction old_interrupt_ = {};
  int failure_ = 0;
};

}  // namespace tierscope::core
