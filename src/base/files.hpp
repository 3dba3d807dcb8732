#pragma once
// The one seam to the file system: whole commands run in process on strings in the tests.

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace tierscope::core {

struct NamedBytes {
  std::string path;
  std::string bytes;
  /// Where it is set, writes the bytes instead: they can be more than memory holds.
  std::function<void(std::ostream&)> stream{};
};

/// All of its bytes.
std::string whole(const NamedBytes& file);

class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  /// The bytes of a file, `-` being standard input; nothing and `why` where it cannot be read.
  virtual std::optional<std::string> read(const std::string& path, std::string& why) = 0;
  /// The bytes of a file from its beginning, read as they are asked for; they can be sought in, but those of standard
  /// input and other pipes. Null and `why` where it cannot be opened; throws std::system_error where it cannot be read
  /// on.
  virtual std::unique_ptr<std::streambuf> open(const std::string& path, std::string& why);
  /// Nobody will look at these bytes, a part of what `read` gave, again: their memory may go before the rest.
  virtual void release(std::string_view /*bytes*/) {}
  virtual bool is_directory(const std::string& path) = 0;
  virtual bool exists(const std::string& path) = 0;
  /// The names of the files in a folder, in order.
  virtual std::vector<std::string> list(const std::string& /*folder*/) { return {}; }
  /// Do both names lead to one file?
  virtual bool same(const std::string& a, const std::string& b) { return a == b; }

  /// All files or none: each is written beside its target, synced, then renamed, so a failure leaves the old ones
  /// whole. Missing folders (one level) are made. Returns why it failed, empty when all is well.
  virtual std::string write(const std::vector<NamedBytes>& files) = 0;
};

}  // namespace tierscope::core
