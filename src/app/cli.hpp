#pragma once
// The command line, in process: main and the tests call the same function.

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/files.hpp"

namespace tierscope::core {

/// What the surroundings say about colour and about stopping.
struct Surroundings {
  bool out_is_terminal = false;
  bool err_is_terminal = false;        // long work shows how far it is
  bool no_color = false;               // NO_COLOR is set
  std::size_t width = 80;              // of tables, in columns
  bool (*interrupted)() = nullptr;     // has the user asked to stop? Watches from the first call on; none = never
  std::function<int()> write_error{};  // the errno with which `out` failed, 0 = not known; may be empty
};

/// Runs one command; `arguments` without the program's name. Results go to `out`, everything else to `err`; on failure
/// `out` stays empty, but for three that can come after the first byte: an interrupt, no memory, a failed write. A file
/// is then not left behind. Returns the exit status: 0 done (also where the reader of `out` has gone: EPIPE), 1 bad
/// data or question (or a closed gate), 2 bad command line, 130 interrupted, with what was found until then.
int run(const std::vector<std::string>& arguments, Files& files, const Surroundings& surroundings, std::ostream& out,
        std::ostream& err);

}  // namespace tierscope::core
