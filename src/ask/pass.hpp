#pragma once
// How a pass meets the command line without knowing it.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ask/report.hpp"

namespace tierscope::core {

/// Where a pass declares its own options. Targets must outlive the parse: keep them in a shared struct.
class Options {
 public:
  Options() = default;
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  virtual ~Options() = default;
  virtual void text(const std::string& name, std::string& target, const std::string& metavar,
                    const std::string& help) = 0;
  virtual void required(const std::string& name, std::string& target, const std::string& metavar,
                        const std::string& help) = 0;
  virtual void list(const std::string& name, std::vector<std::string>& target, const std::string& metavar,
                    const std::string& help, bool required = false) = 0;
  /// A whole number in least..most.
  virtual void count(const std::string& name, std::size_t& target, std::size_t least, std::size_t most,
                     const std::string& help) = 0;
  /// A number in least..most; not a number is refused.
  virtual void number(const std::string& name, double& target, double least, double most, const std::string& help) = 0;
  /// A share such as 50% or 0.5, as a fraction.
  virtual void share(const std::string& name, double& target, const std::string& help) = 0;
  /// True once the user has asked to stop (Ctrl-C); asking this first makes Ctrl-C end the pass instead of the program.
  virtual std::function<bool()> interrupted() = 0;
  virtual void flag(const std::string& name, bool& target, const std::string& help) = 0;
};

/// Answers on the view; the model outlives the report. Only the first results will be looked at, as many as are wanted:
/// 0 = all, nothing = as many as the report shows a person.
using Answer = std::function<Report(const Model&, std::optional<std::size_t> wanted)>;

struct Pass {
  const char* name;
  const char* summary;
  const char* footer;  // examples and assumptions for --help
  StatusSet statuses;  // that count unless --status says otherwise
  Answer (*bind)(Options&);
};

}  // namespace tierscope::core
