#pragma once
// Files inside a zip archive, in memory.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tierscope::core {

/// Guards against archives that unfold to more than a machine holds: what is taken out of one is at most 512 MB, and
/// each file at most 200 times its packed size (1 MB is always allowed).
class Zip {
 public:
  /// `bytes` outlive it. Any bytes.
  explicit Zip(std::string_view bytes);
  ~Zip();
  Zip(const Zip&) = delete;
  Zip& operator=(const Zip&) = delete;

  bool has(const std::string& path) const;
  /// Nothing, and `why` it is not given.
  std::optional<std::string> read(const std::string& path, std::string& why);
  /// Why nothing can be read; empty = all is well.
  const std::string& wrong() const { return wrong_; }

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
  std::string wrong_;
  std::uint64_t taken_ = 0;
};

}  // namespace tierscope::core
